/**
 * Proves that a compiled state machine runs in the emulator's Step Functions. It promotes a replica while its source's region is dark. A second
 * run changes nothing. Does not prove that AWS's Step Functions takes the derived names.
 */
import { callJson, Sdk } from "../../emulator";
import { CallStep } from "../../modules/core/model";
import { definitionOf } from "../../modules/recovery-plan";
import { ACCOUNT, LEDGER, PATIENCE_MS, SEOUL, startedEmulator, TOKYO } from "./support";

jest.setTimeout(PATIENCE_MS);

const emulator = startedEmulator();
let sdk: Sdk;

beforeAll(async () => {
  sdk = await Sdk.start(emulator.current.endpoint);
});

afterAll(() => sdk.stop());

const replica = { DBInstanceIdentifier: "ledger-tokyo" };
const promote: CallStep = {
  kind: "call",
  owner: "recovery-plan",
  id: "promote",
  title: "promote ledger-tokyo",
  withinSeconds: 30,
  duration: {
    basis: "unknown",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.Promote.html",
  },
  undo: "one-way",
  call: { api: "rds:PromoteReadReplica", parameters: { ...replica, BackupRetentionPeriod: 7 } },
  errors: { retry: ["InvalidDBInstanceStateFault"] },
  done: {
    title: "ledger-tokyo was promoted",
    call: { api: "rds:DescribeDBInstances", parameters: replica },
    passes: { path: ["DBInstances", 0, "ReadReplicaSourceDBInstanceIdentifier"], exists: false },
  },
  everySeconds: 1,
  permissions: [{ actions: ["rds:PromoteReadReplica", "rds:DescribeDBInstances"], resources: ["*"] }],
};

function definition(step: CallStep): string {
  const procedure = { for: "failover", region: TOKYO, uses: "rds-read-replica", steps: [step] } as const;
  return JSON.stringify(definitionOf({ data: [{ part: "ledger", procedure }], compute: [], traffic: [] }, "aws"));
}

const states = (operation: string, body: unknown) =>
  callJson(emulator.current, `${TOKYO}/states`, `AWSStepFunctions.${operation}`, body);

/** Runs a definition to its end and returns the execution. */
async function run(name: string, step: CallStep): Promise<Record<string, unknown>> {
  const roleArn = `arn:aws:iam::${ACCOUNT}:role/recovery`;
  const { stateMachineArn } = await states("CreateStateMachine", { name, definition: definition(step), roleArn });
  const { executionArn } = await states("StartExecution", { stateMachineArn });
  for (;;) {
    const execution = await states("DescribeExecution", { executionArn });
    if (execution.status !== "RUNNING") return execution;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const changes = () =>
  emulator.current.requests(({ action }) => action === "PromoteReadReplica").map(({ region }) => region);

beforeEach(async () => {
  await sdk.call(emulator.current.sdkConfig(SEOUL), "rds:CreateDBInstance", LEDGER);
  await sdk.call(emulator.current.sdkConfig(TOKYO), "rds:CreateDBInstanceReadReplica", {
    ...replica,
    SourceDBInstanceIdentifier: `arn:aws:rds:${SEOUL}:${ACCOUNT}:db:ledger`,
    SourceRegion: SEOUL,
  });
  emulator.current.darken(SEOUL);
});

afterEach(() => emulator.current.lighten());

test("the machine promotes the replica, and a second run changes nothing", async () => {
  expect(await run("first", promote)).toMatchObject({ status: "SUCCEEDED" });
  expect(await run("second", promote)).toMatchObject({ status: "SUCCEEDED" });
  expect(changes()).toEqual([TOKYO]);
  expect(emulator.current.requests({ dark: true })).toEqual([]);
});

test("a machine whose call does nothing does not succeed", async () => {
  const nothing = { ...promote, withinSeconds: 2, errors: {}, call: { api: "rds:DescribeDBInstances" } };
  expect(await run("nothing", nothing)).toMatchObject({ status: "FAILED", error: "NotDoneInTime" });
});
