/**
 * Proves how the interpreter runs a procedure: order, guards, retries, polling, outputs and time limits. AWS is a table of answers here, and
 * the clock does not wait. `test/emulator/run-procedure.test.ts` runs declared procedures on the emulator.
 */
import { Aws, Clock, runProcedure } from "../../drills/run-procedure";
import { AwsError } from "../../emulator";
import { Call, CallStep, Figure, Procedure, ReadStep, Step, WaitStep } from "../../modules/core/model";

const REGION = "ap-northeast-1";
const UNKNOWN: Figure = { basis: "unknown", source: "https://docs.aws.amazon.com/" };

const EVERY = {
  withinSeconds: 600,
  duration: UNKNOWN,
  undo: "one-way",
  permissions: [{ actions: ["rds:DescribeDBInstances"], resources: ["*"] }],
} as const;

const promoted = {
  title: "the instance was promoted",
  call: { api: "rds:DescribeDBInstances", parameters: { DBInstanceIdentifier: "orders" } },
  passes: { path: ["DBInstances", 0, "StatusInfos"], exists: false },
} as const;

const promote: CallStep = {
  ...EVERY,
  kind: "call",
  owner: "recovery-plan",
  id: "promote",
  title: "promote orders",
  call: { api: "rds:PromoteReadReplica", parameters: { DBInstanceIdentifier: "orders" } },
  done: promoted,
  firstAfterSeconds: 60,
};

const replica = { DBInstances: [{ StatusInfos: [{ Status: "replicating" }] }] };
const standalone = { DBInstances: [{ StatusInfos: [] }] };

type Answer = unknown;

