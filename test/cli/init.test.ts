/**
 * Proves what `init` writes and refuses, and that the README shows the same files. Does not prove that they synthesise: the layer `package`
 * does.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../cli/init";
import { DEFAULT_PAGE, projectFiles } from "../../cli/init-page";
import { WrongUse } from "../../terraform/wrong-use";
import { runCli } from "../support/cli";
import { codeBlocks } from "../support/markdown";
import { read } from "../support/source-tree";

const NAMES = ["cdktf.json", "main.ts", "tsconfig.json"];
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "init-test-"));
  jest.spyOn(process.stdout, "write").mockReturnValue(true);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  jest.restoreAllMocks();
});

async function written(...args: readonly string[]): Promise<string> {
  expect(await run(args, folder)).toBe(0);
  expect(readdirSync(folder).sort()).toEqual(NAMES);
  return readFileSync(join(folder, "main.ts"), "utf8");
}

test("the README shows the files that are written without options, and no others", () => {
  const readme = read("README.md");
  const files = projectFiles(DEFAULT_PAGE);
  expect(codeBlocks(readme, "ts")[0]!.text).toBe(files["main.ts"]);
  expect(codeBlocks(readme, "json").map(({ text }) => text)).toEqual([files["cdktf.json"], files["tsconfig.json"]]);
});

test("the example pilot-light is the page", () => {
  const example = read("examples/pilot-light/main.ts").text.replace(/^\/\*\*[^]*?\*\/\n/, "");
  expect(example.replace("../../stacks", "cdktf-aws-dr/stacks")).toBe(projectFiles(DEFAULT_PAGE)["main.ts"]);
});

test("every option is in the page", async () => {
  const sites = ["--site", "paris=eu-west-3", "--site", "milan=eu-south-1", "--site", "ireland=eu-west-1"];
  const text = await written(
    "--name",
    "billing",
    "--account",
    "444455556666",
    "--state",
    "co",
    "--zone",
    "co.eu",
    ...sites,
  );
  expect(text).toContain(`new PilotLight(app, "billing", {
  sites: {
    paris: { region: "eu-west-3", account: "444455556666", state: { bucket: "co-paris" } }, // first = home
    milan: { region: "eu-south-1", account: "444455556666", state: { bucket: "co-milan" } },
    ireland: { region: "eu-west-1", account: "444455556666", state: { bucket: "co-ireland" } },
  },
`);
  expect(text).toContain('  frontDoor: dns({ zone: "co.eu", record: "billing", stateIn: "milan" }),\n');
});

test.each<[string, readonly string[]]>([
  ["backup-restore", ["new BackupRestore(", "rto: Duration.hours(8), rpo: Duration.hours(1)"]],
  ["pilot-light", ["new PilotLight(", "capacity: { active: 6 }"]],
  ["warm-standby", ["new WarmStandby(", "capacity: { active: 6, standby: 2 }"]],
  ["multi-site", ["new MultiSite(", '  writes: "global",\n']],
])("the page of %s has its own lines", async (pattern, lines) => {
  const text = await written("--pattern", pattern);
  for (const line of lines) expect(text).toContain(line);
});

test.each<[readonly string[], string | RegExp]>([
  [["--pattern", "hot"], "no pattern 'hot'; there is: backup-restore, pilot-light, warm-standby, multi-site"],
  [["--site", "seoul"], "--site takes <name>=<region>, got 'seoul'"],
  [["--site", "a=eu-west-1", "--site", "a=eu-west-3"], "--site 'a' is given twice"],
  [["--site", "a=eu-west-1"], /^a workload needs two sites or more, got only 'a'/],
  [["--site", "a=eu-west-1", "--site", "b=eu-west-1"], /^sites 'a' and 'b' are both eu-west-1 of 111122223333/],
  [["--site", "a=eu-west-1", "--site", "b=mars"], /^this library does not know the region 'mars'/],
  [["--site", "A=eu-west-1", "--site", "b=eu-west-3"], /^sites, stores and computes are named with .*, got 'A'/],
  [["--name", "Orders"], /^'id' is not a valid workload name, got 'Orders'/],
  [["--account", "12"], /^an AWS account id has 12 digits, got '12'/],
  [["--state", "A"], /is not a valid S3 bucket name, got 'A-seoul'/],
  [["--zone", "example."], /^'frontDoor.zone' is not a valid domain name, got 'example.'/],
  [
    ["--pattern", "backup-restore", "--site", "a=us-east-1", "--site", "b=us-west-2"],
    /^site 'a' is in us-east-1, which/,
  ],
  [["orders"], /^'orders' is not an option, and the command takes only options; see --help$/],
])("%j is a wrong use, and nothing is written", (args, message) => {
  const action = () => run(args, folder);
  expect(action).toThrow(WrongUse);
  expect(action).toThrow(message);
  expect(readdirSync(folder)).toEqual([]);
});

test("a file that is there is not overwritten, and no other is written", () => {
  writeFileSync(join(folder, "main.ts"), "mine");
  writeFileSync(join(folder, "cdktf.json"), "mine");
  expect(() => run([], folder)).toThrow(new WrongUse("there is already: cdktf.json, main.ts; nothing was written"));
  expect(readFileSync(join(folder, "main.ts"), "utf8")).toBe("mine");
  expect(existsSync(join(folder, "tsconfig.json"))).toBe(false);
});

test("a file that cannot be written takes back those before it", () => {
  // no file of that name exists, and none can be made: the name leads nowhere
  symlinkSync(join(folder, "nowhere", "main.ts"), join(folder, "main.ts"));
  expect(() => run([], folder)).toThrow(WrongUse);
  expect(() => run([], folder)).toThrow(/^main\.ts cannot be written: EEXIST: .*; nothing was written$/);
  expect(readdirSync(folder)).toEqual(["main.ts"]);
});

test("the command line has it, and a wrong use ends with 2", () => {
  expect(runCli(["--help"]).output).toMatch(/^ {2}init /m);
  expect(runCli(["init", "--help"])).toEqual({
    status: 0,
    output: expect.stringMatching(/^usage: cdktf-aws-dr init/) as string,
  });
  // in the project's own folder, which has files of these names
  expect(runCli(["init"])).toEqual({
    status: 2,
    output: "there is already: cdktf.json, tsconfig.json; nothing was written\n",
  });
});
