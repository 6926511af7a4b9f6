import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Emulator } from "./emulator";
import { writeLocalOverride } from "./local-override";
import { type Plan, type PlannedChange, readPlan } from "./plan";
import {
  CommandResult,
  findProviderSource,
  OWN_FILE,
  ProviderSource,
  readOutput,
  readStackJson,
  registryEnvironment,
  runCommand,
  s3Backend,
  terraformBinary,
  userEnvironment,
} from "../terraform";
import { createStateBucket } from "./state-bucket";

export type { Plan, PlannedChange };

/** Wall-clock limits in milliseconds, generous on a slow machine. Single calls may be given their own. */
const LIMITS = {
  init: 120_000,
  validate: 60_000,
  plan: 180_000,
  apply: 900_000,
  destroy: 900_000,
  read: 60_000,
} as const;

/**
 * Terraform and the provider are Go programs that live for seconds. With the default of 100, they spend a quarter of the time on garbage
 * collection. With 400, a plan of a small stack takes 3.2 s of processor time instead of 4.3 s, and 12 % more memory.
 *
 * @see https://go.dev/doc/gc-guide#GOGC
 */
const GOGC = "400";

export interface RunOptions {
  /** @default - the limit of the command */
  readonly limitMs?: number;
  /** Further arguments, e.g. `-refresh=false`, `-parallelism=20`. @default [] */
  readonly args?: readonly string[];
  /** Called with each line Terraform prints. @default - nothing is streamed */
  readonly onLine?: (line: string) => void;
  /** Ends Terraform, as its limit would. @default - only the limit ends it */
  readonly signal?: AbortSignal;
}

export interface TerraformOptions {
  /** The source of providers. @default - a source on this machine, else the registry */
  readonly providers?: ProviderSource;
  /** Further arguments of every `terraform init`. @default [] */
  readonly initArguments?: readonly string[];
}

/**
 * Runs Terraform against the emulator. It uses the synthesised JSON unchanged. Local settings are in an override file and in environment
 * variables. Every call has a wall-clock limit.
 *
 * @example
 * const terraform = new Terraform(emulator);
 * const seoul = await terraform.stack("cdktf.out/stacks/orders-seoul");
 * await seoul.apply();
 * expect((await seoul.plan()).changes).toEqual([]);
 */
export class Terraform {
  readonly initArguments: readonly string[];
  private readonly source: ProviderSource;

  constructor(
    readonly emulator: Emulator,
    { providers = findProviderSource(), initArguments = [] }: TerraformOptions = {},
  ) {
    this.source = providers;
    this.initArguments = initArguments;
  }

  /** Environment of a run: the caller's without foreign AWS and Terraform settings, and the emulator's. */
  environment(): NodeJS.ProcessEnv {
    // these variables would make a run bypass the emulator, or change its output
    const kept = userEnvironment("aws", "cdktf", "proxies", "terraform");
    const { cliConfigFile } = this.source;
    const source = cliConfigFile === undefined ? {} : { TF_CLI_CONFIG_FILE: cliConfigFile };
    return { GOGC, ...kept, ...source, ...this.emulator.environment() };
  }

  /** Writes the override file of a stack and creates the bucket its state backend names. Repeatable. */
  async prepare(stackDir: string): Promise<void> {
    writeLocalOverride(stackDir, this.emulator.endpoint, this.source.mirror);
    const backend = s3Backend(readStackJson(join(stackDir, OWN_FILE)));
    if (backend !== undefined) await createStateBucket(this.emulator, backend);
  }

  /** Prepares and initialises one stack. */
  async stack(stackDir: string, options: RunOptions = {}): Promise<TerraformStackRun> {
    await this.prepare(stackDir);
    const run = new TerraformStackRun(this, stackDir);
    await run.init(options);
    return run;
  }

  /** Prepares and initialises every stack of an output folder of cdktf, by name. */
  async stacks(outDir: string): Promise<Map<string, TerraformStackRun>> {
    const runs = new Map<string, TerraformStackRun>();
    for (const { name, dir } of readOutput(outDir)) runs.set(name, await this.stack(dir));
    return runs;
  }

  run(
    stackDir: string,
    args: readonly string[],
    limitMs: number,
    options: RunOptions = {},
    accept: readonly number[] = [0],
  ): Promise<CommandResult> {
    // the provider reaches the emulator through another proxy, because the emulator speaks no TLS
    const toRegistry = args[0] === "init" ? registryEnvironment() : {};
    return runCommand(terraformBinary(), [...args, ...(options.args ?? [])], {
      cwd: stackDir,
      env: { ...toRegistry, ...this.environment() },
      limitMs: options.limitMs ?? limitMs,
      accept,
      onLine: options.onLine,
      signal: options.signal,
    });
  }
}

