import { DatabaseInstanceProps, DatabaseUpgrades, Engine } from "../../modules/rds-read-replica";

/** Props of an instance that the workload sets itself. */
type Decided = "engine" | "engineVersion" | "identifier" | "groups" | "groupSettings" | "availabilityZone";

/** How a database is upgraded, and when changes are applied. */
export interface DatabaseStoreUpgrades extends DatabaseUpgrades {
  /**
   * Lets Terraform upgrade the database to the major version in `engineVersion`. `stacks/README.md` has the steps for
   * each engine.
   *
   * @default false
   */
  readonly allowMajorVersion?: boolean;
  /**
   * Applies changes at once instead of in the maintenance window, even if they interrupt service.
   *
   * @default - true in a site that has taken over, until another is rebuilt to follow it; false elsewhere
   */
  readonly applyImmediately?: boolean;
}

export interface DatabaseOptions extends Omit<DatabaseInstanceProps, Decided> {
  /** Size of the storage in GiB. It can only grow. */
  readonly storageGiB: number;
  /**
   * Replicates the automated backups of the site that takes the writes to each standby. They help when a replica has
   * copied a mistake.
   *
   * @default true
   */
  readonly backupsReplication?: boolean;
  /**
   * Days for which a standby keeps the copies, 1 to 35. A change replaces the replication, so it needs `destroyable`.
   * AWS keeps the old copies until they expire.
   *
   * @default 7
   */
  readonly backupsReplicationRetentionDays?: number;
  /**
   * Name of a database to create with the instance.
   *
   * @default - none
   */
  readonly databaseName?: string;
  /**
   * Major version: `"16"`, `"8.4"`.
   *
   * @default "16" for PostgreSQL, "8.4" for MySQL
   */
  readonly engineVersion?: string;
  /**
   * Dynamic engine parameters; a change takes effect at once.
   *
   * @default - AWS's defaults for the version
   */
  readonly parameters?: Readonly<Record<string, string | number>>;
  /**
   * Static engine parameters; a change takes effect when the instance is rebooted.
   *
   * @default - AWS's defaults for the version
   */
  readonly staticParameters?: Readonly<Record<string, string | number>>;
  /**
   * Upgrades, and when changes are applied.
   *
   * @default - AWS installs minor versions; other changes wait for the maintenance window, except after a takeover
   */
  readonly upgrades?: DatabaseStoreUpgrades;
  /**
   * Name of the master user. It cannot be changed.
   *
   * @default "dbadmin"
   */
  readonly username?: string;
}

/** The options with their defaults. */
export type Settings = DatabaseOptions & { readonly engine: Engine; readonly engineVersion: string };
