import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** How long after SIGINT a command may take to end before it is killed. */
const GRACE_MS = 8_000;
const TAIL_LENGTH = 6_000;

export interface CommandOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Wall-clock limit in milliseconds: a provider in a blackout can retry, or hang, for ever. */
  readonly limitMs: number;
  /** Exit codes that are no failure. @default [0] */
  readonly accept?: readonly number[];
  /** Called with each line as it is printed. @default - nothing is streamed */
  readonly onLine?: (line: string) => void;
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

const running = new Set<ChildProcess>();
process.once("exit", () => running.forEach((child) => killTree(child)));

/** Runs a command in its own process group, within a limit, and leaves none of its processes behind. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  const started = Date.now();
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  let stdout = "";
  let stderr = "";
  createInterface(child.stdout).on("line", (line) => {
    stdout += `${line}\n`;
    options.onLine?.(line);
  });
  createInterface(child.stderr).on("line", (line) => {
    stderr += `${line}\n`;
    options.onLine?.(line);
  });
  const outcome = { timedOut: false };
  const end = (): void => void endGently(child);
  const limit = setTimeout(() => {
    outcome.timedOut = true;
    end();
  }, options.limitMs);
  options.signal?.addEventListener("abort", end, { once: true });
  const shown = [command.split("/").pop(), ...args].join(" ");
  const code = await new Promise<number>((resolve, reject) => {
    child.once("error", (fault: NodeJS.ErrnoException) => {
      reject(fault.code === "ENOENT" ? new Error(`${command} is not on the PATH; install it`) : fault);
    });
    child.once("close", (status) => resolve(status ?? -1));
  }).finally(() => {
    clearTimeout(limit);
    options.signal?.removeEventListener("abort", end);
    running.delete(child);
  });
  if (outcome.timedOut)
    throw new CommandFailed(shown, `was ended after its limit of ${options.limitMs / 1000} s`, stdout + stderr, true);
  if (!(options.accept ?? [0]).includes(code))
    throw new CommandFailed(shown, `failed with exit code ${code}`, stdout + stderr, false);
  return { code, stdout, stderr, seconds: (Date.now() - started) / 1000 };
}

/** SIGINT lets Terraform write its state; what still lives after the grace is killed, providers included. */
async function endGently(child: ChildProcess): Promise<void> {
  const tree = processTree(child);
  signal(tree, "SIGINT");
  const closed = new Promise<boolean>((resolve) => child.once("close", () => resolve(true)));
  const grace = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), GRACE_MS).unref());
  await Promise.race([closed, grace]);
  signal([...tree, ...processTree(child)], "SIGKILL");
}

function killTree(child: ChildProcess): void {
  signal(processTree(child), "SIGKILL");
}

/** The process and all below it; cdktf puts Terraform into a session, hence a group, of its own. */
function processTree(child: ChildProcess): number[] {
  if (child.pid === undefined) return [];
  const children = new Map<number, number[]>();
  for (const line of execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).split("\n")) {
    const [pid, parent] = line.trim().split(/\s+/).map(Number);
    if (pid !== undefined && parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const tree: number[] = [];
  for (const queue = [child.pid]; queue.length > 0;) {
    const pid = queue.shift()!;
    tree.push(pid);
    queue.push(...(children.get(pid) ?? []));
  }
  return tree;
}

function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // It has ended meanwhile.
    }
  }
}
