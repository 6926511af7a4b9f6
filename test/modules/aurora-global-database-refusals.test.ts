/** Proves what a global database, its clusters and its alarm refuse. Does not prove that AWS would accept the rest. */
import { TerraformStack, Testing } from "cdktf";
import {
  AuroraEngine,
  GlobalCluster,
  GlobalClusterProps,
  OriginCluster,
  OriginClusterProps,
  SecondaryCluster,
  SecondaryClusterProps,
} from "../../modules/aurora-global-database";
import { Duration, RefusalCode } from "../../modules/core";
import { MasterUserSecret } from "../../modules/rds-read-replica";
import { Site } from "../../modules/site";
import { GLOBAL, globalRef, MYSQL, ORIGIN, SECONDARY, THREE_REGIONS } from "../support/aurora";
import { KEY } from "../support/rds";
import { expectRefusal, expectRefusalInSite, refusal, SEOUL, TOKYO } from "../support/synth";

const placed = (place = TOKYO, id = "Tokyo") => new Site(new TerraformStack(Testing.app(), "stack"), id, place);

describe("GlobalCluster fails", () => {
  test.each<[Partial<GlobalClusterProps>, RefusalCode, string | RegExp]>([
    [{ databaseName: "1st" }, "InvalidName", /^'databaseName' is not a valid database name, got '1st'/],
    [
      { engineVersion: "16" },
      "UnknownEngineVersion",
      "'engineVersion' must be a full version of Aurora PostgreSQL 14, 15, 16, 17, 18, such as '16.8', got '16'",
    ],
    [
      { engine: "aurora-mysql", engineVersion: "5.7.mysql_aurora.2.12.0" },
      "UnknownEngineVersion",
      "'engineVersion' must be a full version of Aurora MySQL 3, such as '8.0.mysql_aurora.3.10.3', got '5.7.mysql_aurora.2.12.0'",
    ],
    [
      { engine: "postgres" as AuroraEngine },
      "SettingOutOfRange",
      "'engine' must be one of 'aurora-mysql', 'aurora-postgresql', got 'postgres'",
    ],
    [
      { ...THREE_REGIONS, rpo: Duration.seconds(19) },
      "SettingOutOfRange",
      "'rpo' must be 20 seconds or more, got 19 seconds",
    ],
    [{ rpo: Duration.seconds(20) }, "RpoBlocksWrites", "'rpo' needs 2 secondary regions or more, got 1"],
    [
      { ...MYSQL, ...THREE_REGIONS, rpo: Duration.minutes(1) },
      "NotInEngineVersion",
      "'rpo' is given, and Aurora MySQL has no rds.global_db_rpo",
    ],
    [
      { sourceCluster: OriginCluster.refOf({ ...TOKYO, identifier: "ledger" }) },
      "WrongSite",
      "'sourceCluster' is in 'ap-northeast-1' of '111122223333', the site is 'ap-northeast-2' of '111122223333'",
    ],
    [
      { sourceCluster: OriginCluster.refOf({ ...SEOUL, identifier: "ledger" }), databaseName: "ledger" },
      "ConflictingSettings",
      "'sourceCluster' and 'databaseName' are both given",
    ],
    [
      { sourceCluster: OriginCluster.refOf({ ...SEOUL, identifier: "ledger" }), adoptExisting: true },
      "ConflictingSettings",
      "'sourceCluster' and 'adoptExisting' are both given",
    ],
  ])("with %j", (props, code, problem) => {
    expectRefusalInSite(
      (site) => new GlobalCluster(site, "Global", { ...GLOBAL, ...props }),
      code,
      problem,
      "stack/Site/Global",
    );
  });
});

