/**
 * Proves, over random workloads, patterns, numbers of sites and histories, the laws that the JSON shows. No stack depends on another
 * site. From one step to the next, every store keeps its address unless it is forgotten. No argument that forces a replacement
 * changes. Physical names are unique. The same input gives the same bytes, in any order of its keys.
 *
 * The cases are the same in every run. `LAWS_RUNS=500 LAWS_SEED=$RANDOM npx jest test/properties/laws` draws others.
 */
import * as fc from "fast-check";
import { App } from "cdktf";
import {
  auroraMysql,
  auroraPostgres,
  autoScaling,
  BackupRestore,
  bucket,
  Compute,
  DataStore,
  dns,
  documentDb,
  failedOver,
  fargate,
  forgotten as giveUp,
  HistoryEvent,
  lambda,
  MultiSite,
  mysql,
  neptune,
  Pattern,
  PilotLight,
  postgres,
  queueMessages,
  rebuilt,
  secret,
  siteImage,
  ssmImage,
  table,
  tableChanges,
  valkey,
  WarmStandby,
  WorkloadCapacity,
  WorkloadSite,
  zipCode,
} from "../../stacks";
import { isPrecious, typeFacts } from "../../terraform";
import { forgotten, resources, readable } from "../support/difference";
import { replacingChanges } from "../support/replaced";
import { Synthesised, synthApp } from "../support/synth";
import { OBJECTIVES } from "../support/workloads";

const RUNS = { numRuns: Number(process.env.LAWS_RUNS ?? 12), seed: Number(process.env.LAWS_SEED ?? 20261121) };

const LADDER: readonly Pattern[] = ["backup-restore", "pilot-light", "warm-standby", "multi-site"];
const REGIONS = ["ap-northeast-2", "ap-northeast-1", "ap-northeast-3", "ap-southeast-1"];
const SITES = ["seoul", "tokyo", "osaka", "sing"];

const STORES: Readonly<Record<string, () => DataStore>> = {
  orders: () => postgres({ instanceClass: "db.r6g.large", storageGiB: 20 }),
  stock: () => mysql({ instanceClass: "db.r6g.large", storageGiB: 20, backups: { retentionDays: 14 } }),
  ledger: () => auroraPostgres({ instanceClass: "db.r7g.large", readers: 2 }),
  prices: () => auroraMysql({ instanceClass: "db.r7g.large" }),
  catalog: () => documentDb({ instanceClass: "db.r6g.large" }),
  friends: () => neptune({ instanceClass: "db.r6g.large", readers: 2 }),
  carts: () => table({ partitionKey: { name: "id", type: "S" } }),
  receipts: () => bucket(),
  payment: () => secret({ promotable: true }),
  sessions: () => valkey({ nodeType: "cache.r7g.large", users: { api: "on ~* +@all" } }),
};

type Move = readonly ["up" | "down" | "failover" | "rebuild" | "leave", number];

/** A workload as it is drawn: plain words, so that a failing case can be read. */
interface Drawn {
  readonly sites: number;
  readonly stores: readonly string[];
  readonly compute: "none" | "instances" | "containers" | "functions";
  readonly named: boolean;
  readonly pattern: number;
  readonly moves: readonly Move[];
}

const DRAWN: fc.Arbitrary<Drawn> = fc.record({
  sites: fc.integer({ min: 2, max: SITES.length }),
  stores: fc.subarray(Object.keys(STORES), { minLength: 1, maxLength: 3 }),
  compute: fc.constantFrom("none", "instances", "containers", "functions"),
  named: fc.boolean(),
  pattern: fc.integer({ min: 0, max: LADDER.length - 1 }),
  moves: fc.array(fc.tuple(fc.constantFrom("up", "down", "failover", "rebuild", "leave"), fc.nat(SITES.length - 1)), {
    maxLength: 4,
  }),
});

/** One state of a workload. */
interface Step {
  readonly pattern: Pattern;
  readonly steppedDown: boolean;
  readonly history: readonly HistoryEvent[];
  /** Sites that were given up. */
  readonly left: readonly number[];
}

