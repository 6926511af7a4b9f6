import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";

/** A command that runs. */
export interface Started {
  readonly child: ChildProcess;
  /** Resolves to the exit code once the command has ended. */
  readonly ended: Promise<number>;
  /** Asks the command to end, and kills what still runs after a grace period. */
  readonly endGently: () => void;
}

export interface FinishOptions {
  /** Wall-clock limit in milliseconds. @default - none */
  readonly limitMs?: number;
  /** Ends the command, as its limit would. @default - only the limit ends the command */
  readonly signal?: AbortSignal;
  /** Called with each line as it is printed. @default - nothing is streamed */
  readonly onLine?: (line: string) => void;
}

export interface Finished {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  /** Whether the command outlived its limit. */
  readonly isLate: boolean;
  readonly seconds: number;
}

/** Waits for a command within a limit, and keeps what it prints. */
export async function finish(
  { child, ended, endGently }: Started,
  { limitMs, signal, onLine }: FinishOptions,
): Promise<Finished> {
  const started = Date.now();
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout!.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr!.on("data", (chunk: Buffer) => stderr.push(chunk));
  if (onLine !== undefined) {
    for (const input of [child.stdout!, child.stderr!]) createInterface(input).on("line", onLine);
  }
  let isLate = false;
  const outOfTime = (): void => {
    isLate = true;
    endGently();
  };
  const limit = limitMs === undefined ? undefined : setTimeout(outOfTime, limitMs);
  signal?.addEventListener("abort", endGently, { once: true });
  try {
    const code = await ended;
    const seconds = (Date.now() - started) / 1000;
    return { code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr), isLate, seconds };
  } finally {
    clearTimeout(limit);
    signal?.removeEventListener("abort", endGently);
  }
}
