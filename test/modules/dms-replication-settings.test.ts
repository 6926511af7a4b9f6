/**
 * Proves what task settings say and their defaults. Does not prove that DMS answers with what is written, which is what
 * keeps a plan empty.
 */
import { TaskContext, TaskSettings, taskSettings } from "../../modules/dms-replication";

const BOTH: TaskContext = { migrationType: "full-load-and-cdc", source: "mysql", target: "aurora" };

function written(settings: TaskSettings = {}, context: Partial<TaskContext> = {}) {
  return JSON.parse(taskSettings("test", settings, { ...BOTH, ...context })) as Record<string, Record<string, unknown>>;
}

const TARGET_METADATA = {
  TargetSchema: "",
  SupportLobs: true,
  FullLobMode: true,
  LimitedSizeLobMode: false,
  LobChunkSize: 64,
  InlineLobMaxSize: 0,
  LoadMaxFileSize: 0,
  BatchApplyEnabled: false,
  TaskRecoveryTableEnabled: false,
};

describe("taskSettings", () => {
  test("defaults", () => {
    expect(written()).toEqual({
      TargetMetadata: TARGET_METADATA,
      FullLoadSettings: {
        TargetTablePrepMode: "DO_NOTHING",
        CreatePkAfterFullLoad: false,
        StopTaskCachedChangesApplied: false,
        StopTaskCachedChangesNotApplied: false,
        MaxFullLoadSubTasks: 8,
        TransactionConsistencyTimeout: 600,
        CommitRate: 10_000,
      },
      Logging: { EnableLogging: true },
      ControlTablesSettings: {
        ControlSchema: "",
        HistoryTimeslotInMinutes: 5,
        HistoryTableEnabled: false,
        SuspendedTablesTableEnabled: false,
        StatusTableEnabled: false,
        FullLoadExceptionTableEnabled: false,
      },
      StreamBufferSettings: { StreamBufferCount: 3, StreamBufferSizeInMB: 8, CtrlStreamBufferSizeInMB: 5 },
      ChangeProcessingTuning: {
        BatchApplyPreserveTransaction: true,
        BatchApplyTimeoutMin: 1,
        BatchApplyTimeoutMax: 30,
        BatchApplyMemoryLimit: 500,
        BatchSplitSize: 0,
        MinTransactionSize: 1000,
        CommitTimeout: 1,
        MemoryLimitTotal: 1024,
        MemoryKeepTime: 60,
        StatementCacheSize: 50,
      },
      ChangeProcessingDdlHandlingPolicy: {
        HandleSourceTableDropped: true,
        HandleSourceTableTruncated: true,
        HandleSourceTableAltered: true,
      },
      ErrorBehavior: {
        DataErrorPolicy: "LOG_ERROR",
        DataTruncationErrorPolicy: "LOG_ERROR",
        DataErrorEscalationPolicy: "SUSPEND_TABLE",
        DataErrorEscalationCount: 0,
        EventErrorPolicy: "IGNORE",
        TableErrorPolicy: "SUSPEND_TABLE",
        TableErrorEscalationPolicy: "STOP_TASK",
        TableErrorEscalationCount: 0,
        RecoverableErrorCount: -1,
        RecoverableErrorInterval: 5,
        RecoverableErrorThrottling: true,
        RecoverableErrorThrottlingMax: 1800,
        RecoverableErrorStopRetryAfterThrottlingMax: true,
        ApplyErrorDeletePolicy: "IGNORE_RECORD",
        ApplyErrorInsertPolicy: "LOG_ERROR",
        ApplyErrorUpdatePolicy: "LOG_ERROR",
        ApplyErrorEscalationPolicy: "LOG_ERROR",
        ApplyErrorEscalationCount: 0,
        ApplyErrorFailOnTruncationDdl: false,
        FullLoadIgnoreConflicts: true,
        FailOnNoTablesCaptured: true,
        FailOnTransactionConsistencyBreached: false,
      },
    });
  });

  test("the same for every type of task", () => {
    expect(written({}, { migrationType: "cdc" })).toEqual(written());
    expect(written({}, { migrationType: "full-load" })).toEqual(written());
  });

  test("changeProcessing", () => {
    const { ChangeProcessingTuning, ChangeProcessingDdlHandlingPolicy } = written({
      changeProcessing: {
        commitTimeoutSeconds: 2,
        handleSourceTableAltered: false,
        handleSourceTableDropped: false,
        handleSourceTableTruncated: false,
        memoryKeepTimeSeconds: 61,
        memoryLimitTotalMb: 2048,
        minTransactionSize: 100,
        statementCacheSize: 200,
      },
    });
    expect(ChangeProcessingTuning).toEqual({
      BatchApplyPreserveTransaction: true,
      BatchApplyTimeoutMin: 1,
      BatchApplyTimeoutMax: 30,
      BatchApplyMemoryLimit: 500,
      BatchSplitSize: 0,
      MinTransactionSize: 100,
      CommitTimeout: 2,
      MemoryLimitTotal: 2048,
      MemoryKeepTime: 61,
      StatementCacheSize: 200,
    });
    expect(ChangeProcessingDdlHandlingPolicy).toEqual({
      HandleSourceTableDropped: false,
      HandleSourceTableTruncated: false,
      HandleSourceTableAltered: false,
    });
  });

  test("changes in batches, to Oracle whole transactions", () => {
    const { TargetMetadata, ChangeProcessingTuning } = written(
      {
        target: { batchApply: true, lobMode: "none" },
        changeProcessing: {
          batchApplyMemoryLimitMb: 600,
          batchApplyPreserveTransaction: true,
          batchApplyTimeoutMaxSeconds: 60,
          batchApplyTimeoutMinSeconds: 10,
          batchSplitSize: 100,
        },
      },
      { target: "oracle" },
    );
    expect(TargetMetadata).toEqual(expect.objectContaining({ BatchApplyEnabled: true, SupportLobs: false }));
    expect(ChangeProcessingTuning).toEqual(
      expect.objectContaining({
        BatchApplyPreserveTransaction: true,
        BatchApplyTimeoutMin: 10,
        BatchApplyTimeoutMax: 60,
        BatchApplyMemoryLimit: 600,
        BatchSplitSize: 100,
      }),
    );
  });

  test("controlTables", () => {
    const { ControlTablesSettings } = written({
      controlTables: {
        fullLoadExceptions: true,
        history: true,
        historyTimeslotMinutes: 1,
        schema: "dms",
        status: true,
        suspendedTables: true,
      },
    });
    expect(ControlTablesSettings).toEqual({
      ControlSchema: "dms",
      HistoryTimeslotInMinutes: 1,
      HistoryTableEnabled: true,
      SuspendedTablesTableEnabled: true,
      StatusTableEnabled: true,
      FullLoadExceptionTableEnabled: true,
    });
  });

  test("errorBehavior", () => {
    const { ErrorBehavior } = written({
      errorBehavior: {
        applyErrorDeletePolicy: "STOP_TASK",
        applyErrorEscalationCount: 1,
        applyErrorEscalationPolicy: "STOP_TASK",
        applyErrorFailOnTruncationDdl: true,
        applyErrorInsertPolicy: "INSERT_RECORD",
        applyErrorUpdatePolicy: "UPDATE_RECORD",
        dataErrorEscalationCount: 2,
        dataErrorEscalationPolicy: "STOP_TASK",
        dataErrorPolicy: "IGNORE_RECORD",
        dataMaskingErrorPolicy: "STOP_TASK",
        dataTruncationErrorPolicy: "STOP_TASK",
        eventErrorPolicy: "STOP_TASK",
        failOnNoTablesCaptured: false,
        failOnTransactionConsistencyBreached: true,
        fullLoadIgnoreConflicts: false,
        recoverableErrorCount: 0,
        recoverableErrorInterval: 6,
        recoverableErrorStopRetryAfterThrottlingMax: false,
        recoverableErrorThrottling: false,
        recoverableErrorThrottlingMax: 60,
        tableErrorEscalationCount: 3,
        tableErrorPolicy: "STOP_TASK",
      },
    });
    expect(ErrorBehavior).toEqual({
      DataErrorPolicy: "IGNORE_RECORD",
      DataTruncationErrorPolicy: "STOP_TASK",
      DataMaskingErrorPolicy: "STOP_TASK",
      DataErrorEscalationPolicy: "STOP_TASK",
      DataErrorEscalationCount: 2,
      EventErrorPolicy: "STOP_TASK",
      TableErrorPolicy: "STOP_TASK",
      TableErrorEscalationPolicy: "STOP_TASK",
      TableErrorEscalationCount: 3,
      RecoverableErrorCount: 0,
      RecoverableErrorInterval: 6,
      RecoverableErrorThrottling: false,
      RecoverableErrorThrottlingMax: 60,
      RecoverableErrorStopRetryAfterThrottlingMax: false,
      ApplyErrorDeletePolicy: "STOP_TASK",
      ApplyErrorInsertPolicy: "INSERT_RECORD",
      ApplyErrorUpdatePolicy: "UPDATE_RECORD",
      ApplyErrorEscalationPolicy: "STOP_TASK",
      ApplyErrorEscalationCount: 1,
      ApplyErrorFailOnTruncationDdl: true,
      FullLoadIgnoreConflicts: false,
      FailOnNoTablesCaptured: false,
      FailOnTransactionConsistencyBreached: true,
    });
  });

  test.each([
    ["before-cached-changes", false, true],
    ["after-cached-changes", true, false],
  ] as const)("fullLoad, stopping %s", (stopTask, applied, notApplied) => {
    const { FullLoadSettings } = written({
      fullLoad: {
        commitRate: 50_000,
        createPkAfterFullLoad: true,
        maxFullLoadSubTasks: 49,
        stopTask,
        targetTablePrepMode: "DROP_AND_CREATE",
        transactionConsistencyTimeoutSeconds: 0,
      },
    });
    expect(FullLoadSettings).toEqual({
      TargetTablePrepMode: "DROP_AND_CREATE",
      CreatePkAfterFullLoad: true,
      StopTaskCachedChangesApplied: applied,
      StopTaskCachedChangesNotApplied: notApplied,
      MaxFullLoadSubTasks: 49,
      TransactionConsistencyTimeout: 0,
      CommitRate: 50_000,
    });
  });

  test("logContext and logSeverities", () => {
    expect(
      written({ logContext: true, logSeverities: { SOURCE_CAPTURE: "DEBUG", TARGET_APPLY: "ERROR" } }).Logging,
    ).toEqual({
      EnableLogging: true,
      EnableLogContext: true,
      LogComponents: [
        { Id: "SOURCE_CAPTURE", Severity: "LOGGER_SEVERITY_DEBUG" },
        { Id: "TARGET_APPLY", Severity: "LOGGER_SEVERITY_ERROR" },
      ],
    });
  });

  test("unlogged", () => {
    expect(written({ unlogged: true }).Logging).toEqual({ EnableLogging: false });
  });

  test("loopbackPrevention", () => {
    expect(
      written({ loopbackPrevention: { sourceSchema: "a", targetSchema: "b" } }).LoopbackPreventionSettings,
    ).toEqual({
      EnableLoopbackPrevention: true,
      SourceSchema: "a",
      TargetSchema: "b",
    });
  });

  test("streamBuffers", () => {
    expect(written({ streamBuffers: { controlSizeMb: 8, count: 4, sizeMb: 16 } }).StreamBufferSettings).toEqual({
      StreamBufferCount: 4,
      StreamBufferSizeInMB: 16,
      CtrlStreamBufferSizeInMB: 8,
    });
  });

  test.each<[string, TaskSettings["target"], object]>([
    [
      "full",
      { inlineLobMaxSizeKb: 32, lobChunkSizeKb: 32 },
      { ...TARGET_METADATA, InlineLobMaxSize: 32, LobChunkSize: 32 },
    ],
    [
      "limited",
      {
        lobMode: "limited",
        lobMaxSizeKb: 102_400,
        loadMaxFileSizeKb: 100_000,
        taskRecoveryTable: true,
        targetSchema: "x",
      },
      {
        TargetSchema: "x",
        SupportLobs: true,
        FullLobMode: false,
        LimitedSizeLobMode: true,
        LobMaxSize: 102_400,
        LoadMaxFileSize: 100_000,
        BatchApplyEnabled: false,
        TaskRecoveryTableEnabled: true,
      },
    ],
    [
      "none",
      { lobMode: "none" },
      {
        TargetSchema: "",
        SupportLobs: false,
        FullLobMode: false,
        LimitedSizeLobMode: false,
        LoadMaxFileSize: 0,
        BatchApplyEnabled: false,
        TaskRecoveryTableEnabled: false,
      },
    ],
  ])("LOB mode %s", (_, target, metadata) => {
    expect(written({ target }).TargetMetadata).toEqual(metadata);
  });

  const VALIDATION = {
    EnableValidation: true,
    ThreadCount: 5,
    PartitionSize: 10_000,
    FailureMaxCount: 10_000,
    TableFailureMaxCount: 1_000,
    RecordFailureDelayInMinutes: 5,
    RecordFailureDelayLimitInMinutes: 0,
    RecordSuspendDelayInMinutes: 30,
    HandleCollationDiff: false,
    SkipLobColumns: false,
    ValidationPartialLobSize: 0,
    ValidationOnly: false,
    ValidationQueryCdcDelaySeconds: 0,
  };
  test.each<[string, TaskSettings["validation"], object]>([
    ["defaults", {}, VALIDATION],
    ["only", { only: true }, { ...VALIDATION, ValidationOnly: true, ValidationQueryCdcDelaySeconds: 180 }],
    [
      "every setting",
      {
        failureMaxCount: 1,
        handleCollationDiff: true,
        mode: "GROUP_LEVEL",
        partialLobSizeKb: 2,
        partitionSize: 3,
        queryCdcDelaySeconds: 4,
        recordFailureDelayLimitMinutes: 5,
        recordFailureDelayMinutes: 6,
        recordSuspendDelayMinutes: 7,
        skipLobColumns: true,
        tableFailureMaxCount: 8,
        threadCount: 9,
      },
      {
        EnableValidation: true,
        ValidationMode: "GROUP_LEVEL",
        ThreadCount: 9,
        PartitionSize: 3,
        FailureMaxCount: 1,
        TableFailureMaxCount: 8,
        RecordFailureDelayInMinutes: 6,
        RecordFailureDelayLimitInMinutes: 5,
        RecordSuspendDelayInMinutes: 7,
        HandleCollationDiff: true,
        SkipLobColumns: true,
        ValidationPartialLobSize: 2,
        ValidationOnly: false,
        ValidationQueryCdcDelaySeconds: 4,
      },
    ],
  ])("validation: %s", (_, validation, group) => {
    expect(written({ validation }, { migrationType: "cdc" }).ValidationSettings).toEqual(group);
  });

  test("two of them are the same text", () => {
    expect(taskSettings("a", {}, BOTH)).toBe(taskSettings("b", {}, BOTH));
  });
});
