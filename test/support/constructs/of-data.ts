import { TerraformStack } from "cdktf";
import { BackupPlan, BackupVault, Schedule } from "../../../modules/aws-backup";
import { OriginCluster, SecondaryCluster } from "../../../modules/aurora-global-database";
import * as documentDb from "../../../modules/documentdb-global-cluster";
import { Duration } from "../../../modules/core";
import { GlobalTable, StronglyConsistentTable, StrongReplica } from "../../../modules/dynamodb-global-table";
import { FileSystem } from "../../../modules/efs-replication";
import { GlobalReplicationGroup, SecondaryReplicationGroup } from "../../../modules/elasticache-global-datastore";
import { ReplicaKey, SiteKey } from "../../../modules/kms-keys";
import * as neptune from "../../../modules/neptune-global-database";
import {
  AutomatedBackupsReplication,
  ReadReplica,
  ReplicaLagAlarm,
  SourceDatabase,
} from "../../../modules/rds-read-replica";
import { Site } from "../../../modules/site";
import * as aurora from "../aurora";
import * as docs from "../documentdb";
import { MEDIA } from "../efs";
import * as cache from "../elasticache";
import * as graph from "../neptune";
import { KEY, NETWORK, REPLICA, SOURCE } from "../rds";
import { OSAKA, SEOUL, TOKYO } from "../synth";
import { ConstructCase, of } from "./case";

