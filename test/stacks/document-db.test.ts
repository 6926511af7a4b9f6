/**
 * Proves which resources a DocumentDB database of a workload has in each site, pattern and step of a history. The clusters keep their
 * addresses, and the stacks set no argument that a failover at AWS changes. Does not prove what AWS does at a failover, nor that the plan
 * after it is empty. Only AWS can show that.
 */
import { Testing } from "cdktf";
import { documentDb, failedOver, HistoryEvent, MultiSite, Pattern, rebuilt } from "../../stacks";
import { difference } from "../support/difference";
import { expectRefusal, Synthesised } from "../support/synth";
import { ABROAD_SITE, defineShop, published, shop, ShopChange, SITES, synthPattern } from "../support/workloads";

const THERE = failedOver("tokyo", { on: "2027-03-02" });
const REBUILT = rebuilt("seoul", { on: "2027-03-09" });

const catalog = documentDb({ instanceClass: "db.r6g.large" });

function synth(pattern: Pattern, change: ShopChange = {}) {
  const stacks = synthPattern(pattern, { data: { catalog }, frontDoor: undefined, ...change });
  return { seoul: stacks.get("orders-seoul")!, tokyo: stacks.get("orders-tokyo")!, stacks };
}

const instances = (stack: Synthesised) =>
  stack.all("aws_docdb_cluster_instance").map(({ identifier, promotion_tier }) => [identifier, promotion_tier]);

describe("a DocumentDB database", () => {
  const { seoul, tokyo, stacks } = synth("pilot-light");

  test("is a global cluster and its first cluster in the home, a secondary in the standby, and no replication stack", () => {
    expect([...stacks.keys()]).toEqual(["orders-seoul", "orders-tokyo"]);
    expect(seoul.only("aws_docdb_global_cluster")).toMatchObject({
      global_cluster_identifier: "orders-catalog",
      engine_version: "5.0.0",
    });
    expect(tokyo.types()).not.toContain("aws_docdb_global_cluster");
    const cluster = (stack: Synthesised) => stack.only("aws_docdb_cluster").cluster_identifier;
    expect([seoul, tokyo].map(cluster)).toEqual(["orders-catalog-seoul", "orders-catalog-tokyo"]);
    expect(tokyo.only("aws_docdb_cluster").global_cluster_identifier).toBe("orders-catalog");
  });

  test("has a writer and a reader in the active site, and one instance that takes over in a standby", () => {
    expect(instances(seoul)).toEqual([
      ["orders-catalog-seoul-reader-1", 1],
      ["orders-catalog-seoul-writer", 0],
    ]);
    expect(instances(tokyo)).toEqual([["orders-catalog-tokyo-writer", 0]]);
  });

  test.each([seoul, tokyo])("publishes its own site's addresses", (stack) => {
    const attribute = (name: string) =>
      expect.stringMatching(new RegExp(String.raw`^\$\{aws_docdb_cluster\.catalog_Cluster_\w+\.${name}\}$`)) as string;
    expect(published(stack)).toEqual([
      ["/orders/catalog/address", attribute("endpoint")],
      ["/orders/catalog/port", "27017"],
      ["/orders/catalog/reader-address", attribute("reader_endpoint")],
      ["/orders/catalog/secret", "orders/catalog/master-user"],
    ]);
  });

  test("watches the lag in the standby at the RPO, in milliseconds, and is silent in the active site", () => {
    expect(tokyo.only("aws_cloudwatch_metric_alarm").threshold).toBe(900_000);
    expect(seoul.only("aws_cloudwatch_metric_alarm").treat_missing_data).toBe("notBreaching");
  });

  test("keeps the password in the home's secret, copied to the standby", () => {
    expect(seoul.only("aws_secretsmanager_secret")).toMatchObject({
      name: "orders/catalog/master-user",
      replica: [{ region: "ap-northeast-1" }],
    });
    expect(tokyo.types()).not.toContain("aws_secretsmanager_secret");
  });
});