/** AWS that gives the answers of each API in turn, the last one again and again. An error is thrown. */
function scripted(answers: Readonly<Record<string, readonly Answer[]>>): Aws & { readonly calls: Call[] } {
  const left = new Map(Object.entries(answers).map(([api, list]) => [api, [...list]]));
  const calls: Call[] = [];
  return {
    calls,
    call: (region, call) => {
      expect(region).toBe(REGION);
      calls.push(call);
      const list = left.get(call.api)!;
      const answer = list.length > 1 ? list.shift() : list[0];
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  };
}

function clock(): Clock {
  let now = 0;
  return {
    now: () => now,
    sleep: (seconds) => {
      now += seconds;
      return Promise.resolve();
    },
  };
}

const run = (aws: Aws, ...steps: Step[]) => {
  const procedure: Procedure = { for: "failover", region: REGION, steps };
  return runProcedure(procedure, aws, clock());
};
const apis = ({ calls }: { readonly calls: readonly Call[] }) => calls.map(({ api }) => api);
const throttled = new AwsError("Throttling", "Rate exceeded");

test("a step asks, acts, waits before the first look and polls until it is done", async () => {
  const aws = scripted({ "rds:DescribeDBInstances": [replica, replica, standalone], "rds:PromoteReadReplica": [{}] });
  expect(await run(aws, promote)).toEqual([{ id: "promote", title: "promote orders", outcome: "done", seconds: 75 }]);
  expect(apis(aws)).toEqual([
    "rds:DescribeDBInstances",
    "rds:PromoteReadReplica",
    "rds:DescribeDBInstances",
    "rds:DescribeDBInstances",
  ]);
  expect(aws.calls[1]!.parameters).toEqual({ DBInstanceIdentifier: "orders" });
});

test("a step that is done already changes nothing", async () => {
  const aws = scripted({ "rds:DescribeDBInstances": [standalone] });
  expect(await run(aws, promote)).toMatchObject([{ outcome: "done before", seconds: 0 }]);
  expect(apis(aws)).toEqual(["rds:DescribeDBInstances"]);
});

test("a step whose change is under way only waits", async () => {
  const underWay = {
    ...promoted,
    title: "it is modifying",
    passes: { path: ["DBInstances", 0], exists: true },
  } as const;
  const aws = scripted({ "rds:DescribeDBInstances": [replica, replica, standalone] });
  expect(await run(aws, { ...promote, underWay })).toMatchObject([{ outcome: "done" }]);
  expect(apis(aws)).not.toContain("rds:PromoteReadReplica");
});

test("throttling is retried with growing pauses, and so are the errors that the step names", async () => {
  const state = new AwsError("InvalidDBInstanceState", "backing-up");
  const aws = scripted({
    "rds:DescribeDBInstances": [replica, standalone],
    "rds:PromoteReadReplica": [throttled, state, {}],
  });
  const step = { ...promote, errors: { retry: ["InvalidDBInstanceState"] } };
  expect(await run(aws, step)).toMatchObject([{ outcome: "done", seconds: 2 + 4 + 60 }]);
});

test("an error that the step does not know ends it", async () => {
  const aws = scripted({
    "rds:DescribeDBInstances": [replica],
    "rds:PromoteReadReplica": [new AwsError("InvalidDBInstanceState", "backing-up")],
  });
  expect(await run(aws, promote)).toEqual([
    {
      id: "promote",
      title: "promote orders",
      outcome: "failed",
      seconds: 0,
      fault: "InvalidDBInstanceState: backing-up",
    },
  ]);
});

test("retries end", async () => {
  const aws = scripted({ "rds:DescribeDBInstances": [replica], "rds:PromoteReadReplica": [throttled] });
  expect(await run(aws, promote)).toMatchObject([
    { outcome: "failed", fault: "Throttling: Rate exceeded", seconds: 90 },
  ]);
  expect(apis(aws).filter((api) => api === "rds:PromoteReadReplica")).toHaveLength(7);
});

test("an error that means 'done before' leads to polling", async () => {
  const aws = scripted({
    "rds:DescribeDBInstances": [replica, standalone],
    "rds:PromoteReadReplica": [new AwsError("InvalidDBInstanceState", "not a replica")],
  });
  const step = { ...promote, errors: { done: ["InvalidDBInstanceState"] } };
  expect(await run(aws, step)).toMatchObject([{ outcome: "done", seconds: 60 }]);
});

test("an error can be the answer that a check waits for", async () => {
  const gone = { ...promoted, passesOn: ["ReplicationNotFound"] };
  const aws = scripted({
    "rds:DescribeDBInstances": [replica, new AwsError("ReplicationNotFound", "none")],
    "rds:PromoteReadReplica": [{}],
  });
  expect(await run(aws, { ...promote, done: gone })).toMatchObject([{ outcome: "done" }]);
});

test("an error can mean that a check does not pass yet", async () => {
  const found = { ...promoted, failsOn: ["DBInstanceNotFound"] };
  const aws = scripted({
    "rds:DescribeDBInstances": [new AwsError("DBInstanceNotFound", "none"), standalone],
    "rds:PromoteReadReplica": [{}],
  });
  expect(await run(aws, { ...promote, done: found })).toMatchObject([{ outcome: "done" }]);
});

test("a step that is not done within its time limit fails", async () => {
  const aws = scripted({ "rds:DescribeDBInstances": [replica], "rds:PromoteReadReplica": [{}] });
  expect(await run(aws, { ...promote, withinSeconds: 120 })).toMatchObject([
    { outcome: "failed", seconds: 120, fault: "not within the time limit: the instance was promoted" },
  ]);
});

test("a step waits for all that it needs, and is not reached after one that failed", async () => {
  const failing = { ...promote, id: "fail", call: { api: "rds:ModifyDBInstance" } };
  const aws = scripted({
    "rds:DescribeDBInstances": [replica, replica, standalone],
    "rds:PromoteReadReplica": [{}],
    "rds:ModifyDBInstance": [new AwsError("AccessDenied", "no")],
  });
  const reports = await run(aws, { ...promote, needs: ["fail"] }, failing, { ...promote, id: "other" });
  expect(reports.map(({ id, outcome }) => [id, outcome])).toEqual([
    ["promote", "not reached"],
    ["fail", "failed"],
    ["other", "done"],
  ]);
});

const newest: ReadStep = {
  ...EVERY,
  kind: "read",
  owner: "recovery-plan",
  id: "newest",
  title: "find the newest recovery point",
  call: { api: "backup:ListRecoveryPointsByBackupVault" },
  gives: { Arn: ["RecoveryPoints", { where: { Status: "COMPLETED" }, newest: "CreationDate" }, "RecoveryPointArn"] },
};

const restore: CallStep = {
  ...promote,
  id: "restore",
  needs: ["newest"],
  call: {
    api: "backup:StartRestoreJob",
    parameters: { Arn: { output: "newest.Arn" }, List: [{ Of: { output: "newest.Arn" } }] },
  },
};

test("outputs of a step are parameters of a later one", async () => {
  const points = [
    { Status: "COMPLETED", CreationDate: "2026-11-29T00:00:00Z", RecoveryPointArn: "old" },
    { Status: "COMPLETED", CreationDate: "2026-11-30T00:00:00Z", RecoveryPointArn: "new" },
  ];
  const aws = scripted({
    "backup:ListRecoveryPointsByBackupVault": [{ RecoveryPoints: points }],
    "rds:DescribeDBInstances": [replica, standalone],
    "backup:StartRestoreJob": [{}],
  });
  expect(await run(aws, newest, restore)).toMatchObject([{ outcome: "done" }, { outcome: "done" }]);
  expect(aws.calls.find(({ api }) => api === "backup:StartRestoreJob")!.parameters).toEqual({
    Arn: "new",
    List: [{ Of: "new" }],
  });
});

test("an output that the answer does not have ends the step", async () => {
  const aws = scripted({ "backup:ListRecoveryPointsByBackupVault": [{ RecoveryPoints: [] }] });
  expect(await run(aws, newest, restore)).toMatchObject([
    { outcome: "failed", fault: "step 'newest' finds 0 values for 'Arn', not one" },
    { outcome: "not reached" },
  ]);
});

test("a step that waits only polls", async () => {
  const wait: WaitStep = { ...EVERY, kind: "wait", owner: "aws", id: "wait", title: "wait", done: promoted };
  const aws = scripted({ "rds:DescribeDBInstances": [replica, standalone] });
  expect(await run(aws, wait)).toMatchObject([{ outcome: "done", seconds: 15 }]);
});

test("independent steps run at the same time", async () => {
  const aws = scripted({ "rds:DescribeDBInstances": [replica, replica, standalone], "rds:PromoteReadReplica": [{}] });
  await run(aws, promote, { ...promote, id: "other" });
  expect(apis(aws).slice(0, 2)).toEqual(["rds:DescribeDBInstances", "rds:DescribeDBInstances"]);
});
