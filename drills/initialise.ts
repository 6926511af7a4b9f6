import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  CommandFailed,
  findProviderSource,
  NO_VERSION_CHECK,
  OWN_FILE,
  Progress,
  providersKeptIn,
  ProviderSource,
  readStackJson,
  requiredProviders,
  runCommand,
  StackFolder,
  terraformBinary,
  UNATTENDED,
  userEnvironment,
  versionsAtHand,
  versionsIn,
  WrongUse,
} from "../terraform";
import { errorsIn } from "./terraform-errors";

const LIMIT_MS = 300_000;
const LOCK_FILE = ".terraform.lock.hcl";

/** An override file in addition to the one that the emulator writes. */
const VERSIONS_FILE = "drill_providers_override.tf.json";

/**
 * Fetches providers and modules, with the network and the CLI configuration of the user. Nothing of a stack runs, and no state is asked.
 *
 * @returns notes about differences from a deployment to AWS
 */
export async function initialise(
  stacks: readonly StackFolder[],
  cache: string,
  progress: Progress,
): Promise<readonly string[]> {
  const source = findProviderSource();
  const notes: string[] = [];
  for (const [index, stack] of stacks.entries()) {
    if (source.mirror !== undefined) notes.push(...takeFromMirror(stack, source.mirror));
    const env = environment(source, existsSync(join(stack.dir, LOCK_FILE)) ? undefined : cache);
    const title = `initialising ${stack.name} (${index + 1} of ${stacks.length})`;
    await progress.during(title, () => init(stack, env));
  }
  return notes;
}

async function init({ name, dir }: StackFolder, env: NodeJS.ProcessEnv): Promise<void> {
  try {
    await runCommand(terraformBinary(), ["init", "-no-color", "-backend=false"], { cwd: dir, env, limitMs: LIMIT_MS });
  } catch (fault) {
    if (!(fault instanceof CommandFailed)) throw fault;
    throw new WrongUse(`${name} cannot be initialised: ${errorsIn(fault)}`);
  }
}

/** A mirror may hold other versions than a stack asks for. A version that the stack's lock file names is taken, if the mirror has it. */
export function takeFromMirror({ name, dir }: StackFolder, mirror: string): readonly string[] {
  const lockFile = join(dir, LOCK_FILE);
  const locked = existsSync(lockFile) ? lockedVersions(readFileSync(lockFile, "utf8")) : [];
  const missing = locked.filter(({ address, version }) => !versionsIn(mirror, address).includes(version));
  if (missing.length > 0) rmSync(lockFile);
  if (locked.length === 0 || missing.length > 0) {
    const providers = versionsAtHand(requiredProviders(readStackJson(join(dir, OWN_FILE))), mirror);
    writeFileSync(join(dir, VERSIONS_FILE), JSON.stringify({ terraform: { required_providers: providers } }));
  }
  return missing.map(({ address, version }) => {
    const source = address.split("/").slice(1).join("/");
    return `${name} locks ${source} ${version}, which the local mirror of providers does not hold; the drill took what it holds`;
  });
}

function lockedVersions(lock: string): readonly { readonly address: string; readonly version: string }[] {
  const blocks = lock.matchAll(/^provider "([^"]+)" \{\s*version\s*=\s*"([^"]+)"/gm);
  return [...blocks].map(([, address, version]) => ({ address: address!, version: version! }));
}

/** @param cache folder where providers that come from a registry are kept for later drills; undefined if a lock file decides */
function environment({ cliConfigFile }: ProviderSource, cache: string | undefined): NodeJS.ProcessEnv {
  return {
    // `terraform init` needs no credentials of AWS
    ...userEnvironment("aws", "terraformRun"),
    // a file that is named, and does not exist, would only make Terraform warn
    TF_CLI_CONFIG_FILE: cliConfigFile ?? "",
    ...(cliConfigFile === undefined && cache !== undefined && cached(cache)),
    ...NO_VERSION_CHECK,
    ...UNATTENDED,
  };
}

function cached(cache: string): NodeJS.ProcessEnv {
  const folder = join(cache, "providers");
  mkdirSync(folder, { recursive: true });
  return providersKeptIn(folder, false);
}
