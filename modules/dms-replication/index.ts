export { AccountRoleName, AccountRoles, AccountRolesProps, AccountRolesRef } from "./account-roles";
export { BucketProps } from "./bucket-access";
export { CdcStart } from "./cdc-start";
export { Certificate, CertificateProps } from "./certificate";
export { ChangeProcessing } from "./change-processing";
export { DatabaseEndpointProps } from "./database-endpoint";
export { Engine, Source, SourceEngine, Target, TargetEngine, TlsMode } from "./engines";
export { ErrorBehavior, RecordPolicy } from "./error-behavior";
export {
  EventCategory,
  EventSource,
  EventSubscription,
  EventSubscriptionProps,
  eventTopicStatement,
} from "./event-subscription";
export { ExternalColumn, ExternalColumnType, ExternalTable, externalTableDefinition } from "./external-tables";
export { MigrationProps, SchemaConversion } from "./migration";
export {
  auroraMysqlSource,
  auroraMysqlTarget,
  mariadbSource,
  mariadbTarget,
  mysqlSource,
  MysqlSourceSettings,
  mysqlTarget,
  MysqlTargetSettings,
} from "./mysql-engine";
export { oracleSource, OracleSourceSettings, oracleTarget, OracleTargetSettings } from "./oracle-engine";
export {
  auroraPostgresSource,
  auroraPostgresTarget,
  postgresSource,
  PostgresSourceSettings,
  postgresTarget,
  PostgresTargetSettings,
} from "./postgres-engine";
export { ReplicationInstance, ReplicationInstanceProps, ReplicationInstanceUpgrades } from "./replication-instance";
export { ReplicationPlacement } from "./replication-placement";
export { ReplicationTask, ReplicationTaskProps } from "./replication-task";
export { S3SourceEndpoint, S3SourceEndpointProps } from "./s3-source-endpoint";
export {
  DatePartitions,
  S3TargetChanges,
  S3TargetEndpoint,
  S3TargetEndpointProps,
  S3TargetFiles,
} from "./s3-target-endpoint";
export { SecretProps } from "./secret-access";
export {
  atLeast,
  atMost,
  between,
  ColumnFilter,
  equalTo,
  FilterCondition,
  isNotNull,
  isNull,
  notBetween,
  notEqualTo,
  SelectionRule,
} from "./selection-rules";
export { CapacityUnits, ServerlessReplication, ServerlessReplicationProps } from "./serverless-replication";
export { SourceEndpoint, SourceEndpointProps } from "./source-endpoint";
export { sourceParameters, SourceRequirement, sourceRequirements } from "./source-requirements";
export {
  sqlServerSource,
  SqlServerSourceSettings,
  sqlServerTarget,
  SqlServerTargetSettings,
} from "./sql-server-engine";
export { TableMappings, tableMappings, TableMappingsProps } from "./table-mappings";
export {
  byPartitionList,
  byPartitions,
  byRanges,
  bySubpartitions,
  limitedLobs,
  ParallelLoad,
  TableLobs,
  TableSettingsRule,
  unlimitedLobs,
} from "./table-settings-rules";
export { TargetEndpoint, TargetEndpointProps } from "./target-endpoint";
export { TargetMetadata } from "./target-metadata";
export { TaskAlarms, TaskAlarmsProps } from "./task-alarms";
export { ReplicationAt, ReplicationRef } from "./task-ref";
export {
  ControlTables,
  FullLoad,
  LogComponent,
  LogSeverity,
  LoopbackPrevention,
  MigrationType,
  StreamBuffers,
  TaskContext,
  TaskSettings,
  taskSettings,
} from "./task-settings";
export {
  addBeforeImageColumns,
  addColumn,
  addPrefix,
  addSuffix,
  changeDataType,
  columns,
  DataType,
  definePrimaryKey,
  hashValues,
  includeColumn,
  indexTablespaces,
  maskDigits,
  Named,
  randomizeDigits,
  removeColumn,
  removePrefix,
  removeSuffix,
  rename,
  replacePrefix,
  replaceSuffix,
  RuleTarget,
  RuleTargetKind,
  schemas,
  tables,
  tableTablespaces,
  toLowercase,
  toUppercase,
  TransformationRule,
} from "./transformation-rules";
export { Validation } from "./validation-settings";
