export { Schedule, VaultLock } from "../modules/aws-backup";
export { Duration } from "../modules/core";
export { ami, ssmImage } from "../modules/auto-scaling";
export { registryImage, siteImage } from "../modules/ecr-replication";
export { parameterValue, secretValue } from "../modules/ecs-service";
export { imageCode, zipCode } from "../modules/lambda-function";
export { generatedPassword, writtenElsewhere } from "../modules/secret-replica";
export { BackupRestore, BackupRestoreProps } from "./patterns/backup-restore";
export { BackupsOptions } from "./data/backups";
export { autoScaling, AutoScalingOptions } from "./compute/auto-scaling";
export { BalancedOptions, WorkloadBalancer } from "./compute/load-balancer";
export {
  Balancer,
  CapacityByRole,
  Compute,
  ComputeInSite,
  ComputeReplication,
  PlacedCompute,
  WorkloadCapacity,
} from "./compute/compute";
export { RoleTriggers } from "./compute/role-triggers";
export { AuroraOptions, auroraMysql, auroraPostgres } from "./data/aurora";
export { fargate, FargateOptions } from "./compute/fargate";
export {
  busEvents,
  BusEvents,
  EventsInSite,
  FunctionEvents,
  queueMessages,
  QueueMessages,
  streamRecords,
  StreamRecords,
  tableChanges,
  TableChanges,
  timer,
  TimerSettings,
} from "./compute/function-events";
export { lambda, LambdaOptions } from "./compute/lambda";
export { ComputePermissions, OfSite } from "./compute/uses";
export { bucket, BucketOptions } from "./data/bucket";
export { CacheAccess, CacheOptions, redis, valkey } from "./data/cache";
export { mysql, postgres } from "./data/database";
export { DatabaseOptions, DatabaseStoreUpgrades } from "./data/database-options";
export { documentDb, DocumentDbOptions } from "./data/document-db";
export { neptune, NeptuneOptions } from "./data/neptune";
export { secret, SecretOptions } from "./data/secret";
export { table, TableOptions } from "./data/table";
export { forgotten } from "./stacks/forgotten";
export { dns, DnsOptions, FrontDoor } from "./front-door/dns";
export {
  Day,
  evacuated,
  Evacuated,
  failedOver,
  FailedOver,
  HistoryEvent,
  rebuilt,
  Rebuilt,
  rejoined,
  Rejoined,
  siteAdded,
  SiteAdded,
  storeAdded,
  StoreAdded,
} from "./history/events";
export { Generation, ReadHistory, Role, SiteHistory, Succession } from "./history/site-history";
export { MultiSite, MultiSiteProps } from "./patterns/multi-site";
export { FoundProtection, SiteModel, StackModel } from "./stacks/model";
export { LossEstimate, Objectives, Verdict } from "./objectives";
export { PilotLight, PilotLightProps } from "./patterns/pilot-light";
export { SiteContract, WorkloadContract } from "./contract";
export { WorkloadSite } from "./site-props";
export { Pattern, Policy, Writes } from "./policy";
export { DataStore, publish, ReplicatedTable, StoreAccess, StoreInSite, StoreReplication } from "./data/store";
export { WarmStandby, WarmStandbyProps } from "./patterns/warm-standby";
export { PatternProps, WorkloadProps } from "./props";
export { Workload, WorkloadStacks } from "./patterns/workload";
export { FrontDoorStack } from "./front-door/front-door-stack";
export { ReplicationStack } from "./stacks/replication-stack";
export { SiteStack } from "./stacks/site-stack";
export { WorkloadStack } from "./stacks/workload-stack";
export { KeyInSite, NetworkInSite } from "./site-resources";
