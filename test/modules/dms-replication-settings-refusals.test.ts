/** Proves which task settings are refused. Does not prove that DMS takes all others. */
import { RefusalCode } from "../../modules/core";
import { TaskContext, TaskSettings, taskSettings } from "../../modules/dms-replication";
import { expectRefusal } from "../support/synth";

const BOTH: TaskContext = { migrationType: "full-load-and-cdc", source: "mysql", target: "aurora" };

const written = (settings: TaskSettings, context: Partial<TaskContext> = {}) =>
  taskSettings("test", settings, { ...BOTH, ...context });

describe("taskSettings out of range", () => {
  test.each<[string, TaskSettings, string]>([
    ["fullLoad.maxFullLoadSubTasks", { fullLoad: { maxFullLoadSubTasks: 50 } }, "from 1 to 49, got 50"],
    ["fullLoad.commitRate", { fullLoad: { commitRate: 50_001 } }, "from 1 to 50000, got 50001"],
    [
      "fullLoad.transactionConsistencyTimeoutSeconds",
      { fullLoad: { transactionConsistencyTimeoutSeconds: -1 } },
      "from 0 to 2147483647, got -1",
    ],
    ["streamBuffers.controlSizeMb", { streamBuffers: { controlSizeMb: 9 } }, "from 1 to 8, got 9"],
    ["streamBuffers.count", { streamBuffers: { count: 0 } }, "from 1 to 2147483647, got 0"],
    ["streamBuffers.sizeMb", { streamBuffers: { sizeMb: 0.5 } }, "from 1 to 2147483647, got 0.5"],
    [
      "controlTables.historyTimeslotMinutes",
      { controlTables: { historyTimeslotMinutes: 0 } },
      "from 1 to 2147483647, got 0",
    ],
    [
      "changeProcessing.statementCacheSize",
      { changeProcessing: { statementCacheSize: 201 } },
      "from 0 to 200, got 201",
    ],
    [
      "changeProcessing.minTransactionSize",
      { changeProcessing: { minTransactionSize: 0 } },
      "from 1 to 2147483647, got 0",
    ],
    [
      "errorBehavior.recoverableErrorCount",
      { errorBehavior: { recoverableErrorCount: -2 } },
      "from -1 to 2147483647, got -2",
    ],
    ["target.inlineLobMaxSizeKb", { target: { inlineLobMaxSizeKb: 102_401 } }, "from 1 to 102400, got 102401"],
    ["target.loadMaxFileSizeKb", { target: { loadMaxFileSizeKb: 100_001 } }, "from 0 to 100000, got 100001"],
    ["target.lobMaxSizeKb", { target: { lobMode: "limited", lobMaxSizeKb: 0 } }, "from 1 to 2147483647, got 0"],
    ["target.lobChunkSizeKb", { target: { lobChunkSizeKb: 0 } }, "from 1 to 2147483647, got 0"],
    ["validation.threadCount", { validation: { threadCount: 0 } }, "from 1 to 2147483647, got 0"],
  ])("fails when %s is", (property, settings, range) => {
    expectRefusal(
      () => written(settings),
      "SettingOutOfRange",
      `'settings.${property}' must be a whole number ${range}`,
      "test",
    );
  });

  test("fails when the shortest time of a batch is above the longest", () => {
    expectRefusal(
      () =>
        written({
          target: { batchApply: true, lobMode: "none" },
          changeProcessing: { batchApplyTimeoutMinSeconds: 31 },
        }),
      "SettingOutOfRange",
      "'settings.changeProcessing.batchApplyTimeoutMinSeconds' must be at most 'batchApplyTimeoutMaxSeconds', got 31 and 30",
    );
  });
});

