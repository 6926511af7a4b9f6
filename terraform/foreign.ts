import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { foreignInHcl, localModulesInHcl } from "./foreign-hcl";
import {
  awsProviders,
  backendTypes,
  Body,
  Foreign,
  foreignInJson,
  localModulesInJson,
  objectsIn,
  s3Backends,
} from "./foreign-json";
import { readTerraformJson } from "./json-file";
import { StackFolder } from "./output-folder";
import { OWN_FILE } from "./stack-json";
import { printable } from "../modules/core/printable";
import { WrongUse } from "./wrong-use";

/** The blocks and settings that a command refuses in the files of stacks, and the texts of the refusals. */
export interface ForeignRules {
  /** For each kind of block: why it is refused, and the remedy. */
  readonly reasons: Readonly<Record<Foreign, string>>;
  /** The kinds that are refused in a stack's own `cdk.tf.json`. In every other file, all kinds are refused. */
  readonly inOwnFile: readonly Foreign[];
  /** Settings that are refused in an AWS provider and in a backend in S3. */
  readonly settings: readonly string[];
  /** Why such a setting is refused, and the remedy. */
  readonly settingReason: string;
}

/** Settings of a provider or a backend that name another server or a file of profiles. A profile may name a program. */
export const LEADING_SETTINGS: readonly string[] = [
  "dynamodb_endpoint",
  "ec2_metadata_service_endpoint",
  "endpoint",
  "endpoints",
  "http_proxy",
  "https_proxy",
  "iam_endpoint",
  "shared_config_files",
  "shared_credentials_file",
  "shared_credentials_files",
  "sts_endpoint",
];

const CONFIGURATION = /\.(tf|tofu)(\.json)?$/;

/**
 * Refuses a stack if one of its files has a foreign block or setting. It also reads the stack's modules: those at local paths, and those in
 * Terraform's list of installed modules.
 */
export function refuseForeignFiles(stack: StackFolder, rules: ForeignRules): void {
  refuseNotedBackend(stack, rules);
  refuseFolders(stack, [stack.dir, ...installedModules(stack)], rules);
}

/** Applies the same rules to modules only. Call it after Terraform has installed them. */
export function refuseForeignModuleFiles(stack: StackFolder, rules: ForeignRules): void {
  const modules = installedModules(stack).filter((folder) => folder !== stack.dir);
  refuseFolders(stack, modules, rules);
}

function refuseFolders({ name, dir }: StackFolder, first: readonly string[], rules: ForeignRules): void {
  const folders = new Folders(first);
  for (const file of folders.files()) {
    const shown = printable(`${name}/${relative(dir, file)}`);
    const sources = file.endsWith(".json")
      ? readJsonFile(file, shown, file === join(dir, OWN_FILE), name, rules)
      : readHclFile(file, shown, rules);
    folders.add(sources.map((source) => resolve(file, "..", source)));
  }
}

/** @returns local sources of modules */
function readJsonFile(
  file: string,
  shown: string,
  isOwn: boolean,
  name: string,
  { reasons, inOwnFile, ...rules }: ForeignRules,
): readonly string[] {
  const json = readTerraformJson(file, shown);
  const kind = [...foreignInJson(json)].find((found) => !isOwn || inOwnFile.includes(found));
  if (kind !== undefined) throw new WrongUse(`${shown} has ${reasons[kind]}`);
  refuseSettings(`the provider of ${name}`, awsProviders(json), rules);
  refuseSettings(`the backend of ${name}`, s3Backends(json), rules);
  return localModulesInJson(json);
}

/** @returns local sources of modules */
function readHclFile(file: string, shown: string, { reasons }: ForeignRules): readonly string[] {
  const text = readFileSync(file, "utf8");
  const found = foreignInHcl(text);
  if (found !== undefined) throw new WrongUse(`${shown}, line ${found.line}, has ${reasons[found.kind]}`);
  return localModulesInHcl(text);
}

function refuseSettings(
  of: string,
  bodies: readonly Body[],
  { settings, settingReason }: Pick<ForeignRules, "settings" | "settingReason">,
): void {
  const setting = settings.find((one) => bodies.some((body) => body[one] !== undefined && body[one] !== null));
  if (setting !== undefined) throw new WrongUse(`${of} has '${setting}', ${settingReason}`);
}

/** The folders whose files Terraform reads. Each folder is listed once, even if several paths lead to it. */
class Folders {
  private readonly found = new Map<string, string>();

  constructor(first: readonly string[]) {
    this.add(first);
  }

  /** Skips every path that is not a folder, because Terraform cannot read it either. */
  add(folders: readonly string[]): void {
    for (const folder of folders) {
      const real = realFolder(folder);
      if (real !== undefined && !this.found.has(real)) this.found.set(real, folder);
    }
  }

  /** Files of Terraform's configuration. It includes folders that are added while the caller iterates. */
  *files(): Generator<string> {
    for (const folder of this.found.values()) {
      const names = readdirSync(folder).filter((name) => CONFIGURATION.test(name));
      yield* names.map((name) => join(folder, name)).filter((file) => statSync(file, QUIETLY)?.isFile());
    }
  }
}

const QUIETLY = { throwIfNoEntry: false } as const;

function realFolder(path: string): string | undefined {
  try {
    const real = realpathSync(path);
    return statSync(real).isDirectory() ? real : undefined;
  } catch {
    return undefined;
  }
}

/** Terraform uses the backend in its notes if the stack's settings have not changed since. So a changed note could name any backend. */
function refuseNotedBackend(stack: StackFolder, rules: ForeignRules): void {
  const note = "terraform.tfstate";
  const known = backendTypes(stack.json);
  const foreign = textsOf(noted(stack, note), "type").find((type) => !known.includes(type));
  if (foreign !== undefined) {
    const shown = `${stack.name}/.terraform/${note} has a backend '${printable(foreign)}'`;
    throw new WrongUse(`${shown}, which ${OWN_FILE} does not have; remove that file`);
  }
  refuseSettings(`the backend of ${stack.name} that Terraform has noted`, noted(stack, note), rules);
}

function installedModules(stack: StackFolder): readonly string[] {
  return textsOf(noted(stack, "modules/modules.json"), "dir").map((folder) => resolve(stack.dir, folder));
}

/** Terraform reads the names of properties in its notes in any case. */
function textsOf(bodies: readonly Body[], property: string): readonly string[] {
  const named = bodies.flatMap(Object.entries<unknown>).filter(([name]) => name.toLowerCase() === property);
  return named.map(([, value]) => value).filter((value) => typeof value === "string");
}

/** Every object in a file that Terraform keeps of a stack. */
function noted({ name, dir }: StackFolder, path: string): readonly Body[] {
  const file = join(dir, ".terraform", path);
  return existsSync(file) ? objectsIn(readTerraformJson(file, `${name}/.terraform/${path}`)) : [];
}
