import { BackupSettings, LogSettings, UpgradeSettings, Windows } from "../aws-values";
import { DatabaseGroups } from "./database-groups";
import { Engine, LogType } from "./engine";
import { DatabaseGroupSettings } from "./group-parts";
import { StorageSettings } from "./storage";

/** A DB instance class: `"db.r7g.large"`. */
export type InstanceClass = `db.${string}.${string}`;

/** A certificate authority of RDS. */
export type CaCertificate = "rds-ca-ecc384-g1" | "rds-ca-rsa2048-g1" | "rds-ca-rsa4096-g1";

/** Seconds between two points of Enhanced Monitoring; 0 turns it off. */
export type MonitoringInterval = 0 | 1 | 5 | 10 | 15 | 30 | 60;

/** How an instance is upgraded, and when changes are applied. */
export interface DatabaseUpgrades extends UpgradeSettings {
  /**
   * Lets Terraform move the instance to the major version in `engineVersion`. On a replica it also hands the version to Terraform,
   * which leaves it alone otherwise. AWS wants a replica of MySQL or MariaDB upgraded before its source.
   *
   * @default false
   */
  readonly allowMajorVersion?: boolean;
  /**
   * Lets AWS install minor versions in the maintenance window. Off, `engineVersion` may name a minor version.
   *
   * @default true
   */
  readonly autoMinorVersion?: boolean;
}

/** Logs that an instance publishes to CloudWatch Logs. */
export interface DatabaseLogs extends LogSettings {
  /**
   * Logs published to CloudWatch Logs.
   *
   * @default - `error` for MySQL and MariaDB, `postgresql` and `upgrade` for PostgreSQL
   */
  readonly exports?: readonly LogType[];
}

/** Enhanced Monitoring and Performance Insights of an instance. */
export interface DatabaseMonitoring {
  /**
   * Seconds between two points of Enhanced Monitoring: 0 (off), 1, 5, 10, 15, 30 or 60.
   *
   * @default 60
   */
  readonly intervalSeconds?: MonitoringInterval;
  /**
   * Performance Insights, now the standard mode of CloudWatch Database Insights.
   *
   * @default - on, where the class can
   */
  readonly performanceInsights?: boolean;
  /**
   * Days its data is kept: 7, 731, or 31 times a number of months from 1 to 23. AWS charges for more than 7.
   *
   * @default 7
   */
  readonly performanceInsightsRetentionDays?: number;
}

/** Settings that prevent the deletion of an instance or a cluster. */
export interface DeletionSettings {
  /**
   * Deletion protection of AWS: no call deletes the database while it is on.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * Lets Terraform delete the database, with its instances and its master user secret. AWS still refuses while `deletionProtection` is on.
   *
   * @default false
   */
  readonly destroyable?: boolean;
}

/** Groups of an instance: existing ones, or the settings of its own. */
export interface GroupsOfInstance {
  /**
   * Existing groups of the same site that the instance uses. Give these or `groupSettings`.
   *
   * @default - own ones, made of `groupSettings`
   */
  readonly groups?: DatabaseGroups;
  /**
   * Settings of the instance's own groups. Give these or `groups`. Own groups are deleted with the instance: give `groups` if
   * another instance will replace it.
   *
   * @default - `groups`
   */
  readonly groupSettings?: DatabaseGroupSettings;
}

/** Settings that a source and a replica share. */
export interface DatabaseInstanceProps extends StorageSettings, Windows, DeletionSettings, GroupsOfInstance {
  readonly engine: Engine;
  /** Major version, which AWS keeps at its current minor version: `"16"`, `"8.4"`, `"11.4"`. */
  readonly engineVersion: string;
  /** DB instance identifier, 1 to 63 characters. A later generation of the same database needs another one. */
  readonly identifier: string;
  /** DB instance class, with its prefix: `"db.r6g.large"`. A change interrupts service. */
  readonly instanceClass: InstanceClass;
  /**
   * Availability Zone of an instance that is not Multi-AZ. It cannot be changed.
   *
   * @default - AWS chooses one
   */
  readonly availabilityZone?: string;
  /**
   * Automated backups, from which AWS also creates replicas, and the last snapshot.
   *
   * @default - 7 days, and a last snapshot
   */
  readonly backups?: BackupSettings;
  /**
   * Certificate authority of the server certificate.
   *
   * @default - the account's default
   */
  readonly caCertificate?: CaCertificate;
  /**
   * Accepts IAM database authentication in addition to passwords.
   *
   * @default true
   */
  readonly iamAuthentication?: boolean;
  /**
   * Logs published to CloudWatch Logs.
   *
   * @default - those of the engine, kept for 90 days
   */
  readonly logs?: DatabaseLogs;
  /**
   * Enhanced Monitoring and Performance Insights.
   *
   * @default - every 60 seconds, with Performance Insights where the class can
   */
  readonly monitoring?: DatabaseMonitoring;
  /**
   * Upgrades, and when changes are applied.
   *
   * @default - AWS installs minor versions; changes wait for the maintenance window
   */
  readonly upgrades?: DatabaseUpgrades;
}
