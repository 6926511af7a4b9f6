import { App, Testing } from "cdktf";
import {
  autoScaling,
  BackupRestore,
  BackupRestoreProps,
  Compute,
  bucket,
  dns,
  Duration,
  HistoryEvent,
  MultiSite,
  Pattern,
  PilotLight,
  PilotLightProps,
  postgres,
  ssmImage,
  table,
  WarmStandby,
  Workload,
  WorkloadProps,
  WorkloadSite,
} from "../../stacks";
import { synthApp, Synthesised } from "./synth";

const ACCOUNT = "111122223333";

export const SITES = {
  seoul: { region: "ap-northeast-2", account: ACCOUNT, state: { bucket: "acme-tf-seoul" } },
  tokyo: { region: "ap-northeast-1", account: ACCOUNT, state: { bucket: "acme-tf-tokyo" } },
};
export const OSAKA_SITE = { region: "ap-northeast-3", account: ACCOUNT, state: { bucket: "acme-tf-osaka" } };
/** Tokyo, in another account. */
export const ABROAD_SITE = {
  region: "ap-northeast-1",
  account: "444455556666",
  state: { bucket: "acme-tf-tokyo" },
  assumeRole: { roleArn: "arn:aws:iam::444455556666:role/terraform" },
};

export const OBJECTIVES = { rto: Duration.minutes(45), rpo: Duration.minutes(15) };

/** The page of the README: a database, a table, a bucket, instances and a name. */
export function shop(change: Partial<PilotLightProps> = {}): PilotLightProps {
  return { ...everyShop(), compute: { api: autoScaling({ ...API, capacity: { active: 6 } }) }, ...change };
}

const API = { image: ssmImage("/acme/api"), instanceType: "m7g.large" };

/** The properties of the shop in every pattern. */
function everyShop() {
  return {
    sites: SITES as Record<string, WorkloadSite>,
    objectives: OBJECTIVES,
    data: {
      ledger: postgres({ instanceClass: "db.r6g.large", storageGiB: 200 }),
      carts: table({ partitionKey: { name: "id", type: "S" } }),
      receipts: bucket(),
    },
    frontDoor: dns({ zone: "example.com", record: "orders" }),
  };
}

/** The properties of a shop that a test may change in any pattern. */
export type ShopChange = Partial<Pick<WorkloadProps, "backups" | "data" | "frontDoor" | "objectives" | "sites">> & {
  readonly history?: readonly HistoryEvent[];
  readonly acceptUsEast1?: boolean;
  readonly steppedDownFrom?: BackupRestoreProps["steppedDownFrom"];
  /** Of the patterns that take no capacity of a standby. */
  readonly compute?: Readonly<Record<string, Compute<undefined>>>;
};

/** The shop in each pattern: they differ in a word, and in the capacity of a standby. */
export const SHOPS: Readonly<Record<Pattern, (app: App, change?: ShopChange) => Workload>> = {
  "backup-restore": (app, { acceptUsEast1, steppedDownFrom, ...change } = {}) =>
    new BackupRestore(app, "orders", { ...shop(change), acceptUsEast1, steppedDownFrom }),
  "pilot-light": (app, change) => new PilotLight(app, "orders", shop(change)),
  "warm-standby": (app, { compute: _, ...change } = {}) => {
    const api = autoScaling({ ...API, capacity: { active: 6, standby: 2 } });
    return new WarmStandby(app, "orders", { ...everyShop(), compute: { api }, ...change });
  },
  "multi-site": (app, change) => new MultiSite(app, "orders", { ...shop(change), writes: "global" }),
};

/** Every stack of an app that holds the shop in one pattern. */
export function synthPattern(pattern: Pattern, change?: ShopChange): ReadonlyMap<string, Synthesised> {
  return synthApp((app) => SHOPS[pattern](app, change)).stacks;
}

/** Every stack of an app that holds one pilot light called `orders`. */
export function synthShop(change: Partial<PilotLightProps> = {}): ReadonlyMap<string, Synthesised> {
  return synthApp((app) => new PilotLight(app, "orders", shop(change))).stacks;
}

/** Where a refusal is expected. */
export function defineShop(change: Partial<PilotLightProps> = {}, id = "orders"): () => PilotLight {
  return () => new PilotLight(Testing.app(), id, shop(change));
}

/** Names and values that a site's stack publishes for the application, below `/<workload>/<store>/`. */
export function published(stack: Synthesised): [name: string, value: string][] {
  const parameters = stack.all("aws_ssm_parameter").map(({ name, value }) => [name, value] as [string, string]);
  return parameters.filter(([name]) => name.split("/").length === 4).sort();
}
