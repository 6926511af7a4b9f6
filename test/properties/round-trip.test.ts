/**
 * Proves, from the JSON, that a workload is the same after a failover, a rebuild, a failback and another rebuild. It covers every pattern, every
 * kind of store, instances, a function and a name. Each stack has exactly the resources that it had before. Only the generations increase, and
 * `removed` blocks name the resources that are forgotten. Does not prove that AWS deletes the instances that Terraform destroys. They hold no
 * data.
 */
import { App } from "cdktf";
import {
  auroraMysql,
  auroraPostgres,
  autoScaling,
  BackupRestore,
  bucket,
  dns,
  documentDb,
  failedOver,
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
  ssmImage,
  table,
  tableChanges,
  timer,
  valkey,
  WarmStandby,
  WorkloadCapacity,
  WorkloadSite,
  zipCode,
} from "../../stacks";
import { forgotten, resources } from "../support/difference";
import { Json, Synthesised, synthApp } from "../support/synth";
import { OBJECTIVES, OSAKA_SITE, SITES } from "../support/workloads";

const data = {
  orders: postgres({ instanceClass: "db.r6g.large", storageGiB: 20 }),
  stock: mysql({ instanceClass: "db.r6g.large", storageGiB: 20 }),
  ledger: auroraPostgres({ instanceClass: "db.r7g.large" }),
  prices: auroraMysql({ instanceClass: "db.r7g.large" }),
  catalog: documentDb({ instanceClass: "db.r6g.large" }),
  friends: neptune({ instanceClass: "db.r6g.large" }),
  sessions: valkey({ nodeType: "cache.r7g.large", users: { api: "on ~* -@all +@read" } }),
  carts: table({ partitionKey: { name: "id", type: "S" } }),
  receipts: bucket(),
  payment: secret(),
};
const frontDoor = dns({ zone: "example.com", record: "shop", stateIn: "tokyo", compute: "api" });

function computeOf<S extends number | undefined = undefined>(capacity: WorkloadCapacity<S>) {
  const code = { key: "1.zip", runtime: "nodejs22.x", handler: "index.handler" } as const;
  return {
    api: autoScaling<S>({
      image: ssmImage("/acme/api"),
      instanceType: "m7g.large",
      capacity,
      scaling: { cpuPercent: 60 },
      uses: ["orders"],
    }),
    worker: lambda<S>({
      code: ({ name }) => zipCode({ ...code, bucket: { name: `acme-builds-${name}` } }),
      capacity,
      events: {
        nightly: timer("rate(1 day)"),
        carts: tableChanges("carts"),
        orders: queueMessages(({ region }) => ({ queueArn: `arn:aws:sqs:${region}:111122223333:orders` })),
      },
    }),
  };
}

const common = { objectives: OBJECTIVES, data, frontDoor, backups: {} };
const compute = computeOf({ active: 6 });
const PATTERNS: Readonly<
  Record<
    Pattern,
    (app: App, history: readonly HistoryEvent[], sites?: Readonly<Record<string, WorkloadSite>>) => unknown
  >
> = {
  "backup-restore": (app, history, sites = SITES) =>
    new BackupRestore(app, "shop", { ...common, sites, compute, history }),
  "pilot-light": (app, history, sites = SITES) => new PilotLight(app, "shop", { ...common, sites, compute, history }),
  "warm-standby": (app, history, sites = SITES) =>
    new WarmStandby(app, "shop", { ...common, sites, compute: computeOf({ active: 6, standby: 2 }), history }),
  "multi-site": (app, history, sites = SITES) =>
    new MultiSite(app, "shop", { ...common, sites, compute, history, writes: "global" }),
};
const ON = { on: "2027-03-02" };
const THERE = failedOver("tokyo", ON);
const SEOUL_REBUILT = rebuilt("seoul", ON);
const OSAKA_REBUILT = rebuilt("osaka", ON);
const BACK = failedOver("seoul", ON);
const TOKYO_REBUILT = rebuilt("tokyo", ON);
const ROUND_TRIP = [THERE, SEOUL_REBUILT, BACK, TOKYO_REBUILT];

/** Resources whose id ends with the number of their generation. */
const NUMBERED_ID = /((?:_(?:Instance|Backups|Lag)|\.FailoverSwitch|\.Switch-[a-z]+))\d/;

/** Addresses with their blocks, without the numbers of generations. The instance of the home began as a source, and is one no more. */
function unnumbered(stack: Synthesised): Map<string, unknown> {
  return new Map(
    [...resources(stack)].map(([address, block]) => {
      const [type] = address.split(".");
      const content = type === "aws_db_instance" ? Object.keys(block).includes("multi_az") : withoutNumbers(block);
      return [address.replace(NUMBERED_ID, "$1"), content];
    }),
  );
}

/** AWS Backup deletes recovery points under the role that made them: it stays in each site that ever took the writes. */
const STAYS = /^aws_iam_role(_policy_attachment)?\.Backups_Role(_|$)/;

