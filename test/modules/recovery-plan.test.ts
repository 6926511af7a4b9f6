/**
 * Proves that the compiled state machine is valid and that its JSONata says what the model says. Does not prove that Step Functions accepts
 * it; `test/emulator/recovery-plan.test.ts` runs it on the emulator.
 */
import fc from "fast-check";
import jsonata from "jsonata";
import validate from "asl-validator";
import { CallStep, Condition, Figure, holds, Path, ReadStep, SDK_MEMBERS, Step } from "../../modules/core/model";
import { definitionOf, PartProcedure } from "../../modules/recovery-plan";
import { conditionOn, pathIn } from "../../modules/recovery-plan/expressions";

const UNKNOWN: Figure = { basis: "unknown", source: "https://docs.aws.amazon.com/" };
const EVERY = {
  withinSeconds: 600,
  duration: UNKNOWN,
  undo: "one-way",
  permissions: [{ actions: ["rds:DescribeDBInstances"], resources: ["*"] }],
} as const;
const replica = { DBInstanceIdentifier: "orders-ledger-tokyo" };

const promote: CallStep = {
  ...EVERY,
  kind: "call",
  owner: "recovery-plan",
  id: "promote",
  title: "promote orders-ledger-tokyo",
  call: { api: "rds:PromoteReadReplica", parameters: { ...replica, BackupRetentionPeriod: 7 } },
  errors: { retry: ["InvalidDBInstanceStateFault"] },
  done: {
    title: "orders-ledger-tokyo was promoted",
    call: { api: "rds:DescribeDBInstances", parameters: replica },
    passes: { path: ["DBInstances", 0, "StatusInfos"], exists: false },
  },
  firstAfterSeconds: 60,
  everySeconds: 30,
};

const procedure = (part: string, ...steps: Step[]): PartProcedure => ({
  part,
  procedure: { for: "failover", region: "ap-northeast-1", steps },
});

const compiled = (...data: PartProcedure[]) => definitionOf({ data, compute: [], traffic: [] }, "aws");

/** Faults that the validator of the States Language finds. */
function faults(definition: object): readonly unknown[] {
  return validate(definition).errors;
}

test("a promotion becomes a check, the call, and a loop that polls until the check passes", () => {
  const describe = {
    Type: "Task",
    Resource: "arn:aws:states:::aws-sdk:rds:describeDBInstances",
    Arguments: { DbInstanceIdentifier: "orders-ledger-tokyo" },
    TimeoutSeconds: 60,
    Output: {},
    Comment: "orders-ledger-tokyo was promoted",
  };
  const readRetry = {
    ErrorEquals: ["States.ALL"],
    IntervalSeconds: 2,
    BackoffRate: 2,
    MaxDelaySeconds: 30,
    MaxAttempts: 8,
    JitterStrategy: "FULL",
  };
  const passes = "{% $count($states.result.DbInstances[0].StatusInfos) = 0 %}";
  const branch = {
    StartAt: "ledger: promote, done before?",
    States: {
      "ledger: promote, done before?": {
        ...describe,
        Retry: [readRetry],
        Assign: { ledger_promote__done_before_: passes },
        Next: "ledger: promote, done before? yes",
      },
      "ledger: promote, done before? yes": {
        Type: "Choice",
        Choices: [{ Condition: "{% $ledger_promote__done_before_ %}", Next: "ledger: promote, done before" }],
        Default: "ledger: promote",
      },
      "ledger: promote, done before": { Type: "Succeed" },
      "ledger: promote": {
        Type: "Task",
        Resource: "arn:aws:states:::aws-sdk:rds:promoteReadReplica",
        Arguments: { DbInstanceIdentifier: "orders-ledger-tokyo", BackupRetentionPeriod: 7 },
        TimeoutSeconds: 60,
        Output: {},
        Comment: "promote orders-ledger-tokyo",
        Retry: [
          {
            ErrorEquals: [
              "Rds.InvalidDbInstanceStateException",
              "Rds.SdkClientException",
              "Rds.RdsException",
              "States.Timeout",
            ],
            IntervalSeconds: 5,
            BackoffRate: 2,
            MaxDelaySeconds: 60,
            MaxAttempts: 6,
            JitterStrategy: "FULL",
          },
        ],
        Next: "ledger: promote, wait",
      },
      "ledger: promote, wait": {
        Type: "Wait",
        Seconds: 60,
        Assign: { ledger_promote_looks: 0 },
        Next: "ledger: promote, done?",
      },
      "ledger: promote, done?": {
        ...describe,
        Retry: [readRetry],
        Assign: { ledger_promote__done_: passes },
        Next: "ledger: promote, done? yes",
      },
      "ledger: promote, done? yes": {
        Type: "Choice",
        Choices: [{ Condition: "{% $ledger_promote__done_ %}", Next: "ledger: promote, done" }],
        Default: "ledger: promote, in time?",
      },
      "ledger: promote, in time?": {
        Type: "Choice",
        Choices: [{ Condition: "{% $ledger_promote_looks >= 18 %}", Next: "ledger: promote, too late" }],
        Default: "ledger: promote, wait again",
      },
      "ledger: promote, wait again": {
        Type: "Wait",
        Seconds: 30,
        Assign: { ledger_promote_looks: "{% $ledger_promote_looks + 1 %}" },
        Next: "ledger: promote, done?",
      },
      "ledger: promote, too late": {
        Type: "Fail",
        Error: "NotDoneInTime",
        Cause: "not within 600 s: orders-ledger-tokyo was promoted",
      },
      "ledger: promote, done": { Type: "Succeed" },
    },
  };
  const definition = compiled(procedure("ledger", promote));
  expect(definition).toEqual({
    QueryLanguage: "JSONata",
    StartAt: "data",
    States: { data: { Type: "Parallel", Branches: [branch], Output: {}, End: true } },
  });
  expect(faults(definition)).toEqual([]);
});

