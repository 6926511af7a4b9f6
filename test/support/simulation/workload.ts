import { failedOver, HistoryEvent, rebuilt, siteAdded, storeAdded } from "../../../stacks";
import { Synthesised } from "../synth";
import { SimulatedAws } from "./aws";
import { CAPACITY, LADDER, Program, REGIONS, SITES, synth } from "./program";
import { SimulatedStack } from "./terraform";

/** The possible events, in the words of an operator. A number selects the site, or the stacks to deploy. */
export const STEPS = [
  "darken",
  "lighten",
  "failover",
  "record",
  "rebuild",
  "deploy",
  "up",
  "down",
  "addStore",
  "forgetStore",
  "addSite",
  "leave",
] as const;
export type Step = (typeof STEPS)[number];

const ON = { on: "2027-03-02" };

/** A workload, its operator, and what both came to. */
export class SimulatedWorkload {
  private readonly aws = new SimulatedAws();
  private readonly stacks = new Map<string, SimulatedStack>();
  private program: Program;
  /** A failover that was made by calls and is not recorded yet. */
  private pending: number | undefined;
  private lastPlans: string[] = [];
  /** Sites whose number of instances a call or a step down the ladder left above that of a standby. */
  private readonly raised = new Set<number>();

  constructor(sites: number, rung: number) {
    this.program = { sites, rung, steppedDown: false, history: [], stock: "absent", left: [] };
    this.deploy();
  }

  /** Does one step; one that is not possible now is passed over. */
  take(step: Step, detail: number): void {
    const site = detail % this.program.sites;
    switch (step) {
      case "darken":
        if (this.aws.dark.size < this.program.sites - 1) this.aws.dark.add(REGIONS[site]!);
        return;
      case "lighten":
        this.aws.dark.delete(REGIONS[site]!);
        return;
      case "failover":
        return this.failOver(site);
      case "record":
        return this.record();
      case "rebuild":
        if (this.roleOf(site) === "detached" && this.isUp(this.active)) this.append(rebuilt(SITES[site]!, ON));
        return;
      case "deploy":
        this.deploy((index) => (detail & (1 << (index % 8))) !== 0);
        return;
      default:
        if (this.aws.dark.size === 0 && this.pending === undefined) this.changeProgram(step, site);
    }
  }

  lightenAll(): void {
    this.aws.dark.clear();
  }

  /** Records the finished events, and deploys all available stacks twice. */
  settle(): void {
    this.record();
    this.deploy();
    this.lastPlans = this.deploy();
  }

  /** The faults in the available regions. */
  faults(): string[] {
    const reachable = this.present.filter((site) => this.isUp(site));
    const capacities = reachable.flatMap((site) => this.faultOfCapacity(site));
    const answering = this.isUp(this.active) ? this.faultsOfName() : [];
    return [
      ...this.lastPlans.map((plan) => `again: ${plan}`),
      ...capacities,
      ...this.faultsOfWorkers(reachable),
      ...answering,
    ];
  }

  private failOver(site: number): void {
    if (!this.isUp(site) || this.pending !== undefined || site === this.active || this.program.left.includes(site))
      return;
    if (this.rung === "backup-restore") {
      if (this.roleOf(site) === "standby") this.append(failedOver(SITES[site]!, ON));
      return;
    }
    const [stack, replication] = [this.stackOf(SITES[site]!), this.stackOf(`${SITES[site]!}-replication`)];
    const { role, generation } = this.siteIn(site);
    const follows = this.rung === "multi-site" ? role === "active" : role === "standby";
    // only a deployed site can take over
    const deployed = stack.model?.sites.find(({ name }) => name === SITES[site]);
    const same = stack.model?.pattern === this.rung && deployed?.role === role && deployed.generation === generation;
    if (!follows || !same) return;
    stack.recover();
    replication.recover();
    this.raised.add(site);
    this.pending = site;
  }

  private record(): void {
    if (this.pending !== undefined) this.append(failedOver(SITES[this.pending]!, ON));
    this.pending = undefined;
  }

