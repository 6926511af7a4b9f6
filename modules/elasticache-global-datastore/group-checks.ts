import { Construct } from "constructs";
import { checkBackupRetention, checkDatabasePort, checkLogRetention, checkWindows } from "../aws-values";
import { checkName, claimName, inRange, NameRule, refuse, refuseBoth, refuseEmpty } from "../core";
import { checkClients } from "../network";
import { checkSiteKey, checkSubnets, refuseOtherAccount, Site } from "../site";
import { cacheVersion, CacheVersion } from "./engine";
import { GlobalDatastoreRef } from "./global-datastore-ref";
import { CacheLogType, ReplicationGroupProps } from "./group-props";
import { REPLICATION_GROUP } from "./replication-group-ref";

export const DEFAULTS = {
  backupRetentionDays: 7,
  logs: ["engine-log", "slow-log"] as readonly CacheLogType[],
  port: 6379,
  replicas: 1, // Multi-AZ needs one
};

/**
 * Users who authenticate by IAM have one name, as id too. An id belongs to one user in a region of the account. The name `default` is
 * who does not authenticate.
 */
export const CACHE_USER: NameRule = {
  what: "user id",
  min: 1,
  max: 40,
  pattern: /^(?!default$)(?!.*--)[a-z]([a-z0-9-]*[a-z0-9])?$/,
  allowed:
    "lower-case letters, digits and hyphens, beginning with a letter, no two hyphens in a row, none at the end, and not 'default'",
  unique: "region",
  source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html",
};

/** @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html */
const SHORTEST_WINDOW_MINUTES = 60;
const REPLICAS = { min: 1, max: 5 };

/** Not a name of AWS's: what is unique is that a global datastore has one cluster in a region. */
const PLACE: NameRule = {
  what: "place of a cluster in the global datastore",
  min: 1,
  max: 63,
  pattern: /.*/,
  allowed: "anything",
  unique: "region",
  source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastore.html",
};

/** Values that the checks have settled. */
export interface Checked {
  readonly backupRetentionDays: number;
  readonly port: number;
  readonly replicas: number;
  readonly version: CacheVersion;
}

/** Refuses what AWS would refuse of every replication group of a global datastore, and takes its names. */
export function checkGroup(scope: Construct, props: ReplicationGroupProps, global: GlobalDatastoreRef): Checked {
  const { logs = {} } = props;
  const version = cacheVersion(scope, global.engine, global.engineVersion);
  refuseOtherAccount(scope, `'${global.name}'`, [global.account, Site.of(scope).account]);
  checkSiteKey(scope, "kmsKeyArn", props.kmsKeyArn);
  if (logs.kmsKeyArn !== undefined) checkSiteKey(scope, "logs.kmsKeyArn", logs.kmsKeyArn);
  checkSubnets(scope, props.subnetIds);
  checkClients(scope, "cache", props);
  checkUsers(scope, props, version);
  checkWindows(scope, props, SHORTEST_WINDOW_MINUTES);
  if (logs.retentionDays !== undefined) checkLogRetention(scope, logs.retentionDays, "logs.retentionDays");
  const settled = {
    backupRetentionDays: checkBackupRetention(scope, props.backups?.retentionDays ?? DEFAULTS.backupRetentionDays),
    port: checkDatabasePort(scope, props.port ?? DEFAULTS.port),
    replicas: inRange(scope, "replicas", props.replicas ?? DEFAULTS.replicas, REPLICAS.min, REPLICAS.max),
    version,
  };
  claimNames(scope, props, global);
  return settled;
}

function checkUsers(scope: Construct, props: ReplicationGroupProps, version: CacheVersion): void {
  const { anonymousAccess, users } = props;
  if (users === undefined) {
    if (anonymousAccess) return;
    refuse(
      scope,
      "MissingSetting",
      "'users' is not given: every client that reaches the cluster could read and write",
      "name the users, or set 'anonymousAccess: true'",
    );
  }
  refuseBoth(scope, { users, anonymousAccess });
  refuseEmpty(scope, "users", users, "name one or more: without a user no client can use the cluster");
  if (!version.iamAuthentication) {
    refuse(
      scope,
      "NotInEngineVersion",
      "users authenticate by IAM from Redis OSS 7.0 and Valkey 7.2 on",
      "choose a later version, or set 'anonymousAccess: true'",
    );
  }
  for (const user of Object.keys(users)) checkName(scope, `users.${user}`, user, CACHE_USER);
}

function claimNames(scope: Construct, props: ReplicationGroupProps, global: GlobalDatastoreRef): void {
  const site = Site.of(scope);
  claimName(scope, PLACE, global.name, site);
  claimName(scope, REPLICATION_GROUP, props.replicationGroupId, site);
  for (const user of Object.keys(props.users ?? {})) claimName(scope, CACHE_USER, user, site);
}
