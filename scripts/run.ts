import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./entry-points";

/** Path of a file in `node_modules`. Both TypeScripts claim `.bin/tsc`, so programs are called by their path. */
export function tool(path: string): string {
  return join(ROOT, "node_modules", path);
}

/** Runs a Node program with its output shown. Returns its exit code. */
export function runNode(args: readonly string[], env: NodeJS.ProcessEnv = {}): number {
  return run(process.execPath, args, ROOT, env);
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