describe("on the ladder", () => {
  test.each<[Pattern, unknown[]]>([
    ["backup-restore", []],
    ["pilot-light", ["orders-catalog-tokyo-writer"]],
    ["warm-standby", ["orders-catalog-tokyo-writer"]],
    ["multi-site", ["orders-catalog-tokyo-reader-1", "orders-catalog-tokyo-writer"]],
  ])("%s runs in a standby %j", (pattern, identifiers) => {
    expect(instances(synth(pattern).tokyo).map(([identifier]) => identifier)).toEqual(identifiers);
  });

  test("a change of the pattern adds instances to a headless cluster and changes nothing else", () => {
    const [down, up] = [synth("backup-restore"), synth("pilot-light")];
    expect(difference(down.tokyo, up.tokyo).filter((line) => line.includes("aws_docdb_"))).toEqual([
      "+ aws_docdb_cluster_instance.catalog_Cluster_Instance-writer",
    ]);
    expect(difference(down.seoul, up.seoul)).toEqual([]);
  });
});

describe("a history", () => {
  const step = (history: readonly HistoryEvent[]) => synth("pilot-light", { history });
  const [before, failed, again] = [step([]), step([THERE]), step([THERE, REBUILT])];
  const ofStore = (lines: readonly string[]) => lines.filter((line) => line.includes("catalog"));

  test("after a failover the new active site gains a reader, and the former active site keeps its instances", () => {
    expect(ofStore(difference(before.tokyo, failed.tokyo))).toEqual([
      "aws_cloudwatch_metric_alarm.catalog_Lag depends_on",
      "aws_cloudwatch_metric_alarm.catalog_Lag treat_missing_data",
      "+ aws_docdb_cluster_instance.catalog_Cluster_Instance-reader-1",
    ]);
    expect(ofStore(difference(before.seoul, failed.seoul))).toEqual([
      "aws_cloudwatch_metric_alarm.catalog_Lag treat_missing_data",
    ]);
  });

  test("after a rebuild the former active site has the instance of a standby, and AWS makes its cluster follow", () => {
    expect(ofStore(difference(failed.seoul, again.seoul))).toEqual([
      "aws_cloudwatch_metric_alarm.catalog_Lag depends_on",
      "- aws_docdb_cluster_instance.catalog_Cluster_Instance-reader-1",
    ]);
    expect(ofStore(difference(failed.tokyo, again.tokyo))).toEqual([]);
  });
});

test("options reach their resources", () => {
  const data = {
    catalog: documentDb({
      instanceClass: "db.r6g.large",
      engineVersion: "4.0.0",
      readers: 0,
      username: "owner",
      monitoring: { performanceInsights: false },
    }),
  };
  const { seoul } = synth("pilot-light", { data });
  expect(seoul.only("aws_docdb_global_cluster")).toMatchObject({ engine_version: "4.0.0" });
  expect(instances(seoul)).toEqual([["orders-catalog-seoul-writer", 0]]);
  expect(seoul.only("aws_docdb_cluster")).toMatchObject({ master_username: "owner" });
  expect(seoul.only("aws_docdb_cluster_instance")).toMatchObject({ enable_performance_insights: false });
});

test("is backed up by AWS Backup in the site that takes the writes", () => {
  const { seoul, tokyo } = synth("pilot-light", { backups: {} });
  expect(seoul.only("aws_backup_selection").resources).toEqual([
    "arn:aws:rds:ap-northeast-2:111122223333:cluster:orders-catalog-seoul",
  ]);
  expect(tokyo.types()).not.toContain("aws_backup_selection");
});

test("is refused if every site takes writes", () => {
  expectRefusal(
    () => new MultiSite(Testing.app(), "orders", { ...shop({ data: { catalog } }), writes: "local" }),
    "StoreHasOneWriter",
    "store 'catalog' (docdb) takes writes in 'seoul' alone, and 'writes' is 'local'",
  );
});

test("sites in two accounts are refused", () => {
  expectRefusal(
    defineShop({ data: { catalog }, frontDoor: undefined, sites: { ...SITES, tokyo: ABROAD_SITE } }),
    "ReplicaInOtherAccount",
    "store 'catalog' is a DocumentDB database, its sites 'seoul' and 'tokyo' lie in different accounts",
  );
});
