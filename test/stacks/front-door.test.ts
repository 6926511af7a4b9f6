/**
 * Proves which records, health checks and switches a front door is made of. That DNS answers so is not proven anywhere here: neither the
 * emulator nor a plan resolves names.
 */

import { dns, failedOver, PilotLight, SiteContract } from "../../stacks";
import { Block, expectRefusal, synthApp, Synthesised } from "../support/synth";
import { OSAKA_SITE, shop, SITES, synthPattern, synthShop } from "../support/workloads";

const THREE_SITES = dns({ zone: "example.com", record: "orders", stateIn: "tokyo", zoneId: "Z123" });

/** The id of a record or health check that is pointed to, without its hash. */
function readable(reference: unknown): string | null {
  return typeof reference === "string" ? /\.([\w-]+)_[0-9A-F]{8}(\.id\})?$/.exec(reference)![1]! : null;
}

const stacks = synthShop();
const seoul = stacks.get("orders-seoul")!;
const tokyo = stacks.get("orders-tokyo")!;

describe("the front door", () => {
  const frontDoor = stacks.get("orders-front-door")!;

  test("is an alias to the name that answers with the home until the standby's switch is tripped", () => {
    const zone_id = "${data.aws_route53_zone.Zone.zone_id}";
    const alias = (name: string) => ({ name, zone_id, evaluate_target_health: false });
    const answer = { provider: "aws", zone_id, name: "from-seoul.orders.example.com", type: "A" };
    expect(frontDoor.all("aws_route53_record")).toEqual([
      {
        ...answer,
        set_identifier: "seoul",
        failover_routing_policy: { type: "PRIMARY" },
        health_check_id: expect.stringMatching(/^\$\{aws_route53_health_check\.Switch-tokyo_\w+\.id\}$/) as string,
        alias: alias("seoul.orders.example.com"),
        lifecycle: { create_before_destroy: true }, // it goes when the name points elsewhere, not before
      },
      {
        ...answer,
        set_identifier: "tokyo",
        failover_routing_policy: { type: "SECONDARY" },
        alias: alias("tokyo.orders.example.com"),
        lifecycle: { create_before_destroy: true },
      },
      {
        ...answer,
        name: "orders.example.com",
        alias: alias("from-seoul.orders.example.com"),
        depends_on: [
          expect.stringMatching(/^aws_route53_record\.From-seoul_Primary_/),
          expect.stringMatching(/^aws_route53_record\.From-seoul_Secondary_/),
        ],
      },
    ]);
    expect(frontDoor.only("aws_route53_health_check")).toEqual({
      provider: "aws",
      type: "CLOUDWATCH_METRIC",
      cloudwatch_alarm_name: "orders-tokyo-failover-switch",
      cloudwatch_alarm_region: "ap-northeast-1",
      insufficient_data_health_status: "LastKnownStatus",
      triggers: { namespace: "DisasterRecovery/orders" }, // Route 53 reads the alarm again when it changes
      lifecycle: { create_before_destroy: true },
      tags: { Name: "orders-tokyo-untripped" },
    });
  });

  test("watches a switch in the standby, and keeps its last state without data", () => {
    const named = (stack: Synthesised) =>
      stack
        .all("aws_cloudwatch_metric_alarm")
        .filter((alarm) => (alarm.alarm_name as string).endsWith("failover-switch"));
    expect(named(seoul).map(({ alarm_name }) => alarm_name)).toEqual(["orders-seoul-failover-switch"]); // for the way back
    expect(named(tokyo)).toEqual([
      {
        provider: "aws",
        alarm_name: "orders-tokyo-failover-switch",
        alarm_description: "Tripped: orders is answered by tokyo",
        namespace: "DisasterRecovery/orders",
        metric_name: "FailoverSwitch",
        dimensions: { Workload: "orders", Site: "tokyo" },
        statistic: "Maximum",
        period: 60,
        evaluation_periods: 1,
        comparison_operator: "GreaterThanOrEqualToThreshold",
        threshold: 1,
        treat_missing_data: "missing",
        alarm_actions: [],
        ok_actions: [],
      },
    ]);
  });

  test("notifies each site's topics of its switches", () => {
    const notify = ({ region, account }: SiteContract) => [`arn:aws:sns:${region}:${account}:operators`];
    for (const [pattern, id] of [
      ["pilot-light", "FailoverSwitch"],
      ["multi-site", "Evacuate-seoul"],
    ] as const) {
      const stacks = synthPattern(pattern, { frontDoor: dns({ zone: "example.com", record: "orders", notify }) });
      const topics = ["arn:aws:sns:ap-northeast-1:111122223333:operators"];
      expect(stacks.get("orders-tokyo")!.at(`Default/${id}/Resource`)).toMatchObject({
        alarm_actions: topics,
        ok_actions: topics,
      });
    }
  });

  test("gives each site a name and a certificate, and serves HTTPS", () => {
    for (const [stack, site] of [
      [seoul, "seoul"],
      [tokyo, "tokyo"],
    ] as const) {
      const records = stack.all("aws_route53_record");
      expect(records.map(({ name, type }) => [name, type])).toContainEqual([`${site}.orders.example.com`, "A"]);
      expect(stack.only("aws_acm_certificate")).toMatchObject({
        domain_name: "orders.example.com",
        validation_method: "DNS",
      });
      expect(stack.all("aws_lb_listener").map(({ port, protocol }) => [port, protocol])).toEqual(
        expect.arrayContaining([[443, "HTTPS"]]),
      );
      expect(stack.only("aws_lb").internal).toBe(false);
    }
  });

  test("with two standbys hands over from one to the next", () => {
    const three = synthShop({ sites: { ...SITES, osaka: OSAKA_SITE }, frontDoor: THREE_SITES }).get(
      "orders-front-door",
    )!;
    const answers = three
      .all("aws_route53_record")
      .map((record) => [
        record.name,
        (record.failover_routing_policy as Block | undefined)?.type ?? null,
        (record.alias as Block).name,
        readable(record.health_check_id),
        ((record.depends_on ?? []) as string[]).map(readable),
      ]);
    expect(answers.sort()).toEqual([
      ["from-osaka.orders.example.com", "PRIMARY", "osaka.orders.example.com", "Switch-tokyo", []],
      ["from-osaka.orders.example.com", "SECONDARY", "tokyo.orders.example.com", null, []],
      ["from-seoul.orders.example.com", "PRIMARY", "seoul.orders.example.com", "NoneOf-osaka-tokyo", []],
      [
        "from-seoul.orders.example.com",
        "SECONDARY",
        "from-osaka.orders.example.com",
        null,
        ["From-osaka_Primary", "From-osaka_Secondary"],
      ],
      [
        "orders.example.com",
        null,
        "from-seoul.orders.example.com",
        null,
        ["From-seoul_Primary", "From-seoul_Secondary"],
      ],
    ]);
    const both = three.all("aws_route53_health_check").find(({ type }) => type === "CALCULATED")!;
    expect(both.child_health_threshold).toBe(2);
    expect((both.child_healthchecks as string[]).map(readable)).toEqual(["Switch-osaka", "Switch-tokyo"]);
  });

  test("of a multi-site workload answers with every site that no other site has evacuated", () => {
    const every = synthPattern("multi-site", { sites: { ...SITES, osaka: OSAKA_SITE }, frontDoor: THREE_SITES });
    const door = every.get("orders-front-door")!;
    const answers = door
      .all("aws_route53_record")
      .map(({ name, set_identifier, latency_routing_policy: policy, alias, health_check_id }) => [
        name,
        set_identifier ?? null,
        (policy as Block | undefined)?.region ?? null,
        (alias as Block).name,
        readable(health_check_id),
      ]);
    expect(answers.sort()).toEqual([
      ["by-latency.orders.example.com", "osaka", "ap-northeast-3", "osaka.orders.example.com", "osaka-Stays"],
      ["by-latency.orders.example.com", "seoul", "ap-northeast-2", "seoul.orders.example.com", "seoul-Stays"],
      ["by-latency.orders.example.com", "tokyo", "ap-northeast-1", "tokyo.orders.example.com", "tokyo-Stays"],
      ["orders.example.com", null, null, "by-latency.orders.example.com", null],
    ]);
    const watched = door
      .all("aws_route53_health_check")
      .flatMap(({ cloudwatch_alarm_name: alarm, cloudwatch_alarm_region: region }) => (alarm ? [[alarm, region]] : []));
    const switches = [...every].flatMap(([name, stack]) =>
      stack
        .all("aws_cloudwatch_metric_alarm")
        .filter(({ metric_name }) => metric_name === "EvacuationSwitch")
        .map(({ alarm_name }) => [alarm_name, every.get(name)!.json.provider]),
    );
    const regionOf = (provider: unknown) => (provider as { aws: { region: string }[] }).aws[0]!.region;
    expect(watched).toHaveLength(6);
    expect(watched.sort()).toEqual(switches.map(([alarm, provider]) => [alarm, regionOf(provider)]).sort());
  });

  test("of backup and restore answers with the active site, and has no switch", () => {
    for (const [history, active] of [
      [[], "seoul"],
      [[failedOver("tokyo", { on: "2027-03-02" })], "tokyo"],
    ] as const) {
      const door = synthPattern("backup-restore", { history }).get("orders-front-door")!;
      expect(door.only("aws_route53_record")).toMatchObject({
        name: "orders.example.com",
        alias: { name: `${active}.orders.example.com` },
      });
      expect(door.all("aws_route53_health_check")).toEqual([]);
    }
  });

  test("is the only one of its name", () => {
    const two = () =>
      synthApp((app) => {
        new PilotLight(app, "orders", shop());
        new PilotLight(app, "orders-dev", shop());
      });
    expectRefusal(two, "NameTaken", /'A (from-seoul\.)?orders\.example\.com' is already taken by orders-front-door/);
  });

  test("without one, compute is reached from the site's network alone", () => {
    const internal = synthShop({ frontDoor: undefined }).get("orders-tokyo")!;
    expect(internal.only("aws_lb").internal).toBe(true);
    expect(internal.types()).not.toContain("aws_internet_gateway");
    const clients = internal.all("aws_vpc_security_group_ingress_rule").filter(({ from_port }) => from_port === 80);
    expect(clients.map(({ cidr_ipv4 }) => cidr_ipv4)).toEqual(["10.67.0.0/16"]);
  });
});
