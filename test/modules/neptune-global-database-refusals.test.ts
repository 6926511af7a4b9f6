/** Proves what a Neptune global database, its clusters and its alarm refuse. Does not prove that AWS would accept the rest. */
import { TerraformStack, Testing } from "cdktf";
import { GlobalCluster as AuroraGlobalCluster } from "../../modules/aurora-global-database";
import { Duration, RefusalCode } from "../../modules/core";
import {
  GlobalCluster,
  GlobalClusterProps,
  OriginCluster,
  OriginClusterProps,
  ReplicationLagAlarm,
  SecondaryCluster,
  SecondaryClusterProps,
} from "../../modules/neptune-global-database";
import { Site } from "../../modules/site";
import { GLOBAL, globalRef, ORIGIN, SECONDARY } from "../support/neptune";
import { MEMBER_GROUPS_REFUSED, MEMBER_REFUSED, REGIONS_REFUSED } from "../support/member-refusals";
import { expectRefusal, expectRefusalInSite, OSAKA, SEOUL, TOKYO, TOKYO_ABROAD } from "../support/synth";

const placed = (place = TOKYO, id = "Tokyo") => new Site(new TerraformStack(Testing.app(), "stack"), id, place);

const SIX = ["ap-northeast-1", "ap-northeast-3", "ap-southeast-1", "eu-central-1", "eu-west-1", "us-east-1"];

describe("GlobalCluster fails", () => {
  test.each<[Partial<GlobalClusterProps>, RefusalCode, string | RegExp]>([
    ...REGIONS_REFUSED,
    [{ identifier: "Friends" }, "InvalidName", /^'identifier' is not a valid global cluster identifier, got 'Friends'/],
    [
      { engineVersion: "1.1.0.0" },
      "UnknownEngineVersion",
      "'engineVersion' must be a full version of Neptune 1.2, 1.3, 1.4, such as '1.4.5.1', got '1.1.0.0'",
    ],
    [{ secondaryRegions: SIX }, "TooManyReplicas", "'secondaryRegions' must name 5 regions at most, got 6"],
  ])("with %j", (props, code, problem) => {
    expectRefusalInSite(
      (site) => new GlobalCluster(site, "Global", { ...GLOBAL, ...props }),
      code,
      problem,
      "stack/Site/Global",
    );
  });

  test("with the name of one of Aurora's", () => {
    expectRefusalInSite(
      (site) => {
        new AuroraGlobalCluster(site, "One", { ...GLOBAL, engine: "aurora-postgresql", engineVersion: "16.6" });
        new GlobalCluster(site, "Two", GLOBAL);
      },
      "NameTaken",
      "the global cluster identifier 'friends' is already taken by stack/Site/One",
      "stack/Site/Two",
    );
  });

  test("five secondaries are fine", () => {
    expect(globalRef({ secondaryRegions: SIX.slice(1) }).secondaryRegions).toHaveLength(5);
  });
});

/** What a cluster of either class refuses. */
const REFUSED: [Partial<SecondaryClusterProps> & Partial<OriginClusterProps>, RefusalCode, string | RegExp][] = [
  ...MEMBER_REFUSED,
  [
    { global: { ...globalRef(), account: "444455556666" } },
    "ReplicaInOtherAccount",
    "'friends' lies in account 444455556666, the cluster in 111122223333",
  ],
  [
    { global: globalRef({ engineVersion: "1.2.1.0" }), ioOptimized: true },
    "NotInEngineVersion",
    "Neptune 1.2.1.0 has no I/O-Optimized storage, 1.3.0.0 is the first",
  ],
  [
    { logExports: ["profiler" as "audit"] },
    "SettingOutOfRange",
    "'logExports[0]' must be one of 'audit', 'slowquery', got 'profiler'",
  ],
];

/** What the groups of a cluster of either class refuse. */
const GROUPS_REFUSED: typeof REFUSED = [...MEMBER_GROUPS_REFUSED];

