import { OWN_FILE, readStackJson } from "../terraform";
import { join } from "node:path";
import { adopt } from "./adopt";
import { atOnce } from "./at-once";
import { canCreateTableReplicas, createTableReplicas } from "./table-replicas";
import type { Plan, Terraform, TerraformStackRun } from "./terraform";

/** Each runs Terraform and a provider of some hundred megabytes, and waits most of the time. */
const APPLIED_AT_ONCE = 4;
const PLANNED_AT_ONCE = 2;

/** A synthesised stack. */
export interface DeployableStack {
  readonly name: string;
  readonly dir: string;
  /** Names of the stacks it is deployed after. */
  readonly dependencies: readonly string[];
}

/** Synthesised stacks in the emulator: planned and applied by the real Terraform, as they are. */
export class Deployment {
  private readonly runs = new Map<string, TerraformStackRun>();
  private stacks: ReadonlyMap<string, DeployableStack> = new Map();

  constructor(private readonly terraform: Terraform) {}

  /** Takes these stacks as the deployment's, and initialises those that are new; one by one, because they share state buckets. */
  async open(stacks: readonly DeployableStack[]): Promise<void> {
    this.stacks = new Map(stacks.map((stack) => [stack.name, stack]));
    for (const { name, dir } of stacks) {
      if (!this.runs.has(name)) this.runs.set(name, await this.terraform.stack(dir));
    }
  }

  stackNames(): string[] {
    return [...this.stacks.keys()];
  }

  stack(name: string): TerraformStackRun {
    const run = this.runs.get(name);
    if (run === undefined) throw new Error(`no stack ${name}`);
    return run;
  }

  /** Applies every stack, or the named ones, as soon as those it depends on are. Each has a promise of its own. */
  startApply(names: readonly string[] = this.stackNames()): ReadonlyMap<string, Promise<void>> {
    const applied = new Map<string, Promise<void>>();
    const turn = atOnce(APPLIED_AT_ONCE);
    const start = (name: string): Promise<void> => {
      const running = applied.get(name);
      if (running !== undefined) return running;
      const needed = this.stacks.get(name)?.dependencies.filter((other) => names.includes(other)) ?? [];
      const run = Promise.all(needed.map(start)).then(() => turn(() => this.applyOne(this.stack(name))));
      applied.set(name, run);
      return run;
    };
    for (const name of names) void start(name);
    return applied;
  }

  /** Plans every stack, or the named ones. */
  async plan(names: readonly string[] = this.stackNames()): Promise<ReadonlyMap<string, Plan>> {
    const turn = atOnce(PLANNED_AT_ONCE);
    const plans = names.map(async (name) => [name, await turn(() => this.stack(name).plan())] as const);
    return new Map(await Promise.all(plans));
  }

  /** A table replica, for which the provider waits for minutes after it created it, is created by API and imported. */
  private async applyOne(stack: TerraformStackRun): Promise<void> {
    const creates =
      canCreateTableReplicas(readStackJson(join(stack.dir, OWN_FILE))) && (await stack.stateList()).length === 0;
    if (creates) await adopt(stack, () => createTableReplicas(this.terraform.emulator, stack.dir));
    else await stack.apply();
  }
}
