export {
  ClusterRef,
  ClusterRefProps,
  DB_CLUSTER,
  ExistingCluster,
  GLOBAL_CLUSTER,
  LagAlarmSettings,
  MasterPasswordSettings,
  MemberClusterProps,
  MemberInstance,
} from "../joined-clusters";
export { AuroraLogs, ClusterInstance, ClusterInstanceClass, ClusterProps, ServerlessV2Scaling } from "./cluster-props";
export { AuroraEngine, ClusterLogType } from "./engine";
export { GlobalCluster, GlobalClusterProps } from "./global-cluster";
export { GlobalClusterRef, GlobalClusterRefProps, GlobalDatabaseFacts } from "./global-cluster-ref";
export { OriginCluster, OriginClusterProps } from "./origin-cluster";
export { ReplicationLagAlarm, ReplicationLagAlarmProps } from "./replication-lag-alarm";
export { SecondaryCluster, SecondaryClusterProps } from "./secondary-cluster";
