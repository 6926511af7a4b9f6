/**
 * Proves which files the tools load: the command line, what its commands do, and the emulator. Does not prove what the commands do.
 */
import { importsOf, read, SourceText, typescriptBelow } from "./support/source-tree";

/** Each folder of the tools, with the folders that its files may import. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  terraform: [],
  emulator: ["terraform", "modules/core/control-planes"],
  reconcile: ["terraform"],
  drills: ["terraform", "emulator"],
  cli: ["terraform", "reconcile", "drills"],
};

/** Files of core that import nothing, so the command line starts without CDKTF. */
const FROM_CORE = ["modules/core/nearest", "modules/core/printable"];

/** Plain data, which every tool reads. It imports nothing outside its folder. */
const MODEL = "modules/core/model";

/** `init` lets the library check the program that it is about to write. */
const LOADS_THE_LIBRARY = "cli/init-check.ts";

const tools = typescriptBelow(...Object.keys(MAY_IMPORT)).filter(({ path }) => path !== LOADS_THE_LIBRARY);

/** The forbidden imports of a file. */
function wrongImports(source: SourceText): string[] {
  const folder = source.path.split("/")[0]!;
  const allowed = [...MAY_IMPORT[folder]!, ...FROM_CORE, MODEL];
  return importsOf(source)
    .filter((path) => !path.startsWith(`${folder}/`) && !isPackage(path) && !allowed.includes(path))
    .map((path) => `${source.path} imports ${path}`);
}

function isPackage(path: string): boolean {
  return path.startsWith("node:") || path.startsWith("@aws-sdk/");
}

test.each([
  ["reconcile/a.ts", 'import { PilotLight } from "../stacks";', "reconcile/a.ts imports stacks"],
  ["reconcile/a.ts", 'import { App } from "cdktf";', "reconcile/a.ts imports cdktf"],
  ["reconcile/a.ts", 'import { DrError } from "../modules/core";', "reconcile/a.ts imports modules/core"],
  ["reconcile/a.ts", 'import { print } from "../cli/terminal";', "reconcile/a.ts imports cli/terminal"],
  [
    "reconcile/a.ts",
    'import { readJson } from "../terraform/json-file";',
    "reconcile/a.ts imports terraform/json-file",
  ],
  ["terraform/a.ts", 'import { Emulator } from "../emulator";', "terraform/a.ts imports emulator"],
  ["emulator/a.ts", 'import { drill } from "../drills";', "emulator/a.ts imports drills"],
])("%s must not have %s", (path, text, fault) => {
  expect(wrongImports({ path, text })).toEqual([fault]);
});

test("the tools import in one direction, and only the index of another folder", () => {
  expect(tools.flatMap(wrongImports)).toEqual([]);
});

test("the files of core that the command line loads import nothing", () => {
  expect(FROM_CORE.flatMap((path) => importsOf(read(`${path}.ts`)))).toEqual([]);
});
