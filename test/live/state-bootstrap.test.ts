/**
 * Proves, with Terraform and the embedded AWS, that you can create the state buckets without a state bucket. Their own states then move
 * into them, and the move changes nothing. Only an administrator can delete a state and change a bucket's settings, repeatedly. Does not
 * prove that S3 copies the states.
 */
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { assumeRole, Emulator, Terraform, TerraformStackRun } from "../../emulator";
import { removeRun, runExample } from "../support/examples";

const BUCKETS = ["state-seoul", "state-tokyo"];
const REPLICATIONS = ["state-seoul-replication", "state-tokyo-replication"];
const STACKS = [...BUCKETS, ...REPLICATIONS];

let emulator: Emulator;
let terraform: Terraform;
let outdir: string;
const dirOf = (stack: string) => join(outdir, "stacks", stack);

beforeAll(async () => {
  emulator = await Emulator.start();
  terraform = new Terraform(emulator);
  outdir = await runExample("state-bootstrap", { context: { firstRun: true } });
}, 300_000);

afterAll(async () => {
  removeRun(outdir);
  await emulator.stop();
}, 60_000);

test("the first run creates buckets and replication, with its states in files next to cdktf.json", async () => {
  for (const group of [BUCKETS, REPLICATIONS]) await Promise.all(group.map(apply));
  for (const stack of STACKS) {
    expect(existsSync(join(dirname(outdir), `${stack}.tfstate`))).toBe(true);
    expect((await new TerraformStackRun(terraform, dirOf(stack)).plan()).changes).toEqual([]);
  }

  async function apply(stack: string): Promise<void> {
    await (await terraform.stack(dirOf(stack))).apply();
  }
}, 600_000);

test("the second run moves each state into its bucket, under the site's name, and changes nothing else", async () => {
  const second = await runExample("state-bootstrap");
  for (const stack of STACKS) {
    cpSync(join(second, "stacks", stack, "cdk.tf.json"), join(dirOf(stack), "cdk.tf.json"));
    await terraform.prepare(dirOf(stack));
    await terraform.run(dirOf(stack), ["init", "-no-color", "-migrate-state", "-force-copy"], 120_000);
    rmSync(join(dirname(outdir), `${stack}.tfstate`));
    expect((await new TerraformStackRun(terraform, dirOf(stack)).plan()).changes).toEqual([]);
  }
  removeRun(second);

  expect(await keys("ap-northeast-2", "acme-tf-seoul")).toEqual([
    "seoul/state-seoul-replication.tfstate",
    "seoul/state-seoul.tfstate",
  ]);
  expect(await keys("ap-northeast-1", "acme-tf-tokyo")).toEqual([
    "tokyo/state-tokyo-replication.tfstate",
    "tokyo/state-tokyo.tfstate",
  ]);
}, 600_000);

test("a state is encrypted with the bucket's default, not with Terraform's", async () => {
  const client = new S3Client(emulator.sdkConfig("ap-northeast-2"));
  const state = { Bucket: "acme-tf-seoul", Key: "seoul/state-seoul.tfstate" };
  expect((await client.send(new GetObjectCommand(state))).ServerSideEncryption).toBe("aws:kms");
  client.destroy();
});

test("a role that deploys workloads neither deletes a state nor ends its history; the administrator changes the policy again", async () => {
  const deployer = await assumeRole(emulator, "arn:aws:iam::111122223333:role/deploy", "ap-northeast-2");
  const client = new S3Client(emulator.sdkConfig("ap-northeast-2", deployer));
  const Bucket = "acme-tf-seoul";
  const deletion = new DeleteObjectCommand({ Bucket, Key: "seoul/state-seoul.tfstate" });
  const suspension = new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } });
  await expect(client.send(deletion)).rejects.toMatchObject({ name: "AccessDenied" });
  await expect(client.send(suspension)).rejects.toMatchObject({ name: "AccessDenied" });
  client.destroy();

  const path = join(dirOf("state-seoul"), "cdk.tf.json");
  const json = readFileSync(path, "utf8");
  const run = new TerraformStackRun(terraform, dirOf("state-seoul"));
  for (const changed of [json.replaceAll("KeepSettings", "KeepSettingsNow"), json]) {
    writeFileSync(path, changed);
    expect((await run.plan()).changes).toHaveLength(1);
    await run.apply();
    expect((await run.plan()).changes).toEqual([]);
  }
}, 600_000);

test("a state is read with the other region dark", async () => {
  emulator.darken("ap-northeast-1");
  try {
    expect((await new TerraformStackRun(terraform, dirOf("state-seoul")).plan()).changes).toEqual([]);
  } finally {
    emulator.lighten();
  }
}, 180_000);

async function keys(region: string, bucket: string): Promise<string[]> {
  const client = new S3Client(emulator.sdkConfig(region));
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
  client.destroy();
  return Contents.map(({ Key }) => Key!);
}
