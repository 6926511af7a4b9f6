/**
 * Proves which records are synthesised by site, and which sets of records are refused. Does not prove what Route 53 answers.
 */
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import "cdktf/lib/testing/adapters/jest";
import { Duration, RefusalCode } from "../../modules/core";
import {
  ActiveAnswer,
  AlarmHealthCheck,
  alarmRef,
  aliasTo,
  EndpointHealthCheck,
  FailoverRecords,
  FailoverRecordsProps,
  HealthCheck,
  LatencyRecords,
  plainValues,
  WeightedRecords,
} from "../../modules/route53-failover";
import { Site } from "../../modules/site";
import { expectRefusalInSite, OSAKA, SEOUL, synthInSite, TOKYO } from "../support/synth";

const ZONE = { name: "example.com", zoneId: "Z123" };
const NAME = "orders.example.com";
const BALANCER = { dnsName: "seoul.elb.amazonaws.com", zoneId: "ZELB" };
const ALIAS = aliasTo(BALANCER, { evaluateTargetHealth: false });
const HEALTH_CHECK_ID = /^\$\{aws_route53_health_check\.\w+\.id\}$/;

/** A health check on an alarm in a region. */
function alarmIn(site: Site, region: string, id = "Check"): AlarmHealthCheck {
  const alarm = alarmRef("test", { name: "switch", region, account: SEOUL.account });
  return new AlarmHealthCheck(site, id, { name: "untripped", alarm });
}

function failover(site: Site, change: Partial<FailoverRecordsProps> = {}, id = "Records"): FailoverRecords {
  return new FailoverRecords(site, id, {
    name: NAME,
    zone: ZONE,
    primary: {
      site: "seoul",
      region: SEOUL.region,
      target: ALIAS,
      healthCheck: change.primary?.healthCheck ?? alarmIn(site, TOKYO.region, `${id}Check`),
    },
    secondary: { site: "tokyo", target: plainValues(["198.51.100.1", "198.51.100.2"]) },
    ...change,
  });
}

