import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  ForeignRules,
  LEADING_SETTINGS,
  providersOf,
  refuseForeignFiles,
  refuseForeignModuleFiles,
  StackFolder,
  WrongUse,
} from "../terraform";

/** Providers that ask nothing outside this machine, and run nothing. */
const HARMLESS_PROVIDERS = new Set(
  ["archive", "aws", "null", "random", "time", "tls"].map((name) => `hashicorp/${name}`),
);

const REGISTRIES = new Set(["registry.terraform.io", "registry.opentofu.org"]);

const DATA = "a data source that reads from outside the emulator; drill without it";

/** The rules of a drill. It applies stacks, and emulates only AWS. */
export const DRILL_RULES: ForeignRules = {
  reasons: {
    provisioner: "a provisioner, which would run on this machine; drill without it",
    connection: "a connection, which would lead out of this machine; drill without it",
    data: DATA,
    state: DATA,
    provider: "a provider block; only a stack's own cdk.tf.json may have one in a drill",
    backend: "a backend; only a stack's own cdk.tf.json may have one in a drill",
  },
  inOwnFile: ["provisioner", "connection", "data", "state"],
  // settings that name another server bypass the emulator; the others are credentials that the emulator does not know
  settings: [...LEADING_SETTINGS, "access_key", "no_proxy", "profile", "secret_key", "token"].sort(),
  settingReason: "which would lead past the emulator; take it from the environment",
};

const ONLY_EMULATED = "a drill applies, and only AWS is emulated";

/** Refuses stacks whose requests could bypass the emulator, or that run a program. A drill applies stacks. */
export function refuseForeign(stacks: readonly StackFolder[]): void {
  for (const stack of stacks) {
    const foreign = Object.keys(stack.json.provider ?? {}).find((name) => !HARMLESS_PROVIDERS.has(`hashicorp/${name}`));
    if (foreign !== undefined) throw new WrongUse(`${stack.name} has a provider '${foreign}'; ${ONLY_EMULATED}`);
    refuseForeignFiles(stack, DRILL_RULES);
    if (providersOf(stack).some(({ region = "${" }) => region.includes("${"))) {
      throw new WrongUse(`${stack.name} does not say the region of its provider; a drill reads it from the JSON`);
    }
  }
}

/** Once Terraform has initialised the stacks, their modules are there, and the lock files name every provider. */
export function refuseForeignModules(stacks: readonly StackFolder[]): void {
  for (const stack of stacks) {
    refuseForeignModuleFiles(stack, DRILL_RULES);
    refuseForeignLocked(stack);
  }
}

function refuseForeignLocked({ name, dir }: StackFolder): void {
  const lock = readFileSync(join(dir, ".terraform.lock.hcl"), "utf8");
  for (const [, registry, source] of lock.matchAll(/^provider "([^/"]+)\/([^"]+)"/gm)) {
    if (REGISTRIES.has(registry!) && HARMLESS_PROVIDERS.has(source!)) continue;
    const shown = REGISTRIES.has(registry!) ? source : `${registry}/${source}`;
    throw new WrongUse(`${name} needs the provider ${shown}; ${ONLY_EMULATED}`);
  }
}
