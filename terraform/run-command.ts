import { finish, FinishOptions } from "./finish";
import { unlessInterrupted } from "./interruption";
import { NOT_FOUND, startOnLeash } from "./leash";

const TAIL_LENGTH = 6_000;

export interface CommandOptions extends FinishOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Exit codes that count as success. @default [0] */
  readonly accept?: readonly number[];
  /** Whether the command's only network is a loopback of its own. If the system forbids that, the exit code is 125. @default false */
  readonly offline?: boolean;
}

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

/** A command that failed or outlived its limit. The message ends with the last lines of its output. */
export class CommandFailed extends Error {
  constructor(
    readonly command: string,
    readonly reason: string,
    readonly output: string,
    readonly timedOut: boolean,
  ) {
    super(`${command} ${reason}:\n${output.trim().slice(-TAIL_LENGTH)}`);
    this.name = "CommandFailed";
  }
}

/** Runs a command within a limit, and leaves no process behind. After an interruption, the promise never resolves. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  await unlessInterrupted();
  const finished = await finish(startOnLeash(command, args, { ...options, output: "pipe" }), options);
  const { code, isLate, seconds } = finished;
  const [stdout, stderr] = [finished.stdout.toString("utf8"), finished.stderr.toString("utf8")];
  await unlessInterrupted();
  if (code === NOT_FOUND) throw new Error(`${command} is not on the PATH; install it`);
  const shown = [command.split("/").pop(), ...args].join(" ");
  if (isLate)
    throw new CommandFailed(shown, `was ended after its limit of ${options.limitMs! / 1000} s`, stdout + stderr, true);
  if (!(options.accept ?? [0]).includes(code))
    throw new CommandFailed(shown, `failed with exit code ${code}`, stdout + stderr, false);
  return { code, stdout, stderr, seconds };
}
