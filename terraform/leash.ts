import { execFileSync, spawn, type StdioOptions } from "node:child_process";
import { join } from "node:path";
import type { Started } from "./finish";
import { whenInterrupted } from "./interruption";

/** Its path is written from above, because the package holds this code in another folder. */
const LEASH = join(__dirname, "..", "terraform", "leash.py");

/** Exit code of the leash when the system does not permit a network namespace, and when there is no such command. */
export const NOT_OFFLINE = 125;
export const NOT_FOUND = 127;

export interface LeashOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Standard output and error. */
  readonly output: "pipe" | "inherit";
  /** Whether the command has no network but a loopback of its own. @default false */
  readonly offline?: boolean;
}

/**
 * Starts a command whose processes all end with it, and with this program, however this program ends.
 *
 * SIGINT lets Terraform write its state. What still runs after a grace of 8 s is killed.
 */
export function startOnLeash(
  command: string,
  args: readonly string[],
  { cwd, env, output, offline = false }: LeashOptions,
): Started {
  const stdio: StdioOptions = ["pipe", output, output];
  const leash = ["-I", LEASH, ...(offline ? ["--offline"] : [])];
  // in a session of its own: signals of the terminal reach this program alone, which ends the command in its turn
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
