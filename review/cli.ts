#!/usr/bin/env node
import { Interrupted } from "./terraform";
import { WrongUse } from "./wrong-use";

/** What a command does, once it is loaded: `reconcile` does not wait for what a drill needs. */
interface Command {
  readonly HELP: string;
  readonly run: (args: readonly string[]) => Promise<number>;
}

const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  drill: () => import("../drills/command.js"),
  reconcile: () => import("./reconcile-command.js"),
};

const HELP = `usage: cdktf-aws-dr <command> [options]

  drill --local  before anything happens: the stacks in an emulated AWS, each region dark in turn, a failover
  reconcile      after something happened outside Terraform: what Terraform must be told, so that nothing is destroyed

cdktf-aws-dr <command> --help says more.
`;

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h") {
    process.stdout.write(HELP);
    return name === undefined ? 2 : 0;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load === undefined) throw new WrongUse(`no command '${name}'; there is: ${Object.keys(COMMANDS).join(", ")}`);
  const command = await load();
  if (!rest.includes("--help") && !rest.includes("-h")) return command.run(rest);
  process.stdout.write(command.HELP);
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (fault: unknown) => {
    const { message } = fault as Error;
    process.stderr.write(`${message}\n`);
    process.exitCode = fault instanceof WrongUse ? 2 : fault instanceof Interrupted ? 130 : 1;
  },
);
