/**
 * Proves what `reconcile` refuses to plan, before Terraform runs; that `trusted` allows it; and that what cdktf writes is not refused.
 * Terraform is a script that answers as Terraform does. Does not prove that nothing runs or is sent otherwise: the live test does.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Progress } from "../../terraform/progress";
import { reconcile, ReconcileOptions } from "../../reconcile/reconcile";
import { PLAN_RULES } from "../../reconcile/untrusted";
import { WrongUse } from "../../terraform/wrong-use";
import { snapshot } from "../support/cli";
import { addFiles, BUCKET, change, outputFolder, planOf } from "../support/plans";

type Files = Readonly<Record<string, string | object>>;

const { reasons, settingReason } = PLAN_RULES;
const AWS = { region: "ap-northeast-1" };
const STACK = { provider: { aws: [AWS] }, terraform: { backend: { s3: { bucket: "states", key: "one", ...AWS } } } };
const GONE = planOf([change("aws_s3_bucket.Media", ["delete"], BUCKET)]);
const EXTERNAL = { data: { external: { A: { program: ["id"] } } } };

const folder = mkdtempSync(join(tmpdir(), "untrusted-"));
const script = join(folder, "terraform.sh");
const calls = join(folder, "calls");
const planFile = join(folder, "plan.json");
const folders: string[] = [folder];

beforeEach(() => {
  process.env.TERRAFORM_BINARY_NAME = script;
  writeFileSync(calls, "");
  terraform(":");
});
afterAll(() => {
  delete process.env.TERRAFORM_BINARY_NAME;
  folders.forEach((path) => rmSync(path, { recursive: true }));
});

describe("without 'trusted' a plan is refused", () => {
  test.each<[string, Files, string]>([
    [
      "a module with a provisioner",
      { ...moduleAt("./m"), "m/main.tf": 'resource "terraform_data" "a" {\n  provisioner "local-exec" {\n' },
      `one/m/main.tf, line 2, has ${reasons.provisioner}`,
    ],
    [
      "a module of a module with a connection",
      { ...moduleAt("./m"), "m/m.tf": 'module "n" {\n  source = "../n"\n}\n', "n/n.tf": "  connection {\n" },
      `one/n/n.tf, line 1, has ${reasons.connection}`,
    ],
    [
      "a file with a provider",
      { "more.tf.json": { provider: { aws: AWS } } },
      `one/more.tf.json has ${reasons.provider}`,
    ],
    [
      "an override of the backend",
      { "a_override.tf": '  backend "http" {\n' },
      `one/a_override.tf, line 1, has ${reasons.backend}`,
    ],
    [
      "a file that reads another state",
      { "more.tf.json": { data: { terraform_remote_state: { A: {} } } } },
      `one/more.tf.json has ${reasons.state}`,
    ],
    ["a file that asks a server", { "more.tofu": 'data "http" "a" {\n' }, `one/more.tofu, line 1, has ${reasons.data}`],
    [
      "a file with a name that forges lines",
      { "a\nok.tf": 'data "http" "a" {\n' },
      `one/a\\nok.tf, line 1, has ${reasons.data}`,
    ],
    [
      "one of two properties with the same name",
      { "more.tf.json": '{"data": {"external": {}}, "data": {}}' },
      "one/more.tf.json has two properties with the same name in one object; make them one",
    ],
    [
      "a module that Terraform has noted, in its own spelling",
      {
        ".terraform/modules/modules.json": { Modules: [], modules: [{ key: "m", dir: "evil" }] },
        "evil/main.tf.json": EXTERNAL,
      },
      `one/evil/main.tf.json has ${reasons.data}`,
    ],
    [
      "a backend that Terraform has noted, of another type",
      { ".terraform/terraform.tfstate": { Backend: { Type: "http", config: { address: "http://a" } } } },
      "one/.terraform/terraform.tfstate has a backend 'http', which cdk.tf.json does not have; remove that file",
    ],
    [
      "a backend that Terraform has noted, with an endpoint",
      {
        ".terraform/terraform.tfstate": {
          backend: { type: "s3", config: { bucket: "b", endpoint: "http://a", key: null } },
        },
      },
      `the backend of one that Terraform has noted has 'endpoint', ${settingReason}`,
    ],
  ])("%s", async (_, files, message) => {
    const out = output(STACK, files);
    await expect(run(out)).rejects.toThrow(new WrongUse(message));
    expect(called()).toEqual([]);
    expect(await run(out, { trusted: true })).toMatchObject({ stacks: [{ planned: true }] });
  });

  const withProvider = (settings: object) => ({ ...STACK, provider: { aws: [AWS, { ...AWS, ...settings }] } });
  const withBackend = (settings: object) => ({ ...STACK, terraform: { backend: { s3: settings } } });

  test.each<[object, string]>([
    [{ ...STACK, ...EXTERNAL }, `one/cdk.tf.json has ${reasons.data}`],
    [{ ...STACK, data: { http: { A: {} } } }, `one/cdk.tf.json has ${reasons.data}`],
    ...["endpoints", "http_proxy", "https_proxy", "ec2_metadata_service_endpoint", "shared_config_files"].map(
      (name): [object, string] => [
        withProvider({ [name]: ["x"] }),
        `the provider of one has '${name}', ${settingReason}`,
      ],
    ),
    [withProvider({ dynamic: { endpoints: {} } }), `the provider of one has 'endpoints', ${settingReason}`],
    ...["endpoint", "endpoints", "dynamodb_endpoint", "iam_endpoint", "sts_endpoint", "https_proxy"].map(
      (name): [object, string] => [withBackend({ [name]: "x" }), `the backend of one has '${name}', ${settingReason}`],
    ),
  ])("%j", async (json, message) => {
    const out = output(json);
    await expect(run(out)).rejects.toThrow(new WrongUse(message));
    expect(called()).toEqual([]);
    expect(await run(out, { trusted: true })).toMatchObject({ stacks: [{ planned: true }] });
  });

  test("a link to such a file", async () => {
    const out = output(STACK, { "x/evil": 'data "external" "a" {\n' });
    symlinkSync("x/evil", join(out, "stacks", "one", "more.tf"));
    await expect(run(out)).rejects.toThrow(new WrongUse(`one/more.tf, line 1, has ${reasons.data}`));
  });

  test("a module that Terraform has to install, before it plans", async () => {
    const modules = JSON.stringify({ Modules: [{ Key: "m", Source: "example/m/aws", Dir: ".terraform/modules/m" }] });
    terraform(
      `
      [ -e "$copy/.terraform/modules/m" ] || { echo 'please run "terraform init"'; exit 1; }`,
      `
      mkdir -p "$copy/.terraform/modules/m"; echo '${modules}' > "$copy/.terraform/modules/modules.json"
      echo 'data "external" "a" {' > "$copy/.terraform/modules/m/main.tf"`,
    );
    const out = output(STACK, moduleAt("example/m/aws"));
    await expect(run(out)).rejects.toThrow(
      new WrongUse(`one/.terraform/modules/m/main.tf, line 1, has ${reasons.data}`),
    );
    expect(called()).toEqual(["plan", "show", "init"]);
    expect(await run(out, { trusted: true })).toMatchObject({ stacks: [{ planned: true }] });
  });

  test("that only tries what a plan that was given is to become", async () => {
    const out = output({ ...STACK, ...EXTERNAL });
    await expect(run(out, { plans: new Map([["one", planFile]]) })).rejects.toThrow(WrongUse);
    expect(called()).toEqual([]);
  });
});

describe("a stack is not refused", () => {
  test("if it is as cdktf writes it", async () => {
    const out = output(
      {
        ...STACK,
        provider: {
          aws: [{ ...AWS, profile: "prod", assume_role: [{ role_arn: "arn" }], endpoints: null }],
          random: [{}],
        },
        data: { terraform_remote_state: { other: { backend: "s3", config: { bucket: "states", key: "two" } } } },
        resource: { terraform_data: { A: { provisioner: [{ "local-exec": { command: "id" } }] } } },
        module: { net: { source: "./assets/net" }, vpc: { source: "terraform-aws-modules/vpc/aws" } },
      },
      {
        "assets/net/main.tf": 'variable "a" {\n}\ndata "aws_vpc" "a" {\n}\nresource "aws_sqs_queue" "a" {\n}\n',
        "assets/files/main.tf": 'provider "aws" {\n}\n',
        "assets/files/main.tf.json": "no JSON",
        ".terraform/terraform.tfstate": { backend: { type: "s3", config: { bucket: "b", endpoint: null } } },
      },
    );
    mkdirSync(join(out, "stacks", "one", "folder.tf"));
    expect(await run(out)).toMatchObject({ stacks: [{ planned: true }] });
  });

  test("if modules call each other in a circle, which Terraform refuses", async () => {
    const out = output(STACK, { ...moduleAt("./m"), "m/main.tf": 'module "m" {\n  source = "./"\n}\n' });
    expect(await run(out)).toMatchObject({ stacks: [{ planned: true }] });
  });

  test.each<[string, Partial<ReconcileOptions>]>([
    ["no Terraform may run", { run: false, plans: new Map([["one", planFile]]) }],
    ["its region is dark", { dark: ["ap-northeast-1"], plans: new Map([["one", planFile]]) }],
    ["it was not named", { stacks: ["two"] }],
  ])("if %s", async (_, options) => {
    const out = output({ ...STACK, ...EXTERNAL });
    expect(await run(out, options)).toMatchObject({ stacks: [{ planned: true }] });
  });
});

/** Two stacks, the second of which asks nothing. */
function output(json: object, files: Files = {}): string {
  const out = outputFolder({ one: json, two: { provider: { aws: [{ region: "ap-northeast-2" }] } } });
  folders.push(out);
  addFiles(join(out, "stacks", "one"), files);
  return out;
}

function moduleAt(source: string): Files {
  return { "module.tf.json": { module: { m: { source } } } };
}

/** Terraform's first action in a plan, and in an init. */
function terraform(plan: string, init = "exit 1"): void {
  writeFileSync(planFile, JSON.stringify(GONE));
  const cases = `plan) ${plan} ;;\n init) ${init} ;;\n show) cat ${planFile} ;;`;
  const text = `#!/bin/sh\ncopy="\${1#-chdir=}"\necho "$2" >> ${calls}\ncase "$2" in\n ${cases}\nesac\n`;
  writeFileSync(script, text, { mode: 0o755 });
}

function called(): readonly string[] {
  return readFileSync(calls, "utf8").split("\n").filter(Boolean);
}

async function run(out: string, more: Partial<ReconcileOptions> = {}) {
  const none = { plans: new Map<string, string>(), run: true, write: false, adoptExisting: false, adopt: [], dark: [] };
  const before = snapshot(out);
  try {
    return await reconcile(
      { out, ...none, stacks: ["one"], limitMs: 30_000, trusted: false, ...more },
      new Progress(() => undefined),
    );
  } finally {
    expect(snapshot(out)).toEqual(before);
  }
}