/** A line of a plan's machine-readable output. */
interface PlanEvent {
  readonly type: string;
  readonly change?: { readonly action: string; readonly resource: { readonly addr: string } };
}

/** Terraform in the folder of one stack. */
export class TerraformStackRun {
  constructor(
    private readonly terraform: Terraform,
    readonly dir: string,
  ) {}

  init(options?: RunOptions): Promise<CommandResult> {
    const args = ["init", "-no-color", "-reconfigure", ...this.terraform.initArguments];
    return this.terraform.run(this.dir, args, LIMITS.init, options);
  }

  validate(options?: RunOptions): Promise<CommandResult> {
    return this.terraform.run(this.dir, ["validate", "-no-color"], LIMITS.validate, options);
  }

  /** Plans, and reads the changes. If `changes` is empty, the plan is empty. */
  async plan(options?: RunOptions): Promise<Plan> {
    const file = join(this.dir, "emulator.tfplan");
    const result = await this.terraform.run(
      this.dir,
      ["plan", "-no-color", "-detailed-exitcode", `-out=${file}`],
      LIMITS.plan,
      options,
      [0, 2],
    );
    // the exit code says that the plan is empty: the provider need not start once more
    const isEmpty = result.code === 0;
    const show = (): Promise<CommandResult> => this.terraform.run(this.dir, ["show", "-json", file], LIMITS.read);
    const shown = isEmpty ? undefined : (await show()).stdout;
    rmSync(file, { force: true });
    return readPlan(shown, result);
  }

  /** The actions of a plan, such as `create aws_s3_bucket.Media`. It is faster than {@link plan}, which also reads the values. */
  async plannedActions(): Promise<string[]> {
    const { stdout } = await this.terraform.run(this.dir, ["plan", "-json"], LIMITS.plan);
    const events = stdout.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as PlanEvent]));
    return events.flatMap(({ type, change }) =>
      type === "planned_change" && change !== undefined ? [`${change.action} ${change.resource.addr}`] : [],
    );
  }

  apply(options?: RunOptions): Promise<CommandResult> {
    return this.terraform.run(this.dir, ["apply", "-no-color", "-auto-approve"], LIMITS.apply, options);
  }

  destroy(options?: RunOptions): Promise<CommandResult> {
    return this.terraform.run(this.dir, ["destroy", "-no-color", "-auto-approve"], LIMITS.destroy, options);
  }

  /** Addresses in the state. Empty when there is no state yet. */
  async stateList(): Promise<string[]> {
    const result = await this.terraform.run(this.dir, ["state", "list"], LIMITS.read, {}, [0, 1]);
    if (result.code === 1 && !result.stderr.includes("No state file was found")) throw new Error(result.stderr);
    return result.stdout.split("\n").filter((line) => line !== "");
  }

  /** The complete state as JSON. Tests check that it holds no secret. */
  async statePull(): Promise<string> {
    return (await this.terraform.run(this.dir, ["state", "pull"], LIMITS.read)).stdout;
  }

  /** Attribute values of one resource in the state. */
  async stateShow(address: string): Promise<Record<string, unknown>> {
    const { stdout } = await this.terraform.run(this.dir, ["show", "-json"], LIMITS.read);
    const state = JSON.parse(stdout) as {
      values?: { root_module?: { resources?: { address: string; values: Record<string, unknown> }[] } };
    };
    const found = state.values?.root_module?.resources?.find((resource) => resource.address === address);
    if (found === undefined) throw new Error(`${address} is not in the state of ${this.dir}`);
    return found.values;
  }

  async outputs(): Promise<Record<string, unknown>> {
    const { stdout } = await this.terraform.run(this.dir, ["output", "-json"], LIMITS.read);
    return Object.fromEntries(
      Object.entries(JSON.parse(stdout) as Record<string, { value: unknown }>).map(([name, { value }]) => [
        name,
        value,
      ]),
    );
  }

  /** Schemas of the stack's providers, as `terraform providers schema -json` prints them. */
  async providersSchema(): Promise<unknown> {
    return JSON.parse((await this.terraform.run(this.dir, ["providers", "schema", "-json"], LIMITS.read)).stdout);
  }

  /** Writes a further file into the stack's folder, which Terraform merges: overrides end in `_override.tf.json`. */
  write(fileName: string, content: unknown): void {
    writeFileSync(join(this.dir, fileName), `${JSON.stringify(content, null, 2)}\n`);
  }

  remove(fileName: string): void {
    rmSync(join(this.dir, fileName), { force: true });
  }
}
