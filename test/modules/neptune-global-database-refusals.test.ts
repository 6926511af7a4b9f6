/** Proves what a Neptune global database, its clusters and its alarm refuse. Does not prove that AWS would accept the rest. */
import { TerraformStack, Testing } from "cdktf";
import { RefusalCode } from "../../modules/core";
import {
  GlobalCluster,
  GlobalClusterProps,
  OriginCluster,
  OriginClusterProps,
  SecondaryCluster,
  SecondaryClusterProps,
} from "../../modules/neptune-global-database";
import { Site } from "../../modules/site";
import { GLOBAL, globalRef, ORIGIN, SECONDARY } from "../support/neptune";
import { expectRefusal, expectRefusalInSite, SEOUL, TOKYO } from "../support/synth";

const placed = (place = TOKYO, id = "Tokyo") => new Site(new TerraformStack(Testing.app(), "stack"), id, place);

describe("GlobalCluster fails", () => {
  test.each<[Partial<GlobalClusterProps>, RefusalCode, string | RegExp]>([
    [
      { engineVersion: "1.1.0.0" },
      "UnknownEngineVersion",
      "'engineVersion' must be a full version of Neptune 1.2, 1.3, 1.4, such as '1.4.5.1', got '1.1.0.0'",
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
    { global: globalRef({ engineVersion: "1.2.1.0" }), ioOptimized: true },
    "NotInEngineVersion",
    "Neptune 1.2.1.0 has no I/O-Optimized storage, 1.3.0.0 is the first",
  ],
  [
    { logs: { exports: ["profiler" as "audit"] } },
    "SettingOutOfRange",
    "'logs.exports[0]' must be one of 'audit', 'slowquery', got 'profiler'",
  ],
];

describe.each<[string, (props: Partial<SecondaryClusterProps> & Partial<OriginClusterProps>) => unknown]>([
  ["OriginCluster", (props) => new OriginCluster(placed(SEOUL), "Friends", { ...ORIGIN, ...props })],
  ["SecondaryCluster", (props) => new SecondaryCluster(placed(), "Friends", { ...SECONDARY, ...props })],
])("%s fails", (_, make) => {
  test.each(REFUSED)("with %j", (props, code, problem) => {
    expectRefusal(() => make(props), code, problem, "stack/Tokyo/Friends");
  });
});

describe("OriginCluster fails", () => {
  const make = (props: Partial<OriginClusterProps>, place = SEOUL) =>
    new OriginCluster(placed(place, "Seoul"), "Friends", { ...ORIGIN, ...props });

  test.each<[Partial<OriginClusterProps>, RefusalCode, string]>([
    [
      { instances: Object.fromEntries(Array.from({ length: 16 }, (_, at) => [`r${at}`, {}])) },
      "SettingOutOfRange",
      "'instances' must name 15 at most, 16 less one for each secondary region, got 16",
    ],
  ])("with %j", (props, code, problem) => {
    expectRefusal(() => make(props), code, problem, "stack/Seoul/Friends");
  });
});
