/** `npm run synth [example ...]`: synthesises the examples, all or the named ones, into `cdktf.out/<example>/`. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./entry-points";
import { runNode, tool } from "./run";

process.stdout.on("error", () => undefined); // `npm start | head` goes on without its reader

const all = readdirSync(join(ROOT, "examples")).filter((name) => existsSync(join(ROOT, "examples", name, "main.ts")));
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length > 0 || all.length === 0) {
  console.error(`no example ${unknown.join(", ")}; there are: ${all.join(", ") || "none"}`);
  process.exit(1);
}
const failed = (asked.length > 0 ? asked : all).filter((name) => !synthesise(name));
if (failed.length > 0) {
  console.error(`failed: ${failed.join(", ")}`);
  process.exit(1);
}

function synthesise(name: string): boolean {
  const outdir = join(ROOT, "cdktf.out", name);
  rmSync(outdir, { recursive: true, force: true }); // Terraform would also read files of an earlier run
  mkdirSync(outdir, { recursive: true });
  const started = performance.now();
  const code = runNode([tool("tsx/dist/cli.mjs"), join("examples", name, "main.ts")], { CDKTF_OUTDIR: outdir });
  if (code !== 0) return false;
  const { stacks } = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as { stacks: object };
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  console.log(`cdktf.out/${name}: ${Object.keys(stacks).join(", ")} (${seconds} s)`);
  return true;
}
