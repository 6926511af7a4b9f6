import { IConstruct } from "constructs";
import { refuse, refuseBoth } from "../core";
import { ChangeProcessing, changeProcessingOf, refuseChangeProcessing } from "./change-processing";
import { literal, MAX_INT, whole } from "./checks";
import { Engine, ENGINES } from "./engines";
import { ErrorBehavior, errorBehaviorOf } from "./error-behavior";
import { TargetMetadata, targetMetadataOf } from "./target-metadata";
import { Validation, validationOf } from "./validation-settings";

/** Kind of task: copy once, replicate changes, or both. */
export type MigrationType = "full-load" | "cdc" | "full-load-and-cdc";

/** The first copy of each table. */
export interface FullLoad {
  /** Rows transferred together, 1 to 50000. @default 10000 */
  readonly commitRate?: number;
  /** Creates primary keys and unique indexes after the load. A load that breaks off cannot be resumed then. @default false */
  readonly createPkAfterFullLoad?: boolean;
  /** Tables loaded at a time, 1 to 49. @default 8 */
  readonly maxFullLoadSubTasks?: number;
  /** Stops a task of both kinds after the load, before or after the changes made meanwhile are applied. @default - goes on */
  readonly stopTask?: "before-cached-changes" | "after-cached-changes";
  /**
   * Handling of tables that the target has: keep them and their rows, drop them, or empty them.
   *
   * @default "DO_NOTHING"
   */
  readonly targetTablePrepMode?: "DO_NOTHING" | "DROP_AND_CREATE" | "TRUNCATE_BEFORE_LOAD";
  /** Seconds a load waits for open transactions. @default 600 */
  readonly transactionConsistencyTimeoutSeconds?: number;
}

/** Components that log. */
export type LogComponent =
  | "SOURCE_UNLOAD"
  | "SOURCE_CAPTURE"
  | "TARGET_LOAD"
  | "TARGET_APPLY"
  | "TASK_MANAGER"
  | "TRANSFORMATION"
  | "SORTER"
  | "PERFORMANCE"
  | "TABLES_MANAGER"
  | "METADATA_MANAGER"
  | "VALIDATOR_EXT";

/** How much a component logs. */
export type LogSeverity = "ERROR" | "WARNING" | "INFO" | "DEFAULT" | "DEBUG" | "DETAILED_DEBUG";

/** Tables DMS keeps on the target about the task. */
export interface ControlTables {
  /** Errors of a load. @default false */
  readonly fullLoadExceptions?: boolean;
  /** History of the task. @default false */
  readonly history?: boolean;
  /** Minutes of one row of the history. @default 5 */
  readonly historyTimeslotMinutes?: number;
  /** Schema of these tables. @default - DMS's, per engine */
  readonly schema?: string;
  /** State of the task. @default false */
  readonly status?: boolean;
  /** Tables that are no longer replicated. @default false */
  readonly suspendedTables?: boolean;
}

/** Keeps two tasks of opposite directions from copying each other's changes. */
export interface LoopbackPrevention {
  /** Schema on the source with the table by which the other task's changes are known. */
  readonly sourceSchema: string;
  /** Schema on the target with the table by which this task's changes are known. */
  readonly targetSchema: string;
}

/** Buffers of a task. */
export interface StreamBuffers {
  /** MB of the control buffer, 1 to 8. @default 5 */
  readonly controlSizeMb?: number;
  /** @default 3 */
  readonly count?: number;
  /** MB of each buffer. @default 8 */
  readonly sizeMb?: number;
}

/** Settings of a task. */
export interface TaskSettings {
  /** Of tasks with changes. @default - DMS's own values */
  readonly changeProcessing?: ChangeProcessing;
  /** @default - only the exceptions, which DMS always keeps */
  readonly controlTables?: ControlTables;
  /** @default - DMS's own values */
  readonly errorBehavior?: ErrorBehavior;
  /** Of tasks with a full load. @default - DMS's own values */
  readonly fullLoad?: FullLoad;
  /** Writes the source's identity and version into log lines. @default - as DMS has it */
  readonly logContext?: boolean;
  /** How much components log. @default - DEFAULT for all */
  readonly logSeverities?: Readonly<Partial<Record<LogComponent, LogSeverity>>>;
  /** Of tasks with changes. @default - none */
  readonly loopbackPrevention?: LoopbackPrevention;
  /** @default - DMS's own values */
  readonly streamBuffers?: StreamBuffers;
  /** @default - DMS's own values, but LOBs of any size are copied whole */
  readonly target?: TargetMetadata;
  /** Writes no log. @default false */
  readonly unlogged?: boolean;
  /** @default - nothing is compared */
  readonly validation?: Validation;
}

