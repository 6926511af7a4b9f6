import { Windows } from "../aws-values";
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

/** Settings that a source and a replica share. */
export interface DatabaseInstanceProps extends StorageSettings, Windows {
  readonly engine: Engine;
  /** Major version, which AWS keeps at its current minor version: `"16"`, `"8.4"`, `"11.4"`. */
  readonly engineVersion: string;
  /** DB instance identifier, 1 to 63 characters. A later generation of the same database needs another one. */
  readonly identifier: string;
  /** DB instance class, with its prefix: `"db.r6g.large"`. A change interrupts service. */
  readonly instanceClass: InstanceClass;
  /**
   * Lets Terraform move the instance to the major version in `engineVersion`. On a replica it also hands the version to Terraform,
   * which leaves it alone otherwise. AWS wants a replica of MySQL or MariaDB upgraded before its source.
   *
   * @default false
   */
  readonly allowMajorVersionUpgrade?: boolean;
  /**
   * Applies changes at once, also those that interrupt service, instead of in the maintenance window.
   *
   * @default false
   */
  readonly applyImmediately?: boolean;
  /**
   * Lets AWS install minor versions in the maintenance window. Off, `engineVersion` may name a minor version.
   *
   * @default true
   */
  readonly autoMinorVersionUpgrade?: boolean;
  /**
   * Availability Zone of an instance that is not Multi-AZ. It cannot be changed.
   *
   * @default - AWS chooses one
   */
  readonly availabilityZone?: string;
  /**
   * Days automated backups are kept, 1 to 35. They cannot be switched off, because AWS creates replicas from them.
   *
   * @default 7
   */
  readonly backupRetentionDays?: number;
  /**
   * Certificate authority of the server certificate.
   *
   * @default - the account's default
   */
  readonly caCertificate?: CaCertificate;
  /**
   * AWS's own protection: no call deletes the instance while it is on.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * Lets Terraform delete the instance and its master user secret. AWS still refuses while `deletionProtection` is on.
   *
   * @default false
   */
  readonly destroyable?: boolean;
  /**
   * Takes a last snapshot, `<identifier>-final`, when the instance is deleted. AWS takes none of an instance that still is a
   * replica: only with `false` can it be deleted.
   *
   * @default true
   */
  readonly finalSnapshot?: boolean;
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
  /**
   * Accepts IAM database authentication in addition to passwords.
   *
   * @default true
   */
  readonly iamAuthentication?: boolean;
  /**
   * Logs published to CloudWatch Logs.
   *
   * @default - `error` for MySQL and MariaDB, `postgresql` and `upgrade` for PostgreSQL
   */
  readonly logExports?: readonly LogType[];
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
