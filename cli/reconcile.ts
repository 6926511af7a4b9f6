import { parseOptions } from "./options";
import { Progress, timed, WrongUse } from "../terraform";
import { Adoption, reconcile, ReconcileOptions, render } from "../reconcile";
import { print } from "./terminal";

export const HELP = `usage: cdktf-aws-dr reconcile [stack ...] [options]

Use it after a change outside Terraform, such as a promotion, a failover or a restore.
It reads the plans of synthesised stacks and says which blocks Terraform needs, so that nothing is destroyed.
It plans, in a private copy of each stack's folder. It never applies. Only --write changes the folders.

  --out <folder>            output folder of cdktf (default: cdktf.out)
  --write                   write reconcile.tf.json next to each cdk.tf.json, or remove it if Terraform needs no blocks
  --adopt <address>[=<id>]  import this instead of creating it; <stack>:<address> if several stacks have it
  --adopt-existing          import every resource that exists already; a plan with the imports shows which ones
  --plan <stack>=<file>     a plan of the stack as JSON (terraform show -json), instead of planning it
  --no-run                  do not run Terraform: only plans that are given are read, and nothing is tried
  --dark <site>             do not plan stacks of this site, or region; may be given again
  --limit <minutes>         how long Terraform may take for a plan (default: 15)
  --trusted                 also plan stacks whose files run programs or ask other servers
  --json                    the report as JSON
  --help                    this text

examples:
  cdktf-aws-dr reconcile                           shows the blocks; changes no file
  cdktf-aws-dr reconcile --write                   writes them
  cdktf-aws-dr reconcile --dark tokyo orders-seoul orders-front-door
  cdktf-aws-dr reconcile --write --adopt orders-tokyo:aws_efs_file_system.Media=fs-0123456789abcdef0

exit codes: 0 nothing to write, or everything written; 1 something is left for you; 2 wrong use or broken input
`;

/** A day: timers of Node do not hold more than 24 of them. */
const MOST_MINUTES = 1_440;

/** @returns the exit code */
export async function run(args: readonly string[]): Promise<number> {
  const { options, json } = readOptions(args);
  const progress = new Progress(timed((line) => print(process.stderr, `${line}\n`)));
  const report = await reconcile(options, progress);
  print(process.stdout, json ? `${JSON.stringify(report, null, 2)}\n` : render(report));
  return report.code;
}

function readOptions(args: readonly string[]): { options: ReconcileOptions; json: boolean } {
  const { values, positionals } = parse(args);
  const { out = "cdktf.out", plan = [], adopt = [], dark = [], limit = "15" } = values;
  const run = values["no-run"] !== true;
  const adoptExisting = values["adopt-existing"] === true;
  if (adoptExisting && !run) throw new WrongUse("--adopt-existing asks Terraform what is there; leave out --no-run");
  if (!/^\d+$/.test(limit) || Number(limit) === 0 || Number(limit) > MOST_MINUTES) {
    throw new WrongUse(`--limit takes minutes, from 1 to ${MOST_MINUTES}, got '${limit}'`);
  }
  const options = {
    out,
    stacks: positionals,
    plans: new Map(plan.map(readPlanOption)),
    run,
    write: values.write === true,
    adoptExisting,
    adopt: adopt.map(readAdoption),
    dark,
    limitMs: Number(limit) * 60_000,
    trusted: values.trusted === true,
  };
  return { options, json: values.json === true };
}

function parse(args: readonly string[]) {
  return parseOptions(args, {
    allowPositionals: true,
    options: {
      adopt: { type: "string", multiple: true },
      "adopt-existing": { type: "boolean" },
      dark: { type: "string", multiple: true },
      json: { type: "boolean" },
      limit: { type: "string" },
      "no-run": { type: "boolean" },
      out: { type: "string" },
      plan: { type: "string", multiple: true },
      trusted: { type: "boolean" },
      write: { type: "boolean" },
    },
  });
}

function readPlanOption(text: string): [string, string] {
  const [, stack, file] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (stack === undefined || file === undefined) throw new WrongUse(`--plan takes <stack>=<file>, got '${text}'`);
  return [stack, file];
}

/** `aws_efs_file_system.Media`, `orders-tokyo:aws_s3_bucket.Media["a=b"]`, `aws_efs_file_system.Media=fs-1234`. */
function readAdoption(text: string): Adoption {
  const [, stack, address, id] = /^(?:([\w-]+):)?([\w.-]+(?:\[[^\]]*\][\w.-]*)*)(?:=(.+))?$/.exec(text) ?? [];
  if (address === undefined) throw new WrongUse(`--adopt takes [<stack>:]<address>[=<id>], got '${text}'`);
  return { stack, address, id };
}
