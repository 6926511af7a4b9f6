/**
 * Proves which resources an Aurora database of a workload has in each site, pattern and step of a history. The clusters keep their
 * addresses, and the stacks set no argument that a failover at AWS changes. The emulator's tests prove that Terraform's plans stay
 * empty after AWS moves the writer.
 */
import { auroraMysql, auroraPostgres, Duration, failedOver, HistoryEvent, Pattern, rebuilt } from "../../stacks";
import { difference } from "../support/difference";
import { expectRefusal, Synthesised } from "../support/synth";
import { ABROAD_SITE, defineShop, OSAKA_SITE, published, ShopChange, SITES, synthPattern } from "../support/workloads";

const THERE = failedOver("tokyo", { on: "2027-03-02" });
const REBUILT = rebuilt("seoul", { on: "2027-03-09" });

const ledger = auroraPostgres({ instanceClass: "db.r7g.large" });

function synth(pattern: Pattern, change: ShopChange = {}) {
  const stacks = synthPattern(pattern, { data: { ledger }, frontDoor: undefined, ...change });
  return { seoul: stacks.get("orders-seoul")!, tokyo: stacks.get("orders-tokyo")!, stacks };
}

const instances = (stack: Synthesised) =>
  stack.all("aws_rds_cluster_instance").map(({ identifier, promotion_tier }) => [identifier, promotion_tier]);

