export {
  ClusterInstance,
  ClusterInstanceClass,
  ClusterProps,
  ExistingCluster,
  ServerlessV2Scaling,
} from "./cluster-props";
export { ClusterRef, ClusterRefProps, DB_CLUSTER } from "./cluster-ref";
export { AuroraEngine, ClusterLogType } from "./engine";
export { GlobalCluster, GlobalClusterProps } from "./global-cluster";
export { GLOBAL_CLUSTER, GlobalClusterRef, GlobalClusterRefProps, GlobalDatabaseFacts } from "./global-cluster-ref";
export { OriginCluster, OriginClusterProps } from "./origin-cluster";
export { ReplicationLagAlarm, ReplicationLagAlarmProps } from "./replication-lag-alarm";
export { SecondaryCluster, SecondaryClusterProps } from "./secondary-cluster";
