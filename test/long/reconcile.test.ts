/**
 * Proves, with the real Terraform and the embedded AWS, that `reconcile` keeps a store that you removed from a program. Terraform imports
 * the store again, and follows it under another name and into another stack. `reconcile` sends nothing to a dark region. Does not prove
 * how AWS itself would answer an import.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { App, S3Backend, TerraformStack } from "cdktf";
import { Emulator, Terraform } from "../../emulator";
import { runCommand } from "../../terraform/run-command";
import { Report, StackReport } from "../../reconcile/reconcile";
import { ROOT } from "../../scripts/entry-points";
import { hasTerraform, PATIENCE_MS, SEOUL } from "../emulator/support";
import { cliArguments } from "../support/cli";

const MINUTE = 60_000;
const describeLive = hasTerraform() ? describe : describe.skip;

type Fill = (stack: TerraformStack) => void;

describeLive("a store", () => {
  let emulator: Emulator;
  let terraform: Terraform;
  const outdir = mkdtempSync(join(tmpdir(), "reconcile-"));

  beforeAll(async () => {
    emulator = await Emulator.start();
    terraform = new Terraform(emulator);
    synth({ orders: store, other: nothing });
    for (const name of ["orders", "other"]) await (await terraform.stack(dirOf(name))).apply();
  }, 3 * MINUTE);

  afterAll(async () => {
    await emulator.stop();
    rmSync(outdir, { recursive: true, force: true });
  }, PATIENCE_MS);

  test(
    "that is as it was leaves nothing to tell",
    async () => {
      const { code, report } = await reconcile("--write");
      expect({ code, told: orders(report).text }).toEqual({ code: 0, told: undefined });
      expect(existsSync(fileOf("orders"))).toBe(false);
    },
    2 * MINUTE,
  );

  test(
    "that is taken out of the program is forgotten, not destroyed",
    async () => {
      synth({ orders: nothing, other: nothing });
      expect(await changes("orders")).toEqual({
        "aws_dynamodb_table.Carts": "delete",
        "aws_s3_bucket.Receipts": "delete",
        "aws_s3_bucket_versioning.Versions": "delete",
        "aws_ssm_parameter.Name": "delete",
      });
      expect((await reconcile()).code).toBe(1);
      expect(existsSync(fileOf("orders"))).toBe(false);

      const { code, report } = await reconcile("--write");
      expect(code).toBe(0);
      expect(orders(report).removed.map(({ from, id, why }) => [from, id, why])).toEqual([
        ["aws_dynamodb_table.Carts", "orders-carts", "holds data"],
        ["aws_s3_bucket.Receipts", "orders-receipts", "holds data"],
        ["aws_s3_bucket_versioning.Versions", "orders-receipts", "guards aws_s3_bucket.Receipts"],
      ]);
      expect(report.checklist).toMatchObject({ deploy: [["orders"]] });
      expect((await reconcile("--write")).report).toEqual(report);
      await apply("orders", {
        "aws_dynamodb_table.Carts": "forget",
        "aws_s3_bucket.Receipts": "forget",
        "aws_s3_bucket_versioning.Versions": "forget",
        "aws_ssm_parameter.Name": "delete",
      });
    },
    5 * MINUTE,
  );

  test(
    "that is put back is taken over; what was destroyed is created",
    async () => {
      synth({ orders: store, other: nothing });
      const { code, report } = await reconcile("--adopt-existing", "--write");
      expect(code).toBe(0);
      expect(orders(report).imports.map(({ to, id }) => [to, id])).toEqual([
        ["aws_dynamodb_table.Carts", "orders-carts"],
        ["aws_s3_bucket.Receipts", "orders-receipts"],
        ["aws_s3_bucket_versioning.Versions", "orders-receipts"],
      ]);
      await apply("orders", {
        "aws_dynamodb_table.Carts": "import",
        "aws_s3_bucket.Receipts": "import",
        "aws_s3_bucket_versioning.Versions": "import",
        "aws_ssm_parameter.Name": "create",
      });
      expect((await reconcile("--write")).code).toBe(0);
      expect(existsSync(fileOf("orders"))).toBe(false);
      expect(await changes("orders")).toEqual({});
    },
    6 * MINUTE,
  );

  test(
    "that has another id in the program is followed",
    async () => {
      synth({ orders: renamed, other: nothing });
      const { code, report } = await reconcile("--write");
      expect(code).toBe(0);
      expect(orders(report).moved).toEqual([
        { from: "aws_s3_bucket.Receipts", to: "aws_s3_bucket.Invoices", why: "both are aws_s3_bucket orders-receipts" },
      ]);
      await apply("orders", {});
    },
    4 * MINUTE,
  );

  test(
    "that would be replaced is left for a human",
    async () => {
      synth({ orders: withOtherKey, other: nothing });
      const { code, report } = await reconcile("--write");
      expect(code).toBe(1);
      expect(orders(report).left).toMatchObject([
        { address: "aws_dynamodb_table.Carts", problem: expect.stringContaining("forced by: hash_key") as string },
      ]);
      expect(report.checklist.deploy).toEqual([]);
    },
    2 * MINUTE,
  );

  test(
    "that is in another stack is handed over",
    async () => {
      synth({ orders: nothing, other: renamed });
      const { code, report } = await reconcile("--write");
      expect(code).toBe(0);
      expect(report.stacks.map(({ imports, removed }) => [removed.length, imports.length])).toEqual([
        [4, 0],
        [0, 4],
      ]);
      expect(report.checklist.forgotten).toEqual([]);
      await apply("other", {
        "aws_dynamodb_table.Carts": "import",
        "aws_s3_bucket.Invoices": "import",
        "aws_s3_bucket_versioning.Versions": "import",
        "aws_ssm_parameter.Name": "import",
      });
      await apply("orders", {
        "aws_dynamodb_table.Carts": "forget",
        "aws_s3_bucket.Invoices": "forget",
        "aws_s3_bucket_versioning.Versions": "forget",
        "aws_ssm_parameter.Name": "forget",
      });
    },
    6 * MINUTE,
  );

  test(
    "in a dark region is left alone",
    async () => {
      const before = readFileSync(fileOf("other"), "utf8");
      emulator.darken(SEOUL);
      try {
        const { code, report } = await reconcile("other", "--write", "--adopt-existing");
        expect(code).toBe(1);
        expect(report.stacks).toMatchObject([{ planned: false, text: before }]);
        expect(report.stacks[0]!.left.at(-1)!.remedy).toMatch(/^wait until ap-northeast-2 is back/);
        expect(readFileSync(fileOf("other"), "utf8")).toBe(before);
      } finally {
        emulator.lighten();
      }
    },
    3 * MINUTE,
  );

  /** The command line as it is run, with Terraform led to the emulator, whose proxy this process is. */
  async function reconcile(...args: readonly string[]): Promise<{ code: number; report: Report }> {
    // an override leads the stack's state to the emulator
    const cli = cliArguments("reconcile", "--trusted", "--out", outdir, "--json", ...args);
    const options = { cwd: ROOT, env: terraform.environment(), limitMs: 2 * MINUTE, accept: [0, 1] };
    const { code, stdout, stderr } = await runCommand(process.execPath, cli, options);
    if (stdout === "") throw new Error(stderr);
    return { code, report: JSON.parse(stdout) as Report };
  }

  function orders({ stacks }: Report): StackReport {
    return stacks.find(({ stack }) => stack === "orders")!;
  }

  /** Applies a plan that must do exactly this, and plans again: nothing is left. */
  async function apply(name: string, expected: Readonly<Record<string, string>>): Promise<void> {
    expect(await changes(name)).toEqual(expected);
    await (await terraform.stack(dirOf(name))).apply();
    expect(await changes(name)).toEqual({});
  }

  async function changes(name: string): Promise<Record<string, string>> {
    const plan = await (await terraform.stack(dirOf(name))).plan();
    return Object.fromEntries(
      plan.changes.map(({ address, actions, importing }) => [address, importing ? "import" : actions.join("+")]),
    );
  }

  function dirOf(name: string): string {
    return join(outdir, "stacks", name);
  }

  function fileOf(name: string): string {
    return join(dirOf(name), "reconcile.tf.json");
  }

  function synth(stacks: Readonly<Record<"orders" | "other", Fill>>): void {
    const app = new App({ outdir });
    for (const [name, fill] of Object.entries(stacks)) {
      const stack = new TerraformStack(app, name);
      new S3Backend(stack, { bucket: "acme-tf-seoul", key: `${name}.tfstate`, region: SEOUL });
      // few retries: with the default of 25 a dark region is asked for minutes
      new AwsProvider(stack, "Aws", { region: SEOUL, allowedAccountIds: ["111122223333"], maxRetries: 1 });
      fill(stack);
    }
    app.synth();
  }
});

function nothing(): void {
  // a stack with its provider alone
}

function store(stack: TerraformStack): void {
  define(stack, "Receipts", "id");
}

function renamed(stack: TerraformStack): void {
  define(stack, "Invoices", "id");
}

function withOtherKey(stack: TerraformStack): void {
  define(stack, "Invoices", "customer");
}

function define(stack: TerraformStack, bucketId: string, key: string): void {
  const bucket = new S3Bucket(stack, bucketId, { bucket: "orders-receipts" });
  new S3BucketVersioningA(stack, "Versions", {
    bucket: bucket.bucket,
    versioningConfiguration: { status: "Enabled" },
  });
  const table = new DynamodbTable(stack, "Carts", {
    name: "orders-carts",
    billingMode: "PAY_PER_REQUEST",
    hashKey: key,
    attribute: [{ name: key, type: "S" }],
  });
  new SsmParameter(stack, "Name", { name: "/orders/carts/table", type: "String", value: table.name });
}
