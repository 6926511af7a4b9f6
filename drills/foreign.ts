import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { readJson } from "../review/json-file";
import { StackFolder } from "../review/output-folder";
import { WrongUse } from "../review/wrong-use";
import { foreignInHcl } from "./foreign-hcl";
import { foreignInJson } from "./foreign-json";
import { settingsOf } from "./stack-facts";

/** Providers that ask nothing outside this machine, and run nothing. */
const HARMLESS_PROVIDERS = new Set(
  ["archive", "aws", "null", "random", "time", "tls"].map((name) => `hashicorp/${name}`),
);

const REGISTRIES = new Set(["registry.terraform.io", "registry.opentofu.org"]);

/** Settings of a provider or a backend that would lead past the emulator, or to credentials that the emulator does not know. */
const FOREIGN_SETTINGS = [
  "access_key",
  "dynamodb_endpoint",
  "ec2_metadata_service_endpoint",
  "endpoint",
  "endpoints",
  "http_proxy",
  "https_proxy",
  "iam_endpoint",
  "no_proxy",
  "profile",
  "secret_key",
  "shared_config_files",
  "shared_credentials_file",
  "shared_credentials_files",
  "sts_endpoint",
  "token",
];

const ONLY_EMULATED = "a drill applies, and only AWS is emulated";
const OWN_FILE = "cdk.tf.json";
const CONFIGURATION = /\.(tf|tofu)(\.json)?$/;

/** A drill applies. It must not be led to anything but the emulator, and runs no program of a stack. */
export function refuseForeign(stacks: readonly StackFolder[]): void {
  for (const stack of stacks) {
    const { providers, backend = {}, json } = settingsOf(stack);
    const foreign = Object.keys(json.provider ?? {}).find((name) => !HARMLESS_PROVIDERS.has(`hashicorp/${name}`));
    if (foreign !== undefined) throw new WrongUse(`${stack.name} has a provider '${foreign}'; ${ONLY_EMULATED}`);
    for (const provider of providers) refuseSettings(`the provider of ${stack.name}`, provider);
    refuseSettings(`the backend of ${stack.name}`, backend);
    if (providers.some(({ region = "${" }) => region.includes("${"))) {
      throw new WrongUse(`${stack.name} does not say the region of its provider; a drill reads it from the JSON`);
    }
    refuseFolder(stack, stack.dir);
  }
}

function refuseSettings(of: string, settings: object): void {
  const setting = FOREIGN_SETTINGS.find((name) => name in settings);
  if (setting === undefined) return;
  throw new WrongUse(`${of} has '${setting}', which would lead past the emulator; take it from the environment`);
}

/** Once Terraform has initialised the stacks, their modules are there, and the lock files name every provider. */
export function refuseForeignModules(stacks: readonly StackFolder[]): void {
  for (const stack of stacks) {
    for (const folder of modulesOf(stack)) refuseFolder(stack, folder);
    refuseForeignLocked(stack);
  }
}

function modulesOf({ dir }: StackFolder): readonly string[] {
  const file = join(dir, ".terraform", "modules", "modules.json");
  if (!existsSync(file)) return [];
  const { Modules: modules } = readJson(file) as { readonly Modules: readonly { readonly Dir: string }[] };
  return modules.map(({ Dir }) => join(dir, Dir)).filter((folder) => folder !== dir);
}

function refuseForeignLocked({ name, dir }: StackFolder): void {
  const lock = readFileSync(join(dir, ".terraform.lock.hcl"), "utf8");
  for (const [, registry, source] of lock.matchAll(/^provider "([^/"]+)\/([^"]+)"/gm)) {
    if (REGISTRIES.has(registry!) && HARMLESS_PROVIDERS.has(source!)) continue;
    const shown = REGISTRIES.has(registry!) ? source : `${registry}/${source}`;
    throw new WrongUse(`${name} needs the provider ${shown}; ${ONLY_EMULATED}`);
  }
}

/** Terraform reads every file of a folder, and none of the folders in it. */
function refuseFolder(stack: StackFolder, folder: string): void {
  for (const entry of readdirSync(folder).filter((name) => CONFIGURATION.test(name))) {
    const file = join(folder, entry);
    const shown = `${stack.name}/${relative(stack.dir, file)}`;
    if (entry.endsWith(".json")) {
      const reason = foreignInJson(readJson(file), file === join(stack.dir, OWN_FILE));
      if (reason !== undefined) throw new WrongUse(`${shown} has ${reason}`);
    } else {
      const found = foreignInHcl(readFileSync(file, "utf8"));
      if (found !== undefined) throw new WrongUse(`${shown}, line ${found.line}, has ${found.reason}`);
    }
  }
}
