import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../scripts/entry-points";
import { tool } from "../../scripts/run";

/** Node's arguments to run the command line from its sources, in the project's folder. */
export function cliArguments(...args: readonly string[]): string[] {
  return ["--import", "tsx", join(ROOT, "cli", "main.ts"), ...args];
}

/** Runs the command line to its end: its exit code, and all that it said. */
export function runCli(args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  const options = { encoding: "utf8", cwd: ROOT, env } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, cliArguments(...args), options);
  return { status, output: stdout + stderr };
}

/** The command line as one file, which starts quickly. It has no drill. @returns its path */
export function bundledCli(folder: string): string {
  const outfile = join(folder, "cli", "cli.js");
  const options = ["--bundle", "--platform=node", "--external:./drill.js", "--log-level=warning"];
  execFileSync(tool("esbuild/bin/esbuild"), [join(ROOT, "cli", "main.ts"), ...options, `--outfile=${outfile}`]);
  return outfile;
}

/** Everything below a folder: names, kinds, modes, contents, and when files were written. */
export function snapshot(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(names.map((name) => [name, describe(join(folder, name))]));
}

function describe(path: string): string {
  const found = lstatSync(path);
  const mode = found.mode.toString(8);
  if (found.isSymbolicLink()) return `${mode} link to ${readlinkSync(path)}`;
  if (!found.isFile()) return mode;
  return `${mode} ${found.mtimeMs} ${createHash("sha256").update(readFileSync(path)).digest("hex")}`;
}