/** Props that both classes of clusters refuse. */
const REFUSED: [Partial<SecondaryClusterProps> & Partial<OriginClusterProps>, RefusalCode, string | RegExp][] = [
  [
    { instanceClass: "db.serverless" },
    "MissingSetting",
    "'instanceClass' is 'db.serverless' without 'serverlessV2Scaling'",
  ],
  [
    { serverlessV2Scaling: { minAcu: 0.7, maxAcu: 8 } },
    "SettingOutOfRange",
    "'serverlessV2Scaling.minAcu' must be 0 to 256 in steps of 0.5, got 0.7",
  ],
  [
    { serverlessV2Scaling: { minAcu: 0.5, maxAcu: 0.5 } },
    "SettingOutOfRange",
    "'serverlessV2Scaling.maxAcu' must be 1 to 256 in steps of 0.5, got 0.5",
  ],
  [
    { serverlessV2Scaling: { minAcu: 8, maxAcu: 256.5 } },
    "SettingOutOfRange",
    "'serverlessV2Scaling.maxAcu' must be 1 to 256 in steps of 0.5, got 256.5",
  ],
  [
    { serverlessV2Scaling: { minAcu: 9, maxAcu: 8 } },
    "SettingOutOfRange",
    "'minAcu' must not be more than 'maxAcu', got 9 and 8",
  ],
  [
    { serverlessV2Scaling: { minAcu: 1, maxAcu: 8, pauseAfter: Duration.hours(1) } },
    "ConflictingSettings",
    "'pauseAfter' is given, and 'minAcu' is 1: only at 0 an instance pauses",
  ],
  [
    { global: globalRef({ engineVersion: "15.3" }), writeForwarding: true },
    "NotInEngineVersion",
    "Aurora PostgreSQL 15.3 forwards no writes from a secondary",
  ],
  [
    { monitoring: { intervalSeconds: 7 as 5 } },
    "SettingOutOfRange",
    "'monitoring.intervalSeconds' must be one of 0, 1, 5, 10, 15, 30, 60, got 7",
  ],
  [
    { logs: { exports: ["slowquery"] } },
    "SettingOutOfRange",
    "Aurora PostgreSQL publishes no 'slowquery', it has iam-db-auth-error, instance, postgresql",
  ],
  [
    { monitoring: { performanceInsights: false, performanceInsightsRetentionDays: 7 } },
    "ConflictingSettings",
    "'monitoring.performanceInsightsRetentionDays' is given, and Performance Insights is off",
  ],
  [
    { monitoring: { performanceInsightsRetentionDays: 8 } },
    "SettingOutOfRange",
    "'monitoring.performanceInsightsRetentionDays' must be 7, 731 or 31 times 1 to 23, got 8",
  ],
];

/** Props that the groups of both classes of clusters refuse. */
const GROUPS_REFUSED: typeof REFUSED = [
  [{ parameters: { "rds.force_ssl": 0 } }, "ConflictingSettings", "'rds.force_ssl' is what this module sets itself"],
  [
    { staticParameters: { "rds.global_db_rpo": 60 } },
    "ConflictingSettings",
    "'rds.global_db_rpo' is what this module sets itself",
  ],
  [
    { instanceParameters: { a: 1 }, staticInstanceParameters: { a: 1 } },
    "ConflictingSettings",
    "'a' is given in 'instanceParameters' and in 'staticInstanceParameters'",
  ],
];

describe.each<[string, (props: Partial<SecondaryClusterProps> & Partial<OriginClusterProps>) => unknown]>([
  ["OriginCluster", (props) => new OriginCluster(placed(SEOUL), "Ledger", { ...ORIGIN, ...props })],
  ["SecondaryCluster", (props) => new SecondaryCluster(placed(), "Ledger", { ...SECONDARY, ...props })],
])("%s fails", (_, make) => {
  test.each(REFUSED)("with %j", (props, code, problem) => {
    expectRefusal(() => make(props), code, problem, "stack/Tokyo/Ledger");
  });

  test.each(GROUPS_REFUSED)("with %j", (props, code, problem) => {
    expectRefusal(() => make(props), code, problem, "stack/Tokyo/Ledger/Groups");
  });

  test("names the setting to use instead of a parameter that the library sets", () => {
    expect(refusal(() => make({ parameters: { "rds.global_db_rpo": 60 } })).remedy).toBe(
      "leave it out, and give 'rpo' to the global database",
    );
  });
});

