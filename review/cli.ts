#!/usr/bin/env node
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

/** What an error that ends the program is told by. */
const EXIT_CODES: Readonly<Record<string, number>> = { WrongUse: 2, Interrupted: 130 };

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
    const { message, name } = fault as Error;
    process.stderr.write(`${message}\n`);
    // by name: in the package, a drill is in a file of its own and has classes of its own
    process.exitCode = EXIT_CODES[name] ?? 1;
  },
);
