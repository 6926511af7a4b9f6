/**
 * Proves that the package of `npm publish` installs into a project that `cdktf init --template=typescript` creates. It
 * type-checks there with every module resolution that compilers support, and synthesises. Does not prove that a registry takes
 * it, nor that the peers at the other ends of their ranges fit.
 *
 * TypeScript 7 has no `node10` resolution any more: with the template's settings it resolves as bundlers do.
 */
import { readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { entryPoints, ROOT } from "../../scripts/entry-points";
import { tool } from "../../scripts/run";
import { Compiler, Consumer, pack, run } from "../support/consumer";
import { codeBlocks } from "../support/markdown";
import { read } from "../support/source-tree";

const packed = pack();
const consumer = new Consumer(packed.tarball);
const example = codeBlocks(read("README.md"), "ts")[0]!;
const COMMAND = ["node_modules", ".bin", "cdktf-aws-dr"];
const names = entryPoints().map(({ subPath }) => subPath.replace(/^\./, "cdktf-aws-dr"));

const everySubPath = names.map((name, index) => `import * as e${index} from "${name}";\n`).join("");
const sizes = `[${names.map((_, index) => `Object.keys(e${index}).length`).join(", ")}]`;

beforeAll(() => {
  consumer.write("main.ts", example.text);
  consumer.write("example.ts", installed("examples/failed-over/main.ts"));
  consumer.write("all.ts", `${everySubPath}export const sizes: number[] = ${sizes};\n`);
  consumer.write("all.mts", `${everySubPath}export const sizes: number[] = ${sizes};\n`);
  consumer.write("all.mjs", `${everySubPath}console.log(${sizes}.join());\n`);
  consumer.write("wrong.ts", 'import { Site } from "cdktf-aws-dr/modules/site";\nexport const at = Site.nowhere;\n');
});

afterAll(() => {
  consumer.remove();
  rmSync(dirname(packed.tarball), { recursive: true });
});

describe("the tarball", () => {
  test("holds the compiled library, its documents and nothing else", () => {
    const top = /^(package\.json|LICENSE|README\.md|CHANGELOG\.md|CONTRIBUTING\.md|index\.js|index\.d\.ts)$/;
    const below = /^(modules\/[\w-]+|stacks)\/[\w/.-]*(\.js|\.d\.ts|\.asl\.json|\.ssm\.json|README\.md)$/;
    const command = /^(cli\/(main\.js|(drill|inside)\.js(\.LEGAL\.txt)?|README\.md)|(reconcile|drills)\/README\.md)$/;
    const emulator = /^(emulator\/((README|CORRECTIONS)\.md|requirements\.txt|aws\/[\w/]+\.py)|terraform\/leash\.py)$/;
    const documents =
      /^(bench\/README\.md|docs\/(security|decisions\/[\w-]+)\.md|examples\/(README\.md|[\w-]+\/[\w./-]+))$/;
    const known = [top, below, command, emulator, documents];
    expect(packed.files.filter((path) => !known.some((pattern) => pattern.test(path)))).toEqual([]);
    expect(packed.files.filter((path) => path.includes(".test."))).toEqual([]);
  });

  test("has all that its documents lead to", () => {
    const links = packed.files
      .filter((path) => path.endsWith(".md"))
      .flatMap((path) => relativeLinks(installed(path)).map((link) => ({ path, to: join(dirname(path), link) })));
    const leadsTo = (to: string) => packed.files.some((path) => path === to || path.startsWith(`${to}/`));
    expect(links).toContainEqual({ path: "README.md", to: "examples" });
    expect(links.filter(({ to }) => !leadsTo(to))).toEqual([]);
  });

  test("has examples that import from it", () => {
    const programs = packed.files.filter((path) => /^examples\/.*\.ts$/.test(path));
    expect(programs).toContain("examples/pilot-light/main.ts");
    expect(programs.filter((path) => installed(path).includes('"../'))).toEqual([]);
  });

  test("is small", () => {
    expect(packed.bytes).toBeLessThan(1_200_000);
  });

  test("has peer dependencies and no other dependencies", () => {
    const { dependencies, peerDependencies, scripts, private: hidden } = manifest();
    expect({ dependencies, peerDependencies, scripts, hidden }).toEqual({
      peerDependencies: { "@cdktf/provider-aws": ">=19", cdktf: ">=0.20 <1", constructs: ">=10.4.2 <11" },
    });
  });

  test("has a folder for every sub-path, and every folder is a sub-path", () => {
    const folders = packed.files.filter((path) => path.endsWith("index.js")).map((path) => `./${dirname(path)}`);
    const exported = Object.keys(manifest().exports as object).filter((path) => path !== "./package.json");
    expect(exported.sort()).toEqual(folders.map((folder) => folder.replace(/^\.\/\.$/, ".")).sort());
  });

  test.each([
    ["attw", "@arethetypeswrong/cli/dist/index.js", [packed.tarball]],
    ["publint", "publint/src/cli.js", ["run", packed.tarball, "--strict"]],
  ])("%s finds nothing", (_, program, args) => {
    const { code, output } = run(ROOT, process.execPath, [tool(program), ...args]);
    expect({ code, output: code === 0 ? "" : output }).toEqual({ code: 0, output: "" });
  });
});

function manifest(): Record<string, unknown> {
  return JSON.parse(installed("package.json")) as Record<string, unknown>;
}

/** Text of a file of the installed package. */
function installed(path: string): string {
  return readFileSync(consumer.join("node_modules", "cdktf-aws-dr", path), "utf8");
}

/** Links of a document to other files, without what is within them. */
function relativeLinks(markdown: string): string[] {
  const links = [...markdown.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)];
  return links.map(([, link]) => link!);
}