const VAULT = BackupVault.refOf({ ...SEOUL, name: "orders-seoul" });
const LOCKED = BackupVault.refOf({ ...TOKYO, name: "locked", minRetentionDays: 30, maxRetentionDays: 365 });
const MONITORING = { performanceInsightsRetentionDays: 31, intervalSeconds: 30 as const };
const DAYS = { backups: { retentionDays: 14 }, logs: { retentionDays: 30 } };
/** A sample of the constructs of stores, keys and backups, with properties that are right. */
export const STORE_CASES: Readonly<Record<string, ConstructCase>> = {
  SiteKey: of(
    { alias: "orders", deletionWindowDays: 7, rotationPeriodDays: 100, services: ["logs"] },
    (site, props) => new SiteKey(site, "Key", props),
  ),
  ReplicaKey: of(
    { alias: "orders", primaryKeyArn: KEY.tokyo.replace("key/", "key/mrk-"), deletionWindowDays: 7 },
    (site, props) => new ReplicaKey(site, "Key", props),
  ),
  SourceDatabase: of(
    {
      ...SOURCE,
      monitoring: MONITORING,
      ...DAYS,
      groupSettings: {
        ...NETWORK,
        port: 5433,
        parameters: { work_mem: 4096 },
        staticParameters: { max_connections: 500 },
      },
      logs: { ...DAYS.logs, exports: ["postgresql" as const] },
      maxStorageGiB: 1000,
      passwordVersion: 2,
      storageGiB: 400,
      storageIops: 12_000,
      storageThroughputMiBps: 500,
    },
    (site, props) => new SourceDatabase(site, "Ledger", props),
  ),
  ReadReplica: of(
    { ...REPLICA, monitoring: MONITORING, ...DAYS, storageGiB: 400, storageIops: 12_000, maxStorageGiB: 1000 },
    (site, props) => new ReadReplica(site, "Ledger", props),
    TOKYO,
  ),
  AutomatedBackupsReplication: of(
    { kmsKeyArn: KEY.tokyo, source: REPLICA.source, retentionDays: 14 },
    (site, props) => new AutomatedBackupsReplication(site, "Backups", props),
    TOKYO,
  ),
  ReplicaLagAlarm: of(
    { replica: REPLICA.source, threshold: Duration.minutes(5), minutes: 3, notify: ["arn:aws:sns:x"] },
    (site, props) => new ReplicaLagAlarm(site, "Lag", props),
  ),
  "aurora OriginCluster": of(
    {
      ...aurora.ORIGIN,
      monitoring: MONITORING,
      ...DAYS,
      instanceClass: "db.serverless" as const,
      instances: { one: { promotionTier: 2 } },
      passwordVersion: 2,
      port: 5433,
      serverlessV2Scaling: { minAcu: 1, maxAcu: 8 },
      parameters: { work_mem: 4096 },
      staticInstanceParameters: { max_connections: 500 },
    },
    (site, props) => new OriginCluster(site, "Ledger", props),
  ),
  "aurora SecondaryCluster that pauses": of(
    {
      ...aurora.SECONDARY,
      instanceClass: "db.serverless" as const,
      serverlessV2Scaling: { minAcu: 0, maxAcu: 8, pauseAfter: Duration.minutes(10) },
    },
    (site, props) => new SecondaryCluster(site, "Ledger", props),
    TOKYO,
  ),
  "aurora SecondaryCluster": of(
    { ...aurora.SECONDARY, ...DAYS, instances: { one: { promotionTier: 2 } } },
    (site, props) => new SecondaryCluster(site, "Ledger", props),
    TOKYO,
  ),
  "documentdb OriginCluster": of(
    {
      ...docs.ORIGIN,
      ...DAYS,
      port: 27018,
      logs: { ...DAYS.logs, exports: ["audit" as const] },
      parameters: { ttl_monitor: 1 },
    },
    (site, props) => new documentDb.OriginCluster(site, "Catalog", props),
  ),
  "neptune OriginCluster": of(
    { ...graph.ORIGIN, ...DAYS, port: 8183, loaderRoleArns: ["arn:aws:iam::111122223333:role/load"] },
    (site, props) => new neptune.OriginCluster(site, "Friends", props),
  ),
  GlobalReplicationGroup: of(
    { ...cache.HOME, ...DAYS, port: 6380, replicas: 2, shards: 3, parameters: { timeout: 60 } },
    (site, props) => new GlobalReplicationGroup(site, "Sessions", props),
  ),
  SecondaryReplicationGroup: of(
    { ...cache.SECONDARY, ...DAYS, port: 6380, replicas: 2 },
    (site, props) => new SecondaryReplicationGroup(site, "Sessions", props),
    TOKYO,
  ),
  GlobalTable: of(
    {
      name: "carts",
      partitionKey: { name: "id", type: "S" as const },
      provisioned: { read: { min: 5, max: 50, targetUtilizationPercent: 60 }, write: { min: 5, max: 100 } },
      recoveryPeriodDays: 10,
    },
    (site, props) => new GlobalTable(site, "Carts", props),
  ),
  "GlobalTable on demand": of(
    {
      name: "carts",
      partitionKey: { name: "id", type: "S" as const },
      onDemand: { maxReadRequestUnits: 100, maxWriteRequestUnits: 200 },
      globalIndexes: {
        byOwner: {
          partitionKey: { name: "owner", type: "S" as const },
          projection: "INCLUDE" as const,
          nonKeyAttributes: ["a", "b"],
        },
      },
    },
    (site, props) => new GlobalTable(site, "Carts", props),
  ),
  StronglyConsistentTable: of(
    { name: "carts", partitionKey: { name: "id", type: "S" as const }, recoveryPeriodDays: 10 },
    (site, props) => {
      const table = StronglyConsistentTable.refOf({ ...SEOUL, name: "carts" });
      const replica = new StrongReplica(new Site(TerraformStack.of(site), "Tokyo", TOKYO), "Carts", { table });
      return new StronglyConsistentTable(site, "Carts", {
        ...props,
        replicas: [replica],
        witnessRegion: OSAKA.region,
      });
    },
  ),
  BackupPlan: of(
    {
      name: "orders",
      rules: {
        daily: {
          vault: VAULT,
          schedule: Schedule.daily(),
          retention: { coldStorageAfterDays: 30, deleteAfterDays: 200 },
          copies: [{ vault: LOCKED, retention: { deleteAfterDays: 300 } }],
        },
      },
    },
    (site, props) => new BackupPlan(site, "Plan", props),
  ),
  "BackupPlan with continuous backups": of(
    {
      name: "orders",
      rules: {
        daily: { vault: VAULT, schedule: Schedule.daily(), continuous: true, retention: { deleteAfterDays: 35 } },
      },
    },
    (site, props) => new BackupPlan(site, "Plan", props),
  ),
  BackupVault: of(
    {
      name: "orders",
      lock: { mode: "COMPLIANCE" as const, changeableForDays: 10, minRetentionDays: 7, maxRetentionDays: 90 },
      receiveFrom: ["444455556666"],
    },
    (site, props) => new BackupVault(site, "Vault", props),
  ),
  FileSystem: of(
    {
      ...MEDIA,
      throughput: { mode: "provisioned" as const, provisionedMibps: 64 },
      accessPoints: { app: { path: "/app", uid: 1000, gid: 1000, secondaryGids: [1001, 1002] } },
    },
    (site, props) => new FileSystem(site, "Media", props),
  ),
};
