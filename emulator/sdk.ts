import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { freshEnvironment } from "../terraform";
import type { SdkConfig } from "./emulator";
import { install } from "./install";
import { SERVER_FOLDER } from "./server-folder";

/** An error that AWS answers with. */
export class AwsError extends Error {
  /** @param code name of the error in the API: `"DBInstanceNotFoundFault"` */
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
  }
}

interface Reply {
  readonly id: number;
  readonly answer?: unknown;
  readonly code?: string;
  readonly message?: string;
}

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (fault: Error) => void;
}

/**
 * The AWS SDK for Python, which knows every API. It calls the emulator from a process of its own, so that the package holds no client for
 * each service. Names of parameters and answers are those of the API.
 */
export class Sdk {
  /** @param installIn folder of the emulator's Python. @default - its own */
  static async start(endpoint: string, installIn?: string): Promise<Sdk> {
    return new Sdk(await install(installIn), endpoint);
  }

  private readonly child: ChildProcessByStdio<Writable, Readable, null>;
  private readonly waiting = new Map<number, Waiting>();
  private sent = 0;

  private constructor(python: string, endpoint: string) {
    this.child = spawn(python, ["-m", "aws.sdk", endpoint], {
      cwd: SERVER_FOLDER,
      env: { ...freshEnvironment(), PYTHONPATH: SERVER_FOLDER },
      // The pipe on standard input is the leash: when this process ends, it closes, and the child ends.
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.child.stdin.on("error", () => undefined);
    createInterface(this.child.stdout).on("line", (line) => this.settle(JSON.parse(line) as Reply));
    this.child.on("exit", () => this.abandon());
  }

  /**
   * Makes a call. If AWS answers with an error, or does not answer, it rejects with an {@link AwsError}.
   *
   * @param api service and action: `"rds:PromoteReadReplica"`
   * @returns the answer, with dates as text in ISO 8601
   */
  call(
    { region, credentials }: Pick<SdkConfig, "region" | "credentials">,
    api: string,
    parameters: Readonly<Record<string, unknown>> = {},
  ): Promise<unknown> {
    const [service, action] = api.split(":");
    this.sent += 1;
    const id = this.sent;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.child.stdin.write(`${JSON.stringify({ id, region, service, action, parameters, credentials })}\n`);
    });
  }

  stop(): void {
    this.child.stdin.end();
  }

  private settle({ id, answer, code, message = "" }: Reply): void {
    const waiting = this.waiting.get(id)!;
    this.waiting.delete(id);
    if (code === undefined) waiting.resolve(answer);
    else waiting.reject(new AwsError(code, message));
  }

  private abandon(): void {
    for (const { reject } of this.waiting.values()) reject(new Error("the AWS SDK has ended"));
    this.waiting.clear();
  }
}
