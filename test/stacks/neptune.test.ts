/**
 * Proves which resources a Neptune database of a workload has in each site, pattern and step of a history. The clusters keep their
 * addresses, and the stacks set no argument that a failover at AWS changes. The long tests prove that plans stay empty after AWS moves
 * the writer.
 */
import { Testing } from "cdktf";
import { failedOver, fargate, HistoryEvent, MultiSite, neptune, Pattern, rebuilt, siteImage } from "../../stacks";
import { difference } from "../support/difference";
import { expectRefusal, Synthesised } from "../support/synth";
import { ABROAD_SITE, defineShop, published, shop, ShopChange, SITES, synthPattern } from "../support/workloads";

const THERE = failedOver("tokyo", { on: "2027-03-02" });
const REBUILT = rebuilt("seoul", { on: "2027-03-09" });

const friends = neptune({ instanceClass: "db.r6g.large" });
const API = {
  cpu: 512,
  memoryMiB: 1024,
  containers: { api: { image: siteImage({ name: "shop/api" }, "1"), ports: [8080] } },
};

function synth(pattern: Pattern, change: ShopChange = {}) {
  const stacks = synthPattern(pattern, { data: { friends }, frontDoor: undefined, ...change });
  return { seoul: stacks.get("orders-seoul")!, tokyo: stacks.get("orders-tokyo")!, stacks };
}

const instances = (stack: Synthesised) =>
  stack.all("aws_neptune_cluster_instance").map(({ identifier, promotion_tier }) => [identifier, promotion_tier]);

describe("a Neptune database", () => {
  const { seoul, tokyo, stacks } = synth("pilot-light");

  test("is a global cluster and its first cluster in the home, a secondary in the standby, and no replication stack", () => {
    expect([...stacks.keys()]).toEqual(["orders-seoul", "orders-tokyo"]);
    expect(seoul.only("aws_neptune_global_cluster")).toMatchObject({
      global_cluster_identifier: "orders-friends",
      engine_version: "1.4.5.1",
    });
    expect(tokyo.types()).not.toContain("aws_neptune_global_cluster");
    const cluster = (stack: Synthesised) => stack.only("aws_neptune_cluster").cluster_identifier;
    expect([seoul, tokyo].map(cluster)).toEqual(["orders-friends-seoul", "orders-friends-tokyo"]);
    expect(tokyo.only("aws_neptune_cluster").global_cluster_identifier).toBe("orders-friends");
  });

  test("has a writer and a reader in the active site, and one instance that takes over in a standby", () => {
    expect(instances(seoul)).toEqual([
      ["orders-friends-seoul-reader-1", 1],
      ["orders-friends-seoul-writer", 0],
    ]);
    expect(instances(tokyo)).toEqual([["orders-friends-tokyo-writer", 0]]);
  });

  test.each([seoul, tokyo])("publishes its own site's addresses", (stack) => {
    const attribute = (name: string) =>
      expect.stringMatching(
        new RegExp(String.raw`^\$\{aws_neptune_cluster\.friends_Cluster_\w+\.${name}\}$`),
      ) as string;
    expect(published(stack)).toEqual([
      ["/orders/friends/address", attribute("endpoint")],
      ["/orders/friends/port", "8182"],
      ["/orders/friends/reader-address", attribute("reader_endpoint")],
    ]);
  });

  test("watches the lag in the standby at the RPO, in milliseconds, and is silent in the active site", () => {
    expect(tokyo.only("aws_cloudwatch_metric_alarm").threshold).toBe(900_000);
    expect(seoul.only("aws_cloudwatch_metric_alarm").treat_missing_data).toBe("notBreaching");
  });

  test("lets the compute that uses it query it, in its own site", () => {
    const compute = { api: fargate({ ...API, uses: ["friends"], capacity: { active: 2 } }) };
    const stacks = synthPattern("pilot-light", { data: { friends }, compute, frontDoor: undefined });
    for (const [site, region] of [
      ["seoul", "ap-northeast-2"],
      ["tokyo", "ap-northeast-1"],
    ]) {
      const policies = stacks
        .get(`orders-${site!}`)!
        .all("aws_iam_role_policy")
        .map(({ policy }) => policy as string);
      const statements = policies.flatMap(
        (policy) => (JSON.parse(policy) as { Statement: { Sid: string }[] }).Statement,
      );
      expect(statements.filter(({ Sid }) => Sid === "Query")).toEqual([
        {
          Sid: "Query",
          Effect: "Allow",
          Action: [
            "neptune-db:CancelQuery",
            "neptune-db:DeleteDataViaQuery",
            "neptune-db:GetQueryStatus",
            "neptune-db:ReadDataViaQuery",
            "neptune-db:WriteDataViaQuery",
          ],
          Resource: expect.stringMatching(
            new RegExp(
              String.raw`^arn:aws:neptune-db:${region!}:111122223333:\$\{aws_neptune_cluster\.friends_Cluster_\w+\.cluster_resource_id\}/\*$`,
            ),
          ) as string,
        },
      ]);
    }
  });
});

