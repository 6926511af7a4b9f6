export { ClusterRef, clusterRef, ClusterRefProps, DB_CLUSTER } from "./cluster-ref";
export { GLOBAL_CLUSTER, GlobalPlace, GlobalPlaceRef, globalPlaceRef } from "./global-place";
export { createLagAlarm, LagAlarmSettings, LagMetric } from "./lag-alarm";
export { createLogGroups } from "./log-groups";
export {
  checkMasterUser,
  masterCredentials,
  MasterPasswordSettings,
  MasterUserRules,
  masterUserSecretOf,
} from "./master-password";
export {
  checkHeadless,
  checkHome,
  checkLogs,
  checkMember,
  checkMemoryOptimised,
  checkSecondaryRegion,
  claimMember,
  instanceIdentifier,
  INSTANCES,
  MEMBER_DEFAULTS,
  namedClasses,
} from "./member-checks";
export { ExistingCluster, MemberClusterProps, MemberInstance } from "./member-props";
export {
  declareMember,
  failoverStep,
  FirstInstance,
  firstInstance,
  GlobalService,
  Member,
  MemberRole,
  switchoverStep,
} from "./member-recovery";
