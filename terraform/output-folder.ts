import { existsSync, lstatSync } from "node:fs";
import { basename, isAbsolute, join, resolve, sep } from "node:path";
import { readJson } from "./json-file";
import { isObject, OWN_FILE, ProviderBlock, readModel, readStackJson, StackJson, WorkloadModel } from "./stack-json";
import { inOrder } from "./stack-order";
import { printable } from "../modules/core/printable";
import { WrongUse } from "./wrong-use";

/** A stack as cdktf has synthesised it. */
export interface StackFolder {
  readonly name: string;
  readonly dir: string;
  /** The stacks that must be deployed before this one. */
  readonly dependencies: readonly string[];
  readonly json: StackJson;
  /** The stack's description of its workload. It is undefined if the stack belongs to no workload. */
  readonly model: WorkloadModel | undefined;
}

/** A stack in the manifest of an output folder. */
interface ManifestEntry {
  readonly name: string;
  readonly path: string;
  readonly constructPath: string;
  readonly dependencies: readonly string[];
}

/**
 * cdktf refuses white space and glob characters. A separator would lead to another folder. A leading hyphen would be an option of a
 * command.
 */
const STACK_NAME = /^(?!-)[^\s*?[\]{}!/\\]+$/;

/**
 * Reads every stack of an output folder of cdktf, in the order of its manifest.
 *
 * The folder may come from a person you do not trust. So a path that leads out of the folder is refused.
 */
export function readOutput(out: string): readonly StackFolder[] {
  const manifest = join(out, "manifest.json");
  if (!existsSync(manifest))
    throw new WrongUse(`${out} holds no manifest.json; run 'cdktf synth' first, or give --out`);
  const entries = readManifest(manifest);
  const names = new Map(entries.map(({ constructPath, name }) => [constructPath, name]));
  const stacks = entries.map(({ name, path, dependencies }) => {
    const file = fileBelow(out, name, path);
    const json = readStackJson(file);
    const before = dependencies.map((dependency) => names.get(dependency) ?? dependency);
    return { name, dir: resolve(file, ".."), dependencies: before, json, model: readModel(json, file) };
  });
  inOrder(stacks);
  return stacks;
}

function readManifest(file: string): ManifestEntry[] {
  const read = readJson(file);
  if (!isObject(read) || !isObject(read.stacks)) throw broken(file, "has no 'stacks'");
  return Object.entries(read.stacks).map(([key, entry]) => {
    if (!isObject(entry) || typeof entry.name !== "string") throw broken(file, `has a stack '${key}' without a name`);
    const { name, synthesizedStackPath: path, dependencies = [], constructPath = name } = entry;
    checkName(file, name);
    if (name !== key) throw broken(file, `calls one stack '${key}' and '${name}'`);
    if (typeof path !== "string") throw broken(file, `has a stack '${name}' without synthesizedStackPath`);
    if (!isTexts(dependencies)) throw broken(file, `has a stack '${name}' whose dependencies are not a list of names`);
    return { name, path, dependencies, constructPath: typeof constructPath === "string" ? constructPath : name };
  });
}

function checkName(file: string, name: string): void {
  const isPlain = STACK_NAME.test(name) && name !== "." && name !== ".." && printable(name) === name;
  if (!isPlain) throw broken(file, `has a stack '${name}', which is not the name of one folder`);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

/** The file of a stack. It must be below the folder, be reached without a symbolic link, and have the name that cdktf writes. */
function fileBelow(out: string, name: string, path: string): string {
  if (!path.endsWith(".json")) throw new WrongUse(`${name} is synthesised as HCL; synthesise JSON`);
  const steps = path.split(sep);
  if (isAbsolute(path) || steps.some((step) => ["", ".", ".."].includes(step))) {
    throw new WrongUse(`${name} has the path '${path}', which is not below ${out}; run 'cdktf synth' again`);
  }
  const file = steps.reduce((folder, step, index) => {
    const at = join(folder, step);
    const found = lstatSync(at, { throwIfNoEntry: false });
    if (found === undefined) throw new WrongUse(`${name} has no file ${at}; run 'cdktf synth' again`);
    if (found.isSymbolicLink())
      throw new WrongUse(`${at} is a symbolic link, which is not followed; run 'cdktf synth' again`);
    const isKind = index === steps.length - 1 ? found.isFile() : found.isDirectory();
    if (!isKind) throw new WrongUse(`${at} is of another kind than cdktf writes; run 'cdktf synth' again`);
    return at;
  }, resolve(out));
  if (basename(file) === OWN_FILE) return file;
  throw new WrongUse(`${name} has the path '${path}', which does not end with ${OWN_FILE}; run 'cdktf synth' again`);
}

function broken(manifest: string, what: string): WrongUse {
  return new WrongUse(`${manifest} is not a manifest of cdktf: it ${what}; run 'cdktf synth' again`);
}

/** Settings of a stack's AWS providers. */
export function providersOf({ json }: StackFolder): readonly ProviderBlock[] {
  return json.provider?.aws ?? [];
}

/** The regions of a stack's AWS providers. */
export function regionsOf(stack: StackFolder): readonly string[] {
  return providersOf(stack).flatMap(({ region }) => (region === undefined ? [] : [region]));
}

/** The accounts that a stack's AWS providers allow, if the stack names them. */
export function accountsOf(stack: StackFolder): readonly string[] {
  return providersOf(stack).flatMap(({ allowed_account_ids: accounts = [] }) => accounts);
}
