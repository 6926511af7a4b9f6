import { literal, whole } from "./checks";
import { attributes, YES_NO } from "./connection-attributes";
import { SourceEngine, TargetEngine } from "./engines";

/** @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Target.SQLServer.html */
const PACKET_BYTES = { min: 1, max: 100_000 };

export interface SqlServerSourceSettings {
  /** Database to read. */
  readonly databaseName: string;
  /**
   * File group of DMS's own tables.
   *
   * @default - the database's default file group
   */
  readonly controlTablesFileGroup?: string;
  /**
   * Reads changes from log backups only, never from the active log. More latency, less hold on the log; not on Amazon RDS.
   *
   * @default false
   */
  readonly readBackupOnly?: boolean;
  /**
   * How the log is kept from being cut before DMS has read it. The exclusive way does not work on Amazon RDS.
   *
   * @default - DMS's: RELY_ON_SQL_SERVER_REPLICATION_AGENT
   */
  readonly safeguardPolicy?:
    "RELY_ON_SQL_SERVER_REPLICATION_AGENT" | "EXCLUSIVE_AUTOMATIC_TRUNCATION" | "SHARED_AUTOMATIC_TRUNCATION";
  /**
   * Reads log backups of other makers, if in native format.
   *
   * @default false
   */
  readonly thirdPartyBackupDevice?: boolean;
}

export interface SqlServerTargetSettings {
  /** Database to write to. */
  readonly databaseName: string;
  /**
   * Bytes of a packet of a bulk copy, 1 to 100000.
   *
   * @default - DMS's: 16384
   */
  readonly bcpPacketSizeBytes?: number;
  /**
   * Loads by bulk copy. Must be off where the target has an identity column the source has not.
   *
   * @default - DMS's: true
   */
  readonly bulkCopy?: boolean;
  /**
   * File group of DMS's own tables.
   *
   * @default - the database's default file group
   */
  readonly controlTablesFileGroup?: string;
}

/** SQL Server, to read from. */
export function sqlServerSource(settings: SqlServerSourceSettings): SourceEngine {
  const path = "sqlServerSource";
  return {
    role: "source",
    engine: "sqlserver",
    databaseName: literal(path, "databaseName", settings.databaseName),
    attributes: attributes(
      path,
      {
        controlTablesFileGroup: settings.controlTablesFileGroup,
        readBackupOnly: settings.readBackupOnly,
        safeguardPolicy: settings.safeguardPolicy,
        use3rdPartyBackupDevice: settings.thirdPartyBackupDevice,
      },
      YES_NO,
    ),
  };
}

/** SQL Server, to write to. */
export function sqlServerTarget(settings: SqlServerTargetSettings): TargetEngine {
  const path = "sqlServerTarget";
  const { bcpPacketSizeBytes: bytes } = settings;
  return {
    role: "target",
    engine: "sqlserver",
    databaseName: literal(path, "databaseName", settings.databaseName),
    attributes: attributes(
      path,
      {
        bcpPacketSize:
          bytes === undefined
            ? undefined
            : whole(path, "bcpPacketSizeBytes", bytes, PACKET_BYTES.min, PACKET_BYTES.max),
        controlTablesFileGroup: settings.controlTablesFileGroup,
        useBcpFullLoad: settings.bulkCopy,
      },
      YES_NO,
    ),
  };
}
