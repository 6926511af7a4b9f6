/** Signals that end a command. Each is handled, because a signal that is not would leave Terraform and a copy behind. */
const SIGNALS = ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"] as const;

/** The process was asked to end. */
class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/**
 * Runs an action that ends when the process is asked to: the signal it is given is aborted, and the action cleans up. Only then does the
 * process end.
 */
export async function endingOnSignal<T>(action: (ended: AbortSignal) => Promise<T>): Promise<T> {
  const ending = new AbortController();
  const end = (): void => ending.abort(new Interrupted("interrupted; every file is as it was"));
  for (const signal of SIGNALS) process.on(signal, end);
  try {
    return await action(ending.signal);
  } finally {
    for (const signal of SIGNALS) process.off(signal, end);
  }
}
