import { execFileSync, spawn, type StdioOptions } from "node:child_process";
import { join } from "node:path";
import type { Started } from "./finish";
import { whenInterrupted } from "./interruption";

/** The path starts at the parent folder, because the package holds this code in another folder. */
const LEASH = join(__dirname, "..", "terraform", "leash.py");

/** Exit code of the leash when the system does not permit a network namespace, and when there is no such command. */
export const NOT_OFFLINE = 125;
export const NOT_FOUND = 127;

export interface LeashOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Standard output and error. */
  readonly output: "pipe" | "inherit";
  /** Whether the command's only network is a loopback of its own. @default false */
  readonly offline?: boolean;
}

/**
 * Starts a command. All its processes end when the command ends, and when this program ends in any way.
 *
 * SIGINT lets Terraform write its state. After a grace period of 8 s, the remaining processes are killed.
 */
export function startOnLeash(
  command: string,
  args: readonly string[],
  { cwd, env, output, offline = false }: LeashOptions,
): Started {
  const stdio: StdioOptions = ["pipe", output, output];
  const leash = ["-I", LEASH, ...(offline ? ["--offline"] : [])];
  // in a session of its own: the terminal's signals reach only this program, and this program ends the command
  const child = spawn(python(), [...leash, command, ...args], { cwd, env, stdio, detached: true });
  const cut = (): void => void child.stdin?.destroy();
  child.stdin?.on("error", () => undefined);
  const closed = new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? -1));
  });
  const settled = closed.catch(() => undefined);
  const done = whenInterrupted(() => {
    cut();
    return settled;
  });
  void settled.then(done).then(cut);
  return { child, ended: closed, endGently: () => void child.kill("SIGINT") };
}

let found: string | undefined;

/** Python's own path: a version manager's `python3` is a script that starts it each time. */
function python(): string {
  try {
    found ??= execFileSync("python3", ["-I", "-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).trim();
    return found;
  } catch (fault) {
    throw new Error("python3 is not on the PATH; install it", { cause: fault });
  }
}
