export { CacheEngine } from "./engine";
export {
  GLOBAL_DATASTORE,
  GlobalDatastoreFacts,
  GlobalDatastoreRef,
  GlobalDatastoreRefProps,
} from "./global-datastore-ref";
export { GlobalReplicationGroup, GlobalReplicationGroupProps } from "./global-replication-group";
export { CACHE_USER } from "./group-checks";
export { CacheLogs, CacheLogType, CacheNetwork, ReplicationGroupProps } from "./group-props";
export { ReplicationLagAlarm, ReplicationLagAlarmProps } from "./replication-lag-alarm";
export { REPLICATION_GROUP, ReplicationGroupRef, ReplicationGroupRefProps } from "./replication-group-ref";
export { SecondaryReplicationGroup, SecondaryReplicationGroupProps } from "./secondary-replication-group";
