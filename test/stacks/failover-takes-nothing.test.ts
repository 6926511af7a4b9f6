/**
 * Proves, from the JSON, that recording a failover and a failback removes no resource from any stack. It covers every pattern and every
 * kind of store. The one exception is the backup replication of a database that has no follower any more. It is forgotten and continues
 * to run. The live tests prove that the provider plans no destroy, for resources that the emulator supports.
 */
import { App } from "cdktf";
import {
  auroraMysql,
  auroraPostgres,
  BackupRestore,
  bucket,
  dns,
  documentDb,
  evacuated,
  failedOver,
  fargate,
  HistoryEvent,
  MultiSite,
  mysql,
  neptune,
  Pattern,
  PilotLight,
  postgres,
  rejoined,
  siteImage,
  table,
  valkey,
  WarmStandby,
  WorkloadCapacity,
} from "../../stacks";
import { difference, forgotten } from "../support/difference";
import { synthApp } from "../support/synth";
import { OBJECTIVES, SITES } from "../support/workloads";

const api = <S extends number | undefined = undefined>(capacity: WorkloadCapacity<S>) => ({
  api: fargate<S>({
    cpu: 512,
    memoryMiB: 1024,
    containers: { api: { image: siteImage({ name: "shop/api" }, "1"), ports: [8080] } },
    capacity,
  }),
});
const common = {
  sites: SITES,
  objectives: OBJECTIVES,
  data: {
    orders: postgres({ instanceClass: "db.r6g.large", storageGiB: 20 }),
    stock: mysql({ instanceClass: "db.r6g.large", storageGiB: 20 }),
    ledger: auroraPostgres({ instanceClass: "db.r7g.large" }),
    prices: auroraMysql({ instanceClass: "db.r7g.large" }),
    catalog: documentDb({ instanceClass: "db.r6g.large" }),
    friends: neptune({ instanceClass: "db.r6g.large" }),
    carts: table({ partitionKey: { name: "id", type: "S" } }),
    receipts: bucket(),
    sessions: valkey({ nodeType: "cache.r7g.large", users: { api: "on ~* +@all" } }),
  },
  frontDoor: dns({ zone: "example.com", record: "shop" }),
};
const there = failedOver("tokyo", { on: "2027-03-02" });
const back = failedOver("seoul", { on: "2027-03-09" });
const FAILOVERS: readonly (readonly HistoryEvent[])[] = [[], [there], [there, back]];

const { orders: _, stock: __, ...manyWriters } = common.data;

const PATTERNS: Readonly<Record<Pattern, (app: App, step: number) => unknown>> = {
  "backup-restore": (app, step) =>
    new BackupRestore(app, "shop", { ...common, compute: api({ active: 4 }), history: FAILOVERS[step] }),
  "pilot-light": (app, step) =>
    new PilotLight(app, "shop", { ...common, compute: api({ active: 4 }), history: FAILOVERS[step] }),
  "warm-standby": (app, step) =>
    new WarmStandby(app, "shop", { ...common, compute: api({ active: 4, standby: 1 }), history: FAILOVERS[step] }),
  "multi-site": (app, step) =>
    new MultiSite(app, "shop", {
      ...common,
      data: manyWriters,
      compute: api({ active: 4 }),
      writes: "global",
      history: [
        [],
        [evacuated("seoul", { on: "2027-03-02" })],
        [evacuated("seoul", { on: "2027-03-02" }), rejoined("seoul", { on: "2027-03-09" })],
      ][step]!,
    }),
};

const REPLICATION = /^aws_db_instance_automated_backups_replication\.(orders|stock)_Backups$/;

describe.each(Object.entries(PATTERNS))("%s", (_pattern, define) => {
  const states = FAILOVERS.map((_history, step) => synthApp((app) => define(app, step)).stacks);

  test.each([
    ["there", 0, 1],
    ["and back", 1, 2],
  ])("%s", (_way, from, to) => {
    for (const [name, before] of states[from]!) {
      const after = states[to]!.get(name)!;
      const gone = difference(before, after).filter((line) => line.startsWith("- "));
      expect(forgotten(after)).toEqual(expect.arrayContaining(gone.map((line) => line.slice(2))));
      expect(forgotten(after).filter((address) => !REPLICATION.test(address))).toEqual([]);
    }
  });
});
