import { type ChildProcess, spawn } from "node:child_process";
import type { Started } from "./finish";

/** How long after SIGINT a command may take to end before it is killed. */
const GRACE_MS = 5_000;

/**
 * Starts a command in a process group of its own. The group ends with this program, unless this program is killed. It needs no Python.
 *
 * In the same group, Ctrl-C would reach Terraform twice: from the terminal and from this program. Terraform ends at once on the second.
 */
export function startInGroup(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Started {
  const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  let isEnding = false;
  let grace: NodeJS.Timeout | undefined;
  const kill = (): void => signalGroup(child, "SIGKILL");
  const endGently = (): void => {
    isEnding = true;
    signalGroup(child, "SIGINT");
    grace ??= setTimeout(kill, GRACE_MS);
  };
  process.once("exit", kill);
  // a child process may have left the group, and may hold the output open
  child.once("exit", () => {
    if (isEnding) for (const stream of [child.stdout, child.stderr]) stream.destroy();
  });
  const closed = new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
  const ended = closed.finally(() => {
    if (isEnding) kill(); // child processes that may still run
    clearTimeout(grace);
    process.off("exit", kill);
  });
  return { child, ended, endGently };
}

/** Signals the command, and the processes of its group. */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, signal);
  } catch {
    // The group has ended in the meantime.
  }
}
