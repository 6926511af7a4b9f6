export { ClusterInstance, ClusterProps, DocumentDbLogs, DocumentDbMonitoring } from "./cluster-props";
export { ClusterLogType } from "./engine";
export { GlobalCluster, GlobalClusterProps } from "./global-cluster";
export { GlobalClusterFacts, GlobalClusterRef, GlobalClusterRefProps } from "./global-cluster-ref";
export { OriginCluster, OriginClusterProps } from "./origin-cluster";
export { ReplicationLagAlarm, ReplicationLagAlarmProps } from "./replication-lag-alarm";
export { SecondaryCluster, SecondaryClusterProps } from "./secondary-cluster";
