export { GlobalTable, GlobalTableProps } from "./global-table";
export { ReplicaScaling, ReplicaScalingProps } from "./replica-scaling";
export { ReplicationLatencyAlarm, ReplicationLatencyAlarmProps, replicationLatency } from "./replication-latency-alarm";
export { StrongReplica, StrongReplicaProps } from "./strong-replica";
export {
  StronglyConsistentTable,
  StronglyConsistentTableProps,
  StronglyConsistentTableRefProps,
} from "./strongly-consistent-table";
export { tableAccess, TableAccessProps } from "./table-access";
export { Capacity, CapacityRange, OnDemandLimits, ProvisionedCapacity } from "./table-capacity";
export { PointInTime, S3Import, TableContent } from "./table-content";
export { TableClass, TableDefinition } from "./table-definition";
export { GlobalIndex, KeyAttribute, LocalIndex, Projected, TableKeys } from "./table-indexes";
export { TableKey, TableKeyProps } from "./table-key";
export { TableRef, TableRefProps } from "./table-ref";
export { TableReplica, TableReplicaProps } from "./table-replica";
export { ContributorInsights, ReplicaSettings } from "./table-settings";