/** The steps that follow from the moves. A move that is not possible is skipped. */
function stepsOf(drawn: Drawn): Step[] {
  const { sites, pattern, moves } = drawn;
  const steps: Step[] = [{ pattern: LADDER[pattern]!, steppedDown: false, history: [], left: [] }];
  let active = 0;
  let detached: readonly number[] = [];
  for (const [move, site] of moves) {
    const last = steps.at(-1)!;
    const rung = LADDER.indexOf(last.pattern);
    const on = { on: "2027-03-02" };
    const top = last.left.length > 0 ? "warm-standby" : "multi-site"; // where a site that was given up would answer
    if (last.left.includes(site)) continue;
    if (move === "up" && last.pattern !== top) {
      steps.push({ ...last, pattern: LADDER[rung + 1]!, steppedDown: false });
    } else if (move === "down" && rung > 0) {
      steps.push({ ...last, pattern: LADDER[rung - 1]!, steppedDown: rung === 1 });
    } else if (move === "failover" && site < sites && site !== active) {
      active = site;
      detached = SITES.slice(0, sites).flatMap((_, index) => (index === active ? [] : [index]));
      steps.push({ ...last, history: [...last.history, failedOver(SITES[site]!, on)] });
    } else if (move === "rebuild" && detached.includes(site)) {
      detached = detached.filter((index) => index !== site);
      steps.push({ ...last, history: [...last.history, rebuilt(SITES[site]!, on)] });
    } else if (move === "leave" && site !== active && mayLeave(drawn, last, site)) {
      steps.push({ ...last, left: [...last.left, site] });
    }
  }
  return steps;
}

/**
 * Whether a site may be given up. It must not be the home, nor keep the front door's state. The pattern must not be one in which
 * every site answers. At least two sites must remain.
 */
function mayLeave({ named, sites }: Drawn, { pattern, left }: Step, site: number): boolean {
  const first = named ? 2 : 1;
  return site >= first && site < sites && pattern !== "multi-site" && sites - left.length > 2;
}

/** A global datastore has two secondaries at most. */
function storesOf({ stores, sites }: Drawn): readonly string[] {
  return sites > 3 ? stores.filter((store) => store !== "sessions") : stores;
}

type Stacks = ReadonlyMap<string, Synthesised>;

function synth(drawn: Drawn, step: Step, order: <T>(entries: [string, T][]) => [string, T][] = (same) => same): Stacks {
  const [home, ...others] = SITES.slice(0, drawn.sites).map((name, index): [string, WorkloadSite] => {
    const site = { region: REGIONS[index]!, account: "111122223333", state: { bucket: `acme-tf-${name}` } };
    return [name, step.left.includes(index) ? giveUp(site) : site];
  });
  const common = {
    sites: Object.fromEntries([home!, ...order(others)]),
    data: Object.fromEntries(order(storesOf(drawn).map((store): [string, DataStore] => [store, STORES[store]!()]))),
    history: step.history,
    objectives: OBJECTIVES,
    ...(drawn.named &&
      ["instances", "containers"].includes(drawn.compute) && {
        frontDoor: dns({ zone: "example.com", record: "shop", stateIn: "tokyo" }),
      }),
  };
  return synthApp((app) => define(app, drawn, step, common)).stacks;
}

type Common = Omit<ConstructorParameters<typeof PilotLight>[2], "compute">;

function define(app: App, drawn: Drawn, { pattern, steppedDown }: Step, common: Common): void {
  const capacity = { active: 4 };
  const compute = computeOf(drawn, capacity);
  switch (pattern) {
    case "backup-restore":
      new BackupRestore(app, "shop", {
        ...common,
        compute,
        steppedDownFrom: steppedDown ? "pilot-light" : undefined,
      });
      break;
    case "pilot-light":
      new PilotLight(app, "shop", { ...common, compute });
      break;
    case "warm-standby":
      new WarmStandby(app, "shop", { ...common, compute: computeOf(drawn, { ...capacity, standby: 2 }) });
      break;
    case "multi-site":
      new MultiSite(app, "shop", { ...common, compute, writes: "global" });
  }
}

function computeOf<S extends number | undefined = undefined>(
  drawn: Drawn,
  capacity: WorkloadCapacity<S>,
): Readonly<Record<string, Compute<S>>> {
  if (drawn.compute === "none") return {};
  if (drawn.compute === "functions") return { worker: functionOf(storesOf(drawn), capacity) };
  if (drawn.compute === "instances") {
    return { api: autoScaling<S>({ image: ssmImage("/acme/api"), instanceType: "m7g.large", capacity }) };
  }
  const containers = { api: { image: siteImage({ name: "shop/api" }, "1"), ports: [8080] } };
  return { api: fargate<S>({ cpu: 512, memoryMiB: 1024, containers, capacity }) };
}

