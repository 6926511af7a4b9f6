import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../scripts/entry-points";
import { runNode, runNpm, tool } from "../scripts/run";

/** Where measured programs are compiled to. */
export const BUILD = join(ROOT, "bench", ".build");
/** The packages of the comparison, installed in their own folder. */
const RIVALS = join(ROOT, "bench", "rivals");

/** Builds the package and compiles the programs that use it: measured are whole processes of compiled JavaScript. */
export function prepare(): void {
  rmSync(BUILD, { recursive: true, force: true });
  must("the build", runNode([tool("tsx/dist/cli.mjs"), "scripts/build.ts"]));
  must("compiling the programs", runNode([tool("typescript/bin/tsc"), "-p", "bench/tsconfig.json"]));
  // files of an example other than its program, such as the code of a function
  cpSync(join(ROOT, "examples"), join(BUILD, "examples"), { recursive: true, filter: (path) => !path.endsWith(".ts") });
  linkPackages();
}

/** Installs the rivals where they are not yet. */
export function installRivals(): string {
  if (!existsSync(join(RIVALS, "node_modules"))) must("installing the rivals", runNpm(["ci", "--no-audit"], RIVALS));
  return RIVALS;
}

/**
 * Lays out the package and its peers as `npm install` does. Examples import the sources by relative path. Here, that path leads to the
 * built package.
 */
function linkPackages(): void {
  for (const folder of ["modules", "stacks"]) {
    rmSync(join(BUILD, folder), { recursive: true, force: true });
    symlinkSync(join(ROOT, "dist", folder), join(BUILD, folder));
  }
  const modules = join(BUILD, "node_modules");
  mkdirSync(join(modules, "@cdktf"), { recursive: true });
  symlinkSync(join(ROOT, "dist"), join(modules, "cdktf-aws-dr"));
  for (const peer of ["cdktf", "constructs", "@cdktf/provider-aws"]) symlinkSync(tool(peer), join(modules, peer));
}

function must(what: string, code: number): void {
  if (code !== 0) throw new Error(`${what} failed`);
}
