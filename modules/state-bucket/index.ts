export { StateBucket, StateBucketProps, StateHistory } from "./state-bucket";
export { StateBucketRef, StateBucketRefProps } from "./state-bucket-ref";
export { StateReplication, StateReplicationProps } from "./state-replication";
