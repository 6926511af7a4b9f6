import { IConstruct } from "constructs";
import { MAX_INT, whole } from "./checks";

export type RecordPolicy = "IGNORE_RECORD" | "LOG_ERROR" | "SUSPEND_TABLE" | "STOP_TASK";

/** A task's handling of errors, by DMS's names. */
export interface ErrorBehavior {
  /** A deleted row that the target does not have. @default "IGNORE_RECORD" */
  readonly applyErrorDeletePolicy?: RecordPolicy;
  /** Conflicts of a table, after which `applyErrorEscalationPolicy` holds. 0 is never. @default 0 */
  readonly applyErrorEscalationCount?: number;
  /** @default "LOG_ERROR" */
  readonly applyErrorEscalationPolicy?: "LOG_ERROR" | "SUSPEND_TABLE" | "STOP_TASK";
  /** Fails the task when a copied table is truncated. @default false */
  readonly applyErrorFailOnTruncationDdl?: boolean;
  /** An inserted row that the target has already. @default "LOG_ERROR" */
  readonly applyErrorInsertPolicy?: RecordPolicy | "INSERT_RECORD";
  /** An updated row that the target does not have. @default "LOG_ERROR" */
  readonly applyErrorUpdatePolicy?: RecordPolicy | "UPDATE_RECORD";
  /** Errors of a table's rows, after which `dataErrorEscalationPolicy` holds. 0 is never. @default 0 */
  readonly dataErrorEscalationCount?: number;
  /** @default "SUSPEND_TABLE" */
  readonly dataErrorEscalationPolicy?: "LOG_ERROR" | "SUSPEND_TABLE" | "STOP_TASK";
  /** A row that cannot be converted. @default "LOG_ERROR" */
  readonly dataErrorPolicy?: RecordPolicy;
  /** A value that cannot be masked. @default - DMS's: STOP_TASK, on engines that can mask */
  readonly dataMaskingErrorPolicy?: RecordPolicy;
  /** A value that is cut off. @default "LOG_ERROR" */
  readonly dataTruncationErrorPolicy?: RecordPolicy;
  /** An event that cannot be sent. @default "IGNORE" */
  readonly eventErrorPolicy?: "IGNORE" | "STOP_TASK";
  /** Fails a task that finds no table. @default true */
  readonly failOnNoTablesCaptured?: boolean;
  /** Fails a task on Oracle when a transaction is open too long at its start. @default false */
  readonly failOnTransactionConsistencyBreached?: boolean;
  /** Leaves rows out of the log that a load finds loaded. @default true */
  readonly fullLoadIgnoreConflicts?: boolean;
  /** Attempts to restart after an error of the environment; -1 goes on until the throttling is at its longest. @default -1 */
  readonly recoverableErrorCount?: number;
  /** Seconds between attempts. @default 5 */
  readonly recoverableErrorInterval?: number;
  /** Stops attempts once the interval is at its longest. @default true */
  readonly recoverableErrorStopRetryAfterThrottlingMax?: boolean;
  /** Makes each interval longer than the one before. @default true */
  readonly recoverableErrorThrottling?: boolean;
  /** Longest interval in seconds. @default 1800 */
  readonly recoverableErrorThrottlingMax?: number;
  /** Errors of a table, after which the task stops. 0 is never. @default 0 */
  readonly tableErrorEscalationCount?: number;
  /** An error of a table as a whole. @default "SUSPEND_TABLE" */
  readonly tableErrorPolicy?: "SUSPEND_TABLE" | "STOP_TASK";
}

/**
 * The group as DMS reads it, its defaults written out.
 *
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TaskSettings.ErrorHandling.html
 */
export function errorBehaviorOf(scope: IConstruct | string, given: ErrorBehavior) {
  const count = (property: keyof ErrorBehavior, fallback: number, min = 0) =>
    whole(
      scope,
      `settings.errorBehavior.${property}`,
      (given[property] as number | undefined) ?? fallback,
      min,
      MAX_INT,
    );
  return {
    DataErrorPolicy: given.dataErrorPolicy ?? "LOG_ERROR",
    DataTruncationErrorPolicy: given.dataTruncationErrorPolicy ?? "LOG_ERROR",
    ...(given.dataMaskingErrorPolicy && { DataMaskingErrorPolicy: given.dataMaskingErrorPolicy }),
    DataErrorEscalationPolicy: given.dataErrorEscalationPolicy ?? "SUSPEND_TABLE",
    DataErrorEscalationCount: count("dataErrorEscalationCount", 0),
    EventErrorPolicy: given.eventErrorPolicy ?? "IGNORE",
    TableErrorPolicy: given.tableErrorPolicy ?? "SUSPEND_TABLE",
    TableErrorEscalationPolicy: "STOP_TASK", // the only one there is
    TableErrorEscalationCount: count("tableErrorEscalationCount", 0),
    RecoverableErrorCount: count("recoverableErrorCount", -1, -1),
    RecoverableErrorInterval: count("recoverableErrorInterval", 5),
    RecoverableErrorThrottling: given.recoverableErrorThrottling ?? true,
    RecoverableErrorThrottlingMax: count("recoverableErrorThrottlingMax", 1_800),
    RecoverableErrorStopRetryAfterThrottlingMax: given.recoverableErrorStopRetryAfterThrottlingMax ?? true,
    ApplyErrorDeletePolicy: given.applyErrorDeletePolicy ?? "IGNORE_RECORD",
    ApplyErrorInsertPolicy: given.applyErrorInsertPolicy ?? "LOG_ERROR",
    ApplyErrorUpdatePolicy: given.applyErrorUpdatePolicy ?? "LOG_ERROR",
    ApplyErrorEscalationPolicy: given.applyErrorEscalationPolicy ?? "LOG_ERROR",
    ApplyErrorEscalationCount: count("applyErrorEscalationCount", 0),
    ApplyErrorFailOnTruncationDdl: given.applyErrorFailOnTruncationDdl ?? false,
    FullLoadIgnoreConflicts: given.fullLoadIgnoreConflicts ?? true,
    FailOnNoTablesCaptured: given.failOnNoTablesCaptured ?? true,
    FailOnTransactionConsistencyBreached: given.failOnTransactionConsistencyBreached ?? false,
  };
}
