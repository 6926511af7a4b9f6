import { DatabaseInstanceProps, Engine } from "../../modules/rds-read-replica";

/** What of an instance the workload itself decides. */
type Decided = "engine" | "engineVersion" | "identifier" | "groups" | "groupSettings" | "availabilityZone";

export interface DatabaseOptions extends Omit<DatabaseInstanceProps, Decided> {
  /** Size of the storage in GiB. It can only grow. */
  readonly storageGiB: number;
  /**
   * Lets Terraform move the database to the major version in `engineVersion`. `stacks/README.md` has the order, which differs with the
   * engine.
   *
   * @default false
   */
  readonly allowMajorVersionUpgrade?: boolean;
  /**
   * Applies changes at once, also those that interrupt service, instead of in the maintenance window.
   *
   * @default - true in a site that has taken over, until another is rebuilt to follow it; false elsewhere
   */
  readonly applyImmediately?: boolean;
  /**
   * Copies the automated backups of the active site to each standby, for when a replica has copied a mistake.
   *
   * @default true
   */
  readonly backupsReplication?: boolean;
  /**
   * Days the copies are kept in a standby, 1 to 35. A change ends the replication and begins another, so it needs `destroyable`; the old
   * copies are kept for their time.
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
   * Name of the master user. It cannot be changed.
   *
   * @default "dbadmin"
   */
  readonly username?: string;
}

/** The options with what the factory settled. */
export type Settings = DatabaseOptions & { readonly engine: Engine; readonly engineVersion: string };
