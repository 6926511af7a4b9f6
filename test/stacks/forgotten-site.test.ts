/**
 * Proves that the stacks of a site that you give up forget every address. The other sites continue as if it had never been a site. The
 * history may still name it. `test/long/forgotten-site.test.ts` proves that Terraform forgets the resources.
 */
import {
  auroraPostgres,
  bucket,
  dns,
  evacuated,
  failedOver,
  forgotten,
  MultiSite,
  Pattern,
  rebuilt,
  secret,
  WorkloadSite,
} from "../../stacks";
import { difference, forgotten as addressesForgotten, resources } from "../support/difference";
import { expectRefusal, synthApp, Synthesised } from "../support/synth";
import { defineShop, OSAKA_SITE, shop, SITES, synthPattern } from "../support/workloads";

const THREE: Readonly<Record<string, WorkloadSite>> = { ...SITES, osaka: OSAKA_SITE };
const WITHOUT = { ...SITES, osaka: forgotten(OSAKA_SITE) };
const data = { ...shop().data, prices: auroraPostgres({ instanceClass: "db.r6g.large" }), payment: secret() };
const frontDoor = dns({ zone: "example.com", record: "orders", stateIn: "tokyo" });
/** Osaka was active, and is detached. */
const history = [
  failedOver("osaka", { on: "2027-03-02" }),
  rebuilt("seoul", { on: "2027-03-09" }),
  rebuilt("tokyo", { on: "2027-03-09" }),
  failedOver("tokyo", { on: "2027-03-16" }),
];

/** Those that hold the least and the most of a site that does not answer. */
const PATTERNS: readonly Pattern[] = ["backup-restore", "warm-standby"];
const OWN = ["orders-osaka", "orders-osaka-replication"];

type Stacks = ReadonlyMap<string, Synthesised>;

/** Whatever holds data or guards it, and what keeps it readable: none of it may go in a site that stays. */
const PRECIOUS = /^aws_(db_instance|dynamodb_table|kms_key|rds_cluster|s3_bucket|secretsmanager_secret|vpc)\./;

function expectForgottenAsAWhole(before: Stacks, after: Stacks): void {
  for (const name of OWN) {
    const [old, now] = [before.get(name)!, after.get(name)!];
    expect([...resources(now).keys()]).toEqual([]);
    expect(now.json.data).toBeUndefined();
    const left = addressesForgotten(now);
    expect(left).toEqual(expect.arrayContaining([...resources(old).keys()]));
    expect(left).toEqual(expect.arrayContaining(addressesForgotten(old)));
    for (const section of ["provider", "terraform"]) expect(now.json[section]).toEqual(old.json[section]);
  }
}

describe.each(PATTERNS)("%s", (pattern) => {
  const before = synthPattern(pattern, { sites: THREE, data, frontDoor });
  const after = synthPattern(pattern, { sites: WITHOUT, data, frontDoor });
  const never = synthPattern(pattern, { sites: SITES, data, frontDoor });

  test("forgets all of the site's stacks, and keeps their provider and state", () => {
    expectForgottenAsAWhole(before, after);
  });

  test("leaves the other sites as if the site had never existed, except for the replica of a secret", () => {
    expect([...after.keys()].filter((name) => !OWN.includes(name))).toEqual([...never.keys()]);
    const changes = [...never].flatMap(([name, stack]) => difference(stack, after.get(name)!));
    expect(changes).toEqual(["aws_secretsmanager_secret.payment_Secret replica"]);
  });

  test("loses nothing precious in the other sites", () => {
    const lost = [...never.keys()].flatMap((name) => difference(before.get(name)!, after.get(name)!));
    expect(lost.filter((line) => line.startsWith("- ") && PRECIOUS.test(line.slice(2)))).toEqual([]);
  });

  test("lets the history name the site, and keeps the roles of the sites that followed it", () => {
    const told = synthPattern(pattern, { sites: THREE, data, frontDoor, history });
    const now = synthPattern(pattern, { sites: WITHOUT, data, frontDoor, history });
    expectForgottenAsAWhole(told, now);
    for (const name of ["orders-seoul", "orders-tokyo"]) {
      const changes = difference(told.get(name)!, now.get(name)!);
      expect(changes.filter((line) => /aws_(db_instance|rds_cluster)\./.test(line))).toEqual([]);
    }
  });
});