describe("FailoverRecords", () => {
  test("defaults", () => {
    const tf = synthInSite((site) => failover(site));
    expect(tf.types()).toEqual([
      "aws_route53_health_check", // the test's own
      "aws_route53_record", // what answers while it is healthy
      "aws_route53_record", // what answers otherwise
    ]);
    expect(tf.at("Site/Records/Primary")).toEqual({
      provider: "aws",
      zone_id: "Z123",
      name: NAME,
      type: "A",
      set_identifier: "seoul",
      failover_routing_policy: { type: "PRIMARY" },
      health_check_id: expect.stringMatching(HEALTH_CHECK_ID) as string,
      alias: { name: "seoul.elb.amazonaws.com", zone_id: "ZELB", evaluate_target_health: false },
    });
    expect(tf.at("Site/Records/Secondary")).toEqual({
      provider: "aws",
      zone_id: "Z123",
      name: NAME,
      type: "A",
      set_identifier: "tokyo",
      failover_routing_policy: { type: "SECONDARY" },
      records: ["198.51.100.1", "198.51.100.2"],
      ttl: 60,
    });
    expect(tf.text).toHaveResourceWithProperties(Route53Record, { set_identifier: "seoul" });
  });

  test("answers with values of other types, kept as long as asked, and a check on the secondary", () => {
    const tf = synthInSite((site) => {
      const healthCheck = new EndpointHealthCheck(site, "Endpoint", { name: "e", domainName: "a.example.com" });
      failover(site, {
        type: "CNAME",
        rto: Duration.minutes(4),
        secondary: {
          site: "tokyo",
          target: plainValues(["tokyo.example.net"], { ttl: Duration.seconds(120) }),
          healthCheck,
        },
      });
    });
    expect(tf.at("Site/Records/Secondary")).toMatchObject({
      type: "CNAME",
      records: ["tokyo.example.net"],
      ttl: 120,
      health_check_id: expect.stringMatching(HEALTH_CHECK_ID) as string,
    });
  });

  test("hands over by itself with a check of the endpoint", () => {
    const tf = synthInSite((site) => {
      const healthCheck = new EndpointHealthCheck(site, "Endpoint", { name: "e", domainName: "a.example.com" });
      failover(site, { primary: { site: "seoul", region: SEOUL.region, target: ALIAS, healthCheck } });
    });
    expect(tf.all("aws_route53_record")).toHaveLength(2);
  });

  test("two of them live in one stack, also for one name in two types", () => {
    const tf = synthInSite((site) => {
      failover(site, {}, "One");
      failover(site, { name: "example.com" }, "Two");
      failover(site, { type: "AAAA", secondary: { site: "tokyo", target: ALIAS } }, "Three");
    });
    expect(tf.all("aws_route53_record")).toHaveLength(6);
  });

  test("fails when the primary's check rests on its own region", () => {
    expectRefusalInSite(
      (site) =>
        failover(site, {
          primary: {
            site: "seoul",
            region: SEOUL.region,
            target: ALIAS,
            healthCheck: alarmIn(site, SEOUL.region),
          },
        }),
      "SwitchInLostSite",
      "the health check of 'seoul' rests on alarms in 'ap-northeast-2', its own region",
      "stack/Site/Records",
    );
  });

  test("fails when the primary's region is invalid", () => {
    expectRefusalInSite(
      (site) => {
        const healthCheck = alarmIn(site, SEOUL.region);
        failover(site, { primary: { site: "seoul", region: "ap-northeast2", target: ALIAS, healthCheck } });
      },
      "UnknownRegion",
      /^this library does not know the region 'ap-northeast2'/,
      "stack/Site/Records",
    );
  });

  test("fails when the name is answered already", () => {
    expectRefusalInSite(
      (site) => [failover(site, {}, "One"), failover(site, {}, "Two")],
      "NameTaken",
      "the set of DNS records 'A orders.example.com' is already taken by stack/Site/One",
      "stack/Site/Two",
    );
  });

  const values = (...given: string[]) => ({ secondary: { site: "tokyo", target: plainValues(given) } });

  test.each<[string, Partial<FailoverRecordsProps>, RefusalCode, string | RegExp]>([
    [
      "one site in both places",
      { secondary: { site: "seoul", target: ALIAS } },
      "RepeatedItem",
      "'seoul' is both primary and secondary",
    ],
    [
      "a name outside the zone",
      { name: "orders.example.org" },
      "RecordOutsideZone",
      "'orders.example.org' does not lie in the zone 'example.com'",
    ],
    [
      "a zone of another account",
      { zone: { ...ZONE, account: "444455556666" } },
      "ZoneInOtherAccount",
      "the zone 'example.com' is of account '444455556666', the site is of '111122223333'",
    ],
    [
      "a name that merely ends alike",
      { name: "badexample.com" },
      "RecordOutsideZone",
      "'badexample.com' does not lie in the zone 'example.com'",
    ],
    ["an invalid name", { name: "Orders.example.com" }, "InvalidName", /^'name' is not a valid record name/],
    [
      "an invalid site",
      { secondary: { site: "Tokyo", target: ALIAS } },
      "InvalidName",
      /^'site' is not a valid site name, got 'Tokyo'/,
    ],
    [
      "a CNAME at the zone itself",
      { name: "example.com", type: "CNAME" },
      "ConflictingSettings",
      "'example.com' is the zone itself, which cannot have a CNAME",
    ],
    [
      "a name for an address",
      values("tokyo.example.com"),
      "InvalidRecordValue",
      "'tokyo' answers with 'tokyo.example.com', a record of type A with IPv4 addresses",
    ],
    ["an invalid address", values("256.1.1.1"), "InvalidRecordValue", /^'tokyo' answers with '256.1.1.1'/],
    ["an address cut short", values("1.2.3"), "InvalidRecordValue", /^'tokyo' answers with '1.2.3'/],
    [
      "an IPv4 address in AAAA",
      { type: "AAAA", ...values("198.51.100.1") },
      "InvalidRecordValue",
      /a record of type AAAA with IPv6 addresses$/,
    ],
    ["no value", values(), "InvalidRecordValue", /^'tokyo' answers with 0 of them/],
    [
      "two names in a CNAME",
      { type: "CNAME", ...values("a.example.net", "b.example.net") },
      "InvalidRecordValue",
      "'tokyo' answers with 2 of them, a record of type CNAME with one domain name",
    ],
    ["a value twice", values("1.2.3.4", "1.2.3.4"), "RepeatedItem", "'tokyo.values' names '1.2.3.4' twice"],
    [
      "a TTL beyond AWS's",
      { secondary: { site: "tokyo", target: plainValues(["1.2.3.4"], { ttl: Duration.seconds(2_147_483_648) }) } },
      "SettingOutOfRange",
      /^'tokyo.ttl' must be a whole number from 0 to 2147483647/,
    ],
    [
      "a TTL above the RTO",
      {
        rto: Duration.minutes(3),
        secondary: { site: "tokyo", target: plainValues(["1.2.3.4"], { ttl: Duration.seconds(181) }) },
      },
      "RtoNotMet",
      "'tokyo' is left after 3 minutes 1 second (detection 0 seconds, TTL 3 minutes 1 second), the RTO is 3 minutes",
    ],
  ])("fails with %s", (_, change, code, problem) => {
    expectRefusalInSite((site) => failover(site, change), code, problem, "stack/Site/Records");
  });

  test("fails when detection and TTL together pass the RTO", () => {
    expectRefusalInSite(
      (site) => {
        const healthCheck = new EndpointHealthCheck(site, "Endpoint", { name: "e", domainName: "a.example.com" });
        const primary = { site: "seoul", region: SEOUL.region, target: ALIAS, healthCheck };
        failover(site, { primary, rto: Duration.seconds(149) });
      },
      "RtoNotMet",
      /^'seoul' is left after 2 minutes 30 seconds \(detection 1 minute 30 seconds, TTL 1 minute\)/,
    );
  });
});