  private changeProgram(step: Step, site: number): void {
    const { rung, stock, left } = this.program;
    const top = left.length > 0 ? 2 : 3;
    if (step === "up" && rung < top) this.change({ rung: rung + 1, steppedDown: false });
    if (step === "down" && rung > 0) {
      this.deploy(); // a load balancer that is protected from deletion is let go by a deployment, before a pattern without it
      this.present.forEach((index) => this.raised.add(index));
      this.change({ rung: rung - 1, steppedDown: rung === 1 });
    }
    if (step === "addStore" && stock === "absent" && this.isSettled()) {
      this.change({ stock: "there" });
      this.append(storeAdded("stock", ON));
      this.deploy(); // a replica needs its source
    }
    if (step === "forgetStore" && stock === "there") this.change({ stock: "forgotten" });
    if (step === "addSite" && this.program.sites < SITES.length) {
      this.deploy();
      this.change({ sites: this.program.sites + 1 });
      this.append(siteAdded(SITES[this.program.sites - 1]!, ON));
    }
    if (step !== "leave" || site < 2 || left.includes(site) || site === this.active || rung === 3) return;
    this.change({ left: [...left, site] });
  }

  /** The home is active, and every other site follows it. */
  private isSettled(): boolean {
    const follows = this.rung === "multi-site" ? "active" : "standby";
    return this.active === 0 && this.present.every((site) => site === 0 || this.roleOf(site) === follows);
  }

  private change(to: Partial<Program>): void {
    this.program = { ...this.program, ...to };
  }

  private append(event: HistoryEvent): void {
    if (event.event === "rebuilt") this.raised.delete(SITES.indexOf(event.site as (typeof SITES)[number]));
    this.change({ history: [...this.program.history, event] });
  }

  /** In the order of a deployment: sites, the active one first; how they are copied; the front door. */
  private deploy(chosen: (index: number) => boolean = () => true): string[] {
    const wanted = synth(this.program);
    const active = `shop-${SITES[this.active]!}`;
    const rank = (name: string) =>
      name === active ? 0 : name.endsWith("-front-door") ? 3 : name.endsWith("-replication") ? 2 : 1;
    const names = [...wanted.keys()].sort((a, b) => rank(a) - rank(b));
    return names.flatMap((name, index) => {
      const stack = wanted.get(name)!;
      if (!chosen(index) || !this.canReach(stack)) return [];
      const before = this.serving();
      const plans = this.stackOf(name.slice("shop-".length)).deploy(stack);
      this.expectNotScaledDown(before);
      return plans.map((plan) => `${name} ${plan}`);
    });
  }

  private canReach(stack: Synthesised): boolean {
    const regions = this.present.map((site) => REGIONS[site]!);
    return SimulatedStack.needs(stack, regions).every((region) => !this.aws.dark.has(region));
  }

  /** Instances of the site that was failed over to by calls alone. */
  private serving(): number | undefined {
    return this.pending === undefined ? undefined : this.instancesOf(this.pending);
  }

  private expectNotScaledDown(before: number | undefined): void {
    const after = this.serving();
    if (before !== undefined && after! < before) throw new Error(`an apply took instances away: ${before} -> ${after}`);
  }

  private instancesOf(site: number): number | undefined {
    const groups = this.aws.all("aws_autoscaling_group").filter(({ region }) => region === REGIONS[site]);
    return groups.length === 0 ? undefined : Number(groups[0]!.settings.desired_capacity);
  }

  private faultOfCapacity(site: number): string[] {
    const got = this.instancesOf(site);
    const { active, standby } = CAPACITY;
    const { role } = this.siteIn(site);
    const least = {
      active,
      detached: 0,
      evacuated: active,
      standby: { "backup-restore": 0, "pilot-light": 0, "warm-standby": standby, "multi-site": active }[this.rung],
    }[role];
    const right = this.raised.has(site) && role === "standby" ? (got ?? 0) >= least : (got ?? 0) === least;
    return right ? [] : [`${SITES[site]} (${role}) runs ${got}, not ${least}`];
  }