describe("an Aurora database", () => {
  const { seoul, tokyo, stacks } = synth("pilot-light");

  test("is a global cluster and its first cluster in the home, a secondary in the standby, and no replication stack", () => {
    expect([...stacks.keys()]).toEqual(["orders-seoul", "orders-tokyo"]);
    expect(seoul.only("aws_rds_global_cluster")).toMatchObject({
      global_cluster_identifier: "orders-ledger",
      engine: "aurora-postgresql",
      engine_version: "16.8",
    });
    expect(tokyo.types()).not.toContain("aws_rds_global_cluster");
    const cluster = (stack: Synthesised) => stack.only("aws_rds_cluster").cluster_identifier;
    expect([seoul, tokyo].map(cluster)).toEqual(["orders-ledger-seoul", "orders-ledger-tokyo"]);
    expect(tokyo.only("aws_rds_cluster").global_cluster_identifier).toBe("orders-ledger");
  });

  test("has a writer and a reader in the active site, and one instance that takes over in a standby", () => {
    expect(instances(seoul)).toEqual([
      ["orders-ledger-seoul-reader-1", 1],
      ["orders-ledger-seoul-writer", 0],
    ]);
    expect(instances(tokyo)).toEqual([["orders-ledger-tokyo-writer", 0]]);
  });

  test.each([seoul, tokyo])("publishes its own site's addresses", (stack) => {
    const attribute = (name: string) =>
      expect.stringMatching(new RegExp(String.raw`^\$\{aws_rds_cluster\.ledger_Cluster_\w+\.${name}\}$`)) as string;
    expect(published(stack)).toEqual([
      ["/orders/ledger/address", attribute("endpoint")],
      ["/orders/ledger/port", "5432"],
      ["/orders/ledger/reader-address", attribute("reader_endpoint")],
      ["/orders/ledger/secret", "orders/ledger/master-user"],
    ]);
  });

  test("watches the lag in the standby at the RPO, in milliseconds, and is silent in the active site", () => {
    expect(tokyo.only("aws_cloudwatch_metric_alarm")).toMatchObject({
      threshold: 900_000,
      treat_missing_data: "breaching",
    });
    expect(seoul.only("aws_cloudwatch_metric_alarm")).toMatchObject({ treat_missing_data: "notBreaching" });
  });

  test("keeps the password in the home's secret, copied to the standby", () => {
    expect(seoul.only("aws_secretsmanager_secret")).toMatchObject({
      name: "orders/ledger/master-user",
      replica: [{ region: "ap-northeast-1" }],
    });
    expect(tokyo.types()).not.toContain("aws_secretsmanager_secret");
  });

  test("admits the compute of its site alone", () => {
    for (const stack of [seoul, tokyo]) {
      const rules = stack.all("aws_vpc_security_group_ingress_rule").filter(({ from_port }) => from_port === 5432);
      expect(rules.map((rule) => rule.referenced_security_group_id)).toEqual([
        expect.stringMatching(/^\$\{aws_security_group\.api_Group_/),
      ]);
    }
  });
});

describe("on the ladder", () => {
  test.each<[Pattern, unknown[]]>([
    ["backup-restore", []],
    ["pilot-light", ["orders-ledger-tokyo-writer"]],
    ["warm-standby", ["orders-ledger-tokyo-writer"]],
    ["multi-site", ["orders-ledger-tokyo-reader-1", "orders-ledger-tokyo-writer"]],
  ])("%s runs in a standby %j", (pattern, identifiers) => {
    const { tokyo } = synth(pattern);
    expect(instances(tokyo).map(([identifier]) => identifier)).toEqual(identifiers);
  });

  test("a change of the pattern adds instances to a headless cluster and changes nothing else", () => {
    const [down, up] = [synth("backup-restore"), synth("pilot-light")];
    expect(difference(down.tokyo, up.tokyo).filter((line) => line.includes("aws_rds_"))).toEqual([
      "+ aws_rds_cluster_instance.ledger_Cluster_Instance-writer",
    ]);
    expect(difference(down.seoul, up.seoul)).toEqual([]);
  });
});

describe("a history", () => {
  const step = (history: readonly HistoryEvent[]) => synth("pilot-light", { history });
  const [before, failed, again] = [step([]), step([THERE]), step([THERE, REBUILT])];
  const ofStore = (lines: readonly string[]) => lines.filter((line) => line.includes("ledger"));

  test("after a failover the new active site gains a reader, and the former active site keeps its instances", () => {
    expect(ofStore(difference(before.tokyo, failed.tokyo))).toEqual([
      "aws_cloudwatch_metric_alarm.ledger_Lag depends_on",
      "aws_cloudwatch_metric_alarm.ledger_Lag treat_missing_data",
      "+ aws_rds_cluster_instance.ledger_Cluster_Instance-reader-1",
    ]);
    expect(ofStore(difference(before.seoul, failed.seoul))).toEqual([
      "aws_cloudwatch_metric_alarm.ledger_Lag treat_missing_data",
    ]);
  });

  test("after a rebuild the former active site has the instance of a standby, and AWS makes its cluster follow", () => {
    expect(ofStore(difference(failed.seoul, again.seoul))).toEqual([
      "aws_cloudwatch_metric_alarm.ledger_Lag depends_on",
      "- aws_rds_cluster_instance.ledger_Cluster_Instance-reader-1",
    ]);
    expect(ofStore(difference(failed.tokyo, again.tokyo))).toEqual([]);
  });

  test("nothing is ever forgotten", () => {
    for (const { seoul, tokyo } of [failed, again]) expect([seoul.json.removed, tokyo.json.removed]).toEqual([]);
  });
});

describe("options", () => {
  test("set readers, version, forwarding of writes, and the most that may be lost", () => {
    const data = {
      ledger: auroraPostgres({
        instanceClass: "db.r7g.large",
        engineVersion: "16.4",
        readers: 0,
        writeForwarding: true,
        maxLoss: Duration.minutes(1),
        username: "owner",
        databaseName: "ledger",
      }),
    };
    const sites = { ...SITES, osaka: OSAKA_SITE };
    const { seoul, tokyo } = synth("multi-site", { data, sites });
    expect(seoul.only("aws_rds_global_cluster")).toMatchObject({ engine_version: "16.4", database_name: "ledger" });
    expect(seoul.only("aws_rds_cluster")).toMatchObject({ master_username: "owner" });
    expect(instances(tokyo)).toEqual([["orders-ledger-tokyo-writer", 0]]);
    expect(tokyo.only("aws_rds_cluster").enable_global_write_forwarding).toBe(true);
    expect(JSON.stringify(seoul.all("aws_rds_cluster_parameter_group"))).toContain("rds.global_db_rpo");
  });

  test("of MySQL begin with Aurora MySQL 3", () => {
    const { seoul } = synth("pilot-light", { data: { ledger: auroraMysql({ instanceClass: "db.r7g.large" }) } });
    expect(seoul.only("aws_rds_global_cluster")).toMatchObject({ engine_version: "8.0.mysql_aurora.3.10.3" });
  });

  test("a headless cluster forwards no writes, until it has an instance", () => {
    const data = { ledger: auroraPostgres({ instanceClass: "db.r7g.large", writeForwarding: true }) };
    const forwarding = (pattern: Pattern) =>
      synth(pattern, { data }).tokyo.only("aws_rds_cluster").enable_global_write_forwarding;
    expect([forwarding("backup-restore"), forwarding("pilot-light")]).toEqual([false, true]);
    const { seoul } = synth("backup-restore", { data, history: [THERE, REBUILT] });
    expect(seoul.only("aws_rds_cluster").enable_global_write_forwarding).toBe(false);
  });
});

test("sites in two accounts are refused", () => {
  expectRefusal(
    defineShop({ data: { ledger }, frontDoor: undefined, sites: { ...SITES, tokyo: ABROAD_SITE } }),
    "ReplicaInOtherAccount",
    "store 'ledger' is an Aurora database, its sites 'seoul' and 'tokyo' lie in different accounts",
  );
});
