/**
 * Proves, with Terraform and the embedded AWS, that a site which is given up is forgotten: its states are empty afterwards, all that stood
 * there still does, and the other sites' plans destroy nothing but what watched and fed it. Does not prove that AWS goes on copying.
 */
import { App } from "cdktf";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { HeadBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { callJson, Emulator, Terraform, TerraformStackRun } from "../../emulator";
import { bucket, Duration, forgotten, PilotLight, secret, table, WorkloadSite } from "../../stacks";
import { ACCOUNT, hasTerraform, PATIENCE_MS, SEOUL, TOKYO } from "../emulator/support";

const MINUTE = 60_000;
const describeLive = hasTerraform() ? describe : describe.skip;

const OSAKA = "ap-northeast-3";
const site = (region: string, state: string): WorkloadSite => ({ region, account: ACCOUNT, state: { bucket: state } });
const [seoul, tokyo, osaka] = [
  site(SEOUL, "acme-tf-seoul"),
  site(TOKYO, "acme-tf-tokyo"),
  site(OSAKA, "acme-tf-osaka"),
];

const STAYING = ["orders-seoul", "orders-tokyo", "orders-seoul-replication", "orders-tokyo-replication"];
const LEAVING = ["orders-osaka", "orders-osaka-replication"];

function synth(outdir: string, sites: Readonly<Record<string, WorkloadSite>>): void {
  const app = new App({ outdir });
  new PilotLight(app, "orders", {
    sites,
    objectives: { rto: Duration.minutes(45), rpo: Duration.minutes(15) },
    data: { carts: table({ partitionKey: { name: "id", type: "S" } }), receipts: bucket(), payment: secret() },
  });
  app.synth();
}

describeLive("a site that is given up", () => {
  let emulator: Emulator;
  let terraform: Terraform;
  const outdir = mkdtempSync(join(tmpdir(), "forgotten-site-"));
  const runs = new Map<string, TerraformStackRun>();

  beforeAll(async () => {
    emulator = await Emulator.start();
    terraform = new Terraform(emulator);
    synth(outdir, { seoul, tokyo, osaka });
    for (const stack of [...STAYING, ...LEAVING]) {
      runs.set(stack, await terraform.stack(join(outdir, "stacks", stack)));
    }
    const sites = ["orders-seoul", "orders-tokyo", "orders-osaka"];
    await Promise.all(sites.map((stack) => run(stack).apply()));
    for (const stack of sites) await run(`${stack}-replication`).apply();
  }, 15 * MINUTE);

  afterAll(async () => {
    await emulator.stop();
    rmSync(outdir, { recursive: true, force: true });
  }, PATIENCE_MS);

  const run = (stack: string) => runs.get(stack)!;

  /** The JSON of the stacks with other sites, in the place of what was there. */
  async function write(stacks: readonly string[], sites: Readonly<Record<string, WorkloadSite>>): Promise<void> {
    const next = mkdtempSync(join(tmpdir(), "forgotten-site-"));
    synth(next, sites);
    for (const stack of stacks) {
      const file = join("stacks", stack, "cdk.tf.json");
      cpSync(join(next, file), join(outdir, file));
      await terraform.prepare(join(outdir, "stacks", stack));
    }
    rmSync(next, { recursive: true, force: true });
  }

  async function changes(stack: string): Promise<string[]> {
    const plan = await run(stack).plan();
    return plan.changes
      .map(({ actions, address }) => `${actions.join("+")} ${address.replace(/_[0-9A-F]{8}$/, "")}`)
      .sort();
  }

  test(
    "is forgotten as a whole, and destroys nothing that holds data elsewhere",
    async () => {
      const held = Object.fromEntries(
        await Promise.all(LEAVING.map(async (stack) => [stack, (await run(stack).stateList()).length] as const)),
      );
      await write([...STAYING, ...LEAVING], { seoul, tokyo, osaka: forgotten(osaka) });
      for (const stack of LEAVING) {
        const planned = await changes(stack);
        expect(planned.filter((line) => !line.startsWith("forget "))).toEqual([]);
        expect({ stack, forgotten: planned.length > 0, of: held[stack]! > 0 }).toEqual({
          stack,
          forgotten: true,
          of: true,
        });
      }
      const elsewhere: Record<string, string[]> = {};
      for (const stack of STAYING) elsewhere[stack] = await changes(stack);
      expect(elsewhere).toEqual({});
    },
    6 * MINUTE,
  );

  test(
    "stands where it stood, in no state",
    async () => {
      for (const stack of [...LEAVING, ...STAYING]) await run(stack).apply();
      for (const stack of LEAVING) expect({ stack, holds: await run(stack).stateList() }).toEqual({ stack, holds: [] });
      for (const stack of [...LEAVING, ...STAYING])
        expect({ stack, changes: await changes(stack) }).toEqual({ stack, changes: [] });
      const config = emulator.sdkConfig(OSAKA);
      const [s3, dynamodb] = [new S3Client({ ...config, forcePathStyle: true }), new DynamoDBClient(config)];
      await s3.send(new HeadBucketCommand({ Bucket: `orders-receipts-osaka-${ACCOUNT}` }));
      const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: "orders-carts" }));
      expect(Table?.TableStatus).toBe("ACTIVE");
      const { Name } = (await callJson(emulator, `${OSAKA}/secretsmanager`, "secretsmanager.DescribeSecret", {
        SecretId: "orders/payment",
      })) as { Name: string };
      expect(Name).toBe("orders/payment");
      s3.destroy();
      dynamodb.destroy();
    },
    6 * MINUTE,
  );

  test(
    "is then taken out of the sites: its copy of a secret alone goes",
    async () => {
      await write(STAYING, { seoul, tokyo });
      const elsewhere: Record<string, string[]> = {};
      for (const stack of STAYING) elsewhere[stack] = await changes(stack);
      expect(elsewhere).toEqual({
        "orders-seoul": [],
        "orders-tokyo": [],
        "orders-seoul-replication": ["update aws_secretsmanager_secret.payment_Secret"],
        "orders-tokyo-replication": [],
      });
    },
    4 * MINUTE,
  );
});
