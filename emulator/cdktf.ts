import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { CommandResult, readOutput, runCommand } from "../terraform";
import type { Terraform } from "./terraform";

const DEPLOY_LIMIT_MS = 1_200_000;

export interface DeployOptions {
  /**
   * Deploys without the stacks' dependencies, which must exist already. cdktf then keeps no order among the stacks.
   *
   * @default false
   */
  readonly alone?: boolean;
  /** Names or globs of stacks. @default ["*"] */
  readonly stacks?: readonly string[];
  /** @default 1_200_000 */
  readonly limitMs?: number;
  /** Called with each line cdktf prints. @default - nothing is streamed */
  readonly onLine?: (line: string) => void;
}

/**
 * Runs the real `cdktf deploy` on stacks that are synthesised already.
 *
 * @param outDir cdktf's output folder; a folder above it must hold the `cdktf.json`
 */
export async function cdktfDeploy(
  terraform: Terraform,
  outDir: string,
  options: DeployOptions = {},
): Promise<CommandResult> {
  return cdktf("deploy", terraform, outDir, options);
}

/** Runs the real `cdktf destroy` on the stacks that `cdktfDeploy` has deployed. */
export async function cdktfDestroy(
  terraform: Terraform,
  outDir: string,
  options: DeployOptions = {},
): Promise<CommandResult> {
  return cdktf("destroy", terraform, outDir, options);
}

async function cdktf(
  command: "deploy" | "destroy",
  terraform: Terraform,
  outDir: string,
  options: DeployOptions,
): Promise<CommandResult> {
  const output = resolve(outDir);
  for (const { dir } of readOutput(output)) await terraform.prepare(dir);
  // Without --skip-provider-lock cdktf asks the registry for checksums, also when all providers lie in a mirror.
  const args = [
    command,
    ...(options.stacks ?? ["*"]),
    "--auto-approve",
    "--skip-synth",
    "--skip-provider-lock",
    ...(options.alone ? ["--ignore-missing-stack-dependencies"] : []),
    "--output",
    output,
  ];
  return runCommand(process.execPath, [cdktfBinary(), ...args], {
    cwd: projectOf(output),
    env: { ...terraform.environment(), CDKTF_LOG_LEVEL: "warn", FORCE_COLOR: "0" },
    limitMs: options.limitMs ?? DEPLOY_LIMIT_MS,
    onLine: options.onLine,
  });
}

/** The nearest folder above that holds a `cdktf.json`: cdktf runs nowhere else. */
function projectOf(outDir: string): string {
  for (let folder = dirname(outDir); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, "cdktf.json"))) return folder;
  }
  throw new Error(`no folder above ${outDir} holds a cdktf.json`);
}

function cdktfBinary(): string {
  const manifest = require.resolve("cdktf-cli/package.json");
  const { bin } = JSON.parse(readFileSync(manifest, "utf8")) as { bin: Record<string, string> };
  const file = bin.cdktf;
  if (file === undefined) throw new Error("cdktf-cli has no cdktf command; check its version");
  return join(dirname(manifest), file);
}
