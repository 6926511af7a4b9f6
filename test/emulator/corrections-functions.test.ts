/**
 * Proves that the embedded AWS keeps the settings of functions and secrets that a failover uses. They are the event sources of an alias,
 * provisioned concurrency and promoted replicas. Does not prove that a function runs.
 */
import { callJson, callRest } from "../../emulator";
import { PATIENCE_MS, SEOUL, startedEmulator, TOKYO } from "./support";

jest.setTimeout(PATIENCE_MS);

const emulator = startedEmulator();

describe("AWS Lambda", () => {
  const ARN = `arn:aws:lambda:${TOKYO}:111122223333:function:worker`;
  const call = (method: string, path: string, body?: unknown) =>
    callRest(emulator.current, `${TOKYO}/lambda`, method, path, body);

  /** An empty archive, and the role that takes it. */
  const CODE = { ZipFile: Buffer.concat([Buffer.from("PK\x05\x06"), Buffer.alloc(18)]).toString("base64") };

  beforeEach(async () => {
    const role = { RoleName: "worker", AssumeRolePolicyDocument: "{}", Action: "CreateRole", Version: "2010-05-08" };
    await fetch(emulator.current.endpoint, {
      method: "POST",
      body: new URLSearchParams(role),
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0`,
      },
    });
    await call("POST", "/2015-03-31/functions", {
      FunctionName: "worker",
      Role: "arn:aws:iam::111122223333:role/worker",
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Code: CODE,
      Publish: true,
    });
    await call("POST", "/2015-03-31/functions/worker/aliases", { Name: "live", FunctionVersion: "1" });
  });

  test("a mapping of an alias is the alias's, also after a failover switched it on", async () => {
    await callJson(emulator.current, `${TOKYO}/sqs`, "AmazonSQS.CreateQueue", { QueueName: "orders" });
    const created = await call("POST", "/2015-03-31/event-source-mappings/", {
      EventSourceArn: `arn:aws:sqs:${TOKYO}:111122223333:orders`,
      FunctionName: `${ARN}:live`,
      Enabled: false,
    });
    expect(created).toMatchObject({ FunctionArn: `${ARN}:live`, State: "Disabled" });

    const path = `/2015-03-31/event-source-mappings/${(created as { UUID: string }).UUID}`;
    await call("PUT", path, { Enabled: true });
    expect(await call("GET", path)).toMatchObject({ FunctionArn: `${ARN}:live`, State: "Enabled" });
    await call("PUT", path, { FunctionName: `${ARN}:1` });
    expect(await call("GET", path)).toMatchObject({ FunctionArn: `${ARN}:1` });
  });

  test("provisioned concurrency is kept, changed and given back", async () => {
    const path = "/2019-09-30/functions/worker/provisioned-concurrency?Qualifier=live";
    await expect(call("GET", path)).rejects.toThrow("HTTP 404");
    await call("PUT", path, { ProvisionedConcurrentExecutions: 5 });
    await call("PUT", path, { ProvisionedConcurrentExecutions: 7 });
    expect(await call("GET", path)).toMatchObject({
      RequestedProvisionedConcurrentExecutions: 7,
      Status: "READY",
    });
    await call("DELETE", path);
    await expect(call("GET", path)).rejects.toThrow("HTTP 404");
  });
});

describe("AWS Secrets Manager", () => {
  const call = (region: string, action: string, body: object) =>
    callJson(emulator.current, `${region}/secretsmanager`, `secretsmanager.${action}`, {
      SecretId: "payment",
      ...body,
    });
  const write = (region: string, SecretString: string) =>
    call(region, "PutSecretValue", { SecretString, ClientRequestToken: SecretString.repeat(32) });

  test("a promoted replica is a secret of its own, with the value it had and the key of its region", async () => {
    const KmsKeyId = `arn:aws:kms:${TOKYO}:111122223333:alias/orders`;
    const AddReplicaRegions = [{ Region: TOKYO, KmsKeyId }];
    await call(SEOUL, "CreateSecret", { Name: "payment", SecretString: "a", AddReplicaRegions });
    await expect(write(TOKYO, "b")).rejects.toThrow("replica");
    await expect(call(SEOUL, "StopReplicationToReplica", {})).rejects.toThrow("non-replica");

    const { ARN } = await call(TOKYO, "StopReplicationToReplica", {});
    expect(await call(TOKYO, "GetSecretValue", {})).toMatchObject({ ARN, SecretString: "a" });
    await write(TOKYO, "b");
    expect(await call(TOKYO, "GetSecretValue", {})).toMatchObject({ SecretString: "b" });
    expect(await call(TOKYO, "DescribeSecret", {})).toMatchObject({ ARN, KmsKeyId });
    expect(await call(SEOUL, "GetSecretValue", {})).toMatchObject({ SecretString: "a" });
    expect((await call(SEOUL, "DescribeSecret", {})).ReplicationStatus ?? []).toEqual([]);
  });
});
