import { IConstruct } from "constructs";
import { MAX_INT, whole } from "./checks";

/** How DMS compares the target's rows with the source's. Giving it switches validation on. */
export interface Validation {
  /**
   * Rows that may differ before the task stops comparing.
   *
   * @default 10000
   */
  readonly failureMaxCount?: number;
  /**
   * Heeds that the two databases may sort texts differently.
   *
   * @default false
   */
  readonly handleCollationDiff?: boolean;
  /**
   * How rows are compared. Cannot be left to DMS and stay what it is over versions of the engine.
   *
   * @default - chosen by DMS: in groups on engines that can, else row by row
   */
  readonly mode?: "ROW_LEVEL" | "GROUP_LEVEL";
  /**
   * Only compares and copies nothing. Cannot be changed later; a task of this kind is either a full load or of changes.
   *
   * @default false
   */
  readonly only?: boolean;
  /**
   * Bytes of a LOB that are compared, in KB. 0 is all.
   *
   * @default 0
   */
  readonly partialLobSizeKb?: number;
  /**
   * Rows a thread reads at a time.
   *
   * @default 10000
   */
  readonly partitionSize?: number;
  /**
   * Seconds a comparison of changes waits, so that the target has them.
   *
   * @default - 180 for a task that only compares, else 0
   */
  readonly queryCdcDelaySeconds?: number;
  /**
   * Minutes a difference must last before it is reported.
   *
   * @default 5
   */
  readonly recordFailureDelayMinutes?: number;
  /**
   * Minutes a difference must last before it is reported, however late the task is. 0 is as late as the task is.
   *
   * @default 0
   */
  readonly recordFailureDelayLimitMinutes?: number;
  /**
   * Minutes before a table of too many differences is compared no more.
   *
   * @default 30
   */
  readonly recordSuspendDelayMinutes?: number;
  /**
   * Leaves LOBs out.
   *
   * @default false
   */
  readonly skipLobColumns?: boolean;
  /**
   * Rows of one table that may differ before it is compared no more.
   *
   * @default 1000
   */
  readonly tableFailureMaxCount?: number;
  /**
   * Threads that compare.
   *
   * @default 5
   */
  readonly threadCount?: number;
}

/**
 * The group as DMS reads it, its defaults written out. AWS's page and its example swap the defaults of the two counts of failures, 10000
 * and 1000. So both are always written.
 *
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TaskSettings.DataValidation.html
 */
export function validationOf(scope: IConstruct | string, given: Validation) {
  const count = (property: keyof Validation, fallback: number, min: number) =>
    whole(scope, `settings.validation.${property}`, (given[property] as number | undefined) ?? fallback, min, MAX_INT);
  return {
    EnableValidation: true,
    ...(given.mode && { ValidationMode: given.mode }),
    ThreadCount: count("threadCount", 5, 1),
    PartitionSize: count("partitionSize", 10_000, 1),
    FailureMaxCount: count("failureMaxCount", 10_000, 1),
    TableFailureMaxCount: count("tableFailureMaxCount", 1_000, 1),
    RecordFailureDelayInMinutes: count("recordFailureDelayMinutes", 5, 0),
    RecordFailureDelayLimitInMinutes: count("recordFailureDelayLimitMinutes", 0, 0),
    RecordSuspendDelayInMinutes: count("recordSuspendDelayMinutes", 30, 0),
    HandleCollationDiff: given.handleCollationDiff ?? false,
    SkipLobColumns: given.skipLobColumns ?? false,
    ValidationPartialLobSize: count("partialLobSizeKb", 0, 0),
    ValidationOnly: given.only ?? false,
    ValidationQueryCdcDelaySeconds: count("queryCdcDelaySeconds", given.only ? 180 : 0, 0),
  };
}
