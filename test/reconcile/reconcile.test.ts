/**
 * Proves what `reconcile` reports and writes, and its exit codes, for synthesised folders and given plans. Proves that it imports only core
 * from the modules. Terraform is not run.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PlanJson } from "../../terraform/plan-json";
import { Progress } from "../../terraform/progress";
import { reconcile, ReconcileOptions } from "../../reconcile/reconcile";
import { render } from "../../reconcile/render";
import { WrongUse } from "../../terraform/wrong-use";
import { runCli } from "../support/cli";
import { BUCKET, change, outputFolder, planOf, TABLE } from "../support/plans";

const SITES = [
  { name: "seoul", region: "ap-northeast-2", account: "111122223333", home: true, role: "detached", generation: 1 },
  { name: "tokyo", region: "ap-northeast-1", account: "111122223333", home: false, role: "active", generation: 1 },
];
const DR = { version: 1, workload: "orders", pattern: "pilot-light", history: [], sites: SITES };
const stackIn = (region: string, more: object = {}) => ({
  "//": { dr: DR },
  provider: { aws: [{ region, allowed_account_ids: ["111122223333"] }] },
  ...more,
});
const SEOUL = stackIn("ap-northeast-2", { removed: [{ from: "aws_db_instance.Old" }] });
const TOKYO = stackIn("ap-northeast-1");

const out = outputFolder({ seoul: SEOUL, tokyo: TOKYO, "tokyo-data": TOKYO });
const fileOf = (stack: string) => join(out, "stacks", stack, "reconcile.tf.json");
const NOTHING = planOf([]);
const GONE = planOf([change("aws_s3_bucket.Media", ["delete"], BUCKET)]);

afterAll(() => rmSync(out, { recursive: true }));
afterEach(() => ["seoul", "tokyo", "tokyo-data"].forEach((stack) => rmSync(fileOf(stack), { force: true })));

describe("reconcile", () => {
  test("reports the blocks that Terraform needs, and writes them with --write", async () => {
    expect(await run({ seoul: NOTHING, tokyo: GONE, "tokyo-data": NOTHING })).toMatchObject({ code: 1 });
    expect(existsSync(fileOf("tokyo"))).toBe(false);
    expect(await run({ seoul: NOTHING, tokyo: GONE, "tokyo-data": NOTHING }, { write: true })).toMatchObject({
      code: 0,
    });
    expect(JSON.parse(readFileSync(fileOf("tokyo"), "utf8"))).toEqual({
      "//": {
        "written by": "cdktf-aws-dr reconcile; rewritten by its next run",
        why: { "aws_s3_bucket.Media": "holds data" },
      },
      removed: [{ from: "aws_s3_bucket.Media", lifecycle: { destroy: false } }],
    });
    expect(readdirSync(join(out, "stacks", "seoul"))).toEqual(["cdk.tf.json"]);
  });

  test("removes blocks that Terraform no longer needs", async () => {
    writeFileSync(fileOf("tokyo"), "{}");
    expect(await run({ tokyo: NOTHING }, { stacks: ["tokyo"] })).toMatchObject({ code: 1 });
    expect(await run({ tokyo: NOTHING }, { stacks: ["tokyo"], write: true })).toMatchObject({ code: 0 });
    expect(existsSync(fileOf("tokyo"))).toBe(false);
  });

  test("hands over what goes in one stack and comes in another of the region", async () => {
    const gone = planOf([change("aws_dynamodb_table.Carts", ["delete"], TABLE)]);
    const come = planOf([change("aws_dynamodb_table.Carts", ["create"], { name: "carts" })]);
    const { stacks, checklist } = await run({ seoul: NOTHING, tokyo: gone, "tokyo-data": come });
    expect(stacks.map(({ removed, imports }) => [...removed, ...imports].map(({ why }) => why))).toEqual([
      [],
      ["tokyo-data takes it over"],
      ["tokyo hands it over"],
    ]);
    expect(checklist.forgotten.map(({ address }) => address)).toEqual(["aws_db_instance.Old"]);
  });

  test("hands one of several instances over to nothing: no block can keep it", async () => {
    const instance = { index: 0, action_reason: "delete_because_count_index" };
    const gone = planOf([
      change("aws_s3_bucket.Media[0]", ["delete"], BUCKET, { ...instance, type: "aws_s3_bucket" }),
      change(
        "aws_cloudwatch_metric_alarm.Lag[0]",
        ["delete"],
        { id: "lag" },
        { ...instance, type: "aws_cloudwatch_metric_alarm" },
      ),
    ]);
    const come = planOf([change("aws_s3_bucket.Media", ["create"], { bucket: "receipts" })]);
    const { stacks } = await run({ seoul: NOTHING, tokyo: gone, "tokyo-data": come });
    const found = stacks.map(({ removed, imports, destroyed, left }) => {
      return {
        removed,
        imports,
        destroyed: destroyed.map(({ from }) => from),
        left: left.map(({ address }) => address),
      };
    });
    const nothing = { removed: [], imports: [], destroyed: [], left: [] };
    const kept = { ...nothing, destroyed: ["aws_cloudwatch_metric_alarm.Lag[0]"], left: ["aws_s3_bucket.Media[0]"] };
    expect(found).toEqual([nothing, kept, nothing]);
  });

  test("refuses a plan of a part of a stack", async () => {
    const plan = { ...planOf([]), complete: false };
    const problem = /shows a part of the stack alone, so what it protects is unknown; plan without -target$/;
    await expect(run({ seoul: plan, tokyo: NOTHING, "tokyo-data": NOTHING })).rejects.toThrow(problem);
  });

  test("hands nothing over to another region", async () => {
    const seoul = { ...TABLE, arn: TABLE.arn.replace("ap-northeast-1", "ap-northeast-2") };
    const gone = planOf([change("aws_dynamodb_table.Carts", ["delete"], seoul)]);
    const come = planOf([change("aws_dynamodb_table.Carts", ["create"], { name: "carts" })]);
    const { stacks } = await run({ seoul: gone, tokyo: come, "tokyo-data": NOTHING });
    expect(stacks.map(({ removed, imports }) => [removed.map(({ why }) => why), imports])).toEqual([
      [["holds data"], []],
      [[], []],
      [[], []],
    ]);
  });

  test("leaves a dark region alone, and says how to go on", async () => {
    const { stacks, code } = await run({ tokyo: NOTHING, "tokyo-data": NOTHING }, { dark: ["ap-northeast-2"] });
    expect(code).toBe(1);
    expect(stacks[0]).toMatchObject({
      planned: false,
      left: [
        {
          problem: "ap-northeast-2 is said to be dark",
          remedy: "wait until ap-northeast-2 is back; deploy the stacks of other regions alone",
        },
      ],
    });
  });

  test("reads from a plan that failed what would be replaced, and writes nothing", async () => {
    const ledger = change("aws_db_instance.Ledger", ["delete", "create"], {}, { replacing: ["engine"] });
    const { stacks, code } = await run(
      { tokyo: { ...planOf([ledger]), errored: true } },
      { stacks: ["tokyo"], write: true },
    );
    expect(code).toBe(1);
    expect(stacks[0]!.left.map(({ address }) => address)).toEqual(["aws_db_instance.Ledger", undefined]);
    expect(existsSync(fileOf("tokyo"))).toBe(false);
  });

  test("prints roles, order, what to rebuild, and who pays for what is forgotten", async () => {
    const created = planOf([change("aws_kms_alias.Key", ["create"], { name: "alias/orders" })]);
    const text = render(await run({ seoul: NOTHING, tokyo: GONE, "tokyo-data": created }, { write: true }));
    expect(text.replaceAll(out, "out").split("\n")).toEqual([
      "seoul: nothing to tell Terraform",
      "tokyo: told in out/stacks/tokyo/reconcile.tf.json",
      "  forget  aws_s3_bucket.Media (receipts): holds data",
      "tokyo-data: nothing to tell Terraform",
      "  1 to be created could be imported, were they there: --adopt-existing",
      "",
      "orders, a pilot-light",
      "  seoul  ap-northeast-2  detached  generation 1  home",
      "  tokyo  ap-northeast-1  active  generation 1",
      "",
      "checklist",
      "  [ ] deploy 1: cdktf deploy tokyo",
      "  [ ] deploy 2: cdktf deploy tokyo-data",
      '  [ ] seoul is detached: it replicates from no site. Once ap-northeast-2 is back, look for data that it holds and tokyo lacks. Then append rebuilt("seoul", …) to the history and deploy',
      "  [ ] seoul: aws_db_instance.Old stays in AWS, ap-northeast-2, account 111122223333; 111122223333 pays for it until you delete it",
      "  [ ] tokyo: aws_s3_bucket.Media (receipts) stays in AWS, ap-northeast-1, account 111122223333; 111122223333 pays for it until you delete it",
      "",
    ]);
  });
});

describe("resources that are adopted by name", () => {
  const created = planOf([
    change("aws_s3_bucket.Media", ["create"], { bucket: "receipts" }),
    change("aws_efs_file_system.Media", ["create"], {}),
  ]);
  const plans = { seoul: NOTHING, tokyo: created, "tokyo-data": created };

  test("is imported, by the id that follows from its arguments or that is given", async () => {
    const adopt = [
      { stack: "tokyo", address: "aws_s3_bucket.Media" },
      { stack: "tokyo", address: "aws_efs_file_system.Media", id: "fs-1234" },
    ];
    const { stacks } = await run(plans, { adopt });
    expect(stacks.map(({ imports }) => imports.map(({ id }) => id))).toEqual([[], ["receipts", "fs-1234"], []]);
  });

  test.each([
    [{ address: "aws_s3_bucket.Nowhere" }, /no stack plans to create aws_s3_bucket.Nowhere/],
    [{ address: "aws_s3_bucket.Media" }, /say which: tokyo:aws_s3_bucket.Media or tokyo-data:aws_s3_bucket.Media/],
    [
      { stack: "tokyo", address: "aws_efs_file_system.Media" },
      /give aws_efs_file_system.Media=<id>, see https:.*#import$/,
    ],
    [{ stack: "osaka", address: "aws_s3_bucket.Media" }, /has no stack osaka; it has seoul, tokyo, tokyo-data/],
  ])("%j is a wrong use", async (adoption, message) => {
    await expect(run(plans, { adopt: [adoption] })).rejects.toThrow(WrongUse);
    await expect(run(plans, { adopt: [adoption] })).rejects.toThrow(message);
  });
});

describe("the command line", () => {
  test.each([
    [["--help"], 0, /^usage: cdktf-aws-dr <command>/],
    [[], 2, /^usage: cdktf-aws-dr <command>/],
    [["apply"], 2, /^there is no command 'apply'; there is: drill, init, reconcile\n$/],
    [["--version"], 0, /^\d+\.\d+\.\d+\n$/],
    [["recnocile"], 2, /^there is no command 'recnocile'; did you mean 'reconcile'\?\n$/],
    [["help", "reconcile"], 0, /^usage: cdktf-aws-dr reconcile[^]*\nexamples:\n/],
    [
      ["reconcile", "--out", out, "--dark", "mars", "--no-run"],
      2,
      /^no site 'mars'; there is: seoul \(ap-northeast-2\), tokyo \(ap-northeast-1\)\n$/,
    ],
    [["reconcile", "--help"], 0, /^usage: cdktf-aws-dr reconcile/],
    [["reconcile", "--apply"], 2, /^there is no option '--apply'; see --help\n$/],
    [["reconcile", "--out", "nowhere"], 2, /nowhere holds no manifest.json/],
    [["reconcile", "--adopt-existing", "--no-run"], 2, /leave out --no-run/],
    [["reconcile", "--limit", "soon"], 2, /--limit takes minutes, from 1 to 1440, got 'soon'/],
    [["reconcile", "--limit", "40000"], 2, /--limit takes minutes, from 1 to 1440, got '40000'/],
    [["reconcile", "--plan", "tokyo"], 2, /--plan takes <stack>=<file>/],
    [["reconcile", "--out", out, "--no-run"], 1, /no plan was given: --plan tokyo=<file>/],
  ])("%j ends with %i", (args, code, text) => {
    expect(runCli(args)).toEqual({ status: code, output: expect.stringMatching(text) as string });
  });
});

/** Reconciles with the given plans alone. */
function run(plans: Readonly<Record<string, PlanJson>>, more: Partial<ReconcileOptions> = {}) {
  const files = Object.entries(plans).map(([stack, plan]): [string, string] => {
    const file = join(out, `${stack}.json`);
    writeFileSync(file, JSON.stringify(plan));
    return [stack, file];
  });
  const none = {
    stacks: [],
    run: false,
    write: false,
    adoptExisting: false,
    adopt: [],
    dark: [],
    limitMs: 1_000,
    trusted: false,
  };
  return reconcile({ out, plans: new Map(files), ...none, ...more }, new Progress(() => undefined));
}