/** It uses every store there is, and works on the table where there is one. */
function functionOf<S extends number | undefined>(
  stores: readonly string[],
  capacity: WorkloadCapacity<S>,
): Compute<S> {
  const code = { key: "shop/1.zip", runtime: "nodejs22.x", handler: "index.handler" } as const;
  return lambda<S>({
    code: ({ name }) => zipCode({ ...code, bucket: { name: `acme-builds-${name}` } }),
    capacity,
    events: {
      orders: queueMessages(({ region }) => ({ queueArn: `arn:aws:sqs:${region}:111122223333:orders` })),
      ...(stores.includes("carts") && { carts: tableChanges("carts") }),
    },
    uses: stores,
  });
}

/** Few draws have a site leave that was active once, and the workload go on. */
const LEFT_AFTER_A_FAILOVER: Drawn = {
  sites: 4,
  stores: ["orders", "payment"],
  compute: "none",
  named: false,
  pattern: 1,
  moves: [
    ["failover", 2],
    ["rebuild", 0],
    ["failover", 0],
    ["leave", 2],
    ["up", 0],
  ],
};

test("every law holds in every step of every workload", () => {
  fc.assert(
    fc.property(DRAWN, (drawn) => {
      const steps = stepsOf(drawn);
      const states = steps.map((step) => synth(drawn, step));
      states.forEach((stacks) => {
        for (const [name, stack] of stacks) expectOwnRegionAlone(name, stack);
        expectUniqueNames(stacks);
      });
      states.slice(1).forEach((after, index) => {
        for (const [name, before] of states[index]!) expectNothingLost(before, after.get(name)!);
      });
      const [step, stacks] = [steps.at(-1)!, states.at(-1)!];
      const texts = (all: Stacks) => Object.fromEntries([...all].map(([name, { text }]) => [name, text]));
      expect(texts(synth(drawn, step))).toEqual(texts(stacks));
      expect(texts(synth(drawn, step, (entries) => entries.reverse()))).toEqual(texts(stacks));
    }),
    { ...RUNS, examples: [[LEFT_AFTER_A_FAILOVER]] },
  );
}, 600_000);

/** One provider and one state, both of the stack's own region, and no other stack's state. */
function expectOwnRegionAlone(name: string, { json, text }: Synthesised): void {
  const { provider, terraform } = json as {
    provider: Record<string, { region: string; alias?: string }[]>;
    terraform: { backend: { s3: { region: string } } };
  };
  expect({ name, providers: Object.keys(provider), aliases: provider.aws!.map(({ alias }) => alias) }).toEqual({
    name,
    providers: ["aws"],
    aliases: [undefined],
  });
  expect(terraform.backend.s3.region).toBe(provider.aws![0]!.region);
  expect(text).not.toContain("terraform_remote_state");
}

/** A store, key or network stays where it is, or is forgotten. Whatever stays is not replaced: an argument that would is ignored. */
function expectNothingLost(before: Synthesised, after: Synthesised): void {
  const [old, fresh, left] = [resources(before), resources(after), forgotten(after)];
  for (const [address, block] of old) {
    const type = address.split(".")[0]!;
    const now = fresh.get(address);
    if (now === undefined) {
      if (isPrecious(type) && !type.endsWith("_cluster_instance")) expect(left).toContain(address);
      continue;
    }
    const changed = replacingChanges(type, block, now);
    expect({ address, changed }).toEqual({ address, changed: [] });
  }
}

function readText(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function expectUniqueNames(stacks: Stacks): void {
  const taken = new Map<string, string>();
  for (const [stack, synthesised] of stacks) {
    const { provider } = synthesised.json as { provider: { aws: { region: string }[] } };
    for (const [address, block] of resources(synthesised)) {
      const type = address.split(".")[0]!;
      const { by, within } = typeFacts(type).unique ?? { by: [] };
      const values = by.map((argument) => readText(block[argument]));
      if (values.join("") === "" || values.join("").includes("${")) continue;
      const key = [type, within === "region" ? provider.aws[0]!.region : "", ...values].join(" ");
      expect({ key, taken: taken.get(key) }).toEqual({ key, taken: undefined });
      taken.set(key, `${stack} ${readable(address)}`);
    }
  }
}