function withoutNumbers(block: Readonly<Record<string, Json>>): unknown {
  const { "//": _comment, ...content } = block;
  const text = JSON.stringify(content)
    .replace(/(-(?:seoul|tokyo)|-switch|-untripped)-\d(?=[-/" ])/g, "$1")
    .replace(/_(Instance|Backups|Lag)\d?(_Log-\w+)?_[0-9A-F]{8}/g, "_$1$2")
    .replace(/\.Switch-([a-z]+)\d?_[0-9A-F]{8}/g, ".Switch-$1")
    .replace(/"Generation":"\d",?/, "")
    .replace(/"generation":\d/, '"generation":0');
  return JSON.parse(text) as unknown;
}

describe.each(Object.entries(PATTERNS))("%s", (_pattern, define) => {
  const before = synthApp((app) => define(app, [])).stacks;

  test.each([1, 2])("after %d round trips is what it was before", (times) => {
    const after = synthApp((app) => define(app, Array.from({ length: times }, () => ROUND_TRIP).flat())).stacks;
    const stays: string[] = [];
    for (const [name, stack] of before) {
      const [had, has] = [unnumbered(stack), unnumbered(after.get(name)!)];
      for (const address of has.keys()) {
        if (had.has(address) || !STAYS.test(address)) continue;
        stays.push(`${name} ${address}`);
        has.delete(address);
      }
      expect({ name, resources: has }).toEqual({ name, resources: had });
    }
    expect(stays).toEqual([
      "shop-tokyo aws_iam_role.Backups_Role",
      "shop-tokyo aws_iam_role_policy_attachment.Backups_Role_Backup",
    ]);
  });
});

describe("with three sites", () => {
  const known = new Map<string, readonly Synthesised[]>();
  const synth = (history: readonly HistoryEvent[], pattern: Pattern) => {
    const { stacks } = synthApp((app) => PATTERNS[pattern](app, history, { ...SITES, osaka: OSAKA_SITE }));
    return ["seoul", "tokyo", "osaka"].map((site) => stacks.get(`shop-${site}`)!);
  };
  const at = (history: readonly HistoryEvent[], pattern: Pattern = "pilot-light") => {
    const key = JSON.stringify([history, pattern]);
    const sites = known.get(key) ?? synth(history, pattern);
    known.set(key, sites);
    return sites;
  };

  test.each<[string, readonly HistoryEvent[], readonly (string | undefined)[]]>([
    ["at first", [], [undefined, "seoul", "seoul"]],
    ["failed over", [THERE], [undefined, undefined, undefined]],
    ["one rebuilt", [THERE, SEOUL_REBUILT], ["tokyo", undefined, undefined]],
    ["all rebuilt", [THERE, SEOUL_REBUILT, OSAKA_REBUILT], ["tokyo", undefined, "tokyo"]],
    ["and back", [THERE, SEOUL_REBUILT, OSAKA_REBUILT, BACK, TOKYO_REBUILT], [undefined, "seoul-2", undefined]],
  ])("%s, every site that follows the writer copies the backups of the writer", (_step, history, sources) => {
    for (const pattern of ["backup-restore", "pilot-light"] as const) {
      const found = at(history, pattern).map((stack) => {
        const copied = stack
          .all("aws_db_instance_automated_backups_replication")
          .map(({ source_db_instance_arn }) => (source_db_instance_arn as string).split(":shop-orders-")[1]);
        return copied.find((source) => source !== undefined);
      });
      expect({ pattern, found: found.map((source) => source?.replace(/^.*:/, "")) }).toEqual({
        pattern,
        found: sources,
      });
    }
  });

  test("the replication of a source without a follower is forgotten, in every site that holds one", () => {
    const replication = "aws_db_instance_automated_backups_replication.orders_Backups";
    const found = (history: readonly HistoryEvent[]) =>
      at(history).map((stack) => forgotten(stack).filter((address) => address.startsWith(replication)));
    expect(found([THERE])).toEqual([[], [replication], [replication]]);
    expect(found([THERE, SEOUL_REBUILT, OSAKA_REBUILT, BACK, TOKYO_REBUILT])).toEqual([
      [`${replication}2`],
      [replication],
      [replication, `${replication}2`],
    ]);
  });

  test.each<[string, Pattern, readonly HistoryEvent[], readonly number[]]>([
    ["at first", "pilot-light", [], [2, 1, 1]],
    ["the detached keep what they have", "pilot-light", [THERE], [2, 2, 1]],
    ["the rebuilt have what a standby has", "pilot-light", [THERE, SEOUL_REBUILT, OSAKA_REBUILT], [1, 2, 1]],
    [
      "a standby that once served is detached",
      "pilot-light",
      [THERE, SEOUL_REBUILT, failedOver("osaka", ON)],
      [1, 2, 2],
    ],
    ["at first", "backup-restore", [], [2, 0, 0]],
    ["the rebuilt have their storage alone", "backup-restore", [THERE, SEOUL_REBUILT, OSAKA_REBUILT], [0, 2, 0]],
  ])("instances of a cluster: %s (%s)", (_step, pattern, history, counts) => {
    for (const type of ["aws_docdb_cluster_instance", "aws_neptune_cluster_instance"]) {
      expect(at(history, pattern).map((stack) => stack.all(type).length)).toEqual(counts);
    }
    expect(at(history, pattern).map((stack) => stack.all("aws_rds_cluster_instance").length / 2)).toEqual(counts);
  });
});
