export { BatchReplicationRole, BatchReplicationRoleProps } from "./batch-replication-role";
export { AccessLogs, BucketKey, BucketProps, Retention } from "./bucket";
export { BucketRef, BucketRefProps } from "./bucket-ref";
export { BucketReplication, BucketReplicationProps } from "./bucket-replication";
export { ColdStorageClass, LifecycleRule, Transition } from "./lifecycle-rule";
export { ReplicaBucket, ReplicaBucketProps } from "./replica-bucket";
export { ReplicationLatencyAlarm, ReplicationLatencyAlarmProps } from "./replication-alarms";
export { ReplicaStorageClass, ReplicationRule } from "./replication-rule";
export { SourceBucket, SourceBucketProps } from "./source-bucket";
