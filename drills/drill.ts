import { credentialsFor } from "../emulator/accounts";
import { Deployment } from "../emulator/deployment";
import { Emulator } from "../emulator/emulator";
import { promoteFollowers } from "../emulator/failover";
import { Given, GivenTo } from "../emulator/given";
import { DarkOptions } from "../emulator/proxy";
import { Terraform } from "../emulator/terraform";
import { readOutput, StackFolder } from "../review/output-folder";
import { CHANGE_ADDRESS, drillStack, errorsIn, planStack } from "./dark-round";
import { conclude, DrillReport, Failover, isUnplannable, Round, StackResult } from "./report";
import { callersAccount, DarkPlace, darkPlaces, hasTableReplicas, homeOf, ownRegions, placesOf } from "./stack-facts";
import { namesOf } from "./unanswered";
import { keepsStateInS3, refuseForeign, refuseForeignLocked, WorkFolder } from "./work-folder";

export interface DrillOptions {
  /** Output folder of cdktf. */
  readonly out: string;
  /** Names of sites, or regions, that go dark in turn; empty: every one. */
  readonly dark: readonly string[];
  /** Folder where the emulator is installed, the first time. */
  readonly cache: string;
}

/** Says what happens, while it happens. */
export type Progress = (line: string) => void;

/** Deploys synthesised stacks into the emulator, has each region go dark in turn, and fails over. */
export async function drill({ out, dark, cache }: DrillOptions, progress: Progress): Promise<DrillReport> {
  const originals = readOutput(out);
  refuseForeign(originals);
  const places = darkPlaces(originals, dark);
  const account = callersAccount(originals);
  const work = new WorkFolder(originals);
  const removeWork = (): void => work.remove();
  process.once("exit", removeWork); // where the drill is interrupted
  try {
    progress("starting the emulator (the first time, it is installed)");
    const emulator = await Emulator.start({ account, installIn: cache, quickReplicas: true });
    try {
      const terraform = new Terraform(emulator, { providerCache: `${cache}/providers` });
      return await new Drill(emulator, new Deployment(terraform), work.stacks, progress).run(places);
    } finally {
      await emulator.stop();
    }
  } finally {
    process.off("exit", removeWork);
    work.remove();
  }
}

/** A drill in a running emulator. */
class Drill {
  private readonly given: Given;

  constructor(
    private readonly emulator: Emulator,
    private readonly deployment: Deployment,
    private readonly stacks: readonly StackFolder[],
    private readonly progress: Progress,
  ) {
    this.given = new Given(emulator);
  }

  async run(places: readonly DarkPlace[]): Promise<DrillReport> {
    const unknown = await this.createGiven();
    this.progress(`initialising ${this.stacks.length} stacks`);
    await this.deployment.open(this.stacks);
    refuseForeignLocked(this.stacks);
    const deployment = await this.deploy();
    const works = deployment.every(({ outcome }) => outcome !== "fails");
    const rounds: Round[] = [];
    const failovers: Failover[] = [];
    if (works) for (const place of places) rounds.push(await this.goDark(place));
    if (works) for (const place of places) failovers.push(...(await this.failOver(place)));
    const notes = [...unknown, ...this.notes(rounds)];
    return conclude({ given: this.given.things, notes, deployment, rounds, failovers });
  }

  private async createGiven(): Promise<string[]> {
    const jsons = this.stacks.map(({ json }) => json as GivenTo);
    const unknown: string[] = [];
    for (const { name, json } of this.stacks) {
      const addresses = await this.given.plant(json, jsons);
      unknown.push(...addresses.map((address) => `${name} looks up ${address}, which the drill cannot create`));
    }
    return unknown;
  }

  /** @returns what does not deploy, and what has something left to do afterwards */
  private async deploy(): Promise<StackResult[]> {
    const failed = new Map<unknown, string>();
    const results: StackResult[] = [];
    const settled = [...this.deployment.startApply()].map(async ([stack, applied]) => {
      try {
        await applied;
        this.progress(`deployed ${stack}`);
      } catch (fault) {
        const cause = failed.get(fault);
        if (cause === undefined) failed.set(fault, stack);
        results.push(failure(stack, cause === undefined ? errorsIn(fault) : `it is deployed after ${cause}`));
      }
    });
    await Promise.all(settled);
    if (results.length > 0) return results;
    const plans: StackResult[] = [];
    for (const stack of this.stacks) {
      this.progress(`planning ${stack.name} once more`);
      plans.push(await planStack(this.emulator, this.runOf(stack), stack));
    }
    return plans.filter(({ outcome }) => outcome !== "empty");
  }

