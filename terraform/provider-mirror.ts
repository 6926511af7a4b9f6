import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";

const REGISTRY = "registry.terraform.io";
const AWS_PROVIDER = join(REGISTRY, "hashicorp", "aws");

/** The source from which Terraform installs providers in a run. */
export interface ProviderSource {
  /** Value for `TF_CLI_CONFIG_FILE`. If it is undefined, do not set the variable. */
  readonly cliConfigFile: string | undefined;
  /** A folder that holds providers. It is undefined for the registry, and for a CLI configuration that names no folder. */
  readonly mirror: string | undefined;
}

/**
 * Finds the source of providers. Terraform may be unable to reach its registry. So an existing CLI configuration comes first, then a local
 * folder that holds the AWS provider, then the registry.
 */
export function findProviderSource(env: NodeJS.ProcessEnv = process.env): ProviderSource {
  // whole paths, because Terraform runs in the folders of stacks
  const configured = resolve(env.TF_CLI_CONFIG_FILE || join(homedir(), ".terraformrc"));
  if (existsSync(configured)) return { cliConfigFile: configured, mirror: mirrorNamedIn(configured) };
  const mirror = candidates(env).find((folder) => existsSync(join(folder, AWS_PROVIDER)));
  // A variable that points nowhere would only make Terraform warn.
  return { cliConfigFile: mirror === undefined ? undefined : writeCliConfig(mirror), mirror };
}

/** The newest version of a provider that a mirror holds. */
export function versionAtHand(mirror: string, source: string): string | undefined {
  return versionsIn(mirror, source).at(-1);
}

/** The newest version of each declared provider that a mirror holds. */
export function versionsAtHand(
  declared: Record<string, { source?: string }>,
  mirror: string,
): Record<string, { source: string; version: string }> {
  const found: Record<string, { source: string; version: string }> = {};
  for (const [name, { source = name }] of Object.entries(declared)) {
    const version = versionAtHand(mirror, source);
    if (version !== undefined) found[name] = { source, version };
  }
  return found;
}

/** The versions of a provider that a mirror holds, oldest first. */
export function versionsIn(mirror: string, source: string): readonly string[] {
  const folder = join(mirror, withRegistry(source));
  if (!existsSync(folder)) return [];
  const versions = readdirSync(folder).flatMap((entry) => {
    // Unpacked: 5.100.0/linux_amd64/...; packed: terraform-provider-aws_5.100.0_linux_amd64.zip
    const version =
      /^\d+\.\d+\.\d+$/.exec(entry)?.[0] ?? /^terraform-provider-[^_]+_(\d+\.\d+\.\d+)_.*\.zip$/.exec(entry)?.[1];
    return version === undefined ? [] : [version];
  });
  return versions.sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

/** `aws` and `hashicorp/aws` are short for `registry.terraform.io/hashicorp/aws`. */
function withRegistry(source: string): string {
  const parts = source.split("/");
  if (parts.length === 1) return join(REGISTRY, "hashicorp", source);
  return parts.length === 2 ? join(REGISTRY, source) : source;
}

/**
 * The folder in `TF_PROVIDER_MIRROR`, Terraform's implied mirror folders, and the folders below `/opt`, where machine images keep
 * providers.
 */
function candidates(env: NodeJS.ProcessEnv): string[] {
  const home = homedir();
  return [
    ...(env.TF_PROVIDER_MIRROR ? [resolve(env.TF_PROVIDER_MIRROR)] : []),
    join(home, ".terraform.d", "plugins"),
    join(home, ".local", "share", "terraform", "plugins"),
    join(home, "Library", "Application Support", "io.terraform", "plugins"),
    "/usr/local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
    ...foldersBelow("/opt"),
  ];
}

function foldersBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((entry) => join(folder, entry))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false);
}

function mirrorNamedIn(cliConfigFile: string): string | undefined {
  const [, path] = /filesystem_mirror\s*\{[^}]*path\s*=\s*"([^"]+)"/.exec(readFileSync(cliConfigFile, "utf8")) ?? [];
  return path;
}

const written = new Map<string, string>();

/** Writes one file for each mirror, and removes it when the program ends. */
function writeCliConfig(mirror: string): string {
  const before = written.get(mirror);
  if (before !== undefined) return before;
  const folder = mkdtempSync(join(tmpdir(), "terraform-cli-"));
  const file = join(folder, "terraform.rc");
  writeFileSync(
    file,
    `provider_installation {\n  filesystem_mirror {\n    path    = ${JSON.stringify(mirror)}\n    include = ["${REGISTRY}/*/*"]\n  }\n}\n`,
  );
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  written.set(mirror, file);
  return file;
}
