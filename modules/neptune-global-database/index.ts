export { ClusterInstance, ClusterProps, NeptuneLogs } from "./cluster-props";
export { ClusterLogType } from "./engine";
export { GlobalCluster, GlobalClusterProps } from "./global-cluster";
export { GlobalClusterRef, GlobalClusterRefProps, GlobalDatabaseFacts } from "./global-cluster-ref";
export { OriginCluster, OriginClusterProps } from "./origin-cluster";
export { ReplicationLagAlarm, ReplicationLagAlarmProps } from "./replication-lag-alarm";
export { SecondaryCluster, SecondaryClusterProps } from "./secondary-cluster";
