import { spawn } from "node:child_process";
import { join } from "node:path";
import { CreateBucketCommand, ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { assumeRole, credentialsFor, Emulator } from "../../emulator";
import { ACCOUNT, OTHER_ACCOUNT, PATIENCE_MS, SEOUL, startedEmulator, TOKYO } from "./support";

jest.setTimeout(PATIENCE_MS);

const emulator = startedEmulator();

describe("Emulator", () => {
  test("answers in the default account", async () => {
    const sts = new STSClient(emulator.current.sdkConfig(SEOUL));
    expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe(ACCOUNT);
  });

  test("answers in the account of an assumed role, which shares nothing with the default one", async () => {
    const credentials = await assumeRole(emulator.current, `arn:aws:iam::${OTHER_ACCOUNT}:role/x`, SEOUL);
    const sts = new STSClient(emulator.current.sdkConfig(SEOUL, credentials));
    expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe(OTHER_ACCOUNT);
    const theirs = new S3Client(emulator.current.sdkConfig(TOKYO, credentials));
    await createBucket(theirs, "acme-theirs");
    expect(await bucketsOf(theirs)).toEqual(["acme-theirs"]);
    expect(await bucketsOf(new S3Client(emulator.current.sdkConfig(TOKYO)))).toEqual([]);
  });

  test("needs no credentials for the account everybody is in", async () => {
    expect(await credentialsFor(emulator.current, ACCOUNT, TOKYO)).toBeUndefined();
  });

  test("keeps a dark region's resources", async () => {
    const s3 = new S3Client({ ...emulator.current.sdkConfig(TOKYO), maxAttempts: 1 });
    await createBucket(s3, "acme-kept");
    emulator.current.darken(TOKYO, "reset");
    await expect(bucketsOf(s3)).rejects.toThrow("ECONNRESET");
    emulator.current.lighten(TOKYO);
    expect(await bucketsOf(s3)).toEqual(["acme-kept"]);
  });

  test("reset forgets resources, requests and outages", async () => {
    const s3 = new S3Client(emulator.current.sdkConfig(TOKYO));
    await createBucket(s3, "acme-forgotten");
    emulator.current.darken(TOKYO);
    await emulator.current.reset();
    expect(emulator.current.requests()).toEqual([]);
    expect(await bucketsOf(s3)).toEqual([]);
  });

  test("logs who was asked", async () => {
    await createBucket(new S3Client(emulator.current.sdkConfig(TOKYO)), "acme-logged");
    expect(
      emulator.current
        .requests()
        .map(({ region, service, method, path, outcome }) => [region, service, method, path, outcome]),
    ).toEqual([[TOKYO, "s3", "PUT", "/acme-logged/", 200]]);
    expect(emulator.current.requests({ region: SEOUL })).toEqual([]);
  });

  test("directs Terraform by the environment alone", () => {
    expect(emulator.current.environment()).toEqual({
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_ENDPOINT_URL: "http://aws.test",
      CHECKPOINT_DISABLE: "1",
      CI: "1",
      HTTP_PROXY: emulator.current.endpoint,
      http_proxy: emulator.current.endpoint,
      NO_PROXY: "",
      no_proxy: "",
      TF_IN_AUTOMATION: "1",
      TF_INPUT: "0",
    });
  });

  test("refuses an operation it does not carry at once, by name", async () => {
    const answer = await fetch(emulator.current.endpoint, {
      method: "POST",
      body: "Action=CreateTenantDatabase&Version=2014-10-31",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${SEOUL}/rds/aws4_request, SignedHeaders=host, Signature=0`,
      },
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(
      "<Code>NotImplementedByEmulator</Code><Message>rds: The create_tenant_database action has not been implemented</Message>",
    );
  });
});

describe("an emulator's life", () => {
  test("fails when it does not start in time, and leaves nothing behind", async () => {
    await expect(Emulator.start({ startLimitMs: 1 })).rejects.toThrow("the emulator did not start within 0.001 s");
  });

  test("stop may be called twice", async () => {
    const short = await Emulator.start();
    await short.stop();
    await short.stop();
    await expect(fetch(short.endpoint)).rejects.toThrow("fetch failed");
  });

  test.each<NodeJS.Signals>(["SIGINT", "SIGTERM", "SIGKILL"])(
    "its server does not outlive a parent that ends by %s",
    async (signal) => {
      const parent = spawn(process.execPath, ["-r", require.resolve("tsx/cjs"), "-e", PARENT], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const address = await new Promise<string>((resolve) =>
        parent.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString().trim())),
      );
      expect((await fetch(`${address}/moto-api/data.json`)).status).toBe(200);
      parent.kill(signal);
      await new Promise((resolve) => parent.once("close", resolve));
      await expect(gone(address)).resolves.toBe(true);
    },
  );
});

const PARENT = `
const { Emulator } = require(${JSON.stringify(join(__dirname, "..", "..", "emulator", "emulator.ts"))});
Emulator.start().then((emulator) => console.log(emulator.endpointBehindProxy));
`;

async function gone(address: string): Promise<boolean> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const answered = await fetch(`${address}/moto-api/data.json`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (!answered) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

async function createBucket(s3: S3Client, Bucket: string): Promise<void> {
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: TOKYO } }));
}

async function bucketsOf(s3: S3Client): Promise<(string | undefined)[]> {
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  return Buckets.map(({ Name }) => Name);
}
