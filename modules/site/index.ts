export { EphemeralResource, EphemeralResourceProps } from "./ephemeral-resource";
export {
  checkSiteKey,
  checkSubnets,
  refuseArnOfRegion,
  refuseForeignArn,
  refuseKeyOfRegion,
  refuseRepeated,
} from "./placement-checks";
export {
  PlaceRefusal,
  refuseForeignAccount,
  refuseForeignRef,
  refuseForeignRegion,
  refuseOtherAccount,
  refuseOtherSite,
  refuseRegionsOfCopies,
  refuseSourceRegion,
} from "./ref-checks";
export { AssumeRole, Site, SITE_NAME, SiteProps } from "./site";
export { lifecycleOfSetting, lifecycleOfPart, RoleInSite } from "./role-lifecycle";
export { BROKEN_RELEASES, BrokenFeature } from "./provider-versions";
export { refuseCrossStackTokens } from "./cross-stack-tokens";
export { StateBackend, StateBackendProps, StateLocation } from "./state-backend";