/** The context of the settings. */
export interface TaskContext {
  readonly migrationType: MigrationType;
  readonly source: Engine;
  readonly target: Engine;
}

const LIMITS = { commitRate: 50_000, controlBufferMb: 8, subTasks: 49 };

/**
 * Writes task settings, DMS's defaults written out.
 *
 * Contains only settings that DMS returns, because every plan would show a change of any other setting. Terraform ignores further settings
 * that DMS returns. So groups that DMS leaves empty (validation, loopback prevention) appear only if you set them. The names of the log
 * group and stream never appear.
 *
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TaskSettings.html
 */
export function taskSettings(scope: IConstruct | string, settings: TaskSettings, context: TaskContext): string {
  refuseIdleGroups(scope, settings, context);
  refuseValidation(scope, settings, context);
  refuseLoopback(scope, settings, context);
  refuseChangeProcessing(scope, settings, context.target);
  return JSON.stringify({
    TargetMetadata: targetMetadataOf(scope, settings.target ?? {}, context.target),
    FullLoadSettings: fullLoadOf(scope, settings.fullLoad ?? {}),
    Logging: loggingOf(scope, settings),
    ControlTablesSettings: controlTablesOf(scope, settings.controlTables ?? {}),
    StreamBufferSettings: streamBuffersOf(scope, settings.streamBuffers ?? {}),
    ...changeProcessingOf(scope, settings.changeProcessing ?? {}),
    ErrorBehavior: errorBehaviorOf(scope, settings.errorBehavior ?? {}),
    ...(settings.validation && { ValidationSettings: validationOf(scope, settings.validation) }),
    ...(settings.loopbackPrevention && {
      LoopbackPreventionSettings: {
        EnableLoopbackPrevention: true,
        SourceSchema: literal(scope, "settings.loopbackPrevention", settings.loopbackPrevention.sourceSchema),
        TargetSchema: literal(scope, "settings.loopbackPrevention", settings.loopbackPrevention.targetSchema),
      },
    }),
  });
}

function fullLoadOf(scope: IConstruct | string, given: FullLoad) {
  const { commitRate = 10_000, maxFullLoadSubTasks = 8, transactionConsistencyTimeoutSeconds = 600 } = given;
  const at = (property: keyof FullLoad) => `settings.fullLoad.${property}`;
  return {
    TargetTablePrepMode: given.targetTablePrepMode ?? "DO_NOTHING",
    CreatePkAfterFullLoad: given.createPkAfterFullLoad ?? false,
    StopTaskCachedChangesApplied: given.stopTask === "after-cached-changes",
    StopTaskCachedChangesNotApplied: given.stopTask === "before-cached-changes",
    MaxFullLoadSubTasks: whole(scope, at("maxFullLoadSubTasks"), maxFullLoadSubTasks, 1, LIMITS.subTasks),
    TransactionConsistencyTimeout: whole(
      scope,
      at("transactionConsistencyTimeoutSeconds"),
      transactionConsistencyTimeoutSeconds,
      0,
      MAX_INT,
    ),
    CommitRate: whole(scope, at("commitRate"), commitRate, 1, LIMITS.commitRate),
  };
}

function loggingOf(scope: IConstruct | string, { logContext, logSeverities, unlogged }: TaskSettings) {
  if (unlogged && (logContext !== undefined || logSeverities !== undefined)) {
    const given = logContext === undefined ? "logSeverities" : "logContext";
    refuse(scope, "ConflictingSettings", `'settings.unlogged' is set, and 'settings.${given}' is given`);
  }
  return {
    EnableLogging: !unlogged,
    ...(logContext !== undefined && { EnableLogContext: logContext }),
    ...(logSeverities && {
      LogComponents: Object.entries(logSeverities).map(([component, severity]) => ({
        Id: component,
        Severity: `LOGGER_SEVERITY_${severity}`,
      })),
    }),
  };
}

