import { Duration } from "../core";
import { CaCertificate, DatabaseGroupSettings, InstanceClass, MonitoringInterval, Windows } from "../rds-read-replica";
import { ClusterLogType } from "./engine";
import { GlobalClusterRef } from "./global-cluster-ref";

/** A DB instance class that Aurora has; of an instance that scales by itself `"db.serverless"`. */
export type ClusterInstanceClass = InstanceClass | "db.serverless";

/** How far Serverless v2 instances scale, in Aurora capacity units (ACUs) of about 2 GiB, in steps of a half. */
export interface ServerlessV2Scaling {
  /** Fewest ACUs. AWS advises 8 or more where the cluster takes the writes. 0 lets the instances of a secondary pause. */
  readonly minAcu: number;
  /** Most ACUs, 1 to 256. */
  readonly maxAcu: number;
  /**
   * How long nobody must connect before an instance pauses, 5 minutes to a day. Needs `minAcu: 0`.
   *
   * @default - 5 minutes, with `minAcu: 0`
   */
  readonly pauseAfter?: Duration;
}

/** One instance of a cluster. */
export interface ClusterInstance {
  /**
   * Takes over an instance that exists as `<identifier>-<key>`: Terraform imports it, for example one that a recovery made, and
   * never replaces it. Leave it in: Performance Insights keeps the key it has, for another would replace the instance.
   *
   * @default - as the cluster
   */
  readonly adoptExisting?: boolean;
  /**
   * Availability Zone. It cannot be changed.
   *
   * @default - AWS chooses one
   */
  readonly availabilityZone?: string;
  /**
   * DB instance class.
   *
   * @default - the cluster's `instanceClass`
   */
  readonly instanceClass?: ClusterInstanceClass;
  /**
   * Order in which instances of the cluster become its writer, 0 first, to 15.
   *
   * @default 1
   */
  readonly promotionTier?: number;
}

/** What of an existing cluster cannot be changed, and so must be known. */
export interface ExistingCluster {
  /** Name of its DB subnet group, which is taken over with it: a cluster never moves to another. */
  readonly subnetGroupName: string;
}

/** What all clusters of a global database are made of alike. */
export interface ClusterProps extends DatabaseGroupSettings, Windows {
  /** The global database. In the stack of the first cluster its `global`, elsewhere `GlobalCluster.refOf(...)`. */
  readonly global: GlobalClusterRef;
  /** DB cluster identifier, 1 to 63 characters; another one in each region. */
  readonly identifier: string;
  /** Class of the instances that name none: memory-optimised, `db.r5` or newer, or `"db.serverless"`. */
  readonly instanceClass: ClusterInstanceClass;
  /** Key of this site that encrypts storage, backups and Performance Insights: the key's own ARN. It cannot be changed. */
  readonly kmsKeyArn: string;
  /**
   * Says whether this cluster takes the writes today. It changes no resource: only what the cluster says of its protection.
   *
   * @default - true for the first cluster, false for a secondary
   */
  readonly active?: boolean;
  /**
   * Takes over a cluster that exists under this identifier: Terraform imports it, with its instances and its DB subnet group.
   * What is set here replaces what is set there, the parameter groups as a whole.
   *
   * @default - the cluster is created
   */
  readonly adoptExisting?: ExistingCluster;
  /**
   * Applies changes at once, also those that interrupt service, instead of in the maintenance window.
   *
   * @default false
   */
  readonly applyImmediately?: boolean;
  /**
   * Days automated backups are kept, 1 to 35.
   *
   * @default 7
   */
  readonly backupRetentionDays?: number;
  /**
   * Certificate authority of the instances' server certificates.
   *
   * @default - the account's default
   */
  readonly caCertificate?: CaCertificate;
  /**
   * AWS's own protection: no call deletes the cluster while it is on.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * Lets Terraform delete the cluster, its instances and its master user secret. AWS still refuses while `deletionProtection` is on.
   *
   * @default false
   */
  readonly destroyable?: boolean;
  /**
   * Takes a last snapshot, `<identifier>-final`, when the cluster is deleted.
   *
   * @default true
   */
  readonly finalSnapshot?: boolean;
  /**
   * Lets IAM decide who connects, beside passwords.
   *
   * @default true
   */
  readonly iamAuthentication?: boolean;
  /**
   * Dynamic parameters of the instances, which win over the cluster's; a change takes effect at once.
   *
   * @default - AWS's defaults for the version
   */
  readonly instanceParameters?: Readonly<Record<string, string | number>>;
  /**
   * Aurora I/O-Optimized: no price for I/O, a higher one for storage and instances.
   *
   * @default false
   */
  readonly ioOptimized?: boolean;
  /**
   * Logs published to CloudWatch Logs.
   *
   * @default - `error` for Aurora MySQL, `postgresql` for Aurora PostgreSQL
   */
  readonly logExports?: readonly ClusterLogType[];
  /**
   * Key of the log groups, as ARN; its policy must admit CloudWatch Logs.
   *
   * @default - CloudWatch Logs' own encryption
   */
  readonly logKmsKeyArn?: string;
  /**
   * Days the published logs are kept, one of CloudWatch Logs' steps.
   *
   * @default 90
   */
  readonly logRetentionDays?: number;
  /**
   * Seconds between two points of Enhanced Monitoring: 0 (off), 1, 5, 10, 15, 30 or 60.
   *
   * @default 60
   */
  readonly monitoringIntervalSeconds?: MonitoringInterval;
  /**
   * Performance Insights, now the standard mode of CloudWatch Database Insights.
   *
   * @default true
   */
  readonly performanceInsights?: boolean;
  /**
   * Days its data is kept: 7, 731, or 31 times a number of months from 1 to 23. AWS charges for more than 7.
   *
   * @default 7
   */
  readonly performanceInsightsRetentionDays?: number;
  /**
   * How far instances of class `"db.serverless"` scale. Without it AWS makes none.
   *
   * @default - none
   */
  readonly serverlessV2Scaling?: ServerlessV2Scaling;
  /**
   * Static parameters of the instances; a change takes effect when they are rebooted.
   *
   * @default - AWS's defaults for the version
   */
  readonly staticInstanceParameters?: Readonly<Record<string, string | number>>;
  /**
   * Sends writes that reach this cluster while it is a secondary on to the one that takes them.
   *
   * @default false
   */
  readonly writeForwarding?: boolean;
}
