/**
 * Proves, with the real Terraform, that `drill` and `reconcile` are safe with an output folder that an attacker has changed. They run no program
 * of it, send nothing out and change nothing outside their copies. They exit with the code for wrong use. Proves also that a stack cannot reach
 * the machine's network, even if the checks of its text find nothing. Does not prove the latter if the system permits no network namespace. In
 * that case the drill reports it.
 */
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DRILL_RULES } from "../../drills/foreign";
import { DrillReport } from "../../drills/report";
import { findProviderSource } from "../../terraform/provider-mirror";
import { runCommand } from "../../terraform/run-command";
import { ForeignRules } from "../../terraform/foreign";
import { Report } from "../../reconcile/reconcile";
import { PLAN_RULES } from "../../reconcile/untrusted";
import { ROOT } from "../../scripts/entry-points";
import { cliArguments } from "../support/cli";

const MINUTES = 60_000;
const REGIONS = { seoul: "ap-northeast-2", tokyo: "ap-northeast-1" };

const folder = mkdtempSync(join(tmpdir(), "hostile-"));
const marker = join(folder, "marker");
const listener = createServer((socket) => socket.end());
let connections = 0;
listener.on("connection", () => (connections += 1));

beforeAll(() => once(listener.listen(0, "127.0.0.1"), "listening"));

beforeEach(() => {
  connections = 0;
  rmSync(marker, { force: true });
});

afterAll(() => {
  listener.close();
  rmSync(folder, { recursive: true });
});

const address = (): string => `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;

/** Two harmless stacks; further files by their paths in the output folder, and names of stacks that are not their folders'. */
function output(
  files: Readonly<Record<string, string | object>>,
  names: Readonly<Record<string, string>> = {},
): string {
  const out = mkdtempSync(join(folder, "out-"));
  const write = (path: string, content: string | object): void => {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), typeof content === "string" ? content : JSON.stringify(content));
  };
  const required_providers = { aws: { source: "hashicorp/aws", version: "5.100.0" } };
  const stacks = Object.entries(REGIONS).map(([site, region]) => {
    write(`stacks/${site}/cdk.tf.json`, { terraform: { required_providers }, provider: { aws: [{ region }] } });
    return [site, { name: names[site] ?? site, synthesizedStackPath: `stacks/${site}/cdk.tf.json` }] as const;
  });
  write("manifest.json", { stacks: Object.fromEntries(stacks) });
  for (const [path, content] of Object.entries(files)) write(path, content);
  return out;
}

const MODULE = { "stacks/seoul/module.tf.json": { module: { evil: { source: "./evil" } } } };

/** Says that it ran, and asks the listener. */
function program(): string {
  const connect = `import socket; socket.create_connection(('127.0.0.1', ${new URL(address()).port}), 5)`;
  return `
resource "terraform_data" "a" {
  provisioner "local-exec" {
    command = "touch ${marker}; python3 -c \\"${connect}\\""
  }
}
`;
}

function provider(): string {
  return `
provider "aws" {
  region                      = "ap-northeast-2"
  access_key                  = "AKIAIOSFODNN7EXAMPLE"
  secret_key                  = "key"
  max_retries                 = 1
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  endpoints {
    ssm = "${address()}"
  }
}

