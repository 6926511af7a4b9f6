export { EphemeralResource, EphemeralResourceProps } from "./ephemeral-resource";
export { checkSubnets, refuseForeignArn, refuseRepeated } from "./placement-checks";
export { AssumeRole, Site, SITE_NAME, SiteProps } from "./site";
export { lifecycleOfSetting, lifecycleOfPart, RoleInSite } from "./role-lifecycle";
export { BROKEN_RELEASES, BrokenFeature } from "./provider-versions";
export { refuseCrossStackTokens } from "./cross-stack-tokens";
export { StateBackend, StateBackendProps, StateLocation } from "./state-backend";