const newest: ReadStep = {
  ...EVERY,
  kind: "read",
  owner: "recovery-plan",
  id: "newest",
  title: "find the newest recovery point",
  call: { api: "backup:ListRecoveryPointsByBackupVault", parameters: { BackupVaultName: "orders" } },
  gives: { Arn: ["RecoveryPoints", { where: { Status: "COMPLETED" }, newest: "CreationDate" }, "RecoveryPointArn"] },
};

const restore: CallStep = {
  ...promote,
  id: "restore",
  needs: ["newest"],
  call: {
    api: "backup:StartRestoreJob",
    parameters: { RecoveryPointArn: { output: "newest.Arn" }, Metadata: { DBInstanceIdentifier: "orders" } },
  },
  errors: { done: ["InvalidRequestException"] },
  done: { ...promote.done, failsOn: ["DBInstanceNotFoundFault"] },
};

function statesBelow(value: unknown): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const definition = value as { readonly States: Readonly<Record<string, { readonly Branches?: readonly unknown[] }>> };
  const nested = Object.values(definition.States).flatMap(({ Branches = [] }) => Branches.map(statesBelow));
  return Object.assign({}, definition.States, ...nested) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

test("outputs are variables, keys of a map keep their spelling, and errors that are answers are caught", () => {
  const definition = compiled(procedure("ledger", newest, restore));
  const states = statesBelow(definition);
  expect(states["ledger: newest"]).toMatchObject({
    Assign: {
      ledger_newest_Arn:
        '{% ($states.result.RecoveryPoints[Status = "COMPLETED"]^(>CreationDate))[0].RecoveryPointArn %}',
    },
    Next: "ledger: restore, done before?",
  });
  expect(states["ledger: restore"]).toMatchObject({
    Arguments: { RecoveryPointArn: "{% $ledger_newest_Arn %}", Metadata: { DBInstanceIdentifier: "orders" } },
    Catch: [{ ErrorEquals: ["Backup.InvalidRequestException"], Next: "ledger: restore, wait" }],
  });
  expect(states["ledger: restore, done before?"]).toMatchObject({
    Retry: [{ ErrorEquals: ["Rds.DbInstanceNotFoundException"], MaxAttempts: 0 }, {}],
    Catch: [{ ErrorEquals: ["Rds.DbInstanceNotFoundException"], Next: "ledger: restore" }],
  });
  expect(faults(definition)).toEqual([]);
});

test("parts and independent steps are branches, and stages follow each other", () => {
  const definition = definitionOf(
    {
      data: [procedure("ledger", promote, { ...promote, id: "other" }), procedure("carts", promote)],
      compute: [procedure("web", promote)],
      traffic: [procedure("front-door", promote)],
    },
    "aws-cn",
  );
  const stages = definition.States as Readonly<Record<string, { Branches: { StartAt: string }[]; Next?: string }>>;
  expect(
    Object.entries(stages).map(([name, { Branches, Next }]) => [name, Branches.map((b) => b.StartAt), Next]),
  ).toEqual([
    [
      "data",
      ["ledger: promote, done before?", "ledger: other, done before?", "carts: promote, done before?"],
      "compute",
    ],
    ["compute", ["web: promote, done before?"], "traffic"],
    ["traffic", ["front-door: promote, done before?"], undefined],
  ]);
  expect(JSON.stringify(definition)).toContain("arn:aws-cn:states:::aws-sdk:rds:promoteReadReplica");
  expect(faults(definition)).toEqual([]);
});

