/** Proves what a DocumentDB global cluster, its clusters and its alarm refuse. Does not prove that AWS would accept the rest. */
import { TerraformStack, Testing } from "cdktf";
import { RefusalCode } from "../../modules/core";
import {
  GlobalCluster,
  GlobalClusterProps,
  OriginCluster,
  OriginClusterProps,
  SecondaryCluster,
  SecondaryClusterProps,
} from "../../modules/documentdb-global-cluster";
import { MasterUserSecret } from "../../modules/rds-read-replica";
import { Site } from "../../modules/site";
import { GLOBAL, ORIGIN, SECONDARY } from "../support/documentdb";
import { KEY } from "../support/rds";
import { expectRefusal, expectRefusalInSite, refusal, SEOUL, TOKYO } from "../support/synth";

const placed = (place = TOKYO, id = "Tokyo") => new Site(new TerraformStack(Testing.app(), "stack"), id, place);

describe("GlobalCluster fails", () => {
  test.each<[Partial<GlobalClusterProps>, RefusalCode, string | RegExp]>([
    [
      { engineVersion: "3.6.0" },
      "UnknownEngineVersion",
      "'engineVersion' must be a full version of DocumentDB 4.0, 5.0, 8.0, such as '5.0.0', got '3.6.0'",
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
    { logs: { exports: ["slowquery" as "audit"] } },
    "SettingOutOfRange",
    "'logs.exports[0]' must be one of 'audit', 'profiler', got 'slowquery'",
  ],
];

/** Props that the groups of both classes of clusters refuse. */
const GROUPS_REFUSED: typeof REFUSED = [
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

  test("names the setting to use instead of the TLS parameter", () => {
    expect(refusal(() => make({ parameters: { tls: "disabled" } })).remedy).toBe(
      "leave it out; 'unencryptedConnections: true' lets clients connect without TLS",
    );
  });
});

describe("OriginCluster fails", () => {
  const make = (props: Partial<OriginClusterProps>, place = SEOUL) =>
    new OriginCluster(placed(place, "Seoul"), "Catalog", { ...ORIGIN, ...props });

  test.each<[Partial<OriginClusterProps>, RefusalCode, string]>([
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
