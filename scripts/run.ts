import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { startOnLeash, unlessInterrupted } from "../terraform";
import { ROOT } from "./entry-points";

/** Path of a file in `node_modules`. Both TypeScripts claim `.bin/tsc`, so programs are called by their path. */
export function tool(path: string): string {
  return join(ROOT, "node_modules", path);
}

/** Runs a Node program with its output shown. Returns its exit code. */
export function runNode(args: readonly string[], env: NodeJS.ProcessEnv = {}): number {
  return run(process.execPath, args, ROOT, env);
}

/** Starts a Node program with its output shown, while others run. It ends with this program. Resolves to its exit code. */
export async function startNode(args: readonly string[]): Promise<number> {
  await unlessInterrupted();
  const code = await startOnLeash(process.execPath, args, { cwd: ROOT, output: "inherit" }).ended;
  await unlessInterrupted();
  return code;
}

/** Runs npm in a folder with its output shown. Returns its exit code. */
export function runNpm(args: readonly string[], folder: string): number {
  return run("npm", args, folder, {});
}

function run(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): number {
  const { status, error } = spawnSync(program, args, { cwd, env: { ...process.env, ...env }, stdio: "inherit" });
  if (error) throw error;
  return status ?? 1;
}
