/** How long a program may be silent. */
const SILENCE_MS = 10_000;

/** Prints the current action of a program. After ten seconds without a line, it prints the actions that still run. */
export class Progress {
  private readonly running = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly write: (line: string) => void) {}

  say(line: string): void {
    this.write(line);
    clearTimeout(this.timer);
    if (this.running.size > 0) this.timer = setTimeout(() => this.say(this.still()), SILENCE_MS).unref();
  }

  /** @param title a description of the action, such as `planning orders-seoul` */
  async during<T>(title: string, action: () => Promise<T>): Promise<T> {
    this.running.add(title);
    this.say(title);
    try {
      return await action();
    } finally {
      this.running.delete(title);
      if (this.running.size === 0) clearTimeout(this.timer);
    }
  }

  private still(): string {
    const [first, ...others] = this.running;
    return `still ${first}${others.length > 0 ? ` and ${others.length} more` : ""}`;
  }
}

/** Writes lines with the time since the start: `[ 12 s] planning orders-seoul`. */
export function timed(write: (line: string) => void, started = Date.now()): (line: string) => void {
  return (line) => {
    const seconds = Math.round((Date.now() - started) / 1000);
    write(`[${String(seconds).padStart(3)} s] ${line}`);
  };
}
