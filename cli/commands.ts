import { WrongUse } from "../terraform";
import { didYouMean } from "./did-you-mean";

/** A command's file. It is loaded when the command is used, so `reconcile` does not load the code of a drill. */
export interface Command {
  readonly HELP: string;
  /** @returns the exit code */
  readonly run: (args: readonly string[]) => Promise<number>;
}

interface CommandEntry {
  readonly name: string;
  /** How the help text writes it. @default - the name */
  readonly usage?: string;
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** Every command. The help text and the message about an unknown command come from this table. */
const COMMANDS: readonly CommandEntry[] = [
  {
    name: "init",
    summary: "writes a program that synthesises into the current folder",
    load: () => import("./init.js"),
  },
  {
    name: "drill",
    usage: "drill --local",
    summary: "before an outage: deploys the stacks into an emulated AWS, makes each region dark in turn, fails over",
    load: () => import("./drill.js"),
  },
  {
    name: "reconcile",
    summary: "after a change outside Terraform: writes blocks for Terraform, so that nothing is destroyed",
    load: () => import("./reconcile.js"),
  },
];

/** The lines of the help text about the commands. */
export function commandLines(): string {
  const width = Math.max(...COMMANDS.map(({ name, usage = name }) => usage.length));
  return COMMANDS.map(({ name, usage = name, summary }) => `  ${usage.padEnd(width)}  ${summary}`).join("\n");
}

/** Loads a command. Throws {@link WrongUse} for an unknown name. */
export function loadCommand(name: string): Promise<Command> {
  const command = COMMANDS.find((one) => one.name === name);
  if (command !== undefined) return command.load();
  const all = COMMANDS.map((one) => one.name).sort();
  throw new WrongUse(`there is no command '${name}'; ${didYouMean(name, all) ?? `there is: ${all.join(", ")}`}`);
}
