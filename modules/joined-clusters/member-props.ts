import { BackupSettings, LogSettings, UpgradeSettings, Windows } from "../aws-values";
import { DatabaseGroupSettings, DeletionSettings } from "../rds-read-replica";
import { JoinedGlobalRef } from "./global-place";

/** Facts of an existing cluster that cannot be changed and that you must give. */
export interface ExistingCluster {
  /** Name of its DB subnet group. Terraform imports it too, because a cluster never moves to another subnet group. */
  readonly subnetGroupName: string;
}

/** One instance of a cluster, whatever its engine. */
export interface MemberInstance {
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
   * Order in which instances of the cluster become its writer, 0 first, to 15.
   *
   * @default 1
   */
  readonly promotionTier?: number;
}

/** Settings of a cluster of a global database of any engine. */
export interface MemberClusterProps extends DatabaseGroupSettings, Windows, DeletionSettings {
  /** DB cluster identifier, 1 to 63 characters; another one in each region. */
  readonly identifier: string;
  /** Key of this site that encrypts storage, backups and Performance Insights: the key's own ARN. It cannot be changed. */
  readonly kmsKeyArn: string;
  /**
   * Records whether this cluster takes the writes today. It changes no resource, only the protection that the cluster declares.
   *
   * @default - true for the first cluster, false for a secondary
   */
  readonly active?: boolean;
  /**
   * Imports a cluster that exists under this identifier, with its instances and its DB subnet group. The settings here replace
   * those of the existing cluster, and the parameter groups as a whole.
   *
   * @default - the cluster is created
   */
  readonly adoptExisting?: ExistingCluster;
  /**
   * Automated backups, and the last snapshot.
   *
   * @default - 7 days, and a last snapshot
   */
  readonly backups?: BackupSettings;
  /**
   * I/O-Optimized storage: no price for I/O, a higher one for storage and instances.
   *
   * @default false
   */
  readonly ioOptimized?: boolean;
  /**
   * Key and retention of the log groups. Each engine adds the names of its logs.
   *
   * @default - CloudWatch Logs' own encryption, 90 days
   */
  readonly logs?: LogSettings;
  /**
   * When changes are applied.
   *
   * @default - in the maintenance window
   */
  readonly upgrades?: UpgradeSettings;
}

/** An instance of a cluster of any engine, as the shared code reads it. */
export interface JoinedInstance extends MemberInstance {
  /**
   * DB instance class.
   *
   * @default - the cluster's `instanceClass`
   */
  readonly instanceClass?: string;
}

/** Logs of a cluster of any engine, as the shared code reads them. */
export interface JoinedLogs extends LogSettings {
  /**
   * Logs that the cluster publishes.
   *
   * @default - the engine's default
   */
  readonly exports?: readonly string[];
}

/** A cluster of any engine, as the shared code reads it. */
export interface JoinedClusterProps extends MemberClusterProps {
  /** The global cluster that the cluster belongs to. */
  readonly global: JoinedGlobalRef;
  /** Class of the instances that set none. */
  readonly instanceClass: string;
  /**
   * Says that the cluster has no instance.
   *
   * @default false
   */
  readonly headless?: boolean;
  /**
   * Parameters of the instances.
   *
   * @default - AWS's defaults for the version
   */
  readonly instanceParameters?: Readonly<Record<string, string | number>>;
  /**
   * Instances by their keys.
   *
   * @default - none, with `headless`
   */
  readonly instances?: Readonly<Record<string, JoinedInstance>>;
  /**
   * Logs that the cluster publishes.
   *
   * @default - the engine's default, kept for 90 days
   */
  readonly logs?: JoinedLogs;
  /**
   * Static parameters of the instances, if the engine also has dynamic ones.
   *
   * @default - AWS's defaults for the version
   */
  readonly staticInstanceParameters?: Readonly<Record<string, string | number>>;
}
