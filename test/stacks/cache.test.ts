/**
 * Proves which resources a cache of a workload has in each site, pattern and step of a history. The clusters keep their
 * addresses, and the stacks set no argument that a failover at AWS changes. The emulator has no global datastores.
 */
import { failedOver, Pattern, PilotLight, rebuilt, redis, valkey } from "../../stacks";
import { difference } from "../support/difference";
import { expectRefusal, synthApp, Synthesised } from "../support/synth";
import { ABROAD_SITE, defineShop, published, shop, ShopChange, SITES, synthPattern } from "../support/workloads";

const sessions = valkey({ nodeType: "cache.r7g.large", users: { api: "on ~session:* +@read +@write" } });
const PATTERNS: readonly Pattern[] = ["backup-restore", "pilot-light", "warm-standby", "multi-site"];

function synth(pattern: Pattern, change: ShopChange = {}) {
  const stacks = synthPattern(pattern, { data: { sessions }, frontDoor: undefined, ...change });
  return { seoul: stacks.get("orders-seoul")!, tokyo: stacks.get("orders-tokyo")! };
}

const ofStore = (before: Synthesised, after: Synthesised) =>
  difference(before, after).filter((line) => line.includes(".sessions_"));

describe("a cache", () => {
  const { seoul, tokyo } = synth("pilot-light");

  test("is a global datastore and its first cluster in the home, a secondary in the standby", () => {
    expect(seoul.only("aws_elasticache_global_replication_group")).toMatchObject({
      global_replication_group_id_suffix: "orders-sessions",
    });
    expect(tokyo.types()).not.toContain("aws_elasticache_global_replication_group");
    const id = (stack: Synthesised) => stack.only("aws_elasticache_replication_group").replication_group_id;
    expect([seoul, tokyo].map(id)).toEqual(["orders-sessions-seoul", "orders-sessions-tokyo"]);
  });

  test.each([seoul, tokyo])("publishes its own site's addresses", (stack) => {
    expect(published(stack).map(([name]) => name)).toEqual([
      "/orders/sessions/address",
      "/orders/sessions/port",
      "/orders/sessions/reader-address",
    ]);
  });

  test("watches the lag in the standby, and is silent in the active site", () => {
    const silence = (stack: Synthesised) => stack.only("aws_cloudwatch_metric_alarm").treat_missing_data;
    expect([silence(seoul), silence(tokyo)]).toEqual(["notBreaching", "breaching"]);
  });

  test("of Redis OSS begins with 7.1", () => {
    const data = { sessions: redis({ nodeType: "cache.r7g.large", users: { api: "on ~* +@all" } }) };
    expect(synth("pilot-light", { data }).seoul.only("aws_elasticache_replication_group")).toMatchObject({
      engine: "redis",
      engine_version: "7.1",
    });
  });
});

describe("users", () => {
  const users = (stack: Synthesised) =>
    stack
      .all("aws_elasticache_user")
      .map(({ user_id, user_name, access_string }) => [user_id, user_name, access_string]);

  test("have the workload and the store in name and id, which are one and the same for IAM", () => {
    const { seoul, tokyo } = synth("pilot-light");
    const api = ["orders-sessions-api", "orders-sessions-api", "on ~session:* +@read +@write"];
    expect([users(seoul), users(tokyo)]).toEqual([[api], [api]]);
    expect(seoul.only("aws_elasticache_user_group").user_ids).toEqual([
      expect.stringMatching(/^\$\{aws_elasticache_user\..*user_id\}$/),
    ]);
  });

  test("of two workloads, and of two caches, in one account share no id", () => {
    const two = { sessions, baskets: valkey({ nodeType: "cache.r7g.large", users: { api: "on ~* -@all +@read" } }) };
    const { stacks } = synthApp((app) => {
      for (const id of ["orders", "orders-dev"]) {
        new PilotLight(app, id, shop({ data: two, frontDoor: undefined }));
      }
    });
    const ids = ["orders-seoul", "orders-dev-seoul"].flatMap((name) => users(stacks.get(name)!).map(([id]) => id));
    expect(ids.sort()).toEqual([
      "orders-baskets-api",
      "orders-dev-baskets-api",
      "orders-dev-sessions-api",
      "orders-sessions-api",
    ]);
  });
});

test("it is the same in every pattern", () => {
  const [first, ...others] = PATTERNS.map((pattern) => synth(pattern));
  for (const other of others) {
    expect(ofStore(first!.seoul, other.seoul).filter((line) => !/Client|client/.test(line))).toEqual([]);
    // the compute that comes with a pilot light is let in
    expect(ofStore(first!.tokyo, other.tokyo).filter((line) => !line.includes("aws_vpc_security_group_"))).toEqual([]);
  }
});

test("a failover moves only the alarm, and a rebuild moves nothing", () => {
  const there = failedOver("tokyo", { on: "2027-03-02" });
  const back = rebuilt("seoul", { on: "2027-03-09" });
  const steps = [[], [there], [there, back]].map((history) => synth("pilot-light", { history }));
  const moved = (from: number, site: "seoul" | "tokyo") => ofStore(steps[from]![site], steps[from + 1]![site]);
  expect(moved(0, "seoul")).toEqual(["aws_cloudwatch_metric_alarm.sessions_Lag treat_missing_data"]);
  expect(moved(0, "tokyo")).toEqual(["aws_cloudwatch_metric_alarm.sessions_Lag treat_missing_data"]);
  expect([moved(1, "seoul"), moved(1, "tokyo")]).toEqual([[], []]);
});

test("sites in two accounts are refused", () => {
  expectRefusal(
    defineShop({ data: { sessions }, frontDoor: undefined, sites: { ...SITES, tokyo: ABROAD_SITE } }),
    "ReplicaInOtherAccount",
    "store 'sessions' is a cache, its sites 'seoul' and 'tokyo' lie in different accounts",
  );
});