describe("on the ladder", () => {
  test.each<[Pattern, unknown[]]>([
    ["backup-restore", []],
    ["pilot-light", ["orders-friends-tokyo-writer"]],
    ["warm-standby", ["orders-friends-tokyo-writer"]],
    ["multi-site", ["orders-friends-tokyo-reader-1", "orders-friends-tokyo-writer"]],
  ])("%s runs in a standby %j", (pattern, identifiers) => {
    expect(instances(synth(pattern).tokyo).map(([identifier]) => identifier)).toEqual(identifiers);
  });

  test("a change of the pattern adds instances to a headless cluster and changes nothing else", () => {
    const [down, up] = [synth("backup-restore"), synth("pilot-light")];
    expect(difference(down.tokyo, up.tokyo).filter((line) => line.includes("aws_neptune_"))).toEqual([
      "+ aws_neptune_cluster_instance.friends_Cluster_Instance-writer",
    ]);
    expect(difference(down.seoul, up.seoul)).toEqual([]);
  });
});

describe("a history", () => {
  const step = (history: readonly HistoryEvent[]) => synth("pilot-light", { history });
  const [before, failed, again] = [step([]), step([THERE]), step([THERE, REBUILT])];
  const ofStore = (lines: readonly string[]) => lines.filter((line) => line.includes("friends"));

  test("after a failover the new active site gains a reader, and the former active site keeps its instances", () => {
    expect(ofStore(difference(before.tokyo, failed.tokyo))).toEqual([
      "aws_cloudwatch_metric_alarm.friends_Lag depends_on",
      "aws_cloudwatch_metric_alarm.friends_Lag treat_missing_data",
      "+ aws_neptune_cluster_instance.friends_Cluster_Instance-reader-1",
    ]);
    expect(ofStore(difference(before.seoul, failed.seoul))).toEqual([
      "aws_cloudwatch_metric_alarm.friends_Lag treat_missing_data",
    ]);
  });

  test("after a rebuild the former active site has the instance of a standby, and AWS makes its cluster follow", () => {
    expect(ofStore(difference(failed.seoul, again.seoul))).toEqual([
      "aws_cloudwatch_metric_alarm.friends_Lag depends_on",
      "- aws_neptune_cluster_instance.friends_Cluster_Instance-reader-1",
    ]);
    expect(ofStore(difference(failed.tokyo, again.tokyo))).toEqual([]);
  });
});

test("options reach their resources", () => {
  const data = {
    friends: neptune({
      instanceClass: "db.r6g.large",
      engineVersion: "1.3.4.0",
      readers: 0,
      iamAuthentication: false,
    }),
  };
  const { seoul } = synth("pilot-light", { data });
  expect(seoul.only("aws_neptune_global_cluster")).toMatchObject({ engine_version: "1.3.4.0" });
  expect(instances(seoul)).toEqual([["orders-friends-seoul-writer", 0]]);
  expect(seoul.only("aws_neptune_cluster")).toMatchObject({ iam_database_authentication_enabled: false });
});

test("is backed up by AWS Backup in the site that takes the writes", () => {
  const { seoul, tokyo } = synth("pilot-light", { backups: {} });
  expect(seoul.only("aws_backup_selection").resources).toEqual([
    "arn:aws:rds:ap-northeast-2:111122223333:cluster:orders-friends-seoul",
  ]);
  expect(tokyo.types()).not.toContain("aws_backup_selection");
});

test("is refused if every site takes writes", () => {
  expectRefusal(
    () => new MultiSite(Testing.app(), "orders", { ...shop({ data: { friends } }), writes: "local" }),
    "StoreHasOneWriter",
    "store 'friends' (neptune) takes writes in 'seoul' alone, and 'writes' is 'local'",
  );
});

test("sites in two accounts are refused", () => {
  expectRefusal(
    defineShop({ data: { friends }, frontDoor: undefined, sites: { ...SITES, tokyo: ABROAD_SITE } }),
    "ReplicaInOtherAccount",
    "store 'friends' is a Neptune database, its sites 'seoul' and 'tokyo' lie in different accounts",
  );
});