function controlTablesOf(scope: IConstruct | string, given: ControlTables) {
  const { historyTimeslotMinutes = 5, schema = "" } = given;
  return {
    ControlSchema: literal(scope, "settings.controlTables.schema", schema),
    HistoryTimeslotInMinutes: whole(
      scope,
      "settings.controlTables.historyTimeslotMinutes",
      historyTimeslotMinutes,
      1,
      MAX_INT,
    ),
    HistoryTableEnabled: given.history ?? false,
    SuspendedTablesTableEnabled: given.suspendedTables ?? false,
    StatusTableEnabled: given.status ?? false,
    FullLoadExceptionTableEnabled: given.fullLoadExceptions ?? false,
  };
}

function streamBuffersOf(scope: IConstruct | string, { controlSizeMb = 5, count = 3, sizeMb = 8 }: StreamBuffers) {
  return {
    StreamBufferCount: whole(scope, "settings.streamBuffers.count", count, 1, MAX_INT),
    StreamBufferSizeInMB: whole(scope, "settings.streamBuffers.sizeMb", sizeMb, 1, MAX_INT),
    CtrlStreamBufferSizeInMB: whole(
      scope,
      "settings.streamBuffers.controlSizeMb",
      controlSizeMb,
      1,
      LIMITS.controlBufferMb,
    ),
  };
}

function refuseIdleGroups(scope: IConstruct | string, settings: TaskSettings, { migrationType }: TaskContext): void {
  const ignored = (property: string) =>
    refuse(
      scope,
      "ConflictingSettings",
      `'settings.${property}' is given, and would be ignored by a task of type '${migrationType}'`,
      `leave '${property}' out, or choose another migration type`,
    );
  if (migrationType === "cdc" && settings.fullLoad !== undefined) ignored("fullLoad");
  if (migrationType !== "full-load-and-cdc" && settings.fullLoad?.stopTask !== undefined) ignored("fullLoad.stopTask");
  if (migrationType !== "full-load") return;
  if (settings.changeProcessing !== undefined) ignored("changeProcessing");
  if (settings.loopbackPrevention !== undefined) ignored("loopbackPrevention");
  if (settings.target?.batchApply) ignored("target.batchApply");
}

/** @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Validating.html */
function refuseValidation(scope: IConstruct | string, settings: TaskSettings, context: TaskContext): void {
  if (settings.validation === undefined) return;
  if (context.source === "s3") {
    refuse(
      scope,
      "ConflictingSettings",
      `'settings.validation' is given, got ${ENGINES.s3.title} as source`,
      "leave 'validation' out: DMS cannot compare with files",
    );
  }
  if (!settings.validation.only) return;
  const { targetTablePrepMode = "DO_NOTHING" } = settings.fullLoad ?? {};
  if (targetTablePrepMode !== "DO_NOTHING") {
    refuse(
      scope,
      "ConflictingSettings",
      `'settings.validation.only' needs the target's tables as they are, got '${targetTablePrepMode}'`,
      "leave 'targetTablePrepMode' out",
    );
  }
  if (context.migrationType === "full-load-and-cdc") {
    refuse(
      scope,
      "ConflictingSettings",
      `'settings.validation.only' is set, got migration type '${context.migrationType}'`,
      "make it two tasks, one of type 'full-load' and one of type 'cdc'",
    );
  }
}

/** @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Task.CDC.html#CHAP_Task.CDC.Bidirectional */
function refuseLoopback(scope: IConstruct | string, settings: TaskSettings, { source, target }: TaskContext): void {
  if (settings.loopbackPrevention === undefined) return;
  refuseBoth(
    scope,
    { "settings.loopbackPrevention": true, "settings.target.batchApply": settings.target?.batchApply },
    "leave 'batchApply' out: batches do not carry the mark of their task",
  );
  const odd = [source, target].find((engine) => engine === "s3" || engine === "mariadb");
  if (odd !== undefined) {
    refuse(
      scope,
      "ConflictingSettings",
      `'settings.loopbackPrevention' is given, got ${ENGINES[odd].title}, which DMS does not replicate in both directions`,
      "leave 'loopbackPrevention' out",
    );
  }
}