describe.each<[string, (props: Partial<SecondaryClusterProps> & Partial<OriginClusterProps>) => unknown]>([
  ["OriginCluster", (props) => new OriginCluster(placed(SEOUL), "Friends", { ...ORIGIN, ...props })],
  ["SecondaryCluster", (props) => new SecondaryCluster(placed(), "Friends", { ...SECONDARY, ...props })],
])("%s fails", (_, make) => {
  test.each(REFUSED)("with %j", (props, code, problem) => {
    expectRefusal(() => make(props), code, problem, "stack/Tokyo/Friends");
  });

  test.each(GROUPS_REFUSED)("with %j", (props, code, problem) => {
    expectRefusal(() => make(props), code, problem, "stack/Tokyo/Friends/Groups");
  });
});

describe("OriginCluster fails", () => {
  const make = (props: Partial<OriginClusterProps>, place = SEOUL) =>
    new OriginCluster(placed(place, "Seoul"), "Friends", { ...ORIGIN, ...props });

  test("outside the home", () => {
    expectRefusal(
      () => make({}, TOKYO),
      "WrongSite",
      "the home of 'friends' lies in 'ap-northeast-2', got 'ap-northeast-1'",
      "stack/Seoul/Friends",
    );
  });

  test.each<[Partial<OriginClusterProps>, RefusalCode, string]>([
    [{ instances: {} }, "MissingSetting", "'instances' is empty, and nothing would take the writes"],
    [{ headless: true, instances: {} }, "ConflictingSettings", "'headless' is true, and the cluster takes the writes"],
    [
      { active: false, instances: {} },
      "MissingSetting",
      "'instances' is empty: nobody can fail over to a cluster without an instance",
    ],
    [
      { active: false, headless: true, instances: { one: {} } },
      "ConflictingSettings",
      "'headless' is true, and 'instances' names 1",
    ],
    [
      { instances: Object.fromEntries(Array.from({ length: 16 }, (_, at) => [`r${at}`, {}])) },
      "SettingOutOfRange",
      "'instances' must name 15 at most, 16 less one for each secondary region, got 16",
    ],
  ])("with %j", (props, code, problem) => {
    expectRefusal(() => make(props), code, problem, "stack/Seoul/Friends");
  });
});

describe("SecondaryCluster fails", () => {
  const make = (props: Partial<SecondaryClusterProps>, place = TOKYO) =>
    new SecondaryCluster(placed(place), "Friends", { ...SECONDARY, ...props });

  test.each<[Partial<SecondaryClusterProps>, RefusalCode, string]>([
    [
      { instances: undefined },
      "MissingSetting",
      "'instances' is empty: nobody can fail over to a cluster without an instance",
    ],
    [{ headless: true }, "ConflictingSettings", "'headless' is true, and 'instances' names 1"],
  ])("with %j", (props, code, problem) => {
    expectRefusal(() => make(props), code, problem, "stack/Tokyo/Friends");
  });

  test.each([
    [SEOUL, "WrongSite", "'ap-northeast-2' is none of the secondary regions of 'friends', got ap-northeast-1"],
    [OSAKA, "WrongSite", "'ap-northeast-3' is none of the secondary regions of 'friends', got ap-northeast-1"],
    [TOKYO_ABROAD, "ReplicaInOtherAccount", "'friends' lies in account 111122223333, the cluster in 444455556666"],
  ] as const)("in %j", (place, code, problem) => {
    expectRefusal(() => make({}, place), code, problem, "stack/Tokyo/Friends");
  });
});

describe("ReplicationLagAlarm fails", () => {
  test("in another site than the cluster", () => {
    const cluster = SecondaryCluster.refOf({ ...TOKYO, identifier: "friends-tokyo" });
    const threshold = Duration.seconds(30);
    expectRefusalInSite(
      (site) => new ReplicationLagAlarm(site, "Lag", { cluster, global: globalRef(), threshold }),
      "WrongSite",
      "AWS publishes the lag of 'friends-tokyo' in ap-northeast-1, the alarm stands in ap-northeast-2",
      "stack/Site/Lag",
    );
  });
});
