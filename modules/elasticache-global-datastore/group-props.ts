import { ClientSettings } from "../network";
import { Windows } from "../rds-read-replica";

/** Logs that a replication group delivers to CloudWatch Logs. */
export type CacheLogType = "engine-log" | "slow-log";

/** Settings that all replication groups of a global datastore take. */
export interface ReplicationGroupProps extends ClientSettings, Windows {
  /** Key of this site that encrypts disks and backups: the key's own ARN. It cannot be changed. */
  readonly kmsKeyArn: string;
  /** Replication group id, 1 to 40 characters; unique in the region of the account. */
  readonly replicationGroupId: string;
  /** Subnets in two Availability Zones or more, without a way in from the internet. */
  readonly subnetIds: readonly string[];
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
   * Applies changes at once, also those that interrupt service, instead of in the maintenance window.
   *
   * @default false
   */
  readonly applyImmediately?: boolean;
  /**
   * Days daily backups are kept, 1 to 35.
   *
   * @default 7
   */
  readonly backupRetentionDays?: number;
  /**
   * Lets Terraform delete the replication group.
   *
   * @default false
   */
  readonly destroyable?: boolean;
  /**
   * Takes a last backup, `<replicationGroupId>-final`, when the replication group is deleted.
   *
   * @default true
   */
  readonly finalSnapshot?: boolean;
  /**
   * Logs delivered to CloudWatch Logs.
   *
   * @default - both
   */
  readonly logExports?: readonly CacheLogType[];
  /**
   * Key of the log groups, as ARN; its policy must admit CloudWatch Logs.
   *
   * @default - CloudWatch Logs' own encryption
   */
  readonly logKmsKeyArn?: string;
  /**
   * Days the logs are kept, one of CloudWatch Logs' steps.
   *
   * @default 90
   */
  readonly logRetentionDays?: number;
  /**
   * ARN of an SNS topic of this site that ElastiCache tells of events.
   *
   * @default - none
   */
  readonly notificationTopicArn?: string;
  /**
   * Port the nodes listen on, 1150 to 65535.
   *
   * @default 6379
   */
  readonly port?: number;
  /**
   * Read replicas of each shard, 1 to 5, in other Availability Zones; each site may have its own number.
   *
   * @default 1
   */
  readonly replicas?: number;
  /**
   * Users and their access strings: `{ app: "on ~orders:* +@all -@dangerous" }`. They authenticate as IAM roles, with a token that is
   * signed for each connection: there is no password. Give every site the same. A name is also the user's id, which no other cluster in the
   * region of the account may use.
   *
   * @default - none, with `anonymousAccess`
   */
  readonly users?: Readonly<Record<string, string>>;
}