  /** The timer and the table's changes are worked on in one site; a queue in every active one. */
  private faultsOfWorkers(reachable: readonly number[]): string[] {
    const wanted = (of: (site: number) => boolean) =>
      reachable
        .filter(of)
        .map((site) => REGIONS[site]!)
        .sort();
    const [writer, every] = [wanted((site) => site === this.active), wanted((site) => this.roleOf(site) === "active")];
    const lit = (region: string) => !this.aws.dark.has(region);
    const on = (type: string, isOn: (settings: Record<string, unknown>) => boolean) =>
      this.aws
        .all(type)
        .filter(({ region, settings }) => lit(region) && isOn(settings))
        .map(({ region }) => region)
        .sort();
    const isQueue = ({ event_source_arn: source }: Record<string, unknown>) => String(source).startsWith("arn:aws:sqs");
    const seen = {
      timer: [writer, on("aws_cloudwatch_event_rule", ({ state }) => state === "ENABLED")],
      queue: [
        every,
        on("aws_lambda_event_source_mapping", (settings) => settings.enabled === true && isQueue(settings)),
      ],
      // a table's stack waits for every region of the table
      ...(this.aws.dark.size === 0 && {
        table: [
          writer,
          on("aws_lambda_event_source_mapping", (settings) => settings.enabled === true && !isQueue(settings)),
        ],
      }),
    };
    return Object.entries(seen).flatMap(([what, [right, got]]) => {
      return JSON.stringify(right) === JSON.stringify(got) ? [] : [`${what} in ${got!.join()}, not ${right!.join()}`];
    });
  }

  /** A dark site answers a multi-site name until an operator evacuates it. A front door that could not be deployed is as it was. */
  private faultsOfName(): string[] {
    const frontDoor = this.stackOf("front-door");
    if (frontDoor.model?.pattern !== this.rung) return [];
    const answers = this.aws.resolve("shop.example.com", (token) => frontDoor.thingOf(token));
    const able = this.present.filter((site) => this.canServe(site)).map((site) => SITES[site]!);
    const dark = this.present.filter((site) => !this.isUp(site)).map((site) => SITES[site]!);
    const unable = answers.filter((site) => ![...able, ...dark].some((name) => name === site));
    const served = answers.some((site) => able.some((name) => name === site));
    return served && unable.length === 0 ? [] : [`the name answers ${answers.join()}, able are ${able.join()}`];
  }

  /** It runs something, and its database takes writes; in a multi-site workload the active site's does. */
  private canServe(site: number): boolean {
    const writer = this.rung === "multi-site" ? this.active : site;
    const { generation } = this.siteIn(writer);
    const identifier = `shop-ledger-${SITES[writer]!}${generation > 1 ? `-${generation}` : ""}`;
    const database = this.aws.find(`aws_db_instance ${REGIONS[writer]} ${identifier}`);
    const writable = database !== undefined && database.settings.replicate_source_db === undefined;
    return writable && (this.instancesOf(site) ?? 0) > 0;
  }

  private get rung(): (typeof LADDER)[number] {
    return LADDER[this.program.rung]!;
  }

  private get present(): number[] {
    return [...Array(this.program.sites).keys()].filter((site) => !this.program.left.includes(site));
  }

  private get active(): number {
    const over = this.program.history.flatMap((entry) => (entry.event === "failedOver" ? [entry.site] : [])).at(-1);
    return over === undefined ? 0 : SITES.indexOf(over as (typeof SITES)[number]);
  }

  private roleOf(site: number): string {
    return this.siteIn(site).role;
  }

  private siteIn(site: number) {
    const { json } = synth(this.program).get(`shop-${SITES[this.present[0]!]!}`)!;
    const { dr } = json["//"] as unknown as { dr: { sites: { name: string; role: Role; generation: number }[] } };
    return dr.sites.find(({ name }) => name === SITES[site])!;
  }

  private isUp(site: number): boolean {
    return !this.aws.dark.has(REGIONS[site]!);
  }

  private stackOf(name: string): SimulatedStack {
    const stack = this.stacks.get(name) ?? new SimulatedStack(name, this.aws);
    this.stacks.set(name, stack);
    return stack;
  }
}

type Role = "active" | "standby" | "detached" | "evacuated";
