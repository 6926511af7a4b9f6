/**
 * Proves which stacks a drill refuses before it runs anything. The folders are as cdktf writes them, or changed afterwards. Does not prove
 * that a stack with harmless files sends nothing to other servers: the live test does.
 */
import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { DRILL_RULES, refuseForeign, refuseForeignModules } from "../../drills/foreign";
import { WorkFolder } from "../../drills/work-folder";
import { readOutput, StackFolder } from "../../terraform/output-folder";
import { WrongUse } from "../../terraform/wrong-use";
import { addFiles, outputFolder } from "../support/plans";

const aws = { region: "ap-northeast-2" };
const PLAIN = { provider: { aws: [aws] }, terraform: { backend: { s3: { bucket: "states", key: "one", ...aws } } } };
const LOCK = 'provider "registry.terraform.io/hashicorp/aws" {\n}\n';
const REASONS = DRILL_RULES.reasons;
const folders: string[] = [];

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** A stack with further files, by their paths in its folder. */
function stack(json: object, files: Readonly<Record<string, string | object>> = {}): StackFolder {
  const out = outputFolder({ one: json });
  folders.push(out);
  const [one] = readOutput(out);
  addFiles(one!.dir, files);
  return one!;
}

/** As it is once Terraform has initialised it. */
function withModule(files: Readonly<Record<string, string | object>>): StackFolder {
  const modules = {
    Modules: [
      { Key: "", Source: "", Dir: "." },
      { Key: "m", Source: "./m", Dir: "modules/m" },
    ],
  };
  const module = Object.fromEntries(Object.entries(files).map(([name, content]) => [`modules/m/${name}`, content]));
  return stack(PLAIN, { ".terraform/modules/modules.json": modules, ".terraform.lock.hcl": LOCK, ...module });
}

describe("a stack that would lead a drill past the emulator", () => {
  test.each<[object, RegExp]>([
    [{ provider: { aws: [aws], datadog: [{}] } }, /^one has a provider 'datadog'; a drill applies/],
    [{ provider: { aws: [{ ...aws, endpoints: [{ s3: "https://s3" }] }] } }, /^the provider of one has 'endpoints'/],
    [{ provider: { aws: { ...aws, endpoints: [{ s3: "https://s3" }] } } }, /^the provider of one has 'endpoints'/],
    [{ provider: { aws: [{ ...aws, https_proxy: "http://x" }] } }, /^the provider of one has 'https_proxy'/],
    [{ provider: { aws: [{ ...aws, profile: "prod" }] } }, /^the provider of one has 'profile'/],
    [
      { ...PLAIN, terraform: { backend: { s3: { ...aws, profile: "prod" } } } },
      /^the backend of one has 'profile', which would lead past the emulator; take it from the environment$/,
    ],
    [
      { ...PLAIN, terraform: { backend: { s3: { ...aws, dynamodb_endpoint: "https://x" } } } },
      /^the backend of one has 'dynamodb_endpoint'/,
    ],
    [{ provider: { aws: [{}] } }, /^one does not say the region of its provider/],
    [{ provider: { aws: [{ region: "${var.region}" }] } }, /^one does not say the region of its provider/],
    [{ ...PLAIN, resource: { aws_instance: { A: { provisioner: [] } } } }, /^one\/cdk\.tf\.json has a provisioner, /],
    [
      { ...PLAIN, data: { terraform_remote_state: { A: {} } } },
      /^one\/cdk\.tf\.json has a data source that reads from /,
    ],
  ])("%j is refused", (json, message) => {
    expect(() => refuseForeign([stack(json)])).toThrow(WrongUse);
    expect(() => refuseForeign([stack(json)])).toThrow(message);
  });

  test.each<[string, string | object, string]>([
    ["more.tf.json", { provider: { aws: [aws] } }, `has ${REASONS.provider}`],
    ["z_override.tf.json", { terraform: { backend: { http: {} } } }, `has ${REASONS.backend}`],
    [
      "more.tf",
      'resource "terraform_data" "a" {\n  provisioner "local-exec" {\n',
      `, line 2, has ${REASONS.provisioner}`,
    ],
    ["more.tofu", 'data "http" "a" {\n', `, line 1, has ${REASONS.data}`],
  ])("%s next to it is refused", (file, content, what) => {
    const text = what.startsWith(",") ? `one/${file}${what}` : `one/${file} ${what}`;
    expect(() => refuseForeign([stack(PLAIN, { [file]: content })])).toThrow(new WrongUse(text));
  });

  test("is refused for a module at a local path, before Terraform has installed it", () => {
    const one = stack({ ...PLAIN, module: { m: { source: "./m" } } }, { "m/main.tf": 'provider "aws" {\n}\n' });
    expect(() => refuseForeign([one])).toThrow(new WrongUse(`one/m/main.tf, line 1, has ${REASONS.provider}`));
  });

  test("is not one for what the drill itself adds to it before modules are installed", () => {
    const one = withModule({ "main.tf": "" });
    addFiles(one.dir, { "drill_override.tf.json": { terraform: { backend: { local: {} } } } });
    expect(() => refuseForeignModules([one])).not.toThrow();
  });

  test("is refused for a module as well, and for what a module needs", () => {
    refuseForeignModules([withModule({ "main.tf": 'resource "aws_s3_bucket" "a" {\n}\n' })]);
    const module = withModule({ "main.tf.json": { resource: { terraform_data: { a: { provisioner: [] } } } } });
    expect(() => refuseForeignModules([module])).toThrow(
      new WrongUse(`one/modules/m/main.tf.json has ${REASONS.provisioner}`),
    );
  });

  test.each([
    ["registry.terraform.io/datadog/datadog", "one needs the provider datadog/datadog"],
    ["registry.terraform.io/hashicorp/external", "one needs the provider hashicorp/external"],
    ["registry.example.com/hashicorp/aws", "one needs the provider registry.example.com/hashicorp/aws"],
  ])("is refused for a lock file with %s", (provider, text) => {
    const locked = stack(PLAIN, { ".terraform.lock.hcl": `${LOCK}\nprovider "${provider}" {\n}\n` });
    expect(() => refuseForeignModules([locked])).toThrow(
      new WrongUse(`${text}; a drill applies, and only AWS is emulated`),
    );
  });

  test("is not a stack with modules' own examples, tests and values", () => {
    const files = { "examples/all/main.tf": 'provider "aws" {\n}\n', "a.auto.tfvars": 'provider "x"\n' };
    refuseForeignModules([withModule({ ...files, "main.tf": "" })]);
  });
});

describe("a copy that would lead out of its folder", () => {
  test.each(["../two", "..", "a/b", "/etc/two", "", ".hidden"])("is refused for the name %j", (name) => {
    expect(() => WorkFolder.of([{ ...stack(PLAIN), name }])).toThrow(
      new WrongUse(`the manifest names a stack ${JSON.stringify(name)}, which is not the name of a folder`),
    );
  });

  test.each(["to-a-file", "assets/deep/to-a-folder"])("is refused for a link %s", (path) => {
    const one = stack(PLAIN, { "assets/deep/file": "" });
    symlinkSync("/etc", join(one.dir, path));
    expect(() => WorkFolder.of([one])).toThrow(
      new WrongUse(`one/${path} is not a file; replace it with a file, because a drill follows no links`),
    );
  });

  test("is not one for the links of Terraform's own folder, which is left behind", () => {
    const one = stack(PLAIN, { ".terraform/providers/file": "" });
    symlinkSync("/etc", join(one.dir, ".terraform", "providers", "link"));
    WorkFolder.of([one]).remove();
  });
});
