import { ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { putBlocks, readBlocks } from "./blocks";
import { PlanJson } from "./plan-json";

/** Holds what Terraform would do, secrets included, for as long as we read it. */
const PLAN_FILE = "reconcile.tfplan";

/** How long after SIGINT Terraform may take to end before it is killed. */
const GRACE_MS = 10_000;

/** How AWS's SDKs, Go and Terraform's backends say that nobody answers. */
const NOBODY_ANSWERS =
  /request send failed|dial tcp|connection (refused|reset)|no such host|i\/o timeout|TLS handshake timeout|context deadline exceeded|StatusCode: 50[0234]\b|Service ?Unavailable|exceeded maximum number of attempts/i;

/** What Terraform says is wrong. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail?: string;
  /** @default - of no resource */
  readonly address?: string;
}

/** A plan, or why there is none. */
export type Planned = { readonly plan: PlanJson } | PlanFailure;

export interface PlanFailure {
  readonly failed: "dark" | "refused";
  readonly errors: readonly Diagnostic[];
  /** As far as Terraform came. @default - it came nowhere */
  readonly part?: PlanJson;
}

/** Somebody told us to stop. */
class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** Terraform in the folder of one stack. It plans and shows; it is never asked to apply. */
export class Terraform {
  constructor(
    private readonly dir: string,
    private readonly limitMs: number,
    private readonly binary = process.env.TERRAFORM_BINARY_NAME ?? "terraform",
  ) {}

  /** Plans the stack with these blocks in the place of what our file says now, which is put back afterwards. */
  async plan(blocks: string | undefined): Promise<Planned> {
    const before = readBlocks(this.dir);
    putBlocks(this.dir, blocks);
    try {
      const planned = await this.planInPlace();
      if (!("failed" in planned) || !needsInit(planned.errors)) return planned;
      const init = await this.run("init", "-input=false", "-no-color");
      return init.code === 0 ? await this.planInPlace() : failureOf(init);
    } finally {
      putBlocks(this.dir, before);
      rmSync(join(this.dir, PLAN_FILE), { force: true });
    }
  }

  private async planInPlace(): Promise<Planned> {
    const run = await this.run("plan", "-input=false", "-json", `-out=${PLAN_FILE}`);
    if (run.ended) return failureOf(run);
    const shown = await this.run("show", "-json", PLAN_FILE);
    const part = shown.code === 0 ? (JSON.parse(shown.output) as PlanJson) : undefined;
    return run.code === 0 && part !== undefined ? { plan: part } : failureOf(run, part);
  }

  private async run(command: string, ...args: readonly string[]): Promise<Run> {
    const env = { ...process.env, TF_IN_AUTOMATION: "1", TF_INPUT: "0" };
    const child = spawn(this.binary, [`-chdir=${this.dir}`, command, ...args], {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    return finish(child, this.limitMs);
  }
}

interface Run {
  readonly code: number;
  readonly output: string;
  /** Why it was ended before it was done. @default - it was not */
  readonly ended?: string;
}

/** Waits for Terraform within a limit. When we are told to stop, so is Terraform, and files are put back first. */
async function finish(child: ChildProcess, limitMs: number): Promise<Run> {
  let output = "";
  let ended: string | undefined;
  let interrupted = false;
  const collect = (chunk: Buffer): void => void (output += chunk.toString("utf8"));
  child.stdout?.on("data", collect);
  child.stderr?.on("data", collect);
  const end = (why: string): void => {
    ended ??= why;
    child.kill("SIGINT");
    setTimeout(() => child.kill("SIGKILL"), GRACE_MS).unref();
  };
  const stop = (): void => {
    interrupted = true;
    end("interrupted");
  };
  const limit = setTimeout(() => end(`no answer within ${limitMs / 60_000} minutes`), limitMs);
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) process.once(signal, stop);
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (status) => resolve(status ?? 1));
    });
    // the compiler does not see that a signal sets it
    if (interrupted as boolean) throw new Interrupted("interrupted; every file is as it was");
    return { code, output, ended };
  } finally {
    clearTimeout(limit);
    for (const signal of signals) process.off(signal, stop);
  }
}

function failureOf({ output, ended }: Run, part?: PlanJson): PlanFailure {
  if (ended) return { failed: "dark", errors: [{ severity: "error", summary: ended }] };
  const errors = readErrors(output);
  return { failed: errors.some(isNobodyThere) ? "dark" : "refused", errors, part };
}

/** Terraform writes a line of JSON for each event; before it reads a stack, it may write plain text. */
function readErrors(output: string): readonly Diagnostic[] {
  const errors = output.split("\n").flatMap((line) => {
    if (!line.startsWith("{")) return [];
    const { diagnostic } = JSON.parse(line) as { diagnostic?: Diagnostic };
    return diagnostic?.severity === "error" ? [diagnostic] : [];
  });
  return errors.length > 0 ? errors : [{ severity: "error", summary: output.trim() }];
}

function isNobodyThere({ summary, detail = "" }: Diagnostic): boolean {
  return NOBODY_ANSWERS.test(`${summary} ${detail}`);
}

function needsInit(errors: readonly Diagnostic[]): boolean {
  return errors.some(({ summary, detail = "" }) => `${summary} ${detail}`.includes("terraform init"));
}
