import {
  CreateDBInstanceCommand,
  CreateDBInstanceReadReplicaCommand,
  DescribeDBInstancesCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import { callJson } from "../../emulator";
import { ACCOUNT, OTHER_ACCOUNT, PATIENCE_MS, SEOUL, startedEmulator, TOKYO } from "./support";

jest.setTimeout(PATIENCE_MS);

const emulator = startedEmulator();

interface Execution {
  readonly status: string;
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
}

/** Runs one state machine in Tokyo to its end. */
async function run(
  states: object,
  startAt: string,
  options: { language?: string; account?: string } = {},
): Promise<Execution> {
  const call = (operation: string, body: unknown): Promise<Record<string, unknown>> =>
    callJson(emulator.current, `${TOKYO}/states`, `AWSStepFunctions.${operation}`, body);
  const definition = JSON.stringify({
    StartAt: startAt,
    States: states,
    ...(options.language && { QueryLanguage: options.language }),
  });
  const roleArn = `arn:aws:iam::${options.account ?? ACCOUNT}:role/recovery`;
  const { stateMachineArn } = await call("CreateStateMachine", { name: "recovery", definition, roleArn });
  const { executionArn } = await call("StartExecution", { stateMachineArn });
  for (;;) {
    const { status, output, error, cause } = await call("DescribeExecution", { executionArn });
    if (status !== "RUNNING")
      return {
        status: String(status),
        output: output === undefined ? undefined : JSON.parse(output as string),
        error: error as string | undefined,
        ...(cause !== undefined && { cause: cause as string }),
      };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function task(resource: string, parameters: object): object {
  return { Type: "Task", Resource: `arn:aws:states:::aws-sdk:${resource}`, Parameters: parameters, End: true };
}

async function createReplicaInTokyo(): Promise<RDSClient> {
  const tokyo = new RDSClient(emulator.current.sdkConfig(TOKYO));
  const size = { DBInstanceClass: "db.r6g.large", AllocatedStorage: 20, Engine: "postgres", EngineVersion: "16.4" };
  await new RDSClient(emulator.current.sdkConfig(SEOUL)).send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: "ledger",
      ...size,
      MasterUsername: "dbadmin",
      MasterUserPassword: "secret123",
    }),
  );
  await tokyo.send(
    new CreateDBInstanceReadReplicaCommand({
      DBInstanceIdentifier: "replica",
      SourceDBInstanceIdentifier: `arn:aws:rds:${SEOUL}:${ACCOUNT}:db:ledger`,
    }),
  );
  return tokyo;
}

describe("Step Functions", () => {
  test("promotes a replica and polls it, in the casing of AWS", async () => {
    const tokyo = await createReplicaInTokyo();
    const states = {
      Promote: {
        ...task("rds:promoteReadReplica", { DbInstanceIdentifier: "replica" }),
        End: undefined,
        Next: "Describe",
      },
      Describe: {
        ...task("rds:describeDBInstances", { DbInstanceIdentifier: "replica" }),
        End: undefined,
        Next: "Available",
      },
      // A definite path yields a value, not a list of one.
      Available: {
        Type: "Choice",
        Choices: [{ Variable: "$.DbInstances[0].DbInstanceStatus", StringEquals: "available", Next: "Done" }],
        Default: "Wrong",
      },
      Done: { Type: "Pass", Result: "promoted", End: true },
      Wrong: { Type: "Fail" },
    };
    expect(await run(states, "Promote")).toEqual({ status: "SUCCEEDED", output: "promoted", error: undefined });
    const { DBInstances } = await tokyo.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: "replica" }));
    expect(DBInstances?.map((instance) => instance.ReadReplicaSourceDBInstanceIdentifier)).toEqual([undefined]);
  });

  test("names errors as the SDK for Java does", async () => {
    const execution = await run(
      { Promote: task("rds:promoteReadReplica", { DbInstanceIdentifier: "nobody" }) },
      "Promote",
    );
    expect(execution).toMatchObject({ status: "FAILED", error: "Rds.DbInstanceNotFoundException" });
  });

  test.each([
    ["rds:describeDBInstances", { DBInstanceIdentifier: "replica" }, "DBInstanceIdentifier"],
    ["cloudwatch:putMetricData", { Namespace: "A", MetricData: [{ metricName: "B" }] }, "metricName"],
  ])("%s refuses a parameter that is not in the spelling of the SDK", async (resource, parameters, name) => {
    expect(await run({ Ask: task(resource, parameters) }, "Ask")).toMatchObject({
      status: "FAILED",
      error: "States.Runtime",
      cause: expect.stringContaining(`The field "${name}" is not supported by Step Functions`) as string,
    });
  });

  test.each([
    ["efs:describeFileSystems", { FileSystemId: "fs-1" }, "Efs.FileSystemNotFoundException"],
    [
      "databasemigration:stopReplicationTask",
      { ReplicationTaskArn: `arn:aws:dms:${TOKYO}:${ACCOUNT}:task:NONE` },
      "DatabaseMigration.ResourceNotFoundException",
    ],
    ["eventbridge:enableRule", { Name: "none" }, "EventBridge.ResourceNotFoundException"],
  ])("the error of %s has the name of the service in the SDK", async (resource, parameters, error) => {
    expect(await run({ Ask: task(resource, parameters) }, "Ask")).toMatchObject({ status: "FAILED", error });
  });

  test("a member with an acronym in the middle keeps it in the answer", async () => {
    await createReplicaInTokyo();
    const states = { Ask: task("rds:describeDBInstances", { DbInstanceIdentifier: "replica" }) };
    const { output } = await run(states, "Ask");
    const [instance] = (output as { DbInstances: Record<string, unknown>[] }).DbInstances;
    expect(instance).toHaveProperty("ReadReplicaSourceDBInstanceIdentifier");
    expect(instance).toHaveProperty("MultiAZ");
    expect(instance).toHaveProperty("DbInstanceArn");
  });

  test("evaluates JSONata", async () => {
    const states = {
      Sum: { Type: "Pass", Assign: { n: "{% 1 + 2 %}" }, Next: "Show" },
      Show: { Type: "Pass", Output: "{% {'n': $n, 'even': $n % 2 = 0} %}", End: true },
    };
    expect(await run(states, "Sum", { language: "JSONata" })).toEqual({
      status: "SUCCEEDED",
      output: { n: 3, even: false },
      error: undefined,
    });
  });

  test("its tasks go through the proxy: their requests are logged", async () => {
    await run({ List: task("rds:describeDBInstances", {}) }, "List");
    const tasks = emulator.current.requests({ service: "rds" });
    expect(tasks.map(({ region, action, accessKey }) => [region, action, accessKey])).toEqual([
      [TOKYO, "DescribeDBInstances", "stepfunctions"],
    ]);
  });

  test("its tasks act in the account of the machine's role", async () => {
    const execution = await run({ Who: task("sts:getCallerIdentity", {}) }, "Who", { account: OTHER_ACCOUNT });
    expect(execution).toMatchObject({ status: "SUCCEEDED", output: { Account: OTHER_ACCOUNT } });
  });

  test.each([
    ["iam:listRoles", "FAILED"],
    ["sts:getCallerIdentity", "SUCCEEDED"],
  ])("with us-east-1 dark, a task %s in Tokyo has %s", async (resource, status) => {
    emulator.current.darken("us-east-1", "503");
    expect((await run({ Ask: task(resource, {}) }, "Ask")).status).toBe(status);
  });
});
