import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BLOCKS_FILE } from "./blocks";
import {
  checkPlan,
  finish,
  parseJson,
  PlanJson,
  providersKeptIn,
  startInGroup,
  terraformBinary,
  UNATTENDED,
  userEnvironment,
  WrongUse,
} from "../terraform";

/** The plan, which may hold secrets. It is removed as soon as it is read. */
const PLAN_FILE = "reconcile.tfplan";

/** The errors of AWS's SDKs, Go and Terraform's backends if a server does not answer. */
const NOBODY_ANSWERS =
  /request send failed|dial tcp|connection (refused|reset)|no such host|i\/o timeout|TLS handshake timeout|context deadline exceeded|StatusCode: 50[0234]\b|Service ?Unavailable|exceeded maximum number of attempts/i;

/**
 * The error of the provider and the S3 backend if they find no credentials. They asked the machine for some, so the text names a timeout
 * too.
 */
const NO_CREDENTIALS = /No valid credential sources found/;

/** Terraform's error if it cannot install a provider. Then a registry does not answer, not a region. */
const NO_PROVIDER = /Failed to (query available provider packages|install provider)/;

/** A line of Terraform's log. */
const LOGGED = /^\d{4}-\d\d-\d\dT\S+ \[\w+\]/;

/** The longest text that is kept of a plain-text error. */
const TEXT_LENGTH = 2_000;

/** An error or a warning of Terraform. */
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
  readonly failed: "dark" | "refused" | "no credentials";
  readonly errors: readonly Diagnostic[];
  /** The part of the plan that Terraform finished. @default - no part */
  readonly part?: PlanJson;
}

export interface TerraformOptions {
  /** How long Terraform may take for a plan. */
  readonly limitMs: number;
  /** Ends Terraform. */
  readonly ended: AbortSignal;
  /** Folder for the providers that Terraform has to install. */
  readonly providers: string;
  /** Called after Terraform has initialised the copy and before it plans. Only then are all modules installed. */
  readonly initialised: () => void;
  /** @default - TERRAFORM_BINARY_NAME, else `terraform` */
  readonly binary?: string;
}

/** Terraform in a copy of the folder of one stack. It plans and shows, and never applies. */
export class Terraform {
  private readonly binary: string;

  constructor(
    private readonly copy: string,
    private readonly options: TerraformOptions,
  ) {
    this.binary = options.binary ?? terraformBinary();
  }

  /** Plans the stack with these blocks. */
  async plan(blocks: string | undefined): Promise<Planned> {
    const file = join(this.copy, BLOCKS_FILE);
    if (blocks === undefined) rmSync(file, { force: true });
    else writeFileSync(file, blocks);
    const planned = await this.planOnce();
    if (!("failed" in planned) || !needsInit(planned.errors)) return planned;
    const init = await this.init();
    if (init.code !== 0) return failureOf(init);
    this.options.initialised();
    return await this.planOnce();
  }

  /**
   * No lock is taken: a plan changes no state, and a lock that outlives a killed Terraform would stop the next deployment.
   *
   * @see https://github.com/hashicorp/terraform/issues/31911
   */
  private async planOnce(): Promise<Planned> {
    refusePartialPlans(process.env);
    const run = await this.run(["plan", "-input=false", "-lock=false", "-json", `-out=${PLAN_FILE}`]);
    if (run.ended) return failureOf(run);
    const shown = await this.run(["show", "-json", PLAN_FILE]);
    rmSync(join(this.copy, PLAN_FILE), { force: true });
    if (shown.ended) return failureOf(shown);
    const part = shown.code === 0 ? readShown(shown) : undefined;
    return run.code === 0 && part !== undefined ? { plan: part } : failureOf(run.code === 0 ? shown : run, part);
  }

  /** Installs only into the copy. It removes the links first, because Terraform would write through them. */
  private init(): Promise<Run> {
    rmSync(join(this.copy, ".terraform", "providers"), { recursive: true, force: true });
    const isLocked = existsSync(join(this.copy, ".terraform.lock.hcl"));
    const kept = providersKeptIn(process.env.TF_PLUGIN_CACHE_DIR ?? this.options.providers, isLocked);
    return this.run(["init", "-input=false", "-no-color", "-lock=false"], kept);
  }