describe("records of sites that answer at once", () => {
  const answers = (site: Site): Record<"osaka" | "seoul", ActiveAnswer> => ({
    seoul: {
      region: SEOUL.region,
      target: aliasTo(BALANCER, { evaluateTargetHealth: true }),
      healthCheck: alarmIn(site, TOKYO.region, "Seoul"),
    },
    osaka: {
      region: OSAKA.region,
      target: plainValues(["198.51.100.1"]),
      healthCheck: alarmIn(site, SEOUL.region, "Osaka"),
    },
  });
  const shared = { name: NAME, zone: ZONE };
  const weighted = (site: Site, change: Partial<ActiveAnswer> & { weight?: number } = {}) => {
    const { seoul, osaka } = answers(site);
    const sites = { seoul: { weight: 100, ...seoul, ...change }, osaka: { ...osaka, weight: 0 } };
    return new WeightedRecords(site, "Records", { ...shared, sites });
  };

  test("weighted", () => {
    const tf = synthInSite((site) => {
      expect([...weighted(site).records.keys()]).toEqual(["seoul", "osaka"]);
    });
    expect(tf.all("aws_route53_record")).toEqual([
      {
        provider: "aws",
        zone_id: "Z123",
        name: NAME,
        type: "A",
        set_identifier: "osaka",
        weighted_routing_policy: { weight: 0 },
        health_check_id: expect.stringMatching(HEALTH_CHECK_ID) as string,
        records: ["198.51.100.1"],
        ttl: 60,
      },
      {
        provider: "aws",
        zone_id: "Z123",
        name: NAME,
        type: "A",
        set_identifier: "seoul",
        weighted_routing_policy: { weight: 100 },
        health_check_id: expect.stringMatching(HEALTH_CHECK_ID) as string,
        alias: { name: "seoul.elb.amazonaws.com", zone_id: "ZELB", evaluate_target_health: true },
      },
    ]);
  });

  test("by latency", () => {
    const tf = synthInSite((site) => {
      new LatencyRecords(site, "Records", { ...shared, sites: answers(site) });
    });
    expect(
      tf
        .all("aws_route53_record")
        .map(({ set_identifier, latency_routing_policy }) => [set_identifier, latency_routing_policy]),
    ).toEqual([
      ["osaka", { region: "ap-northeast-3" }],
      ["seoul", { region: "ap-northeast-2" }],
    ]);
  });

  test("two sets live in one stack", () => {
    const tf = synthInSite((site) => {
      const sites = answers(site);
      new LatencyRecords(site, "One", { ...shared, sites });
      new LatencyRecords(site, "Two", { ...shared, name: `*.${NAME}`, sites });
    });
    expect(tf.all("aws_route53_record")).toHaveLength(4);
  });

  test.each<[string, (site: Site) => HealthCheck]>([
    ["rests on an alarm of its own region", (site: Site) => alarmIn(site, SEOUL.region)],
    [
      "is of its endpoint alone",
      (site: Site) => new EndpointHealthCheck(site, "Endpoint", { name: "e", domainName: "a.example.com" }),
    ],
  ])("fail when the health check of a site %s", (_, check) => {
    expectRefusalInSite(
      (site) => weighted(site, { healthCheck: check(site) }),
      "SwitchInLostSite",
      "no operator outside of 'ap-northeast-2' can turn the health check of 'seoul', and so take it out of the answers",
      "stack/Site/Records",
    );
  });

  test.each([-1, 256, 0.5])("fail with a weight of %d", (weight) => {
    expectRefusalInSite(
      (site) => weighted(site, { weight }),
      "SettingOutOfRange",
      `'seoul.weight' must be a whole number from 0 to 255, got ${weight}`,
    );
  });

  test("fail without a site", () => {
    expectRefusalInSite(
      (site) => new WeightedRecords(site, "Records", { ...shared, sites: {} }),
      "MissingSetting",
      "'sites' is empty",
    );
  });

  test("fail with two sites for one region", () => {
    expectRefusalInSite(
      (site) => {
        const { seoul, osaka } = answers(site);
        return new LatencyRecords(site, "Records", {
          ...shared,
          sites: { seoul, busan: { ...osaka, region: SEOUL.region } },
        });
      },
      "RepeatedItem",
      "'sites.region' names 'ap-northeast-2' twice",
    );
  });

  test("fail with an invalid region", () => {
    expectRefusalInSite(
      (site) => {
        const { seoul } = answers(site);
        return new LatencyRecords(site, "Records", { ...shared, sites: { seoul: { ...seoul, region: "nowhere" } } });
      },
      "UnknownRegion",
      /^this library does not know the region 'nowhere'/,
    );
  });
});
