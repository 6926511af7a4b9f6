/** Made from the types by `npm run shapes`: what each object may hold. Not to be edited. */
import { propsChecker } from "../core/internal";

// prettier-ignore
export const checkProps = propsChecker({
  AccessPoint: { path: "string", uid: "number", gid: "number", "permissions?": "string", "secondaryGids?": ["list",
    "number"] },
  FileSystemAccess: { "iamOnly?": "boolean", "root?": "boolean", "statements?": ["list", "Statement"],
    "unencryptedConnections?": "boolean" },
  FileSystemLifecycle: { "archiveAfterDays?": ["one of", 1, 7, 14, 30, 60, 90, 180, 270, 365],
    "infrequentAccessAfterDays?": ["one of", 1, 7, 14, 30, 60, 90, 180, 270, 365], "standardAfterAccess?": "boolean" },
  FileSystemProps: { kmsKeyArn: "string", mountTargets: ["record", "string"], name: "string",
    "access?": "FileSystemAccess", "accessPoints?": ["record", "AccessPoint"], "adoptExisting?": "string",
    "automaticBackups?": "boolean", "destroyable?": "boolean", "lifecycle?": "FileSystemLifecycle",
    "replicaOf?": "FileSystemRef", "throughput?": "FileSystemThroughput", vpcId: "string",
    "clientCidrBlocks?": ["record", "string"], "clientPrefixLists?": ["record", "string"],
    "clientSecurityGroups?": ["record", "string"] },
  FileSystemRef: { name: "string", region: "string", account: "string" },
  FileSystemReplicationProps: { destination: "KnownFileSystem", source: "KnownFileSystem", "destroyable?": "boolean" },
  FileSystemThroughput: { "mode?": ["one of", "bursting", "elastic", "provisioned"], "performanceMode?": ["one of",
    "generalPurpose", "maxIO"], "provisionedMibps?": "number" },
  KnownFileSystem: { ref: "FileSystemRef", fileSystemId: "string" },
  Statement: { sid: "string", "effect?": ["one of", "Allow", "Deny"], "principal?": ["either", ["one of", "*"],
    { "AWS?": ["either", "string", ["list", "string"]], "Service?": ["either", "string", ["list", "string"]],
    "Federated?": ["either", "string", ["list", "string"]] }], actions: ["list", "string"], "notResources?": ["list",
    "string"], "resources?": ["list", "string"], "conditions?": ["record", ["record", ["either", "string", ["list",
    "string"]]]] },
  SyncAlarmProps: { threshold: "Duration", "paused?": "boolean", "periods?": "number", "replica?": "KnownFileSystem",
    "source?": "KnownFileSystem", "notify?": ["list", "string"] },
});
