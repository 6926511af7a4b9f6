import {
  autoScaling,
  BackupRestore,
  bucket,
  Compute,
  DataStore,
  dns,
  forgotten,
  HistoryEvent,
  lambda,
  MultiSite,
  PilotLight,
  postgres,
  queueMessages,
  ssmImage,
  table,
  tableChanges,
  timer,
  WarmStandby,
  Workload,
  WorkloadCapacity,
  WorkloadSite,
  zipCode,
} from "../../../stacks";
import { Synthesised, synthApp } from "../synth";
import { OBJECTIVES } from "../workloads";

/** Names of the sites, home first. */
export const SITES = ["seoul", "tokyo", "osaka"] as const;
export const REGIONS = ["ap-northeast-2", "ap-northeast-1", "ap-northeast-3"];
export const LADDER = ["backup-restore", "pilot-light", "warm-standby", "multi-site"] as const;
const ACCOUNT = "111122223333";
export const CAPACITY = { active: 6, standby: 2 };

/** The contents of a program at one time. */
export interface Program {
  readonly sites: number;
  readonly rung: number;
  readonly steppedDown: boolean;
  readonly history: readonly HistoryEvent[];
  /** A store that is added, and given up. */
  readonly stock: "absent" | "there" | "forgotten";
  readonly left: readonly number[];
}

const synthesised = new Map<string, ReadonlyMap<string, Synthesised>>();

/** Every stack of a program, synthesised once. */
export function synth(program: Program): ReadonlyMap<string, Synthesised> {
  const key = JSON.stringify(program);
  const known = synthesised.get(key) ?? synthApp((app) => define(app, program)).stacks;
  synthesised.set(key, known);
  return known;
}

function define(app: Parameters<Parameters<typeof synthApp>[0]>[0], program: Program): Workload {
  const sites = SITES.slice(0, program.sites).map((name, index): [string, WorkloadSite] => {
    const site = { region: REGIONS[index]!, account: ACCOUNT, state: { bucket: `acme-tf-${name}` } };
    return [name, program.left.includes(index) ? forgotten(site) : site];
  });
  const stock = postgres({ instanceClass: "db.r6g.large", storageGiB: 20 });
  const added: Record<Program["stock"], Record<string, DataStore>> = {
    absent: {},
    there: { stock },
    forgotten: { stock: forgotten(stock) },
  };
  const common = {
    sites: Object.fromEntries(sites),
    objectives: OBJECTIVES,
    history: program.history,
    data: {
      ledger: postgres({ instanceClass: "db.r6g.large", storageGiB: 20 }),
      carts: table({ partitionKey: { name: "id", type: "S" } }),
      receipts: bucket(),
      ...added[program.stock],
    },
    frontDoor: dns({ zone: "example.com", record: "shop", stateIn: "tokyo", zoneId: "Z1", compute: "api" }),
  };
  const { active, standby } = CAPACITY;
  switch (LADDER[program.rung]!) {
    case "backup-restore": {
      const steppedDownFrom = program.steppedDown ? "pilot-light" : undefined;
      return new BackupRestore(app, "shop", { ...common, compute: computeOf({ active }), steppedDownFrom });
    }
    case "pilot-light":
      return new PilotLight(app, "shop", { ...common, compute: computeOf({ active }) });
    case "warm-standby":
      return new WarmStandby(app, "shop", { ...common, compute: computeOf({ active, standby }) });
    case "multi-site":
      return new MultiSite(app, "shop", { ...common, compute: computeOf({ active }), writes: "global" });
  }
}

function computeOf<S extends number | undefined = undefined>(
  capacity: WorkloadCapacity<S>,
): Readonly<Record<string, Compute<S>>> {
  const code = { key: "shop/1.zip", runtime: "nodejs22.x", handler: "index.handler" } as const;
  return {
    api: autoScaling<S>({ image: ssmImage("/acme/api"), instanceType: "m7g.large", capacity, uses: ["ledger"] }),
    worker: lambda<S>({
      code: ({ name }) => zipCode({ ...code, bucket: { name: `acme-builds-${name}` } }),
      events: {
        nightly: timer("rate(1 day)"),
        carts: tableChanges("carts"),
        orders: queueMessages(({ region }) => ({ queueArn: `arn:aws:sqs:${region}:${ACCOUNT}:orders` })),
      },
    }),
  };
}
