import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { whenInterrupted } from "../terraform";
import { SERVER_FOLDER } from "./server-folder";

const TAIL_LENGTH = 8_000;
/** How long the server may take to end once its leash is cut. */
const GRACE_MS = 3_000;

/** The Python process that is AWS here. */
export class ServerProcess {
  private readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  private readonly listening: Promise<URL>;
  private readonly kill = (): void => void this.child.kill("SIGKILL");
  private readonly forget = whenInterrupted(() => this.stop());
  private tail = "";

  /**
   * @param settings `MOTO_ACCOUNT_ID`, the default account; `EMULATOR_ENDPOINT`, the proxy for its own calls; `EMULATOR_QUICK_REPLICAS`. The calls are tasks of state machines. Through the proxy, dark regions are dark for them too.
   */
  constructor(python: string, settings: Readonly<Record<string, string>>) {
    this.child = spawn(python, ["-m", "aws", "-H", "127.0.0.1", "-p", "0", "--stop-with-stdin"], {
      cwd: SERVER_FOLDER,
      env: { ...process.env, PYTHONPATH: SERVER_FOLDER, PYTHONUNBUFFERED: "1", ...settings },
      // The pipe on standard input is the leash: when this process dies, however it dies, it closes and the server ends.
      stdio: ["pipe", "pipe", "pipe"],
      // in a session of its own: a signal of the terminal reaches this process alone, which stops the server in its turn
      detached: true,
    });
    this.child.stdin.on("error", () => undefined);
    process.once("exit", this.kill);
    createInterface(this.child.stderr).on("line", (line) => this.remember(line));
    this.listening = this.readAddress();
    // The caller that awaits it gets the error. Until then it must not count as unhandled.
    this.listening.catch(() => undefined);
  }

  /** The end of its output. */
  get output(): string {
    return this.tail;
  }

  /** Its address, once it accepts requests. */
  async address(limitMs: number): Promise<URL> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`the emulator did not start within ${limitMs / 1000} s:\n${this.tail}`)),
        limitMs,
      );
    });
    try {
      return await Promise.race([this.listening, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  async stop(): Promise<void> {
    process.removeListener("exit", this.kill);
    this.forget();
    if (this.child.pid === undefined || this.child.exitCode !== null || this.child.signalCode !== null) return;
    const closed = new Promise((resolve) => this.child.once("close", resolve));
    this.child.stdin.end();
    const force = setTimeout(this.kill, GRACE_MS);
    await closed;
    clearTimeout(force);
  }

  private readAddress(): Promise<URL> {
    return new Promise((resolve, reject) => {
      createInterface(this.child.stdout).on("line", (line) => {
        const address = /^listening on (http:\S+)$/.exec(line)?.[1];
        if (address === undefined) this.remember(line);
        else resolve(new URL(address));
      });
      this.child.once("error", reject);
      this.child.once("close", (code) => reject(new Error(`the emulator ended with code ${code}:\n${this.tail}`)));
    });
  }

  private remember(line: string): void {
    this.tail = `${this.tail}${line}\n`.slice(-TAIL_LENGTH);
  }
}
