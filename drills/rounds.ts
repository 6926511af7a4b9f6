import { credentialsFor, DarkOptions, Deployment, Emulator, Given, promoteFollowers } from "../emulator";
import { Progress, StackFolder } from "../terraform";
import { CHANGE_ADDRESS, drillStack, planStack } from "./dark-round";
import { conclude, DrillReport, Failover, isUnplannable, Round, StackResult } from "./report";
import { DarkPlace, hasTableReplicas, homeOf, ownRegions, placesOf } from "./stack-facts";
import { errorsIn } from "./terraform-errors";
import { namesOf } from "./unanswered";
import { keepsStateInS3 } from "./work-folder";

/** The rounds of a drill, in a running emulator. */
export class Rounds {
  private readonly given: Given;

  constructor(
    private readonly emulator: Emulator,
    private readonly deployment: Deployment,
    private readonly stacks: readonly StackFolder[],
    private readonly progress: Progress,
  ) {
    this.given = new Given(emulator);
  }

  /** @param notes earlier differences from a deployment to AWS */
  async run(places: readonly DarkPlace[], notes: readonly string[]): Promise<DrillReport> {
    const unknown = await this.createGiven();
    await this.progress.during("opening the states", () => this.deployment.open(this.stacks));
    const deployment = await this.deploy();
    const works = deployment.every(({ outcome }) => outcome !== "fails");
    const rounds: Round[] = [];
    const failovers: Failover[] = [];
    if (works) for (const place of places) rounds.push(await this.goDark(place));
    if (works) for (const place of places) failovers.push(...(await this.failOver(place)));
    const all = [...notes, ...unknown, ...this.notes(rounds)];
    return conclude({ given: this.given.things, notes: all, deployment, rounds, failovers });
  }

  private async createGiven(): Promise<string[]> {
    const jsons = this.stacks.map(({ json }) => json);
    const unknown: string[] = [];
    for (const { name, json } of this.stacks) {
      const addresses = await this.given.plant(json, jsons);
      unknown.push(...addresses.map((address) => `${name} looks up ${address}, which the drill cannot create`));
    }
    return unknown;
  }

  /** @returns findings about stacks that fail to deploy, or whose second plan is not empty */
  private async deploy(): Promise<StackResult[]> {
    const failed = new Map<unknown, string>();
    const results: StackResult[] = [];
    let deployed = 0;
    const settled = [...this.deployment.startApply()].map(async ([stack, applied]) => {
      try {
        await this.progress.during(`deploying ${stack}`, () => applied);
        deployed += 1;
        this.progress.say(`deployed ${stack} (${deployed} of ${this.stacks.length})`);
      } catch (fault) {
        const cause = failed.get(fault);
        if (cause === undefined) failed.set(fault, stack);
        results.push(failure(stack, cause === undefined ? errorsIn(fault) : `it is deployed after ${cause}`));
      }
    });
    await Promise.all(settled);
    if (results.length > 0) return results;
    const plans: StackResult[] = [];
    for (const [index, stack] of this.stacks.entries()) {
      const title = `planning ${stack.name} once more${this.counted(index)}`;
      const plan = (): Promise<StackResult> => planStack(this.emulator, this.runOf(stack), stack);
      plans.push(await this.progress.during(title, plan));
    }
    return plans.filter(({ outcome }) => outcome !== "empty");
  }

  private async goDark({ region, site }: DarkPlace): Promise<Round> {
    const stacks: StackResult[] = [];
    for (const [index, stack] of this.stacks.entries()) {
      if (homeOf(stack) === region) {
        stacks.push(untouched(stack));
        continue;
      }
      const title = `planning and applying ${stack.name} with ${site} dark${this.counted(index)}`;
      stacks.push(await this.progress.during(title, () => this.drillInTheDark(region, stack)));
    }
    for (const { stack, outcome } of stacks) if (!["empty", "dark"].includes(outcome)) await this.takeBack(stack);
    return { region, site, stacks };
  }

  /**
   * Repeats the round for stacks that stopped at a control plane, because they might also ask the region itself. This time the region is
   * dark and its control planes answer.
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

  /** Promotes the replicas of databases in the dark region. @returns an empty list if there are none */
  private async failOver({ region, site }: DarkPlace): Promise<Failover[]> {
    this.emulator.clearRequests();
    const promoted = await this.inTheDark(region, () => this.promote(region));
    if (promoted.length === 0) return [];
    const calls = namesOf(this.emulator.requests(({ service, action }) => service !== "sts" && !isLookup(action)));
    this.progress.say(`${site} failed over: ${promoted.map(({ name }) => name).join(", ")} promoted`);
    const stacks: StackResult[] = [];
    for (const [index, stack] of this.stacks.entries()) {
      const plan = () => planStack(this.emulator, this.runOf(stack), stack);
      // a dark region's own stacks, and those that wait for it or for its control planes, are planned once it is back
      const waits = homeOf(stack) === region || hasTableReplicas(stack);
      const title = `planning ${stack.name} after the failover of ${site}${this.counted(index)}`;
      const planned = async (): Promise<StackResult> => {
        const result = await (waits ? plan() : this.inTheDark(region, plan));
        return isUnplannable(result) ? plan() : result;
      };
      stacks.push(await this.progress.during(title, planned));
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
      const foreignRegions = [...new Set(asked)].filter((region) => /-\d$/.test(region) && !own.has(region));
      return foreignRegions.map((region) => `${stack.name} asks ${region} as well`);
    });
    const elsewhere = this.stacks
      .filter((stack) => !keepsStateInS3(stack))
      .map(({ name }) => {
        return `${name} does not keep its state in S3, so the drill kept it in a file. Nothing shows that the state is readable while a region is dark`;
      });
    return [...foreign, ...elsewhere];
  }

  private counted(index: number): string {
    return ` (${index + 1} of ${this.stacks.length})`;
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
