/** How often a command that waits says so. */
const EVERY_MS = 10_000;

/** Says what happens, while it happens. */
export type Progress = (line: string) => void;

/**
 * Runs an action that says what it does. While it says nothing, the last line is repeated every ten seconds, with how long ago it was.
 */
export async function withProgress<T>(say: Progress, action: (progress: Progress) => Promise<T>): Promise<T> {
  let [last, since] = ["starting", Date.now()];
  const repeat = (): void => {
    const seconds = Math.round((Date.now() - since) / 1000);
    // "planning orders-tokyo" is what is done; "deployed orders-tokyo" is what was done
    say(`${/^\w+ing\b/.test(last) ? `still ${last}` : `still at work; last: ${last}`} (${seconds} s)`);
  };
  let timer = setInterval(repeat, EVERY_MS);
  try {
    return await action((line) => {
      [last, since] = [line, Date.now()];
      clearInterval(timer);
      timer = setInterval(repeat, EVERY_MS);
      say(line);
    });
  } finally {
    clearInterval(timer);
  }
}
