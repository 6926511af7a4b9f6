import { join } from "node:path";
import { DrillReport } from "../../drills/report";
import { runCommand } from "../../terraform/run-command";
import { ROOT } from "../../scripts/entry-points";

const PROGRAM = join(__dirname, "drill-program.ts");

/** Drills an output folder in a program of its own, as a drill starts another of its kind. */
export async function runDrill(out: string, dark: readonly string[] = []): Promise<DrillReport> {
  const args = ["--import", "tsx", PROGRAM, out, ...dark];
  const { stdout } = await runCommand(process.execPath, args, { cwd: ROOT, env: process.env });
  return JSON.parse(stdout) as DrillReport;
}
