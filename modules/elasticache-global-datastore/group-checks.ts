import { Construct } from "constructs";
import { checkName, claimName, inRange, NameRule, refuse } from "../core";
import { checkClients } from "../network/client-security-group";
import { checkSiteKey } from "../rds-read-replica/database-ref";
import { checkLogRetention, checkRetention } from "../rds-read-replica/setting-checks";
import { checkWindows } from "../rds-read-replica/windows";
import { checkSubnets, Site } from "../site";
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
const PORTS = { min: 1150, max: 65535 };
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

/** What the checks have settled. */
export interface Checked {
  readonly backupRetentionDays: number;
  readonly port: number;
  readonly replicas: number;
  readonly version: CacheVersion;
}

/**
 * Refuses what AWS would refuse of every replication group of a global datastore, and takes its names.
 *
 * @throws InvalidName, NameTaken, ReplicaInOtherAccount, InvalidArn, KeyInOtherRegion, SettingOutOfRange, ConflictingSettings,
 *   MissingSetting, NotInEngineVersion, BackupsOff, InvalidWindow, WindowsOverlap, OpenToTheWorld
 */
export function checkGroup(scope: Construct, props: ReplicationGroupProps, global: GlobalDatastoreRef): Checked {
  const version = cacheVersion(scope, global.engine, global.engineVersion);
  checkAccount(scope, global);
  checkSiteKey(scope, "kmsKeyArn", props.kmsKeyArn);
  if (props.logKmsKeyArn !== undefined) checkSiteKey(scope, "logKmsKeyArn", props.logKmsKeyArn);
  checkSubnets(scope, props.subnetIds);
  checkClients(scope, "cache", props);
  checkUsers(scope, props, version);
  checkWindows(scope, props, SHORTEST_WINDOW_MINUTES);
  if (props.logRetentionDays !== undefined) checkLogRetention(scope, props.logRetentionDays);
  const settled = {
    backupRetentionDays: checkRetention(scope, props.backupRetentionDays ?? DEFAULTS.backupRetentionDays),
    port: inRange(scope, "port", props.port ?? DEFAULTS.port, PORTS.min, PORTS.max),
    replicas: inRange(scope, "replicas", props.replicas ?? DEFAULTS.replicas, REPLICAS.min, REPLICAS.max),
    version,
  };
  claimNames(scope, props, global);
  return settled;
}

function checkAccount(scope: Construct, global: GlobalDatastoreRef): void {
  const { account } = Site.of(scope);
  if (global.account !== account) {
    refuse(
      scope,
      "ReplicaInOtherAccount",
      `'${global.name}' lies in account ${global.account}, the cluster in ${account}`,
    );
  }
}

function checkUsers(scope: Construct, props: ReplicationGroupProps, version: CacheVersion): void {
  const { anonymousAccess, users } = props;
  if (users === undefined) {
    if (anonymousAccess) return;
    refuse(
      scope,
      "MissingSetting",
      "'users' is not given: everybody who reaches the cluster could read and write",
      "name the users, or say 'anonymousAccess: true'",
    );
  }
  if (anonymousAccess) refuse(scope, "ConflictingSettings", "'users' and 'anonymousAccess' are both given");
  if (Object.keys(users).length === 0) {
    refuse(scope, "MissingSetting", "'users' is empty: nobody could use the cluster", "name one or more");
  }
  if (!version.iamAuthentication) {
    refuse(
      scope,
      "NotInEngineVersion",
      "users authenticate by IAM from Redis OSS 7.0 and Valkey 7.2 on",
      "choose a later version, or say 'anonymousAccess: true'",
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