  private async run(args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Run> {
    const { limitMs, ended } = this.options;
    ended.throwIfAborted();
    const env: NodeJS.ProcessEnv = { ...userEnvironment(), ...UNATTENDED, ...more };
    delete env.TF_DATA_DIR; // the copy has the contents of that folder
    const started = startInGroup(this.binary, [`-chdir=${this.copy}`, ...args], env);
    const { code, stdout, stderr, isLate } = await finish(started, { limitMs, signal: ended }).catch(
      (fault: unknown) => {
        throw cannotRun(this.binary, fault as NodeJS.ErrnoException);
      },
    );
    ended.throwIfAborted();
    const late = `no answer within ${limitMs / 60_000} minutes`;
    return { code, stdout, stderr: stderr.toString("utf8"), ended: isLate ? late : undefined };
  }
}

interface Run {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
  /** Why it was ended before it was done. @default - it was not */
  readonly ended?: string;
}

/** A partial plan would hide changes, so options that make plans partial are refused. */
function refusePartialPlans(env: NodeJS.ProcessEnv): void {
  for (const name of ["TF_CLI_ARGS", "TF_CLI_ARGS_plan"]) {
    const [option] = /(?<![\w-])--?(destroy|exclude|refresh|replace|target)\b/.exec(env[name] ?? "") ?? [];
    if (option !== undefined) throw new WrongUse(`${name} has '${option}', and reconcile needs whole plans; unset it`);
  }
}

function cannotRun(binary: string, { message, code }: NodeJS.ErrnoException): WrongUse {
  if (code !== "ENOENT") return new WrongUse(`${binary} cannot be run: ${message}; settle that, then run again`);
  const remedy = "install Terraform 1.7 or newer and put it on the PATH, or name it in TERRAFORM_BINARY_NAME";
  return new WrongUse(`${binary} is missing: ${remedy}`);
}

function readShown({ stdout }: Run): PlanJson {
  return checkPlan(parseJson(stdout, "Terraform's plan"), "what Terraform shows");
}

function failureOf(run: Run, part?: PlanJson): PlanFailure {
  if (run.ended) return { failed: "dark", errors: [{ severity: "error", summary: run.ended }] };
  const errors = readErrors(run);
  if (errors.some(says(NO_CREDENTIALS))) return { failed: "no credentials", errors };
  const isDark = errors.some(says(NOBODY_ANSWERS)) && !errors.some(says(NO_PROVIDER));
  return { failed: isDark ? "dark" : "refused", errors, part };
}

/** Terraform writes a line of JSON for each event; before it reads a stack, it may write plain text. */
function readErrors({ stdout, stderr }: Run): readonly Diagnostic[] {
  const output = stdout.toString("utf8");
  const errors = output.split("\n").flatMap((line) => {
    const diagnostic = readDiagnostic(line);
    return diagnostic?.severity === "error" ? [diagnostic] : [];
  });
  return errors.length > 0 ? errors : [{ severity: "error", summary: errorIn(`${output}\n${stderr}`) }];
}

/** The first error in plain text, without the frame around it and the lines of a log (TF_LOG). */
function errorIn(output: string): string {
  const lines = output.split("\n").filter((line) => !LOGGED.test(line));
  const text = lines.map((line) => line.replace(/[╷│╵]/g, "").trimEnd()).join("\n");
  const error = text.indexOf("Error: ");
  return text.slice(Math.max(0, error)).trim().slice(0, TEXT_LENGTH) || "Terraform ended without a word";
}

function readDiagnostic(line: string): Diagnostic | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return (JSON.parse(line) as { diagnostic?: Diagnostic }).diagnostic;
  } catch {
    return undefined; // a line that Terraform was ended in
  }
}

function says(pattern: RegExp): (diagnostic: Diagnostic) => boolean {
  return ({ summary, detail = "" }) => pattern.test(`${summary} ${detail}`);
}

const needsInit = (errors: readonly Diagnostic[]): boolean => errors.some(says(/terraform init/));
