import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { unlessInterrupted } from "./interruption";
import { NOT_FOUND, startOnLeash } from "./leash";

const TAIL_LENGTH = 6_000;

export interface CommandOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Wall-clock limit in milliseconds: a provider in a blackout can retry, or hang, without an end. @default - none */
  readonly limitMs?: number;
  /** Exit codes that are no failure. @default [0] */
  readonly accept?: readonly number[];
  /** Called with each line as it is printed. @default - nothing is streamed */
  readonly onLine?: (line: string) => void;
  /** Whether it has no network but a loopback of its own: its exit code is 125 where the system permits none. @default false */
  readonly offline?: boolean;
  /** Ends the command, as its limit would. @default - nothing but the limit does */
  readonly signal?: AbortSignal;
}

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

/** A command that failed or outlived its limit. The message carries the end of what it printed. */
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

/** Runs a command within a limit, and leaves none of its processes behind. An interrupted program never hears of it again. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  const started = Date.now();
  await unlessInterrupted();
  const { child, ended, endGently } = startOnLeash(command, args, { ...options, output: "pipe" });
  let stdout = "";
  let stderr = "";
  onLines(child.stdout!, (line) => {
    stdout += `${line}\n`;
    options.onLine?.(line);
  });
  onLines(child.stderr!, (line) => {
    stderr += `${line}\n`;
    options.onLine?.(line);
  });
  const outcome = { timedOut: false };
  const outOfTime = (): void => {
    outcome.timedOut = true;
    endGently();
  };
  const limit = options.limitMs === undefined ? undefined : setTimeout(outOfTime, options.limitMs);
  options.signal?.addEventListener("abort", endGently, { once: true });
  const code = await ended.finally(() => {
    clearTimeout(limit);
    options.signal?.removeEventListener("abort", endGently);
  });
  await unlessInterrupted();
  if (code === NOT_FOUND) throw new Error(`${command} is not on the PATH; install it`);
  const shown = [command.split("/").pop(), ...args].join(" ");
  if (outcome.timedOut)
    throw new CommandFailed(shown, `was ended after its limit of ${options.limitMs! / 1000} s`, stdout + stderr, true);
  if (!(options.accept ?? [0]).includes(code))
    throw new CommandFailed(shown, `failed with exit code ${code}`, stdout + stderr, false);
  return { code, stdout, stderr, seconds: (Date.now() - started) / 1000 };
}

function onLines(stream: Readable, read: (line: string) => void): void {
  createInterface(stream).on("line", read);
}
