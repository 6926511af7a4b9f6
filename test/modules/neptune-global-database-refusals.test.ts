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
import { KEY } from "../support/rds";
import { expectRefusal, expectRefusalInSite, OSAKA, SEOUL, TOKYO, TOKYO_ABROAD } from "../support/synth";

const placed = (place = TOKYO, id = "Tokyo") => new Site(new TerraformStack(Testing.app(), "stack"), id, place);

const SIX = ["ap-northeast-1", "ap-northeast-3", "ap-southeast-1", "eu-central-1", "eu-west-1", "us-east-1"];

describe("GlobalCluster fails", () => {
  test.each<[Partial<GlobalClusterProps>, RefusalCode, string | RegExp]>([
    [{ identifier: "Friends" }, "InvalidName", /^'identifier' is not a valid global cluster identifier, got 'Friends'/],
    [
      { engineVersion: "1.1.0.0" },
      "UnknownEngineVersion",
      "'engineVersion' must be a full version of Neptune 1.2, 1.3, 1.4, such as '1.4.5.1', got '1.1.0.0'",
    ],
    [
      { secondaryRegions: ["ap-northeast-2"] },
      "ReplicaInSourceRegion",
      "'secondaryRegions' must name other regions, got the home's own 'ap-northeast-2'",
    ],
    [
      { secondaryRegions: ["ap-northeast-1", "ap-northeast-1"] },
      "RepeatedItem",
      "'secondaryRegions' names 'ap-northeast-1' twice, AWS allows one cluster in each region",
    ],
    [{ secondaryRegions: SIX }, "TooManyReplicas", "'secondaryRegions' must name 5 regions at most, got 6"],
    [{ secondaryRegions: ["cn-north-1"] }, "ForeignPartition", /cn-north-1/],
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
  [{ identifier: "a_b" }, "InvalidName", /^'identifier' is not a valid DB cluster identifier, got 'a_b'/],
  [
    { instanceClass: "db.t4g.medium" },
    "InstanceClassUnsuitable",
    "'instanceClass' must be memory-optimised for a global database, got 'db.t4g.medium'",
  ],
  [
    { instances: { one: { instanceClass: "db.r4.large" } } },
    "InstanceClassUnsuitable",
    "'instances.one.instanceClass' must be memory-optimised for a global database, got 'db.r4.large'",
  ],
  [
    { instances: Object.fromEntries(Array.from({ length: 17 }, (_, at) => [`r${at}`, {}])) },
    "SettingOutOfRange",
    "'instances' must name 16 instances at most, got 17",
  ],
  [
    { instances: { one: { promotionTier: 16 } } },
    "SettingOutOfRange",
    "'instances.one.promotionTier' must be a whole number from 0 to 15, got 16",
  ],
  [
    { global: { ...globalRef(), account: "444455556666" } },
    "ReplicaInOtherAccount",
    "'friends' lies in account 444455556666, the cluster in 111122223333",
  ],
  [
    { kmsKeyArn: KEY.seoul.replace("ap-northeast-2", "us-east-1") },
    "KeyInOtherRegion",
    /^'kmsKeyArn' lies in 'us-east-1'/,
  ],
  [{ logKmsKeyArn: "alias/a" }, "InvalidArn", "'logKmsKeyArn' must be an ARN, got 'alias/a'"],
  [{ backupRetentionDays: 0 }, "BackupsOff", /^'backupRetentionDays' must be 1 to 35, got 0/],
  [{ backupWindow: "17:00" }, "InvalidWindow", "'backupWindow' must read like '17:00-17:30', got '17:00'"],
  [
    { backupWindow: "17:00-17:30", maintenanceWindow: "mon:17:15-mon:18:00" },
    "WindowsOverlap",
    "'backupWindow' 17:00-17:30 meets 'maintenanceWindow' mon:17:15-mon:18:00",
  ],
  [
    { global: globalRef({ engineVersion: "1.2.1.0" }), ioOptimized: true },
    "NotInEngineVersion",
    "Neptune 1.2.1.0 has no I/O-Optimized storage, 1.3.0.0 is the first",
  ],
  [{ logRetentionDays: 8 }, "SettingOutOfRange", /^'logRetentionDays' must be one of 1, 3, .*, got 8$/],
  [
    { logExports: ["profiler" as "audit"] },
    "SettingOutOfRange",
    "Neptune publishes no 'profiler', it has audit, slowquery",
  ],
];

/** What the groups of a cluster of either class refuse. */
const GROUPS_REFUSED: typeof REFUSED = [
  [{ port: 80 }, "SettingOutOfRange", "'port' must be a whole number from 1150 to 65535, got 80"],
  [
    { subnetIds: ["subnet-a"] },
    "SettingOutOfRange",
    "'subnetIds' must cover two Availability Zones or more, got 1 of 2 subnets",
  ],
  [
    { clientCidrBlocks: { all: "0.0.0.0/0" } },
    "OpenToTheWorld",
    "'clientCidrBlocks' opens the database to everybody, got '0.0.0.0/0'",
  ],
  [
    { parameters: { a: 1 }, staticParameters: { a: 1 } },
    "ConflictingSettings",
    "'a' is given in 'parameters' and in 'staticParameters'",
  ],
];

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
    [{ instances: {} }, "MissingSetting", "'instances' is empty, and nobody would take the writes"],
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