data "aws_ssm_parameter" "a" {
  name = "a"
}
`;
}

const withEndpoint = () => ({
  provider: {
    aws: {
      region: REGIONS.seoul,
      max_retries: 1,
      skip_credentials_validation: true,
      skip_requesting_account_id: true,
      endpoints: { ssm: address() },
    },
  },
  data: { aws_ssm_parameter: { a: { name: "a" } } },
});

const state = () => ({
  data: { terraform_remote_state: { a: { backend: "http", config: { address: address() } } } },
});

/** Every file below the folder of these tests with its text, but what tsx has compiled. */
function contents(): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\/tsx-\d+$/.test(entry.parentPath))
    .map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(paths.map((path) => [path, readFileSync(path, "utf8")]));
}

function run(args: readonly string[]) {
  const { cliConfigFile = "" } = findProviderSource();
  const keys = { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "key" };
  const env = { ...process.env, ...keys, TMPDIR: temporary, TF_CLI_CONFIG_FILE: cliConfigFile };
  const options = { cwd: ROOT, env, accept: [0, 1, 2] };
  return runCommand(process.execPath, args, options);
}

const temporary = join(folder, "temporary");
mkdirSync(temporary);

/** Returns the message about a folder, by the rules of the command. */
type Said = (rules: ForeignRules) => string;

const HOSTILE: readonly [string, () => string, Said][] = [
  [
    "a module with a provisioner",
    () => output({ ...MODULE, "stacks/seoul/evil/main.tf": program() }),
    ({ reasons }) => `seoul/evil/main.tf, line 3, has ${reasons.provisioner}`,
  ],
  [
    "a second file that reads a state elsewhere",
    () => output({ "stacks/seoul/more.tf.json": state() }),
    ({ reasons }) => `seoul/more.tf.json has ${reasons.state}`,
  ],
  [
    "a module whose provider has endpoints and keys",
    () => output({ ...MODULE, "stacks/seoul/evil/main.tf": provider() }),
    ({ reasons }) => `seoul/evil/main.tf, line 2, has ${reasons.provider}`,
  ],
  [
    "a stack whose provider has endpoints",
    () => output({ "stacks/seoul/cdk.tf.json": withEndpoint() }),
    ({ settingReason }) => `the provider of seoul has 'endpoints', ${settingReason}`,
  ],
  [
    "a file whose name is markup",
    () => output({ "stacks/seoul/<b>\u001b[2J.tf": 'data "external" "a" {\n}\n' }),
    ({ reasons }) => `seoul/<b>\\u001b[2J.tf, line 1, has ${reasons.data}`,
  ],
];

describe.each<[string, string[], ForeignRules, string]>([
  ["drill", ["drill", "--local"], DRILL_RULES, "drill_override.tf.json"],
  ["reconcile", ["reconcile", "--write"], PLAN_RULES, "reconcile.tf.json"],
])("by %s", (_, command, rules, written) => {
  const runIn = (out: string) => run(cliArguments(...command, "--out", out));

  test.each(HOSTILE)(
    "%s is refused",
    async (_name, make, said) => {
      const out = make();
      const before = contents();
      const { code, stderr } = await runIn(out);
      expect({ code, said: stderr.trim().split("\n").at(-1) }).toEqual({ code: 2, said: said(rules) });
      expect({ connections, ran: existsSync(marker) }).toEqual({ connections: 0, ran: false });
      expect(contents()).toEqual(before);
    },
    4 * MINUTES,
  );

  test.each(["../../victim", "../victim", "/victim"])(
    "a stack named %j is refused",
    async (name) => {
      const out = output({ "victim/cdk.tf.json": "{}" }, { seoul: name });
      const before = contents();
      const { code } = await runIn(out);
      expect({ code, connections }).toEqual({ code: 2, connections: 0 });
      expect(contents()).toEqual(before);
    },
    MINUTES,
  );

  test(
    "a link at the place of a file that it writes is refused",
    async () => {
      const out = output({ victim: "text" });
      symlinkSync(join(out, "victim"), join(out, "stacks", "seoul", written));
      const before = contents();
      const { code, stderr } = await runIn(out);
      expect(stderr).toContain(`seoul/${written}`);
      expect({ code, connections }).toEqual({ code: 2, connections: 0 });
      expect(contents()).toEqual(before);
    },
    MINUTES,
  );
});

describe("reconcile", () => {
  test(
    "plans what is as cdktf writes it, and sends nothing to the listener",
    async () => {
      const harmless = 'variable "a" {\n  default = 1\n}\nresource "terraform_data" "a" {\n}\n';
      const out = output({
        "stacks/seoul/module.tf.json": { module: { m: { source: "./m" } } },
        "stacks/seoul/m/m.tf": harmless,
      });
      const before = contents();
      const { code, stdout } = await run(cliArguments("reconcile", "--json", "--out", out));
      const { stacks } = JSON.parse(stdout) as Report;
      expect({ code, planned: stacks.map(({ planned }) => planned) }).toEqual({ code: 0, planned: [true, true] });
      expect({ connections, files: contents() }).toEqual({ connections: 0, files: before });
    },
    4 * MINUTES,
  );

  test.each([
    ["a state", () => ({ "stacks/seoul/more.tf.json": state() })],
    ["an endpoint", () => ({ "stacks/seoul/cdk.tf.json": withEndpoint() })],
    ["an endpoint of a module", () => ({ ...MODULE, "stacks/seoul/evil/main.tf": provider() })],
  ])(
    "asks the listener for %s if it is trusted",
    async (_, files) => {
      const out = output(files());
      const before = contents();
      const { code } = await run(cliArguments("reconcile", "--trusted", "--out", out, "seoul"));
      expect({ code, asked: connections > 0 }).toEqual({ code: 1, asked: true });
      expect(contents()).toEqual(before);
    },
    4 * MINUTES,
  );
});

const isolated = process.platform === "linux" ? test : test.skip;

isolated(
  "a stack that no check has seen reaches nothing of the machine's network",
  async () => {
    const out = output({
      ...MODULE,
      "stacks/seoul/evil/main.tf": program(),
      "stacks/tokyo/module.tf.json": { module: { evil: { source: "./evil" } } },
      "stacks/tokyo/evil/main.tf": provider(),
      "stacks/tokyo/more.tf.json": state(),
    });
    const { stdout } = await run(["--import", "tsx", join(__dirname, "unchecked-drill.ts"), out]);
    const { deployment } = JSON.parse(stdout.trim().split("\n").at(-1)!) as DrillReport;
    expect(deployment.map(({ stack, outcome }) => [stack, outcome]).sort()).toEqual([
      ["seoul", "fails"],
      ["tokyo", "fails"],
    ]);
    expect({ connections, ran: existsSync(marker) }).toEqual({ connections: 0, ran: true });
  },
  6 * MINUTES,
);
