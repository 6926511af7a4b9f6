/** Proves what a DocumentDB global cluster, its clusters and its alarm refuse. Does not prove that AWS would accept the rest. */
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
} from "../../modules/documentdb-global-cluster";
import { MasterUserSecret } from "../../modules/rds-read-replica";
import { Site } from "../../modules/site";
import { GLOBAL, globalRef, ORIGIN, SECONDARY } from "../support/documentdb";
import { MEMBER_GROUPS_REFUSED, MEMBER_REFUSED, REGIONS_REFUSED } from "../support/member-refusals";
import { KEY } from "../support/rds";
import { expectRefusal, expectRefusalInSite, OSAKA, refusal, SEOUL, TOKYO, TOKYO_ABROAD } from "../support/synth";

const placed = (place = TOKYO, id = "Tokyo") => new Site(new TerraformStack(Testing.app(), "stack"), id, place);

const ELEVEN = [
  ...["ap-northeast-1", "ap-northeast-3", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "ca-central-1"],
  ...["eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "us-east-1"],
];

describe("GlobalCluster fails", () => {
  test.each<[Partial<GlobalClusterProps>, RefusalCode, string | RegExp]>([
    ...REGIONS_REFUSED,
    [{ identifier: "Catalog" }, "InvalidName", /^'identifier' is not a valid global cluster identifier, got 'Catalog'/],
    [
      { engineVersion: "3.6.0" },
      "UnknownEngineVersion",
      "'engineVersion' must be a full version of DocumentDB 4.0, 5.0, 8.0, such as '5.0.0', got '3.6.0'",
    ],
    [{ secondaryRegions: ELEVEN }, "TooManyReplicas", "'secondaryRegions' must name 10 regions at most, got 11"],
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
      "the global cluster identifier 'catalog' is already taken by stack/Site/One",
      "stack/Site/Two",
    );
  });

  test("ten secondaries are fine", () => {
    expect(globalRef({ secondaryRegions: ELEVEN.slice(1) }).secondaryRegions).toHaveLength(10);
  });
});

/** What a cluster of either class refuses. */
const REFUSED: [Partial<SecondaryClusterProps> & Partial<OriginClusterProps>, RefusalCode, string | RegExp][] = [
  ...MEMBER_REFUSED,
  [
    { global: { ...globalRef(), account: "444455556666" } },
    "ReplicaInOtherAccount",
    "'catalog' lies in account 444455556666, the cluster in 111122223333",
  ],
  [
    { logExports: ["slowquery" as "audit"] },
    "SettingOutOfRange",
    "'logExports[0]' must be one of 'audit', 'profiler', got 'slowquery'",
  ],
];

/** What the groups of a cluster of either class refuse. */
const GROUPS_REFUSED: typeof REFUSED = [
  ...MEMBER_GROUPS_REFUSED,
  [{ staticParameters: { tls: "disabled" } }, "ConflictingSettings", "'tls' is what this module sets itself"],
];

describe.each<[string, (props: Partial<SecondaryClusterProps> & Partial<OriginClusterProps>) => unknown]>([
  ["OriginCluster", (props) => new OriginCluster(placed(SEOUL), "Catalog", { ...ORIGIN, ...props })],
  ["SecondaryCluster", (props) => new SecondaryCluster(placed(), "Catalog", { ...SECONDARY, ...props })],
])("%s fails", (_, make) => {
  test.each(REFUSED)("with %j", (props, code, problem) => {
    expectRefusal(() => make(props), code, problem, "stack/Tokyo/Catalog");
  });

  test.each(GROUPS_REFUSED)("with %j", (props, code, problem) => {
    expectRefusal(() => make(props), code, problem, "stack/Tokyo/Catalog/Groups");
  });

  test("says of TLS what to do instead", () => {
    expect(refusal(() => make({ parameters: { tls: "disabled" } })).remedy).toBe(
      "leave it out; 'unencryptedConnections: true' lets clients connect without TLS",
    );
  });
});

describe("OriginCluster fails", () => {
  const make = (props: Partial<OriginClusterProps>, place = SEOUL) =>
    new OriginCluster(placed(place, "Seoul"), "Catalog", { ...ORIGIN, ...props });

  test("outside the home", () => {
    expectRefusal(
      () => make({}, TOKYO),
      "WrongSite",
      "the home of 'catalog' lies in 'ap-northeast-2', got 'ap-northeast-1'",
      "stack/Seoul/Catalog",
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
    [{ username: "admin" }, "InvalidName", "'username' is reserved by DocumentDB, got 'admin'"],
    [
      { adoptExisting: { subnetGroupName: "old" }, username: "boss" },
      "ConflictingSettings",
      "'username' belongs to an own secret, and 'adoptExisting' is given",
    ],
  ])("with %j", (props, code, problem) => {
    expectRefusal(() => make(props), code, problem, "stack/Seoul/Catalog");
  });

  test("with a secret of another site", () => {
    const masterUserSecret = new MasterUserSecret(placed(TOKYO), "Master", {
      kmsKeyArn: KEY.tokyo,
      name: "m",
      username: "boss",
    });
    expectRefusal(() => make({ masterUserSecret }), "WrongSite", /^'masterUserSecret' is in stack\/Tokyo/);
  });
});

describe("SecondaryCluster fails", () => {
  const make = (props: Partial<SecondaryClusterProps>, place = TOKYO) =>
    new SecondaryCluster(placed(place), "Catalog", { ...SECONDARY, ...props });

  test.each<[Partial<SecondaryClusterProps>, RefusalCode, string]>([
    [
      { instances: undefined },
      "MissingSetting",
      "'instances' is empty: nobody can fail over to a cluster without an instance",
    ],
    [{ headless: true }, "ConflictingSettings", "'headless' is true, and 'instances' names 1"],
  ])("with %j", (props, code, problem) => {
    expectRefusal(() => make(props), code, problem, "stack/Tokyo/Catalog");
  });

  test.each([
    [SEOUL, "WrongSite", "'ap-northeast-2' is none of the secondary regions of 'catalog', got ap-northeast-1"],
    [OSAKA, "WrongSite", "'ap-northeast-3' is none of the secondary regions of 'catalog', got ap-northeast-1"],
    [TOKYO_ABROAD, "ReplicaInOtherAccount", "'catalog' lies in account 111122223333, the cluster in 444455556666"],
  ] as const)("in %j", (place, code, problem) => {
    expectRefusal(() => make({}, place), code, problem, "stack/Tokyo/Catalog");
  });
});

describe("ReplicationLagAlarm fails", () => {
  test("in another site than the cluster", () => {
    const cluster = SecondaryCluster.refOf({ ...TOKYO, identifier: "catalog-tokyo" });
    const threshold = Duration.seconds(30);
    expectRefusalInSite(
      (site) => new ReplicationLagAlarm(site, "Lag", { cluster, global: globalRef(), threshold }),
      "WrongSite",
      "AWS publishes the lag of 'catalog-tokyo' in ap-northeast-1, the alarm stands in ap-northeast-2",
      "stack/Site/Lag",
    );
  });
});
