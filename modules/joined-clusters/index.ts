export { ClusterGroups, createGroups } from "./cluster-groups";
export { ClusterParts, createCluster, createInstances } from "./cluster-parts";
export { ClusterRef, clusterRef, ClusterRefProps, DB_CLUSTER } from "./cluster-ref";
export {
  EngineParameter,
  EngineRecovery,
  JoinedEngine,
  LagMetric,
  NamedResource,
  ParameterGroupConfig,
  ResourceClass,
  SubnetGroupConfig,
  TlsParameter,
} from "./engine";
export { globalClusterConfig, GlobalClusterSettings } from "./global-cluster";
export { GLOBAL_CLUSTER, GlobalPlace, GlobalPlaceRef, globalPlaceRef, JoinedGlobalRef } from "./global-place";
export { createLagAlarm, LagAlarmSettings } from "./lag-alarm";
export {
  checkMasterUser,
  masterCredentials,
  MasterPasswordSettings,
  masterUserSecretOf,
  OriginProps,
} from "./master-password";
export { CheckedCluster, checkMember, INSTANCES, namedClasses, Settled } from "./member-checks";
export { ClusterResource, JoinedMember, joinMember, MemberCluster } from "./member-cluster";
export {
  ExistingCluster,
  JoinedClusterProps,
  JoinedInstance,
  JoinedLogs,
  MemberClusterProps,
  MemberInstance,
} from "./member-props";
export { clusterRestore, instanceCreation } from "./member-recovery";
export { checkHome, checkSecondary } from "./place-checks";