  private async goDark({ region, site }: DarkPlace): Promise<Round> {
    const stacks: StackResult[] = [];
    for (const stack of this.stacks) {
      if (homeOf(stack) === region) {
        stacks.push(untouched(stack));
        continue;
      }
      this.progress(`${site} dark: ${stack.name}`);
      stacks.push(await this.drillInTheDark(region, stack));
    }
    for (const { stack, outcome } of stacks) if (!["empty", "dark"].includes(outcome)) await this.takeBack(stack);
    return { region, site, stacks };
  }

  /**
   * A stack that stopped at a control plane might ask the region itself as well: once more, with the region dark and its control planes
   * answering.
   */
  private async drillInTheDark(region: string, stack: StackFolder): Promise<StackResult> {
    const drilled = (): Promise<StackResult> => drillStack(this.emulator, this.runOf(stack), stack);
    const result = await this.inTheDark(region, drilled);
    if (!isUnplannable(result)) return result;
    const alone = await this.inTheDark(region, drilled, { controlPlanes: "lit" });
    return alone.outcome === "empty" ? result : alone;
  }

  /** Where a stack stopped halfway, its change is still there. */
  private async takeBack(stack: string): Promise<void> {
    const run = this.deployment.stack(stack);
    if ((await run.stateList()).includes(CHANGE_ADDRESS)) await run.apply();
  }

  /** Promotes what follows a database in the region, while that is dark. @returns nothing where nothing follows */
  private async failOver({ region, site }: DarkPlace): Promise<Failover[]> {
    this.emulator.clearRequests();
    const promoted = await this.inTheDark(region, () => this.promote(region));
    if (promoted.length === 0) return [];
    const calls = namesOf(this.emulator.requests(({ service, action }) => service !== "sts" && !isLookup(action)));
    this.progress(`${site} failed over: ${promoted.map(({ name }) => name).join(", ")} promoted`);
    const stacks: StackResult[] = [];
    for (const stack of this.stacks) {
      const plan = () => planStack(this.emulator, this.runOf(stack), stack);
      // a dark region's own stacks, and those that wait for it or for its control planes, are planned once it is back
      const waits = homeOf(stack) === region || hasTableReplicas(stack);
      const result = await (waits ? plan() : this.inTheDark(region, plan));
      stacks.push(isUnplannable(result) ? await plan() : result);
    }
    return [{ region, site, promoted, calls, stacks }];
  }

  private async promote(lost: string) {
    const others = placesOf(this.stacks).filter(({ region }) => region !== lost);
    const promotions = others.map(async ({ region, account = this.emulator.account }) => {
      const credentials = await credentialsFor(this.emulator, account, region);
      return promoteFollowers(this.emulator.sdkConfig(region, credentials), lost);
    });
    return (await Promise.all(promotions)).flat();
  }

  private async inTheDark<T>(region: string, action: () => Promise<T>, options?: DarkOptions): Promise<T> {
    this.emulator.darken(region, "reset", options);
    try {
      return await action();
    } finally {
      this.emulator.lighten();
    }
  }

  private notes(rounds: readonly Round[]): string[] {
    const others = this.stacks.filter((stack) => !hasTableReplicas(stack));
    const foreign = others.flatMap((stack) => {
      const own = ownRegions(stack);
      const asked = rounds.flatMap(({ stacks }) => stacks.find((one) => one.stack === stack.name)?.asked ?? []);
      const abroad = [...new Set(asked)].filter((region) => /-\d$/.test(region) && !own.has(region));
      return abroad.map((region) => `${stack.name} asks ${region} as well`);
    });
    const elsewhere = this.stacks
      .filter((stack) => !keepsStateInS3(stack))
      .map(({ name }) => {
        return `${name} keeps its state elsewhere than in S3; here it was in a file, so nothing shows that it is read in the dark`;
      });
    return [...foreign, ...elsewhere];
  }

  private runOf({ name }: StackFolder) {
    return this.deployment.stack(name);
  }
}

function isLookup(action: string): boolean {
  return action.startsWith("Describe");
}

function failure(stack: string, fault: string): StackResult {
  return { stack, outcome: "fails", asked: [], changes: [], unanswered: [], fault };
}

function untouched({ name }: StackFolder): StackResult {
  return { stack: name, outcome: "dark", asked: [], changes: [], unanswered: [] };
}
