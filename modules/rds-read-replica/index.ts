export { AutomatedBackupsParameter, AutomatedBackupsParameterProps } from "./automated-backups-parameter";
export { AutomatedBackupsReplication, AutomatedBackupsReplicationProps } from "./automated-backups-replication";
export { DatabaseGroups, DatabaseGroupsProps } from "./database-groups";
export { DatabaseFacts, DatabaseRef, DatabaseRefProps, DB_INSTANCE, DB_INSTANCE_CLASS } from "./database-ref";
export { Engine, EngineVersion, LogType } from "./engine";
export { DatabaseGroupSettings } from "./group-parts";
export {
  CaCertificate,
  DatabaseInstanceProps,
  DatabaseLogs,
  DatabaseMonitoring,
  DatabaseUpgrades,
  DeletionSettings,
  GroupsOfInstance,
  InstanceClass,
  MonitoringInterval,
} from "./instance-props";
export { MasterUserSecret, MasterUserSecretProps, SecretReplica } from "./master-user-secret";
export { ReadReplica } from "./read-replica";
export { ReadReplicaProps } from "./read-replica-props";
export { ReplicaLagAlarm, ReplicaLagAlarmProps } from "./replica-lag-alarm";
export { RestoredDatabase, RestoredDatabaseProps } from "./restored-database";
export { SourceDatabase, SourceDatabaseProps } from "./source-database";
export { StorageSettings, StorageType } from "./storage";
export { BackupSettings, LogSettings, UpgradeSettings, Windows } from "../aws-values";
