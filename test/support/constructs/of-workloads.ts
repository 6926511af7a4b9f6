import { App, TerraformStack, Testing } from "cdktf";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as stacks from "../../../stacks";
import { OBJECTIVES, SITES } from "../workloads";

/** The functions that describe a workload, each with valid properties. */
export interface WorkloadCase {
  readonly props: object;
  /** Describes a workload with it. */
  readonly define: (app: App, props: never) => unknown;
}

function of<P extends object>(props: P, define: (app: App, props: P) => unknown): WorkloadCase {
  return { props, define };
}

const BARE = { sites: SITES, objectives: OBJECTIVES, data: {} };

function store<P extends object>(props: P, make: (props: P) => stacks.DataStore): WorkloadCase {
  return of(props, (app, given) => new stacks.PilotLight(app, "orders", { ...BARE, data: { one: make(given) } }));
}

function compute<P extends object>(props: P, make: (props: P) => stacks.Compute<undefined>): WorkloadCase {
  return of(props, (app, given) => new stacks.PilotLight(app, "orders", { ...BARE, compute: { api: make(given) } }));
}

const PAGE = {
  ...BARE,
  data: { media: stacks.bucket() },
  backups: { retentionDays: 30, stores: ["media"] },
  history: [
    stacks.failedOver("tokyo", { on: "2027-03-02" }),
    stacks.rebuilt("seoul", { on: "2027-03-05" }),
  ] as stacks.HistoryEvent[],
};

const DATABASE = { instanceClass: "db.r6g.large" as const };
const CLUSTER = { instanceClass: "db.r6g.large" as const, readers: 2 };
const API = { capacity: { active: 6, max: 9 }, port: 8081, uses: [] as string[] };

/** Patterns, stores, computes, the front door and the events of a history. */
export const WORKLOADS: Readonly<Record<string, WorkloadCase>> = {
  PilotLight: of(PAGE, (app, props) => new stacks.PilotLight(app, "orders", props)),
  WarmStandby: of(PAGE, (app, props) => new stacks.WarmStandby(app, "orders", props)),
  BackupRestore: of(
    { ...PAGE, acceptUsEast1: true, steppedDownFrom: "pilot-light" as const },
    (app, props) => new stacks.BackupRestore(app, "orders", props),
  ),
  MultiSite: of(
    { ...PAGE, history: [], writes: "global" as const },
    (app, props) => new stacks.MultiSite(app, "orders", props),
  ),
  postgres: store({ ...DATABASE, storageGiB: 200, parameters: { work_mem: 4096 } }, stacks.postgres),
  mysql: store({ ...DATABASE, storageGiB: 200, backupsReplicationRetentionDays: 9 }, stacks.mysql),
  auroraPostgres: store(CLUSTER, stacks.auroraPostgres),
  auroraMysql: store(CLUSTER, stacks.auroraMysql),
  documentDb: store(CLUSTER, stacks.documentDb),
  neptune: store(CLUSTER, stacks.neptune),
  redis: store({ nodeType: "cache.r7g.large" as const, users: { api: "on ~* +@read" } }, stacks.redis),
  valkey: store({ nodeType: "cache.r7g.large" as const, anonymousAccess: true as const, shards: 2 }, stacks.valkey),
  table: store({ partitionKey: { name: "id", type: "S" as const }, timeToLive: "expires" }, stacks.table),
  bucket: store({ objectLock: true, objectLockRetention: { mode: "GOVERNANCE" as const, days: 30 } }, stacks.bucket),
  secret: store({ promotable: true, recoveryWindowDays: 7, description: "of a partner" }, stacks.secret),
  autoScaling: compute({ ...API, image: stacks.ssmImage("/acme/api"), instanceType: "m7g.large" }, (props) =>
    stacks.autoScaling(props),
  ),
  fargate: compute(
    {
      ...API,
      cpu: 512,
      memoryMiB: 1024,
      containers: { api: { image: stacks.siteImage({ name: "orders/api" }, "1.4.2"), ports: [8081] } },
    },
    (props) => stacks.fargate(props),
  ),
  lambda: compute(
    {
      memoryMiB: 512,
      timeout: stacks.Duration.seconds(30),
      environment: { LIMIT: "5" },
      code: () => stacks.zipCode({ bucket: { name: "acme" }, handler: "a.b", key: "a.zip", runtime: "nodejs22.x" }),
    },
    (props) => stacks.lambda(props),
  ),
  dns: of({ record: "orders", zone: "example.com", zoneId: "Z123" }, (app, props) => {
    const api = stacks.autoScaling({ ...API, image: stacks.ssmImage("/acme/api"), instanceType: "m7g.large" });
    return new stacks.PilotLight(app, "orders", { ...BARE, compute: { api }, frontDoor: stacks.dns(props) });
  }),
  failedOver: of({ site: "tokyo", day: { on: "2027-03-02" } }, (app, given) => {
    const { site, day } = { ...given };
    return new stacks.PilotLight(app, "orders", { ...BARE, history: [stacks.failedOver(site, day)] });
  }),
  storeAdded: of({ store: "media", day: { on: "2027-03-02" } }, (app, given) => {
    const { store: added, day } = { ...given };
    const data = { media: stacks.bucket() };
    return new stacks.PilotLight(app, "orders", { ...BARE, data, history: [stacks.storeAdded(added, day)] });
  }),
  "the name of a workload": of({ id: "orders" }, (app, given) => new stacks.PilotLight(app, { ...given }.id, BARE)),
};

/** Every stack of an app with the case, as one text. */
export function synthWorkload({ define }: WorkloadCase, propsIn: (stack: TerraformStack) => unknown): string {
  const app = Testing.app();
  define(app, propsIn(new TerraformStack(app, "mistakes")) as never);
  app.synth();
  const folder = join(app.outdir, "stacks");
  const text = (stack: string) => readFileSync(join(folder, stack, "cdk.tf.json"), "utf8");
  return JSON.stringify(readdirSync(folder).map((stack) => [stack, text(stack)]));
}