const NODE10 = { moduleResolution: "node10" };
const NODENEXT = { module: "nodenext", moduleResolution: "nodenext" };

/** The README's example, one of the package's own, every sub-path, and a mistake. */
const PROGRAMS = ["main.ts", "example.ts", "all.ts", "wrong.ts"];

// one program of all: with one for each file, the compilers would read the provider's types four times
test.each<[string, Compiler, readonly string[], object]>([
  ["TypeScript 5.9, the template as it is", "typescript", PROGRAMS, {}],
  ["TypeScript 5.9, node10", "typescript", PROGRAMS, NODE10],
  ["TypeScript 5.9, nodenext", "typescript", [...PROGRAMS, "all.mts"], NODENEXT],
  ["TypeScript 7, the template as it is", "typescript7", PROGRAMS, {}],
  ["TypeScript 7, nodenext", "typescript7", [...PROGRAMS, "all.mts"], NODENEXT],
])("with %s, everything type-checks and a mistake is seen", (_, compiler, files, settings) => {
  const { code, output } = consumer.typeCheck(compiler, files, settings);
  expect(code).not.toBe(0);
  expect(output.trimEnd().split("\n")).toEqual([
    expect.stringMatching(/^wrong\.ts.*Property 'nowhere' does not exist on type 'typeof Site'/),
  ]);
});

test("TypeScript 7 has no node10", () => {
  expect(consumer.typeCheck("typescript7", ["main.ts"], NODE10).output).toMatch(
    /moduleResolution=node10' has been removed/,
  );
});

test("an ES module imports every sub-path", () => {
  const { code, output } = run(consumer.folder, process.execPath, ["all.mjs"]);
  expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/^\d+(,\d+)*\n$/) as string });
});

test.each([
  [["--help"], 0, /^usage: cdktf-aws-dr <command>/],
  [["reconcile", "--help"], 0, /^usage: cdktf-aws-dr reconcile /],
  [["drill", "--help"], 0, /^usage: cdktf-aws-dr drill --local /],
  [["drill"], 2, /^give --local/],
  [["drill", "--local", "--out", "nowhere"], 2, /^nowhere holds no manifest\.json/],
])("the command line takes %j", (args, code, text) => {
  const ending = run(consumer.folder, process.execPath, [consumer.join(...COMMAND), ...args]);
  expect(ending).toEqual({ code, output: expect.stringMatching(text) as string });
});

test("classes keep their names, and an alias is another name for one of them", () => {
  const named = "Object.entries(m).flatMap(([k, v]) => (/^class /.test(v) && m[v.name] !== v ? [k] : []))";
  const program = names.map((name) => `((m) => ${named})(require("${name}"))`).join(", ");
  const { output } = run(consumer.folder, process.execPath, ["--print", `[${program}].flat().join()`]);
  expect(output).toBe("\n");
});

test("a consumer may build without skipLibCheck for all that is ours", () => {
  const { output } = consumer.typeCheck("typescript", ["all.ts"], { ...NODENEXT, skipLibCheck: false });
  expect(output.split("\n").filter((line) => line.includes("cdktf-aws-dr"))).toEqual([]);
});

test("the README's example synthesises", () => {
  const stacks = [...consumer.synthesise("main.ts").values()];
  expect(stacks.flatMap(({ resource = {} }) => Object.keys(resource))).not.toEqual([]);
});
