import { refuse } from "../core";
import { literal, MAX_INT, whole } from "./checks";
import { attributes, YES_NO } from "./connection-attributes";
import { SourceEngine, TargetEngine } from "./engines";

/** @see https://docs.aws.amazon.com/dms/latest/APIReference/API_OracleSettings.html */
const LIMITS = {
  archiveDestinations: 31,
  asmThreads: 8,
  openTransactionMinutes: 240,
  readAheadBlocks: 200_000,
  scale: 38,
};

export interface OracleSourceSettings {
  /** Service or SID to connect to. */
  readonly databaseName: string;
  /**
   * Switches on supplemental logging of primary keys for the tables of a task, for which the user needs `ALTER` on them.
   * The database's own supplemental logging is still needed.
   *
   * @default false
   */
  readonly addSupplementalLogging?: boolean;
  /**
   * Further destination of archived redo logs, after a switchover of primary and standby. Needs `archivedLogDestId`.
   *
   * @default - none
   */
  readonly additionalArchivedLogDestId?: number;
  /**
   * Destination of archived redo logs, `dest_id` in `v$archived_log`.
   *
   * @default - DMS looks for it
   */
  readonly archivedLogDestId?: number;
  /**
   * Reads the redo logs as files (Binary Reader) instead of through LogMiner: less load on the source, and changes of LOBs.
   *
   * @default false
   */
  readonly binaryReader?: boolean;
  /**
   * Digits after the point that a `NUMBER` without scale gets, 0 to 38.
   *
   * @default - DMS's: 10
   */
  readonly numberScale?: number;
  /**
   * Minutes, 0 to 240, that a task of changes only looks back for open transactions.
   *
   * @default - DMS's: 0
   */
  readonly openTransactionWindowMinutes?: number;
  /**
   * Threads that read from Oracle ASM, 2 to 8; with `binaryReader`.
   *
   * @default - DMS's: 2
   */
  readonly parallelAsmReadThreads?: number;
  /**
   * Blocks read ahead from Oracle ASM, 1000 to 200000; with `binaryReader`.
   *
   * @default - DMS's: 1000
   */
  readonly readAheadBlocks?: number;
  /**
   * Minutes by which a standby used as source is behind its primary.
   *
   * @default - none
   */
  readonly standbyDelayMinutes?: number;
  /**
   * Goes on when a LOB is longer than the task's limit, and cuts it off.
   *
   * @default false
   */
  readonly truncateLobs?: boolean;
}

export interface OracleTargetSettings {
  /** Service or SID to connect to. */
  readonly databaseName: string;
  /**
   * Whether lengths of text columns count bytes or characters.
   *
   * @default - the database's own
   */
  readonly charLengthSemantics?: "BYTE" | "CHAR";
  /**
   * Loads through Oracle's direct path.
   *
   * @default - DMS's: true
   */
  readonly directPathFullLoad?: boolean;
  /**
   * Creates tables and indexes in the tablespaces they had.
   *
   * @default false
   */
  readonly homogenousTablespaces?: boolean;
}

/** Oracle, to read from. */
export function oracleSource(settings: OracleSourceSettings): SourceEngine {
  const path = "oracleSource";
  refuseIdle(path, settings);
  const within = (property: keyof OracleSourceSettings, min: number, max: number) => {
    const value = settings[property];
    return typeof value === "number" ? whole(path, property, value, min, max) : undefined;
  };
  return {
    role: "source",
    engine: "oracle",
    databaseName: literal(path, "databaseName", settings.databaseName),
    attributes: attributes(
      path,
      {
        addSupplementalLogging: settings.addSupplementalLogging,
        additionalArchivedLogDestId: within("additionalArchivedLogDestId", 1, LIMITS.archiveDestinations),
        archivedLogDestId: within("archivedLogDestId", 1, LIMITS.archiveDestinations),
        failTasksOnLobTruncation: settings.truncateLobs ? undefined : "true",
        numberDataTypeScale: within("numberScale", 0, LIMITS.scale),
        openTransactionWindow: within("openTransactionWindowMinutes", 0, LIMITS.openTransactionMinutes),
        parallelASMReadThreads: within("parallelAsmReadThreads", 2, LIMITS.asmThreads),
        readAheadBlocks: within("readAheadBlocks", 1_000, LIMITS.readAheadBlocks),
        standbyDelayTime: within("standbyDelayMinutes", 0, MAX_INT),
        useBfile: settings.binaryReader ? true : undefined,
        useLogMinerReader: settings.binaryReader ? false : undefined,
      },
      YES_NO,
    ),
  };
}

/** Oracle, to write to. */
export function oracleTarget(settings: OracleTargetSettings): TargetEngine {
  const path = "oracleTarget";
  return {
    role: "target",
    engine: "oracle",
    databaseName: literal(path, "databaseName", settings.databaseName),
    attributes: attributes(
      path,
      {
        charLengthSemantics: settings.charLengthSemantics,
        enableHomogenousTablespace: settings.homogenousTablespaces ? "true" : undefined,
        useDirectPathFullLoad: settings.directPathFullLoad,
      },
      YES_NO,
    ),
  };
}

function refuseIdle(path: string, settings: OracleSourceSettings): void {
  const needs = (property: keyof OracleSourceSettings, other: keyof OracleSourceSettings) => {
    if (settings[property] !== undefined && !settings[other]) {
      refuse(
        path,
        "ConflictingSettings",
        `'${property}' is given without '${other}', and would be ignored`,
        `set '${other}' as well, or leave '${property}' out`,
      );
    }
  };
  needs("additionalArchivedLogDestId", "archivedLogDestId");
  needs("parallelAsmReadThreads", "binaryReader");
  needs("readAheadBlocks", "binaryReader");
}
