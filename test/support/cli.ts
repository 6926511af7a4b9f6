import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../../scripts/entry-points";

/** What Node is given to run the command line from its sources, in the project's folder. */
export function cliArguments(...args: readonly string[]): string[] {
  return ["--import", "tsx", join(ROOT, "review", "cli.ts"), ...args];
}

/** Runs the command line to its end: its exit code, and all that it said. */
export function runCli(args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  const options = { encoding: "utf8", cwd: ROOT, env } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, cliArguments(...args), options);
  return { status, output: stdout + stderr };
}
