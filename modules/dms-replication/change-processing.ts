import { IConstruct } from "constructs";
import { refuse } from "../core";
import { MAX_INT, whole } from "./checks";
import { Engine, ENGINES } from "./engines";
import { TargetMetadata } from "./target-metadata";

/** How changes are applied, and which changes of tables are followed. */
export interface ChangeProcessing {
  /** MB of a batch. With `batchApply`. @default 500 */
  readonly batchApplyMemoryLimitMb?: number;
  /** Keeps a transaction in one batch. With `batchApply`, to Oracle. @default true */
  readonly batchApplyPreserveTransaction?: boolean;
  /** Longest seconds between batches. With `batchApply`. @default 30 */
  readonly batchApplyTimeoutMaxSeconds?: number;
  /** Shortest seconds between batches. With `batchApply`. @default 1 */
  readonly batchApplyTimeoutMinSeconds?: number;
  /** Changes of one statement; 0 means no limit. With `batchApply`. @default 0 */
  readonly batchSplitSize?: number;
  /** Seconds transactions are collected. Without `batchApply`. @default 1 */
  readonly commitTimeoutSeconds?: number;
  /** Drops the target's table when the source's is dropped. @default true */
  readonly handleSourceTableDropped?: boolean;
  /** Alters the target's table when the source's is altered. @default true */
  readonly handleSourceTableAltered?: boolean;
  /** Empties the target's table when the source's is emptied. @default true */
  readonly handleSourceTableTruncated?: boolean;
  /** Seconds a transaction stays in memory before it goes to disk. @default 60 */
  readonly memoryKeepTimeSeconds?: number;
  /** MB of all transactions in memory. @default 1024 */
  readonly memoryLimitTotalMb?: number;
  /** Fewest changes of a transaction on the target. Without `batchApply`. @default 1000 */
  readonly minTransactionSize?: number;
  /** Prepared statements kept, up to 200. @default 50 */
  readonly statementCacheSize?: number;
}

const LIMITS = { statements: 200 };
const OF_BATCHES = [
  "batchApplyMemoryLimitMb",
  "batchApplyPreserveTransaction",
  "batchApplyTimeoutMaxSeconds",
  "batchApplyTimeoutMinSeconds",
  "batchSplitSize",
] as const;
const OF_TRANSACTIONS = ["commitTimeoutSeconds", "minTransactionSize"] as const;

/**
 * The two groups as DMS reads them, its defaults written out.
 *
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TaskSettings.ChangeProcessingTuning.html
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TaskSettings.DDLHandling.html
 */
export function changeProcessingOf(scope: IConstruct | string, given: ChangeProcessing) {
  const count = (
    property: keyof ChangeProcessing,
    fallback: number,
    [min, max]: readonly [number, number] = [0, MAX_INT],
  ) => whole(scope, at(property), (given[property] as number | undefined) ?? fallback, min, max);
  return {
    ChangeProcessingTuning: {
      BatchApplyPreserveTransaction: given.batchApplyPreserveTransaction ?? true,
      BatchApplyTimeoutMin: count("batchApplyTimeoutMinSeconds", 1),
      BatchApplyTimeoutMax: count("batchApplyTimeoutMaxSeconds", 30),
      BatchApplyMemoryLimit: count("batchApplyMemoryLimitMb", 500, [1, MAX_INT]),
      BatchSplitSize: count("batchSplitSize", 0),
      MinTransactionSize: count("minTransactionSize", 1_000, [1, MAX_INT]),
      CommitTimeout: count("commitTimeoutSeconds", 1, [1, MAX_INT]),
      MemoryLimitTotal: count("memoryLimitTotalMb", 1_024, [1, MAX_INT]),
      MemoryKeepTime: count("memoryKeepTimeSeconds", 60, [1, MAX_INT]),
      StatementCacheSize: count("statementCacheSize", 50, [0, LIMITS.statements]),
    },
    ChangeProcessingDdlHandlingPolicy: {
      HandleSourceTableDropped: given.handleSourceTableDropped ?? true,
      HandleSourceTableTruncated: given.handleSourceTableTruncated ?? true,
      HandleSourceTableAltered: given.handleSourceTableAltered ?? true,
    },
  };
}

export function refuseChangeProcessing(
  scope: IConstruct | string,
  settings: { readonly changeProcessing?: ChangeProcessing; readonly target?: TargetMetadata },
  target: Engine,
): void {
  const { changeProcessing: given = {}, target: { batchApply = false } = {} } = settings;
  const idle = (batchApply ? OF_TRANSACTIONS : OF_BATCHES).find((property) => given[property] !== undefined);
  if (idle !== undefined) {
    refuse(
      scope,
      "ConflictingSettings",
      `'${at(idle)}' is given, and would be ignored ${batchApply ? "with" : "without"} batchApply`,
      `leave '${idle}' out, or ${batchApply ? "leave 'settings.target.batchApply' out" : "set 'settings.target.batchApply'"}`,
    );
  }
  if (given.batchApplyPreserveTransaction && target !== "oracle") {
    refuse(
      scope,
      "ConflictingSettings",
      `'${at("batchApplyPreserveTransaction")}' is set, and would be ignored by ${ENGINES[target].title}`,
      "leave it out: batches keep transactions whole on Oracle only",
    );
  }
  const { batchApplyTimeoutMinSeconds: min = 1, batchApplyTimeoutMaxSeconds: max = 30 } = given;
  if (min > max) {
    refuse(
      scope,
      "SettingOutOfRange",
      `'${at("batchApplyTimeoutMinSeconds")}' must be at most 'batchApplyTimeoutMaxSeconds', got ${min} and ${max}`,
    );
  }
}

function at(property: keyof ChangeProcessing): string {
  return `settings.changeProcessing.${property}`;
}
