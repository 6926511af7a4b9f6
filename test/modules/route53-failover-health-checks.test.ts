/**
 * Proves which health checks are synthesized, which inputs are refused, and how they differ from checks that a lost
 * region ends. Does not prove what Route 53 finds healthy.
 */
import { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import { TerraformStack } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import { Duration } from "../../modules/core";
import {
  AlarmHealthCheck,
  alarmRef,
  CalculatedHealthCheck,
  EndpointHealthCheck,
  EndpointHealthCheckProps,
  FailoverSwitch,
  HealthCheck,
  RoutingControlHealthCheck,
} from "../../modules/route53-failover";
import { canBeTrippedOutside, seesLossOf } from "../../modules/route53-failover/health-check";
import { Site } from "../../modules/site";
import { expectRefusalInSite, SEOUL, synthApp, synthInSite, TOKYO, TOKYO_ABROAD } from "../support/synth";

const ENDPOINT: EndpointHealthCheckProps = { name: "orders-seoul", domainName: "seoul.example.com" };
/** All that Route 53 has. It fills them in where a check names none. */
const CHECKER_REGIONS = [
  "ap-northeast-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "eu-west-1",
  "sa-east-1",
  "us-east-1",
  "us-west-1",
  "us-west-2",
];
const ALARM = alarmRef("test", { ...TOKYO, name: "switch" });

function endpoint(props: Partial<EndpointHealthCheckProps> = {}) {
  return synthInSite((site) => new EndpointHealthCheck(site, "Check", { ...ENDPOINT, ...props })).only(
    "aws_route53_health_check",
  );
}

describe("EndpointHealthCheck", () => {
  test("defaults", () => {
    const tf = synthInSite((site) => new EndpointHealthCheck(site, "Check", ENDPOINT));
    expect(tf.types()).toEqual(["aws_route53_health_check"]);
    expect(tf.only("aws_route53_health_check")).toEqual({
      provider: "aws",
      type: "HTTPS",
      fqdn: "seoul.example.com",
      port: 443,
      resource_path: "/",
      enable_sni: true,
      regions: CHECKER_REGIONS,
      request_interval: 30,
      failure_threshold: 3,
      invert_healthcheck: false,
      measure_latency: false,
      tags: { Name: "orders-seoul" },
      lifecycle: { create_before_destroy: true }, // a record is pointed to the next check first
    });
    expect(tf.text).toHaveResourceWithProperties(Route53HealthCheck, { type: "HTTPS" });
  });

  test("every setting", () => {
    const settings: Partial<EndpointHealthCheckProps> = {
      checkers: {
        latencyMeasured: true,
        regions: ["us-east-1", "eu-west-1", "sa-east-1"],
        requestIntervalSeconds: 10,
      },
      failureThreshold: 10,
      inverted: true,
      ipAddress: "198.51.100.1",
      path: "/health",
      port: 8443,
      protocol: "HTTPS",
      searchString: "ready",
      sni: false,
    };
    expect(endpoint(settings)).toEqual({
      provider: "aws",
      type: "HTTPS_STR_MATCH",
      fqdn: "seoul.example.com",
      ip_address: "198.51.100.1",
      port: 8443,
      resource_path: "/health",
      search_string: "ready",
      enable_sni: false,
      regions: ["us-east-1", "eu-west-1", "sa-east-1"],
      request_interval: 10,
      failure_threshold: 10,
      invert_healthcheck: true,
      measure_latency: true,
      tags: { Name: "orders-seoul" },
      lifecycle: { create_before_destroy: true }, // a record is pointed to the next check first
    });
  });

  test.each([
    ["HTTP", { protocol: "HTTP" }, { type: "HTTP", port: 80, resource_path: "/", enable_sni: false }],
    ["a text", { protocol: "HTTP", searchString: "ok" }, { type: "HTTP_STR_MATCH", search_string: "ok" }],
    ["TCP", { protocol: "TCP", port: 5432 }, { type: "TCP", port: 5432, enable_sni: false }],
    [
      "an address",
      { domainName: undefined, ipAddress: "2001:db8::1" },
      { ip_address: "2001:db8::1", enable_sni: false },
    ],
  ] as const)("asks for %s", (_, props, expected) => {
    expect(endpoint(props)).toMatchObject(expected);
  });

  test("TCP asks for no path", () => {
    expect(endpoint({ protocol: "TCP", port: 22 })).not.toHaveProperty("resource_path");
  });

  test("detects within interval times threshold", () => {
    synthInSite((site) => {
      const { detection } = new EndpointHealthCheck(site, "A", {
        ...ENDPOINT,
        checkers: { requestIntervalSeconds: 10 },
        failureThreshold: 2,
      });
      expect(detection).toEqual(Duration.seconds(20));
      expect(new EndpointHealthCheck(site, "B", ENDPOINT).detection).toEqual(Duration.seconds(90));
    });
  });

  test.each<[string, Partial<EndpointHealthCheckProps>, Parameters<typeof expectRefusalInSite>[1], string | RegExp]>([
    ["nothing to ask", { domainName: undefined }, "MissingSetting", "neither 'domainName' nor 'ipAddress' is given"],
    ["TCP without a port", { protocol: "TCP" }, "MissingSetting", "'port' is not given, and TCP has none of its own"],
    [
      "a name to send that is not given",
      { domainName: undefined, ipAddress: "198.51.100.1", sni: true },
      "MissingSetting",
      "'sni' is given without 'domainName'",
    ],
    [
      "a path for TCP",
      { protocol: "TCP", port: 1, path: "/" },
      "ConflictingSettings",
      "'path' is given, and TCP asks for nothing",
    ],
    [
      "a text for TCP",
      { protocol: "TCP", port: 1, searchString: "a" },
      "ConflictingSettings",
      "'searchString' is given, and TCP asks for nothing",
    ],
    [
      "SNI for HTTP",
      { protocol: "HTTP", sni: true },
      "ConflictingSettings",
      "'sni' is given, and HTTP has no TLS handshake",
    ],
    ["no threshold", { failureThreshold: 0 }, "SettingOutOfRange", /^'failureThreshold' must be .* 1 to 10, got 0$/],
    ["a threshold of 11", { failureThreshold: 11 }, "SettingOutOfRange", /1 to 10, got 11$/],
    ["port 0", { port: 0 }, "SettingOutOfRange", /^'port' must be .* 1 to 65535, got 0$/],
    [
      "a relative path",
      { path: "health" },
      "SettingOutOfRange",
      "'path' must begin with '/' and have 255 characters at most, got 'health'",
    ],
    ["a long path", { path: `/${"a".repeat(255)}` }, "SettingOutOfRange", /^'path' must begin with/],
    ["an empty text", { searchString: "" }, "SettingOutOfRange", /^'searchString.length' .* 1 to 255, got 0$/],
    [
      "two regions",
      { checkers: { regions: ["us-east-1", "eu-west-1"] } },
      "SettingOutOfRange",
      "'checkers.regions' must name 3 or more, got 2",
    ],
    [
      "a region twice",
      { checkers: { regions: ["us-east-1", "eu-west-1", "us-east-1"] } },
      "RepeatedItem",
      "'checkers.regions' names 'us-east-1' twice",
    ],
    ["an invalid domain", { domainName: "a_.b." }, "InvalidName", /^'domainName' is not a valid domain name/],
    ["an invalid name", { name: "" }, "InvalidName", /^'name' is not a valid health check name/],
  ])("fails with %s", (_, props, code, problem) => {
    const create = (site: Site) => new EndpointHealthCheck(site, "Check", { ...ENDPOINT, ...props });
    expectRefusalInSite(create, code, problem, "stack/Site/Check");
  });

  test.each(["10.1.2.3", "127.0.0.1", "169.254.1.1", "172.31.0.1", "192.168.0.1", "::1", "fd00::1", "fe80::1"])(
    "fails with the address %s",
    (ipAddress) => {
      expectRefusalInSite(
        (site) => new EndpointHealthCheck(site, "Check", { ...ENDPOINT, ipAddress }),
        "SettingOutOfRange",
        `'ipAddress' must be reachable from the internet, got '${ipAddress}'`,
      );
    },
  );

  test("takes addresses next to the private ones", () => {
    for (const ipAddress of ["172.32.0.1", "11.0.0.1", "192.169.0.1"]) {
      expect(endpoint({ ipAddress }).ip_address).toBe(ipAddress);
    }
  });
});

describe("AlarmHealthCheck", () => {
  test("defaults", () => {
    const tf = synthInSite((site) => new AlarmHealthCheck(site, "Check", { name: "untripped", alarm: ALARM }));
    expect(tf.types()).toEqual(["aws_route53_health_check"]);
    expect(tf.only("aws_route53_health_check")).toEqual({
      provider: "aws",
      type: "CLOUDWATCH_METRIC",
      cloudwatch_alarm_name: "switch",
      cloudwatch_alarm_region: "ap-northeast-1",
      insufficient_data_health_status: "LastKnownStatus",
      tags: { Name: "untripped" },
      lifecycle: { create_before_destroy: true }, // a record is pointed to the next check first
    });
  });

  test("of an alarm in a new region asks for a provider that knows it", () => {
    const alarm = alarmRef("test", { ...TOKYO, region: "ap-southeast-6", name: "switch" });
    const tf = synthInSite((site) => new AlarmHealthCheck(site, "Check", { name: "untripped", alarm }));
    expect(tf.json.terraform).toMatchObject({ required_providers: { aws: { version: ">= 6.14.0, < 7.0.0" } } });
  });

  test("every setting", () => {
    const tf = synthInSite((site) => {
      new AlarmHealthCheck(site, "Check", {
        name: "untripped",
        alarm: ALARM,
        insufficientDataStatus: "Unhealthy",
        inverted: true,
        triggers: { threshold: "5" },
      });
    });
    expect(tf.only("aws_route53_health_check")).toMatchObject({
      insufficient_data_health_status: "Unhealthy",
      invert_healthcheck: true,
      triggers: { threshold: "5" },
    });
  });

  test("reads a switch again when its namespace changes", () => {
    const tf = synthInSite((site) => {
      const alarm = FailoverSwitch.refOf({ ...SEOUL, workload: "orders", site: "seoul" });
      new AlarmHealthCheck(site, "Check", { name: "untripped", alarm });
      new AlarmHealthCheck(site, "More", { name: "more", alarm, triggers: { threshold: "5" } });
    });
    expect(tf.at("Site/Check/Resource").triggers).toEqual({ namespace: "DisasterRecovery/orders" });
    expect(tf.at("Site/More/Resource").triggers).toEqual({ namespace: "DisasterRecovery/orders", threshold: "5" });
  });

  test("waits for a switch of its own stack", () => {
    const tf = synthInSite((site) => {
      const { ref } = new FailoverSwitch(site, "Switch", { workload: "orders" });
      const check = new AlarmHealthCheck(site, "Check", { name: "untripped", alarm: ref });
      expect(check.detection).toEqual(Duration.minutes(1));
    });
    expect(tf.only("aws_route53_health_check").depends_on).toEqual([
      expect.stringMatching(/^aws_cloudwatch_metric_alarm\.Site_Switch_/) as string,
    ]);
  });

  test("may keep the address of an existing check", () => {
    const { stacks } = synthApp((app) => {
      const site = new Site(new TerraformStack(app, "shop"), "Seoul", SEOUL);
      const check = new AlarmHealthCheck(site, "Check", { name: "untripped", alarm: ALARM });
      check.resource.overrideLogicalId("old");
      new CalculatedHealthCheck(site, "All", { name: "all", children: [check] });
    });
    const children = ["${aws_route53_health_check.old.id}"];
    expect(stacks.get("shop")!.at("Seoul/All/Resource").child_healthchecks).toEqual(children);
  });

  test("fails when the alarm lies in another account", () => {
    const alarm = alarmRef("test", { ...TOKYO_ABROAD, name: "switch" });
    expectRefusalInSite(
      (site) => new AlarmHealthCheck(site, "Check", { name: "a", alarm }),
      "AlarmInOtherAccount",
      "the alarm 'switch' is of account '444455556666', the site is of '111122223333'",
      "stack/Site/Check",
    );
  });
});

describe("CalculatedHealthCheck", () => {
  const children = (site: Site, count: number) =>
    [...Array(count).keys()].map((n) => new AlarmHealthCheck(site, `Child-${n}`, { name: `c${n}`, alarm: ALARM }));

  test("defaults", () => {
    const tf = synthInSite((site) => {
      new CalculatedHealthCheck(site, "Check", { name: "all", children: children(site, 2) });
    });
    expect(tf.at("Site/Check/Resource")).toEqual({
      provider: "aws",
      type: "CALCULATED",
      child_healthchecks: [
        expect.stringMatching(/^\$\{aws_route53_health_check\.Site_Child-0_\w+\.id\}$/) as string,
        expect.stringMatching(/^\$\{aws_route53_health_check\.Site_Child-1_\w+\.id\}$/) as string,
      ],
      child_health_threshold: 2,
      tags: { Name: "all" },
      lifecycle: { create_before_destroy: true }, // a record is pointed to the next check first
    });
  });

  test("takes a threshold, and the detection of its slowest child", () => {
    const tf = synthInSite((site) => {
      const [alarm] = children(site, 1);
      const slow = new EndpointHealthCheck(site, "Slow", ENDPOINT);
      const quick = new EndpointHealthCheck(site, "Quick", { ...ENDPOINT, failureThreshold: 1 });
      const props = { name: "one", children: [alarm!, quick, slow], threshold: 1 };
      expect(new CalculatedHealthCheck(site, "Check", props).detection).toEqual(Duration.seconds(90));
      expect(new CalculatedHealthCheck(site, "Alarm", { name: "a", children: [alarm!] }).detection).toBeUndefined();
    });
    expect(tf.at("Site/Check/Resource").child_health_threshold).toBe(1);
  });

  test.each([
    [0, undefined, "'children.length' must be a whole number from 1 to 255, got 0"],
    [256, undefined, "'children.length' must be a whole number from 1 to 255, got 256"],
    [2, 0, "'threshold' must be a whole number from 1 to 2, got 0"],
    [2, 3, "'threshold' must be a whole number from 1 to 2, got 3"],
  ])("fails with %d children and threshold %s", (count, threshold, problem) => {
    expectRefusalInSite(
      (site) => new CalculatedHealthCheck(site, "C", { name: "c", children: children(site, count), threshold }),
      "SettingOutOfRange",
      problem,
    );
  });

  test("fails with a child twice", () => {
    expectRefusalInSite(
      (site) => {
        const [child] = children(site, 1);
        return new CalculatedHealthCheck(site, "C", { name: "c", children: [child!, child!] });
      },
      "RepeatedItem",
      "'children' names a health check twice",
    );
  });
});

test("a routing control's check follows it", () => {
  const tf = synthInSite((site) => {
    new RoutingControlHealthCheck(site, "Check", { name: "seoul-on", routingControlArn: "arn:aws:x" });
  });
  expect(tf.only("aws_route53_health_check")).toEqual({
    provider: "aws",
    type: "RECOVERY_CONTROL",
    routing_control_arn: "arn:aws:x",
    tags: { Name: "seoul-on" },
    lifecycle: { create_before_destroy: true },
  });
});

describe("a region that is lost", () => {
  const check = (input: HealthCheck["input"]): HealthCheck => ({ healthCheckId: "x", input });
  const here = check({ kind: "alarm", region: SEOUL.region });
  const there = check({ kind: "alarm", region: TOKYO.region });
  const answering = check({ kind: "endpoint", inverted: false });
  const object = check({ kind: "endpoint", inverted: true });
  const control = check({ kind: "routing-control" });
  const of = (threshold: number, ...children: HealthCheck[]) => check({ kind: "calculated", children, threshold });

  test.each([
    ["an alarm in it", here, false, false],
    ["an alarm elsewhere", there, true, true],
    ["an endpoint", answering, true, false],
    ["an object that an operator creates", object, true, true],
    ["a routing control", control, true, true],
    ["all of: an alarm in it, one elsewhere", of(2, here, there), true, true],
    ["one of: an alarm in it, one elsewhere", of(1, here, there), false, false],
    ["all of: an endpoint, an alarm in it", of(2, answering, here), true, false],
    ["one of: an endpoint, an alarm elsewhere", of(1, answering, there), true, false],
    ["two of: an alarm in it, two elsewhere", of(2, here, there, control), true, true],
    ["all of: a calculated one that is held, an alarm in it", of(2, of(1, here, there), here), false, false],
    ["all of: a calculated one that turns", of(1, of(2, here, there)), true, true],
  ])("%s", (_, given, seesLoss, canBeTripped) => {
    expect(seesLossOf(SEOUL.region, given)).toBe(seesLoss);
    expect(canBeTrippedOutside(SEOUL.region, given)).toBe(canBeTripped);
  });
});
