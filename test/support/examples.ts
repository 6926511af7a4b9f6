import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { ROOT } from "../../scripts/entry-points";
import { tool } from "../../scripts/run";

/** The golden files, a folder for each example. `npm run golden` writes them. */
export const GOLDEN = join(ROOT, "test", "golden", "examples");

/** Names of all examples: each is a folder with a `main.ts`. */
export function exampleNames(): string[] {
  return readdirSync(join(ROOT, "examples"))
    .filter((name) => existsSync(join(ROOT, "examples", name, "main.ts")))
    .sort();
}

/** Names of the examples that hold a workload, whose stacks say so. */
export function workloadNames(): string[] {
  return exampleNames().filter((name) => [...writtenFiles(name).values()].some((text) => text.includes('"dr": {')));
}

const TSX = pathToFileURL(tool("tsx/dist/loader.mjs")).href;

/** The settings of `cdktf synth --hcl`. */
const AS_HCL = { SYNTH_HCL_OUTPUT: "true" };

/** How an example is run. */
export interface ExampleRun {
  /** Writes HCL instead of JSON, as `cdktf synth --hcl` does. @default false */
  readonly hcl?: boolean;
  /** Folder the program runs in. @default - the project's */
  readonly cwd?: string;
  /** cdktf's context, as cdktf.json would give it. @default - none */
  readonly context?: Readonly<Record<string, unknown>>;
}

/** Runs an example as its reader would, in a process of its own. Returns cdktf's output folder, which is new. */
export async function runExample(name: string, { cwd = ROOT, context, hcl }: ExampleRun = {}): Promise<string> {
  const outdir = newOutdir(name);
  const { CDKTF_CONTEXT_JSON: _, ...env } = process.env;
  const own = context === undefined ? {} : { CDKTF_CONTEXT_JSON: JSON.stringify(context) };
  await promisify(execFile)(process.execPath, ["--import", TSX, mainOf(name)], {
    cwd,
    env: { ...env, ...own, ...(hcl && AS_HCL), CDKTF_OUTDIR: outdir },
  });
  return outdir;
}

/** Removes an output folder of {@link runExample}. */
export function removeRun(outdir: string): void {
  rmSync(dirname(outdir), { recursive: true, force: true });
}

/** Runs an example, as {@link runExample}, and returns the text of every stack, by name. */
export async function stacksOf(name: string, run?: ExampleRun): Promise<Map<string, string>> {
  return takeStacks(await runExample(name, run));
}

/**
 * The same, once only: it runs in this process, in a folder that is not the project's. A process per example takes ten times as long as
 * the example itself.
 */
export async function stacksSynthesisedHere(name: string): Promise<Map<string, string>> {
  return takeStacks(await synthesiseHere(name, {}));
}

/** The same in HCL. */
export async function hclSynthesisedHere(name: string): Promise<Map<string, string>> {
  return takeStacks(await synthesiseHere(name, AS_HCL), "cdk.tf");
}

async function synthesiseHere(name: string, settings: Readonly<Record<string, string>>): Promise<string> {
  const outdir = newOutdir(name);
  const { env } = process;
  const cwd = process.cwd();
  process.env = { ...env, ...settings, CDKTF_OUTDIR: outdir };
  process.chdir(tmpdir());
  try {
    await import(mainOf(name));
  } finally {
    process.chdir(cwd);
    process.env = env;
  }
  return outdir;
}

function mainOf(name: string): string {
  return join(ROOT, "examples", name, "main.ts");
}

/** A new output folder of cdktf, for one run of an example. */
export function newOutdir(name: string): string {
  const outdir = join(mkdtempSync(join(tmpdir(), `${name}-`)), "cdktf.out");
  mkdirSync(outdir);
  return outdir;
}

/** The text of every stack in an output folder, by name. The folder is removed. */
export function takeStacks(outdir: string, file = "cdk.tf.json"): Map<string, string> {
  const stacks = join(outdir, "stacks");
  const texts = readdirSync(stacks)
    .sort()
    .map((stack) => [stack, readFileSync(join(stacks, stack, file), "utf8")] as const);
  removeRun(outdir);
  return new Map(texts);
}

/** The golden files of an example by name: its stacks as Terraform reads them, and every address. */
export function goldenFiles(stacks: ReadonlyMap<string, string>): Map<string, string> {
  const files = new Map<string, string>();
  const addresses: string[] = [];
  for (const [name, text] of stacks) {
    const stack = JSON.parse(text) as StackJson;
    files.set(`${name}.tf.json`, `${JSON.stringify(withoutMetadata(stack), null, 2)}\n`);
    addresses.push(...addressesOf(stack).map((address) => `${name} ${address}`));
  }
  return files.set("addresses.txt", `${addresses.join("\n")}\n`);
}

/** The golden files of an example as they are on disk. */
export function writtenFiles(name: string): Map<string, string> {
  const folder = join(GOLDEN, name);
  if (!existsSync(folder)) return new Map();
  return new Map(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}

interface StackJson {
  readonly resource?: Readonly<Record<string, object>>;
  readonly data?: Readonly<Record<string, object>>;
}

function addressesOf({ resource = {}, data = {} }: StackJson): string[] {
  const below = (section: Readonly<Record<string, object>>, prefix: string) =>
    Object.entries(section).flatMap(([type, blocks]) => Object.keys(blocks).map((id) => `${prefix}${type}.${id}`));
  return [...below(resource, ""), ...below(data, "data.")].sort();
}

/** The comments of cdktf hold its version and lists of overrides. The model of the workload stays. */
function withoutMetadata(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMetadata);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      if (key !== "//") return [[key, withoutMetadata(inner)]];
      const { metadata: _, outputs: __, ...own } = inner as Record<string, unknown>;
      return Object.keys(own).length > 0 ? [[key, own]] : [];
    }),
  );
}
