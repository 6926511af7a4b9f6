import { BackupSettings, LogSettings, UpgradeSettings, Windows } from "../aws-values";
import { ClientSettings } from "../network";

/** Logs that a replication group delivers to CloudWatch Logs. */
export type CacheLogType = "engine-log" | "slow-log";

/** Logs that a replication group delivers to CloudWatch Logs. */
export interface CacheLogs extends LogSettings {
  /**
   * Logs delivered to CloudWatch Logs.
   *
   * @default - both
   */
  readonly exports?: readonly CacheLogType[];
}

/** Where a cache is in a network, and who may connect. */
export interface CacheNetwork extends ClientSettings {
  /** Subnets in two Availability Zones or more, without a way in from the internet. */
  readonly subnetIds: readonly string[];
  /**
   * Port the nodes listen on, 1150 to 65535.
   *
   * @default 6379
   */
  readonly port?: number;
}

/** Settings that all replication groups of a global datastore take. */
export interface ReplicationGroupProps extends CacheNetwork, Windows {
  /** Key of this site that encrypts disks and backups: the key's own ARN. It cannot be changed. */
  readonly kmsKeyArn: string;
  /** Replication group id, 1 to 40 characters; unique in the region of the account. */
  readonly replicationGroupId: string;
  /**
   * Says whether this cluster takes the writes today. It changes no resource: only what the cluster says of its protection.
   *
   * @default - true in the home, false for a secondary
   */
  readonly active?: boolean;
  /**
   * Imports a replication group that exists under this id.
   *
   * @default false
   */
  readonly adoptExisting?: boolean;
  /**
   * Lets everybody who reaches the cluster read and write, without authentication.
   *
   * @default false - `users` says who may
   */
  readonly anonymousAccess?: boolean;
  /**
   * Daily backups, and the last one.
   *
   * @default - 7 days, and a last backup
   */
  readonly backups?: BackupSettings;
  /**
   * Lets Terraform delete the replication group.
   *
   * @default false
   */
  readonly destroyable?: boolean;
  /**
   * Logs delivered to CloudWatch Logs.
   *
   * @default - both, kept for 90 days
   */
  readonly logs?: CacheLogs;
  /**
   * ARN of an SNS topic of this site that ElastiCache tells of events.
   *
   * @default - none
   */
  readonly notificationTopicArn?: string;
  /**
   * Read replicas of each shard, 1 to 5, in other Availability Zones; each site may have its own number.
   *
   * @default 1
   */
  readonly replicas?: number;
  /**
   * When changes are applied.
   *
   * @default - in the maintenance window
   */
  readonly upgrades?: UpgradeSettings;
  /**
   * Users and their access strings: `{ app: "on ~orders:* +@all -@dangerous" }`. They authenticate as IAM roles, with a token that is
   * signed for each connection: there is no password. Give every site the same. A name is also the user's id, which no other cluster in the
   * region of the account may use.
   *
   * @default - none, with `anonymousAccess`
   */
  readonly users?: Readonly<Record<string, string>>;
}
