import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { endWhenInterrupted, missingTools, timed, unlessInterrupted, WrongUse } from "../terraform";
import { parseOptions } from "./options";
import { print } from "./terminal";
import { drill, DrillOptions, renderReport } from "../drills";

export const HELP = `usage: cdktf-aws-dr drill --local [options]

Deploys synthesised stacks into an emulated AWS on this machine. Makes each region unavailable (dark) in turn, and fails over.
Reports which stacks of the other sites still plan and apply, and what they asked of the dark region. Reports what the next plans
would destroy. Only 'terraform init' and the first installation of the emulator use the network. A drill of five stacks takes about 10
minutes.

  --local            into the emulated AWS; there is no other drill yet
  --out <folder>     output folder of cdktf (default: cdktf.out)
  --dark <site>      only this site, or region, goes dark; may be given again
  --json             the report as JSON
  --help             this text

examples:
  cdktf-aws-dr drill --local                each region dark in turn
  cdktf-aws-dr drill --local --dark seoul   one site alone

exit codes: 0 nothing found; 1 something was found; 2 wrong use or broken input
`;

/** @returns the exit code */
export async function run(args: readonly string[]): Promise<number> {
  const { options, json } = readOptions(args);
  const missing = missingTools("terraform", "python3");
  if (missing.length > 0) throw new WrongUse(missing.join("\n"));
  endWhenInterrupted();
  const write = timed((line) => print(process.stderr, `${line}\n`));
  const report = await drill(options, write).finally(unlessInterrupted);
  print(process.stdout, json ? `${JSON.stringify(report, null, 2)}\n` : renderReport(report));
  return report.code;
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

/** The folder for caches of tools: below the nearest `node_modules`. */
function cacheFolder(): string {
  const here = resolve();
  let folder = here;
  while (!existsSync(join(folder, "node_modules")) && dirname(folder) !== folder) folder = dirname(folder);
  const project = existsSync(join(folder, "node_modules")) ? folder : here;
  return join(project, "node_modules", ".cache", "cdktf-aws-dr");
}
