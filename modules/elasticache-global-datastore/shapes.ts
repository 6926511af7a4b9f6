/** Made from the types by `npm run shapes`: what each object may hold. Not to be edited. */
import { propsChecker } from "../core/internal";

// prettier-ignore
export const checkProps = propsChecker({
  GlobalDatastoreRef: { name: "string", arn: "string", region: "string", account: "string", engine: ["one of", "redis",
    "valkey"], engineVersion: "string", nodeType: "string", secondaryRegions: ["list", "string"],
    "idPrefix?": "string", "shards?": "number", "...": "any" },
  GlobalReplicationGroupProps: { name: "string", "adoptExistingGlobal?": "boolean", "parameters?": ["record",
    ["either", "string", "number"]], engine: ["one of", "redis", "valkey"], engineVersion: "string",
    nodeType: "string", secondaryRegions: ["list", "string"], "idPrefix?": "string", "shards?": "number",
    kmsKeyArn: "string", replicationGroupId: "string", subnetIds: ["list", "string"], "active?": "boolean",
    "adoptExisting?": "boolean", "anonymousAccess?": "boolean", "applyImmediately?": "boolean",
    "backupRetentionDays?": "number", "destroyable?": "boolean", "finalSnapshot?": "boolean", "logExports?": ["list",
    ["one of", "engine-log", "slow-log"]], "logKmsKeyArn?": "string", "logRetentionDays?": "number",
    "notificationTopicArn?": "string", "port?": "number", "replicas?": "number", "users?": ["record", "string"],
    vpcId: "string", "clientCidrBlocks?": ["record", "string"], "clientPrefixLists?": ["record", "string"],
    "clientSecurityGroups?": ["record", "string"], "backupWindow?": "string", "maintenanceWindow?": "string" },
  ReplicationGroupRef: { name: "string", arn: "string", region: "string", account: "string", "...": "any" },
  ReplicationLagAlarmProps: { global: "GlobalDatastoreRef", group: "ReplicationGroupRef", threshold: "Duration",
    "active?": "boolean", "minutes?": "number", "replicas?": "number", "notify?": ["list", "string"] },
  SecondaryReplicationGroupProps: { global: "GlobalDatastoreRef", kmsKeyArn: "string", replicationGroupId: "string",
    subnetIds: ["list", "string"], "active?": "boolean", "adoptExisting?": "boolean", "anonymousAccess?": "boolean",
    "applyImmediately?": "boolean", "backupRetentionDays?": "number", "destroyable?": "boolean",
    "finalSnapshot?": "boolean", "logExports?": ["list", ["one of", "engine-log", "slow-log"]],
    "logKmsKeyArn?": "string", "logRetentionDays?": "number", "notificationTopicArn?": "string", "port?": "number",
    "replicas?": "number", "users?": ["record", "string"], vpcId: "string", "clientCidrBlocks?": ["record", "string"],
    "clientPrefixLists?": ["record", "string"], "clientSecurityGroups?": ["record", "string"],
    "backupWindow?": "string", "maintenanceWindow?": "string" },
});
