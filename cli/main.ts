#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, commandLines, loadCommand } from "./commands";
import { print } from "./terminal";

/** The exit code of an error that ends the program, by the error's name. */
const EXIT_CODES: Readonly<Record<string, number>> = { WrongUse: 2, Interrupted: 130 };

const HELP = `usage: cdktf-aws-dr <command> [options]

${commandLines()}

  --version      the version of cdktf-aws-dr
  --help         this text; after a command, or as 'cdktf-aws-dr help <command>', more of the command

examples:
  npx cdktf synth && npx cdktf-aws-dr drill --local
  npx cdktf synth && npx cdktf-aws-dr reconcile
`;

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "help" || isHelp(name)) {
    const command = rest.find((one) => !isHelp(one));
    if (command !== undefined) return help(await loadCommand(command));
    print(process.stdout, HELP);
    return name === undefined ? 2 : 0;
  }
  if (name === "--version") {
    print(process.stdout, `${version()}\n`);
    return 0;
  }
  const command = await loadCommand(name);
  return rest.some(isHelp) ? help(command) : command.run(rest);
}

function help({ HELP: text }: Command): number {
  print(process.stdout, text);
  return 0;
}

function isHelp(arg: string): boolean {
  return arg === "--help" || arg === "-h";
}

function version(): string {
  const { version: own } = JSON.parse(readFileSync(join(__dirname, "..", "package.json"), "utf8")) as {
    version: string;
  };
  return own;
}

// a reader that has gone, such as a closed terminal, must not end the program before it has cleaned up
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (fault: unknown) => {
    const { message, name } = fault as Error;
    print(process.stderr, `${message}\n`);
    // by name: the package bundles a drill into a separate file, which has its own copies of the classes
    process.exitCode = EXIT_CODES[name] ?? 1;
  },
);