describe("OriginCluster fails", () => {
  const make = (props: Partial<OriginClusterProps>, place = SEOUL) =>
    new OriginCluster(placed(place, "Seoul"), "Ledger", { ...ORIGIN, ...props });

  test.each<[Partial<OriginClusterProps>, RefusalCode, string]>([
    [
      { serverlessV2Scaling: { minAcu: 0, maxAcu: 8 } },
      "SettingOutOfRange",
      "'minAcu' must be 0.5 or more, got 0: the cluster that takes the writes of a global database never pauses",
    ],
    [{ username: "admin" }, "InvalidName", "'username' is reserved by Aurora PostgreSQL, got 'admin'"],
    [
      { adoptExisting: { subnetGroupName: "old" }, username: "boss" },
      "ConflictingSettings",
      "'username' belongs to an own secret, and 'adoptExisting' is given",
    ],
  ])("with %j", (props, code, problem) => {
    expectRefusal(() => make(props), code, problem, "stack/Seoul/Ledger");
  });

  test.each<[Partial<OriginClusterProps>, string]>([
    [{ passwordVersion: 2 }, "passwordVersion"],
    [{ secretReplicas: {} }, "secretReplicas"],
    [{ username: "boss" }, "username"],
  ])("with a secret and %j", (props, setting) => {
    const site = placed(SEOUL, "Seoul");
    const masterUserSecret = new MasterUserSecret(site, "Master", {
      kmsKeyArn: KEY.seoul,
      name: "m",
      username: "boss",
    });
    expectRefusal(
      () => new OriginCluster(site, "Ledger", { ...ORIGIN, masterUserSecret, ...props }),
      "ConflictingSettings",
      `'${setting}' belongs to an own secret, and 'masterUserSecret' is given`,
      "stack/Seoul/Ledger",
    );
  });

  test("with a secret of another site", () => {
    const elsewhere = placed(TOKYO);
    const masterUserSecret = new MasterUserSecret(elsewhere, "Master", {
      kmsKeyArn: KEY.tokyo,
      name: "m",
      username: "boss",
    });
    expectRefusal(() => make({ masterUserSecret }), "WrongSite", /^'masterUserSecret' is in stack\/Tokyo/);
  });
});

describe("SecondaryCluster fails", () => {
  const make = (props: Partial<SecondaryClusterProps>, place = TOKYO) =>
    new SecondaryCluster(placed(place), "Ledger", { ...SECONDARY, ...props });

  test.each<[Partial<SecondaryClusterProps>, RefusalCode, string]>([
    [
      { sourceRegion: "ap-northeast-1" },
      "ReplicaInSourceRegion",
      "'sourceRegion' must be another region, got the cluster's own 'ap-northeast-1'",
    ],
    [
      { headless: true, instances: {}, writeForwarding: true },
      "ConflictingSettings",
      "'writeForwarding' is on, and a headless cluster has no instance that could forward",
    ],
    [
      { global: globalRef({ engineVersion: "16.2" }), serverlessV2Scaling: { minAcu: 0, maxAcu: 8 } },
      "NotInEngineVersion",
      "'minAcu' is 0, and this version of Aurora PostgreSQL never pauses",
    ],
    [
      { serverlessV2Scaling: { minAcu: 0, maxAcu: 8, pauseAfter: Duration.minutes(4) } },
      "SettingOutOfRange",
      "'pauseAfter' must be 5 minutes to 1 day, got 4 minutes",
    ],
    [
      { serverlessV2Scaling: { minAcu: 0, maxAcu: 8, pauseAfter: Duration.hours(25) } },
      "SettingOutOfRange",
      "'pauseAfter' must be 5 minutes to 1 day, got 1 day 1 hour",
    ],
  ])("with %j", (props, code, problem) => {
    expectRefusal(() => make(props), code, problem, "stack/Tokyo/Ledger");
  });
});
