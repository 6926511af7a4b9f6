/**
 * Proves that the interpreter runs a procedure on the emulator with the AWS SDK. A read replica is promoted while its source's region is
 * dark. Does not prove how long it takes on AWS, nor that AWS changes the replica's state in the same order.
 */
import { runProcedure } from "../../drills/run-procedure";
import { AwsError, Sdk } from "../../emulator";
import { Figure, Procedure } from "../../modules/core/model";
import { ACCOUNT, LEDGER, PATIENCE_MS, SEOUL, startedEmulator, TOKYO } from "./support";

jest.setTimeout(PATIENCE_MS);

const emulator = startedEmulator();
let sdk: Sdk;
const call = (region: string, api: string, parameters: Record<string, unknown> = {}) =>
  sdk.call(emulator.current.sdkConfig(region), api, parameters);

beforeAll(async () => {
  sdk = await Sdk.start(emulator.current.endpoint);
});

afterAll(() => sdk.stop());

const SLOW: Figure = {
  basis: "unknown",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.Promote.html",
};
const replica = { DBInstanceIdentifier: "ledger-tokyo" };

const PROMOTION: Procedure = {
  for: "failover",
  region: TOKYO,
  uses: "rds-read-replica",
  steps: [
    {
      kind: "call",
      owner: "recovery-plan",
      id: "promote",
      title: "promote ledger-tokyo",
      withinSeconds: 3_600,
      duration: SLOW,
      undo: "one-way",
      call: { api: "rds:PromoteReadReplica", parameters: { ...replica, BackupRetentionPeriod: 7 } },
      done: {
        title: "ledger-tokyo was promoted",
        call: { api: "rds:DescribeDBInstances", parameters: replica },
        passes: {
          all: [
            { path: ["DBInstances", 0, "ReadReplicaSourceDBInstanceIdentifier"], exists: false },
            { path: ["DBInstances", 0, "DBInstanceStatus"], is: "available" },
          ],
        },
      },
      firstAfterSeconds: 60,
      permissions: [{ actions: ["rds:PromoteReadReplica", "rds:DescribeDBInstances"], resources: ["*"] }],
    },
  ],
};

const clock = { now: () => performance.now() / 1_000, sleep: () => Promise.resolve() };
const aws = {
  call: (region: string, { api, parameters }: { api: string; parameters?: object }) =>
    call(region, api, { ...parameters }),
};

test("a replica is promoted without its source's region, and the second run changes nothing", async () => {
  await call(SEOUL, "rds:CreateDBInstance", LEDGER);
  await call(TOKYO, "rds:CreateDBInstanceReadReplica", {
    ...replica,
    SourceDBInstanceIdentifier: `arn:aws:rds:${SEOUL}:${ACCOUNT}:db:ledger`,
    SourceRegion: SEOUL,
  });
  emulator.current.darken(SEOUL);
  expect(await runProcedure(PROMOTION, aws, clock)).toMatchObject([{ id: "promote", outcome: "done" }]);
  expect(await runProcedure(PROMOTION, aws, clock)).toMatchObject([{ id: "promote", outcome: "done before" }]);
  expect(emulator.current.requests({ dark: true })).toEqual([]);
  emulator.current.lighten();
});

test("an error has its name in the API, and a dark region does not answer", async () => {
  await expect(call(TOKYO, "rds:PromoteReadReplica", { DBInstanceIdentifier: "none" })).rejects.toMatchObject({
    code: "DBInstanceNotFoundFault",
  });
  emulator.current.darken(TOKYO);
  await expect(call(TOKYO, "rds:DescribeDBInstances")).rejects.toBeInstanceOf(AwsError);
  emulator.current.lighten();
});

test("a call with a parameter that the API does not have is refused before it is made", async () => {
  await expect(call(TOKYO, "rds:DescribeDBInstances", { DbInstanceIdentifier: "x" })).rejects.toMatchObject({
    code: "ParamValidationError",
  });
});
