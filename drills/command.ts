import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { missingTools } from "../emulator/prerequisites";
import { parseOptions } from "../review/options";
import { WrongUse } from "../review/wrong-use";
import { drill, DrillOptions } from "./drill";
import { renderReport } from "./report";

export const HELP = `usage: cdktf-aws-dr drill --local [options]

Deploys synthesised stacks into an AWS on this machine, has each region go dark in turn, and fails over. Says which stacks of the other
sites still plan and apply, what they asked of the dark region, and what the next plans would destroy. Nothing leaves this machine but
requests for Terraform's providers and, the first time, for the emulator's Python packages.

  --local            into the emulated AWS; there is no other drill yet
  --out <folder>     output folder of cdktf (default: cdktf.out)
  --dark <site>      only this site, or region, goes dark; may be given again
  --json             the report as JSON
  --help             this text

exit codes: 0 nothing found; 1 something was found; 2 wrong use
`;

/** @returns the exit code */
export async function run(args: readonly string[]): Promise<number> {
  const { options, json } = readOptions(args);
  const missing = missingTools("terraform", "python3");
  if (missing.length > 0) throw new WrongUse(missing.join("\n"));
  // what runs below ends with this process, see emulator/run-command.ts
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
  // what concerns the clients we bring along is not the reader's matter
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  const started = Date.now();
  const report = await drill(options, (line) => {
    const seconds = Math.round((Date.now() - started) / 1000);
    process.stderr.write(`[${String(seconds).padStart(3)} s] ${line}\n`);
  });
  process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : renderReport(report));
  return report.code;
}

function stop(): void {
  process.stderr.write("stopped; nothing is left running\n");
  process.exit(130);
}

function readOptions(args: readonly string[]): { options: DrillOptions; json: boolean } {
  const { values } = parseOptions(args, {
    allowPositionals: false,
    options: {
      dark: { type: "string", multiple: true },
      json: { type: "boolean" },
      local: { type: "boolean" },
      out: { type: "string" },
    },
  });
  const { out = "cdktf.out", dark = [], local = false, json = false } = values;
  if (!local) throw new WrongUse("give --local: a drill in the emulated AWS is the only one there is");
  return { options: { out, dark, cache: cacheFolder() }, json };
}

/** Where tools keep what they can make again: below the nearest `node_modules`. */
function cacheFolder(): string {
  const here = resolve();
  let folder = here;
  while (!existsSync(join(folder, "node_modules")) && dirname(folder) !== folder) folder = dirname(folder);
  const project = existsSync(join(folder, "node_modules")) ? folder : here;
  return join(project, "node_modules", ".cache", "cdktf-aws-dr");
}