test("a multi-site workload forgets a site that was evacuated", () => {
  const events = [evacuated("osaka", { on: "2027-03-02" })];
  const synth = (sites: Readonly<Record<string, WorkloadSite>>) =>
    synthApp(
      (app) => new MultiSite(app, "orders", { ...shop({ sites, frontDoor }), writes: "global", history: events }),
    );
  expectForgottenAsAWhole(synth(THREE).stacks, synth(WITHOUT).stacks);
});

test("a workload in which every site writes need not rebuild a site that was given up before", () => {
  const on = { on: "2027-03-02" };
  const events = [failedOver("tokyo", on), rebuilt("seoul", on)];
  const props = { ...shop({ sites: WITHOUT, frontDoor }), data: { receipts: bucket() }, history: events };
  const { stacks } = synthApp((app) => new MultiSite(app, "orders", { ...props, writes: "local" }));
  expect(addressesForgotten(stacks.get("orders-osaka")!)).toContain("aws_s3_bucket.receipts_Bucket");
});

test("the model of every stack leaves the site out, and keeps the history", () => {
  const stacks = synthPattern("pilot-light", { sites: WITHOUT, data, frontDoor, history });
  for (const { json } of stacks.values()) {
    const { dr } = json["//"] as { dr: { sites: { name: string }[]; history: object[] } };
    expect(dr.sites.map(({ name }) => name)).toEqual(["seoul", "tokyo"]);
    expect(dr.history).toEqual(history);
  }
});

describe("is refused", () => {
  test("where the site is the home", () => {
    expectRefusal(
      defineShop({ sites: { seoul: forgotten(SITES.seoul), tokyo: SITES.tokyo, osaka: OSAKA_SITE } }),
      "ForgottenSiteInUse",
      "'seoul' is forgotten, and it is the home",
      "orders",
    );
  });

  test("where the site is active", () => {
    expectRefusal(
      defineShop({ sites: WITHOUT, history: history.slice(0, 1) }),
      "ForgottenSiteInUse",
      "'osaka' is forgotten, and it is active",
      "orders",
    );
  });

  test("where the site answers in a multi-site workload", () => {
    expectRefusal(
      () => synthPattern("multi-site", { sites: WITHOUT, frontDoor }),
      "ForgottenSiteInUse",
      "'osaka' is forgotten, and it is active",
      "orders",
    );
  });

  test("where the site takes the writes while it is evacuated", () => {
    const events = [
      failedOver("osaka", { on: "2027-03-02" }),
      rebuilt("seoul", { on: "2027-03-09" }),
      evacuated("osaka", { on: "2027-03-16" }),
    ];
    expectRefusal(
      () => synthPattern("multi-site", { sites: WITHOUT, frontDoor, history: events }),
      "ForgottenSiteInUse",
      "'osaka' is forgotten, and it takes the writes",
      "orders",
    );
  });

  test("where fewer than two sites are left", () => {
    expectRefusal(
      defineShop({ sites: { seoul: SITES.seoul, tokyo: forgotten(SITES.tokyo) } }),
      "TooFewSites",
      "a workload needs two sites or more, got only 'seoul'",
      "orders",
    );
  });

  test("where the state of the front door is kept by it", () => {
    expectRefusal(
      defineShop({ sites: WITHOUT, frontDoor: dns({ zone: "example.com", record: "orders", stateIn: "osaka" }) }),
      "MissingSetting",
      "'frontDoor.stateIn' is 'osaka', the sites other than the home are 'tokyo'",
      "orders",
    );
  });

  test("where a store has its name", () => {
    expectRefusal(
      defineShop({ sites: WITHOUT, data: { osaka: bucket() } }),
      "NameTaken",
      "'osaka' names two of the workload's sites, stores and computes",
      "orders",
    );
  });
});
