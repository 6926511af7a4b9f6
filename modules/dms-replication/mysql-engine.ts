import { refuse } from "../core";
import { MAX_INT, whole } from "./checks";
import { attributes } from "./connection-attributes";
import { SourceEngine, TargetEngine } from "./engines";

/**
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Source.MySQL.html
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Target.MySQL.html
 */
const LIMITS = { loadThreads: 5, maxFileSizeKb: 1_048_576, pollSeconds: 60 };

export interface MysqlSourceSettings {
  /**
   * SQL that runs right after DMS connects; the task goes on whether or not it succeeds.
   *
   * @default - none
   */
  readonly afterConnectScript?: string;
  /**
   * Reads a table's metadata again when it no longer fits, for example after an `ALTER TABLE`.
   *
   * @default false
   */
  readonly cleanSourceMetadataOnMismatch?: boolean;
  /**
   * Seconds between looks at the binary log while the database is idle, 1 to 60.
   *
   * @default - DMS's: 5
   */
  readonly eventsPollIntervalSeconds?: number;
  /**
   * Seconds after which a statement is given up.
   *
   * @default - DMS's: 60
   */
  readonly executeTimeoutSeconds?: number;
  /**
   * Time zone of the source, for example `US/Pacific`.
   *
   * @default - UTC
   */
  readonly serverTimezone?: string;
}

export interface MysqlTargetSettings {
  /**
   * SQL that runs right after DMS connects; the task goes on whether or not it succeeds.
   *
   * @default - none
   */
  readonly afterConnectScript?: string;
  /**
   * Refused: the AWS provider does not send it for an endpoint with a secret, and every plan would show a change. To put every
   * table into one database, rename each schema in the task's mappings: `rename(schemas("SHOP"), "orders")`.
   *
   * @default - each schema becomes a database of its own name
   * @see https://github.com/hashicorp/terraform-provider-aws/issues/36866
   */
  readonly databaseName?: string;
  /**
   * Keeps foreign keys checked. DMS loads tables in no order, so a full load into checked tables fails.
   *
   * @default false
   */
  readonly foreignKeyChecks?: boolean;
  /**
   * Largest file, in KB, a load is cut into, 1 to 1048576.
   *
   * @default - DMS's: 32000
   */
  readonly maxFileSizeKb?: number;
  /**
   * Connections that load one table, 1 to 5.
   *
   * @default - DMS's: 1
   */
  readonly parallelLoadThreads?: number;
}

/** MySQL, to read from. */
export function mysqlSource(settings: MysqlSourceSettings = {}): SourceEngine {
  return source("mysqlSource", "mysql", settings);
}

/** MariaDB, to read from. */
export function mariadbSource(settings: MysqlSourceSettings = {}): SourceEngine {
  return source("mariadbSource", "mariadb", settings);
}

/** Aurora MySQL, to read from: its writer, for a reader has no binary log. */
export function auroraMysqlSource(settings: MysqlSourceSettings = {}): SourceEngine {
  return source("auroraMysqlSource", "aurora", settings);
}

/** MySQL, to write to. */
export function mysqlTarget(settings: MysqlTargetSettings = {}): TargetEngine {
  return target("mysqlTarget", "mysql", settings);
}

/** MariaDB, to write to. */
export function mariadbTarget(settings: MysqlTargetSettings = {}): TargetEngine {
  return target("mariadbTarget", "mariadb", settings);
}

/** Aurora MySQL, to write to. */
export function auroraMysqlTarget(settings: MysqlTargetSettings = {}): TargetEngine {
  return target("auroraMysqlTarget", "aurora", settings);
}

type MysqlFamily = "mysql" | "mariadb" | "aurora";

/** A database name on a source would send every table of the task into that one database, so there is none. */
function source(path: string, engine: MysqlFamily, settings: MysqlSourceSettings): SourceEngine {
  const { eventsPollIntervalSeconds: poll, executeTimeoutSeconds: timeout } = settings;
  return {
    role: "source",
    engine,
    attributes: attributes(path, {
      afterConnectScript: settings.afterConnectScript,
      cleanSourceMetadataOnMismatch: settings.cleanSourceMetadataOnMismatch,
      eventsPollInterval:
        poll === undefined ? undefined : whole(path, "eventsPollIntervalSeconds", poll, 1, LIMITS.pollSeconds),
      executeTimeout: timeout === undefined ? undefined : whole(path, "executeTimeoutSeconds", timeout, 1, MAX_INT),
      serverTimezone: settings.serverTimezone,
    }),
  };
}

function target(path: string, engine: MysqlFamily, settings: MysqlTargetSettings): TargetEngine {
  const { databaseName, maxFileSizeKb: size, parallelLoadThreads: threads } = settings;
  if (databaseName !== undefined) {
    refuse(
      path,
      "NotSentByProvider",
      `the AWS provider sends no 'databaseName' of MySQL, MariaDB and Aurora MySQL targets, got '${databaseName}'`,
      `leave it out, and rename each schema in the task's mappings: rename(schemas("SHOP"), "orders")`,
    );
  }
  return {
    role: "target",
    engine,
    attributes: attributes(path, {
      afterConnectScript: settings.afterConnectScript,
      initstmt: settings.foreignKeyChecks ? undefined : "SET FOREIGN_KEY_CHECKS=0",
      maxFileSize: size === undefined ? undefined : whole(path, "maxFileSizeKb", size, 1, LIMITS.maxFileSizeKb),
      parallelLoadThreads:
        threads === undefined ? undefined : whole(path, "parallelLoadThreads", threads, 1, LIMITS.loadThreads),
    }),
  };
}
