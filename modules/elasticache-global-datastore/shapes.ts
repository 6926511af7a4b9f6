/** Made from the types by `npm run shapes`: what each object may hold. Not to be edited. */
import { propsChecker } from "../core/internal";

// prettier-ignore
export const checkProps = propsChecker({
  BackupSettings: { "finalSnapshot?": "boolean", "retentionDays?": "number" },
  CacheLogs: { "exports?": ["list", ["one of", "engine-log", "slow-log"]], "kmsKeyArn?": "string",
    "retentionDays?": "number" },
  GlobalDatastoreRef: { name: "string", arn: "string", region: "string", account: "string", engine: ["one of", "redis",
    "valkey"], engineVersion: "string", nodeType: "string", secondaryRegions: ["list", "string"],
    "idPrefix?": "string", "shards?": "number", "...": "any" },
  GlobalReplicationGroupProps: { name: "string", "adoptExistingGlobal?": "boolean", "parameters?": ["record",
    ["either", "string", "number"]], engine: ["one of", "redis", "valkey"], engineVersion: "string",
    nodeType: "string", secondaryRegions: ["list", "string"], "idPrefix?": "string", "shards?": "number",
    kmsKeyArn: "string", replicationGroupId: "string", "active?": "boolean", "adoptExisting?": "boolean",
    "anonymousAccess?": "boolean", "backups?": "BackupSettings", "destroyable?": "boolean", "logs?": "CacheLogs",
    "notificationTopicArn?": "string", "replicas?": "number", "upgrades?": "UpgradeSettings", "users?": ["record",
    "string"], subnetIds: ["list", "string"], "port?": "number", vpcId: "string", "clientCidrBlocks?": ["record",
    "string"], "clientPrefixLists?": ["record", "string"], "clientSecurityGroups?": ["record", "string"],
    "backupWindow?": "string", "maintenanceWindow?": "string" },
  ReplicationGroupRef: { name: "string", arn: "string", region: "string", account: "string", "...": "any" },
  ReplicationLagAlarmProps: { global: "GlobalDatastoreRef", group: "ReplicationGroupRef", threshold: "Duration",
    "active?": "boolean", "minutes?": "number", "replicas?": "number", "notify?": ["list", "string"] },
  SecondaryReplicationGroupProps: { global: "GlobalDatastoreRef", kmsKeyArn: "string", replicationGroupId: "string",
    "active?": "boolean", "adoptExisting?": "boolean", "anonymousAccess?": "boolean", "backups?": "BackupSettings",
    "destroyable?": "boolean", "logs?": "CacheLogs", "notificationTopicArn?": "string", "replicas?": "number",
    "upgrades?": "UpgradeSettings", "users?": ["record", "string"], subnetIds: ["list", "string"], "port?": "number",
    vpcId: "string", "clientCidrBlocks?": ["record", "string"], "clientPrefixLists?": ["record", "string"],
    "clientSecurityGroups?": ["record", "string"], "backupWindow?": "string", "maintenanceWindow?": "string" },
  UpgradeSettings: { "applyImmediately?": "boolean" },
});