describe("taskSettings that contradict", () => {
  test.each<[string, TaskSettings, Partial<TaskContext>, RefusalCode, string]>([
    [
      "a size of limited LOBs in full mode",
      { target: { lobMaxSizeKb: 32 } },
      {},
      "ConflictingSettings",
      "'settings.target.lobMaxSizeKb' is given, got 32, and would be ignored in LOB mode 'full'",
    ],
    [
      "a chunk of full LOBs in limited mode",
      { target: { lobMode: "limited", lobMaxSizeKb: 32, lobChunkSizeKb: 64 } },
      {},
      "ConflictingSettings",
      "'settings.target.lobChunkSizeKb' is given, got 64, and would be ignored in LOB mode 'limited'",
    ],
    [
      "inline LOBs and no LOBs",
      { target: { lobMode: "none", inlineLobMaxSizeKb: 1 } },
      {},
      "ConflictingSettings",
      "'settings.target.inlineLobMaxSizeKb' is given, got 1, and would be ignored in LOB mode 'none'",
    ],
    [
      "limited LOBs of no limit",
      { target: { lobMode: "limited" } },
      {},
      "MissingSetting",
      "'settings.target.lobMaxSizeKb' is needed in LOB mode 'limited'",
    ],
    [
      "full LOBs into files",
      {},
      { target: "s3" },
      "ConflictingSettings",
      "'settings.target.lobMode' must be 'limited' or 'none' for Amazon S3, got 'full'",
    ],
    [
      "full LOBs in batches",
      { target: { batchApply: true } },
      {},
      "ConflictingSettings",
      "'settings.target.batchApply' is set, and the LOB mode is 'full'",
    ],
    [
      "batches that keep transactions elsewhere than on Oracle",
      { target: { batchApply: true, lobMode: "none" }, changeProcessing: { batchApplyPreserveTransaction: true } },
      {},
      "ConflictingSettings",
      "'settings.changeProcessing.batchApplyPreserveTransaction' is set, and would be ignored by Aurora MySQL",
    ],
    [
      "settings of batches without batches",
      { changeProcessing: { batchSplitSize: 1 } },
      {},
      "ConflictingSettings",
      "'settings.changeProcessing.batchSplitSize' is given, and would be ignored without batchApply",
    ],
    [
      "settings of transactions with batches",
      { target: { batchApply: true, lobMode: "none" }, changeProcessing: { commitTimeoutSeconds: 1 } },
      {},
      "ConflictingSettings",
      "'settings.changeProcessing.commitTimeoutSeconds' is given, and would be ignored with batchApply",
    ],
    [
      "a full load of a task of changes",
      { fullLoad: {} },
      { migrationType: "cdc" },
      "ConflictingSettings",
      "'settings.fullLoad' is given, and would be ignored by a task of type 'cdc'",
    ],
    [
      "a stop before changes of a full load",
      { fullLoad: { stopTask: "after-cached-changes" } },
      { migrationType: "full-load" },
      "ConflictingSettings",
      "'settings.fullLoad.stopTask' is given, and would be ignored by a task of type 'full-load'",
    ],
    [
      "changes of a full load",
      { changeProcessing: {} },
      { migrationType: "full-load" },
      "ConflictingSettings",
      "'settings.changeProcessing' is given, and would be ignored by a task of type 'full-load'",
    ],
    [
      "batches of a full load",
      { target: { batchApply: true, lobMode: "none" } },
      { migrationType: "full-load" },
      "ConflictingSettings",
      "'settings.target.batchApply' is given, and would be ignored by a task of type 'full-load'",
    ],
    [
      "loopback prevention of a full load",
      { loopbackPrevention: { sourceSchema: "a", targetSchema: "b" } },
      { migrationType: "full-load" },
      "ConflictingSettings",
      "'settings.loopbackPrevention' is given, and would be ignored by a task of type 'full-load'",
    ],
    [
      "loopback prevention in batches",
      {
        loopbackPrevention: { sourceSchema: "a", targetSchema: "b" },
        target: { batchApply: true, lobMode: "none" },
      },
      {},
      "ConflictingSettings",
      "'settings.loopbackPrevention' and 'settings.target.batchApply' are both given",
    ],
    [
      "loopback prevention of MariaDB",
      { loopbackPrevention: { sourceSchema: "a", targetSchema: "b" } },
      { source: "mariadb" },
      "ConflictingSettings",
      "'settings.loopbackPrevention' is given, got MariaDB, which DMS does not replicate in both directions",
    ],
    [
      "comparison with files",
      { validation: {} },
      { source: "s3" },
      "ConflictingSettings",
      "'settings.validation' is given, got Amazon S3 as source",
    ],
    [
      "comparison only with tables to drop",
      { validation: { only: true }, fullLoad: { targetTablePrepMode: "DROP_AND_CREATE" } },
      { migrationType: "full-load" },
      "ConflictingSettings",
      "'settings.validation.only' needs the target's tables as they are, got 'DROP_AND_CREATE'",
    ],
    [
      "comparison only of both kinds",
      { validation: { only: true } },
      {},
      "ConflictingSettings",
      "'settings.validation.only' is set, got migration type 'full-load-and-cdc'",
    ],
    [
      "severities of no log",
      { unlogged: true, logSeverities: {} },
      {},
      "ConflictingSettings",
      "'settings.unlogged' is set, and 'settings.logSeverities' is given",
    ],
    [
      "context of no log",
      { unlogged: true, logContext: true },
      {},
      "ConflictingSettings",
      "'settings.unlogged' is set, and 'settings.logContext' is given",
    ],
    [
      "a schema that Terraform replaces",
      { target: { targetSchema: "${x}" } },
      {},
      "UnsafeText",
      "'settings.target.targetSchema' holds text that Terraform would replace, got '${x}'",
    ],
  ])("fails with %s", (_, settings, context, code, problem) => {
    expectRefusal(() => written(settings, context), code, problem, "test");
  });
});
