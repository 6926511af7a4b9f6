import { refuse } from "../core";
import { literal, MAX_INT, whole } from "./checks";
import { SourceEngine, TargetEngine } from "./engines";

/**
 * DMS's own values, written out: the provider sends what is unset as zero or false.
 *
 * @see https://docs.aws.amazon.com/dms/latest/APIReference/API_PostgreSQLSettings.html
 */
const DEFAULTS = { executeTimeoutSeconds: 60, heartbeatMinutes: 5, maxFileSizeKb: 32_768, schema: "public" };

/** @see https://www.postgresql.org/docs/current/warm-standby.html#STREAMING-REPLICATION-SLOTS-MANIPULATION */
const SLOT = /^[a-z0-9_]{1,63}$/;

export interface PostgresSourceSettings {
  /** Database to read. */
  readonly databaseName: string;
  /**
   * SQL that runs right after DMS connects.
   *
   * @default - none
   */
  readonly afterConnectScript?: string;
  /**
   * Captures changes of tables, for which DMS creates a table and a trigger in the source.
   *
   * @default true
   */
  readonly captureDdls?: boolean;
  /**
   * Schema for the objects that DMS creates in the source to capture changes of tables.
   *
   * @default "public"
   */
  readonly ddlArtifactsSchema?: string;
  /**
   * Seconds after which a statement is given up.
   *
   * @default 60
   */
  readonly executeTimeoutSeconds?: number;
  /**
   * Writes to its own table periodically. Otherwise the slot of a quiet database holds back the write-ahead log until the source's storage
   * is full. Needs write permission in the source.
   *
   * @default false
   */
  readonly heartbeat?: boolean;
  /**
   * Minutes between heartbeats.
   *
   * @default 5
   */
  readonly heartbeatMinutes?: number;
  /**
   * Schema of the heartbeat's table.
   *
   * @default "public"
   */
  readonly heartbeatSchema?: string;
  /**
   * Copies booleans as booleans; say so on the target as well.
   *
   * @default false
   */
  readonly mapBooleanAsBoolean?: boolean;
  /**
   * Copies `jsonb` as CLOB.
   *
   * @default false
   */
  readonly mapJsonbAsClob?: boolean;
  /**
   * Type as which long texts are copied.
   *
   * @default - DMS's: wstring
   */
  readonly mapLongVarcharAs?: "wstring" | "clob" | "nclob";
  /**
   * Plug-in that decodes the log.
   *
   * @default - pglogical where it is installed, else test_decoding
   */
  readonly pluginName?: "pglogical" | "test-decoding" | "no-preference";
  /**
   * Logical replication slot made beforehand; needed for a task that starts at a log position.
   *
   * @default - DMS makes one per task
   */
  readonly slotName?: string;
  /**
   * Goes on when a LOB is longer than the task's limit, and cuts it off.
   *
   * @default false
   */
  readonly truncateLobs?: boolean;
}

export interface PostgresTargetSettings {
  /** Database to write to. */
  readonly databaseName: string;
  /**
   * Seconds after which a statement is given up.
   *
   * @default 60
   */
  readonly executeTimeoutSeconds?: number;
  /**
   * Keeps foreign keys and triggers at work while DMS writes. Switching them off needs the right to set
   * `session_replication_role`.
   *
   * @default true
   */
  readonly foreignKeyChecks?: boolean;
  /**
   * Copies booleans as booleans; say so on the source as well.
   *
   * @default false
   */
  readonly mapBooleanAsBoolean?: boolean;
  /**
   * Largest file, in KB, a load is cut into.
   *
   * @default 32768
   */
  readonly maxFileSizeKb?: number;
}

/** PostgreSQL, to read from. */
export function postgresSource(settings: PostgresSourceSettings): SourceEngine {
  return source("postgresSource", "postgres", settings);
}

/** Aurora PostgreSQL, to read from: its writer. */
export function auroraPostgresSource(settings: PostgresSourceSettings): SourceEngine {
  return source("auroraPostgresSource", "aurora-postgresql", settings);
}

/** PostgreSQL, to write to. */
export function postgresTarget(settings: PostgresTargetSettings): TargetEngine {
  return target("postgresTarget", "postgres", settings);
}

/** Aurora PostgreSQL, to write to. */
export function auroraPostgresTarget(settings: PostgresTargetSettings): TargetEngine {
  return target("auroraPostgresTarget", "aurora-postgresql", settings);
}

type PostgresFamily = "postgres" | "aurora-postgresql";

function source(path: string, engine: PostgresFamily, settings: PostgresSourceSettings): SourceEngine {
  const { executeTimeoutSeconds = DEFAULTS.executeTimeoutSeconds, heartbeatMinutes = DEFAULTS.heartbeatMinutes } =
    settings;
  refuseSlot(path, settings.slotName);
  return {
    role: "source",
    engine,
    databaseName: literal(path, "databaseName", settings.databaseName),
    attributes: {},
    postgres: {
      afterConnectScript:
        settings.afterConnectScript && literal(path, "afterConnectScript", settings.afterConnectScript),
      captureDdls: settings.captureDdls ?? true,
      ddlArtifactsSchema: settings.ddlArtifactsSchema ?? DEFAULTS.schema,
      executeTimeout: whole(path, "executeTimeoutSeconds", executeTimeoutSeconds, 1, MAX_INT),
      failTasksOnLobTruncation: !settings.truncateLobs,
      heartbeatEnable: settings.heartbeat ?? false,
      heartbeatFrequency: whole(path, "heartbeatMinutes", heartbeatMinutes, 1, MAX_INT),
      heartbeatSchema: settings.heartbeatSchema ?? DEFAULTS.schema,
      mapBooleanAsBoolean: settings.mapBooleanAsBoolean ?? false,
      mapJsonbAsClob: settings.mapJsonbAsClob ?? false,
      mapLongVarcharAs: settings.mapLongVarcharAs,
      maxFileSize: DEFAULTS.maxFileSizeKb,
      pluginName: settings.pluginName,
      slotName: settings.slotName,
    },
  };
}

function target(path: string, engine: PostgresFamily, settings: PostgresTargetSettings): TargetEngine {
  const { executeTimeoutSeconds = DEFAULTS.executeTimeoutSeconds, maxFileSizeKb = DEFAULTS.maxFileSizeKb } = settings;
  return {
    role: "target",
    engine,
    databaseName: literal(path, "databaseName", settings.databaseName),
    attributes: {},
    postgres: {
      afterConnectScript: settings.foreignKeyChecks === false ? "SET session_replication_role='replica'" : undefined,
      executeTimeout: whole(path, "executeTimeoutSeconds", executeTimeoutSeconds, 1, MAX_INT),
      mapBooleanAsBoolean: settings.mapBooleanAsBoolean ?? false,
      maxFileSize: whole(path, "maxFileSizeKb", maxFileSizeKb, 1, MAX_INT),
    },
  };
}

function refuseSlot(path: string, slotName: string | undefined): void {
  if (slotName !== undefined && !SLOT.test(slotName)) {
    refuse(
      path,
      "InvalidName",
      `'slotName' is not a valid replication slot name, got '${slotName}', allowed: 1 to 63 lower-case letters, digits and underscores`,
    );
  }
}
