/**
 * Proves which records, health checks and switches a front door is made of. That DNS answers so is not proven anywhere here: neither the
 * emulator nor a plan resolves names.
 */

import { dns } from "../../stacks";
import { Block, Synthesised } from "../support/synth";
import { OSAKA_SITE, SITES, synthShop } from "../support/workloads";

const stacks = synthShop();
const seoul = stacks.get("orders-seoul")!;
const tokyo = stacks.get("orders-tokyo")!;

describe("the front door", () => {
  const frontDoor = stacks.get("orders-front-door")!;

  test("answers with the home until the standby's switch is tripped", () => {
    expect(frontDoor.all("aws_route53_record")).toEqual([
      {
        provider: "aws",
        zone_id: "${data.aws_route53_zone.Zone.zone_id}",
        name: "orders.example.com",
        type: "A",
        set_identifier: "seoul",
        failover_routing_policy: { type: "PRIMARY" },
        health_check_id: "${aws_route53_health_check.Switch-tokyo.id}",
        alias: {
          name: "seoul.orders.example.com",
          zone_id: "${data.aws_route53_zone.Zone.zone_id}",
          evaluate_target_health: false,
        },
      },
      {
        provider: "aws",
        zone_id: "${data.aws_route53_zone.Zone.zone_id}",
        name: "orders.example.com",
        type: "A",
        set_identifier: "tokyo",
        failover_routing_policy: { type: "SECONDARY" },
        alias: {
          name: "tokyo.orders.example.com",
          zone_id: "${data.aws_route53_zone.Zone.zone_id}",
          evaluate_target_health: false,
        },
      },
    ]);
    expect(frontDoor.only("aws_route53_health_check")).toEqual({
      provider: "aws",
      type: "CLOUDWATCH_METRIC",
      cloudwatch_alarm_name: "orders-tokyo-failover-switch",
      cloudwatch_alarm_region: "ap-northeast-1",
      insufficient_data_health_status: "LastKnownStatus",
      tags: { Name: "orders-tokyo-untripped" },
    });
  });

  test("watches a switch that stands in the standby, and keeps its last state without data", () => {
    const named = (stack: Synthesised) =>
      stack
        .all("aws_cloudwatch_metric_alarm")
        .filter((alarm) => (alarm.alarm_name as string).endsWith("failover-switch"));
    expect(named(seoul)).toEqual([]);
    expect(named(tokyo)).toEqual([
      {
        provider: "aws",
        alarm_name: "orders-tokyo-failover-switch",
        alarm_description: "Tripped: orders is answered by tokyo",
        namespace: "DisasterRecovery",
        metric_name: "FailoverSwitch",
        dimensions: { Workload: "orders", Site: "tokyo" },
        statistic: "Maximum",
        period: 60,
        evaluation_periods: 1,
        comparison_operator: "GreaterThanOrEqualToThreshold",
        threshold: 1,
        treat_missing_data: "missing",
      },
    ]);
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
    const three = synthShop({
      sites: { ...SITES, osaka: OSAKA_SITE },
      frontDoor: dns({ zone: "example.com", record: "orders", stateIn: "tokyo", zoneId: "Z123" }),
    }).get("orders-front-door")!;
    const answers = three
      .all("aws_route53_record")
      .map((record) => [
        record.name,
        (record.failover_routing_policy as Block).type,
        (record.alias as Block).name,
        record.health_check_id ?? null,
      ]);
    expect(answers.sort()).toEqual([
      [
        "or-osaka.orders.example.com",
        "PRIMARY",
        "osaka.orders.example.com",
        "${aws_route53_health_check.Switch-tokyo.id}",
      ],
      ["or-osaka.orders.example.com", "SECONDARY", "tokyo.orders.example.com", null],
      [
        "orders.example.com",
        "PRIMARY",
        "seoul.orders.example.com",
        "${aws_route53_health_check.NoneOf-osaka-tokyo.id}",
      ],
      ["orders.example.com", "SECONDARY", "or-osaka.orders.example.com", null],
    ]);
    expect(three.all("aws_route53_health_check").find(({ type }) => type === "CALCULATED")).toMatchObject({
      child_health_threshold: 2,
      child_healthchecks: [
        "${aws_route53_health_check.Switch-osaka.id}",
        "${aws_route53_health_check.Switch-tokyo.id}",
      ],
    });
  });

  test("without one, compute is reached from the site's network alone", () => {
    const internal = synthShop({ frontDoor: undefined }).get("orders-tokyo")!;
    expect(internal.only("aws_lb").internal).toBe(true);
    expect(internal.types()).not.toContain("aws_internet_gateway");
    const clients = internal.all("aws_vpc_security_group_ingress_rule").filter(({ from_port }) => from_port === 80);
    expect(clients.map(({ cidr_ipv4 }) => cidr_ipv4)).toEqual(["10.67.0.0/16"]);
  });
});
