import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { StackFolder } from "../review/output-folder";
import { WrongUse } from "../review/wrong-use";
import { settingsOf } from "./stack-facts";

/** Providers that ask nothing outside this machine. */
const HARMLESS_PROVIDERS = new Set(
  ["archive", "aws", "null", "random", "time", "tls"].map((name) => `hashicorp/${name}`),
);

/** Settings of a provider or a backend that would lead past the emulator, or to credentials that the emulator does not know. */
const FOREIGN_SETTINGS = ["access_key", "endpoints", "profile", "shared_config_files", "shared_credentials_files"];

/** What is in a stack's folder that belongs to its real state, or speaks of it. */
const LEFT_BEHIND = /^(\.terraform|\.terraform\.lock\.hcl|.*\.tfstate(\..*)?|reconcile\.tf\.json)$/;

/**
 * A copy of synthesised stacks, for the time of a drill: nothing of the drill stays in the output folder, where it would lead the next real
 * deployment astray.
 */
export class WorkFolder {
  readonly stacks: readonly StackFolder[];
  private readonly folder = mkdtempSync(join(tmpdir(), "cdktf-aws-dr-drill-"));

  constructor(originals: readonly StackFolder[]) {
    this.stacks = originals.map((stack) => ({ ...stack, dir: this.copy(stack) }));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private copy(stack: StackFolder): string {
    const dir = join(this.folder, stack.name);
    cpSync(stack.dir, dir, { recursive: true, filter: (source) => !LEFT_BEHIND.test(basename(source)) });
    // an override takes the place of the whole backend: a state that is kept in a file must not be written over
    if (!keepsStateInS3(stack)) write(dir, { terraform: { backend: { local: { path: join(dir, "drill.tfstate") } } } });
    return dir;
  }
}

function write(dir: string, content: object): void {
  writeFileSync(join(dir, "drill_override.tf.json"), JSON.stringify(content));
}

/** Whether a stack's state is where a drill can show that it is read in the dark. */
export function keepsStateInS3(stack: StackFolder): boolean {
  return settingsOf(stack).backend !== undefined;
}

/** A drill applies. It must not be led to anything but the emulator. */
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
    if (JSON.stringify(json.resource ?? {}).includes('"provisioner":')) {
      throw new WrongUse(`${stack.name} has a provisioner, which would run on this machine; drill without it`);
    }
  }
}

const ONLY_EMULATED = "a drill applies, and only AWS is emulated";

function refuseSettings(of: string, settings: object): void {
  const setting = FOREIGN_SETTINGS.find((name) => name in settings);
  if (setting === undefined) return;
  throw new WrongUse(`${of} has '${setting}', which would lead past the emulator; take it from the environment`);
}

/** Once Terraform has initialised a stack, its lock file names every provider, those of modules as well. */
export function refuseForeignLocked(stacks: readonly StackFolder[]): void {
  for (const { name, dir } of stacks) {
    const lock = readFileSync(join(dir, ".terraform.lock.hcl"), "utf8");
    const locked = [...lock.matchAll(/^provider "[^/"]+\/([^"]+)"/gm)].map((match) => match[1]!);
    const foreign = locked.find((source) => !HARMLESS_PROVIDERS.has(source));
    if (foreign !== undefined) throw new WrongUse(`${name} needs the provider ${foreign}; ${ONLY_EMULATED}`);
  }
}
