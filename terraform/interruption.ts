/** Signals that end a program, with their exit codes. Every one is handled: another signal would leave Terraform and files behind. */
const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143 } as const;

/** The process was asked to end. */
class Interrupted extends Error {
  override readonly name = "Interrupted";
}

type Cleanup = () => unknown;

const cleanups: Cleanup[] = [];
let interrupted = false;

/**
 * Registers a cleanup for an interruption of the program, such as to end a process or remove a folder. The newest cleanup runs first.
 *
 * @returns a function that unregisters the cleanup
 */
export function whenInterrupted(cleanup: Cleanup): () => void {
  cleanups.push(cleanup);
  return () => {
    const index = cleanups.lastIndexOf(cleanup);
    if (index >= 0) cleanups.splice(index, 1);
  };
}

/** Makes Ctrl-C, `kill` and a closed terminal end this program, after everything that it started. */
export function endWhenInterrupted(): void {
  // a reader that has gone, such as a closed terminal, must not end the program before it has cleaned up
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  for (const [signal, code] of Object.entries(EXIT_CODES)) {
    // not `once`: npm repeats the signal of the terminal, and the second must not kill what cleans up
    process.on(signal, () => void end(code));
  }
}

/** Never resolves after an interruption. So the program reports no failure that the interruption caused, and starts nothing new. */
export function unlessInterrupted(): Promise<void> {
  return interrupted ? new Promise(() => undefined) : Promise.resolve();
}

async function end(code: number): Promise<void> {
  if (interrupted) return;
  interrupted = true;
  for (let cleanup = cleanups.pop(); cleanup !== undefined; cleanup = cleanups.pop()) {
    try {
      await cleanup();
    } catch (fault) {
      process.stderr.write(`${(fault as Error).message}\n`);
    }
  }
  process.stderr.write("\nstopped; nothing is left running\n");
  process.exit(code);
}

/**
 * Runs an action that can be interrupted. A signal to the process aborts the action's `AbortSignal`, and the action cleans up. Then the
 * process ends.
 */
export async function endingOnSignal<T>(action: (ended: AbortSignal) => Promise<T>): Promise<T> {
  const ending = new AbortController();
  const end = (): void => ending.abort(new Interrupted("interrupted; every file is as it was"));
  for (const signal of Object.keys(EXIT_CODES)) process.on(signal, end);
  try {
    return await action(ending.signal);
  } finally {
    for (const signal of Object.keys(EXIT_CODES)) process.off(signal, end);
  }
}