test("steps that need two others follow both in one branch", () => {
  const definition = compiled(
    procedure(
      "ledger",
      { ...promote, id: "last", needs: ["b", "a"] },
      { ...promote, id: "a" },
      { ...promote, id: "b" },
    ),
  );
  const [branch, ...more] = (definition.States.data as { Branches: { StartAt: string; States: object }[] }).Branches;
  expect(more).toEqual([]);
  expect(branch!.StartAt).toBe("ledger: a, done before?");
  expect(faults(definition)).toEqual([]);
});

test("nothing to do is a machine that succeeds", () => {
  expect(compiled()).toEqual({
    QueryLanguage: "JSONata",
    StartAt: "Nothing to do",
    States: { "Nothing to do": { Type: "Succeed" } },
  });
  expect(faults(compiled(procedure("carts")))).toEqual([]);
});

test("names of all states are within the 80 characters of Step Functions", () => {
  const long = procedure("a-part-name-of-thirty-characters", { ...promote, id: "a-step-name-of-24-charac" });
  const names = Object.keys(statesBelow(compiled(long)));
  expect(names.filter((name) => name.length > 80)).toEqual([]);
});

describe("JSONata says what the model says", () => {
  const names = fc.constantFrom("DBInstances", "Status", "MultiAZ", "desiredCount");
  const scalar = fc.oneof(fc.constantFrom("a", "b", ""), fc.integer({ min: -2, max: 3 }), fc.boolean());
  const record = (value: fc.Arbitrary<unknown>) => fc.dictionary(names, value, { maxKeys: 4 });
  const answers = record(
    fc.oneof(scalar, fc.array(record(fc.oneof(scalar, fc.array(record(scalar), { maxLength: 2 }))), { maxLength: 3 })),
  );
  const where = fc.record({ where: fc.dictionary(names, scalar, { maxKeys: 2 }) });
  const paths: fc.Arbitrary<Path> = fc.oneof(
    fc.tuple(names),
    fc.tuple(names, fc.oneof(fc.integer({ min: 0, max: 2 }), where), names),
  );
  const conditions = fc.letrec<{ readonly any: Condition }>((tie) => ({
    any: fc.oneof(
      { depthSize: "small" },
      fc.record({ path: paths, is: fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })) }),
      fc.record({ path: paths, exists: fc.boolean() }),
      fc.record({ path: paths, atLeast: fc.integer({ min: 0, max: 3 }), counted: fc.constant(true) }),
      fc.record({ all: fc.array(tie("any"), { maxLength: 3 }) }),
      fc.record({ any: fc.array(tie("any"), { maxLength: 3 }) }),
    ),
  })).any;

  /** An answer in the spelling of Step Functions. */
  function spelled(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(spelled);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [SDK_MEMBERS[name] ?? name, spelled(one)]));
  }

  const evaluate = (text: string, answer: unknown): Promise<unknown> =>
    jsonata(text).evaluate({}, { states: { result: spelled(answer) } }) as Promise<unknown>;

  test("for drawn conditions and answers", async () => {
    await fc.assert(
      fc.asyncProperty(conditions, answers, async (condition, answer) => {
        expect(await evaluate(conditionOn(condition), answer)).toBe(holds(condition, answer));
      }),
      {
        numRuns: 1_000,
        examples: [
          [
            { path: ["DBInstances", { where: {} }, "desiredCount"], is: "a" },
            { DBInstances: [{}, { desiredCount: "a" }, {}] },
          ],
        ],
      },
    );
  });

  test("for numbers", async () => {
    const answer = { DBInstances: [{ desiredCount: 2 }, {}] };
    for (const index of [0, 1, 2]) {
      for (const limit of [1, 2, 3]) {
        const path: Path = ["DBInstances", index, "desiredCount"];
        for (const condition of [
          { path, atLeast: limit },
          { path, atMost: limit },
        ]) {
          expect(await evaluate(conditionOn(condition), answer)).toBe(holds(condition, answer));
        }
      }
    }
  });

  test("for the newest element", async () => {
    const path: Path = ["Points", { where: { Status: "a" }, newest: "At" }, "Arn"];
    const points = [
      { Status: "a", At: "2026-01-01", Arn: "old" },
      { Status: "b", At: "2026-03-01", Arn: "other" },
      { Status: "a", At: "2026-02-01", Arn: "new" },
    ];
    expect(await evaluate(pathIn(path), { Points: points })).toBe("new");
    expect(await evaluate(pathIn(path), { Points: [] })).toBeUndefined();
  });
});
