/**
 * Proves what is synthesised for switches and hosted zones, and which of their inputs are refused. Does not prove that CloudWatch raises the alarm,
 * nor that Route 53 follows it.
 */
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { TerraformStack } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import {
  alarmRef,
  EvacuationSwitch,
  FailoverSwitch,
  HostedZone,
  isWithinZone,
  SWITCH_PERIOD,
} from "../../modules/route53-failover";
import { protectionsBelow } from "../../modules/core";
import { Site } from "../../modules/site";
import { expectRefusal, expectRefusalInSite, SEOUL, synth, synthInSite, TOKYO } from "../support/synth";

const SEOUL_SITE = { name: "seoul", region: SEOUL.region };

describe("FailoverSwitch", () => {
  test("defaults", () => {
    const tf = synthInSite((site) => new FailoverSwitch(site, "Switch", { workload: "orders" }), {
      ...TOKYO,
      name: "tokyo",
    });

    expect(tf.types()).toEqual([
      "aws_cloudwatch_metric_alarm", // the settings that the health check reads
    ]);
    expect(tf.only("aws_cloudwatch_metric_alarm")).toEqual({
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
    });
    expect(tf.text).toHaveResourceWithProperties(CloudwatchMetricAlarm, { period: SWITCH_PERIOD.inSeconds });
  });

  test("refOf names what is created, and what trips it", () => {
    const tf = synthInSite((site) => {
      const { ref } = new FailoverSwitch(site, "Switch", { workload: "orders" });
      expect(ref).toEqual(FailoverSwitch.refOf({ ...SEOUL, workload: "orders", site: "seoul" }));
      expect(ref).toEqual({
        name: "orders-seoul-failover-switch",
        arn: "arn:aws:cloudwatch:ap-northeast-2:111122223333:alarm:orders-seoul-failover-switch",
        region: "ap-northeast-2",
        account: "111122223333",
        detection: SWITCH_PERIOD,
        settings: { namespace: "DisasterRecovery/orders" },
        metric: {
          namespace: "DisasterRecovery/orders",
          metricName: "FailoverSwitch",
          dimensions: { Workload: "orders", Site: "seoul" },
        },
      });
    });
    expect(tf.only("aws_cloudwatch_metric_alarm").alarm_name).toBe("orders-seoul-failover-switch");
  });

  test("says how it is tripped, and how that is undone", () => {
    synthInSite(
      (site) => {
        const [found] = protectionsBelow(new FailoverSwitch(site, "Switch", { workload: "orders" }));
        const { model } = found!;
        expect(model.protection.copiesIn).toEqual(["tokyo"]);
        expect(model.recovery).toEqual([
          {
            title: "trip the switch: orders is answered by tokyo",
            call: "cloudwatch:PutMetricData",
            parameters: {
              Namespace: "DisasterRecovery/orders",
              MetricData: [
                {
                  MetricName: "FailoverSwitch",
                  Dimensions: [
                    { Name: "Workload", Value: "orders" },
                    { Name: "Site", Value: "tokyo" },
                  ],
                  Value: 1,
                },
              ],
            },
            duration: {
              value: SWITCH_PERIOD,
              basis: "configured",
              source: expect.stringContaining("health-checks-creating-values") as string,
              note: "the period of its alarm; the TTL of the name comes on top",
            },
            undo: "the same call with the value 0",
          },
        ]);
        expect(model.evidence).toEqual([
          {
            title: "orders is answered by tokyo",
            namespace: "DisasterRecovery/orders",
            metric: "FailoverSwitch",
            dimensions: { Workload: "orders", Site: "tokyo" },
            statistic: "Maximum",
            unit: "Count",
            region: "ap-northeast-1",
          },
        ]);
      },
      { ...TOKYO, name: "tokyo" },
    );
  });

  test("notify is called when it is tripped and when it is reset", () => {
    const topic = "arn:aws:sns:ap-northeast-2:111122223333:operators";
    const tf = synthInSite((site) => new FailoverSwitch(site, "Switch", { workload: "orders", notify: [topic] }));
    expect(tf.only("aws_cloudwatch_metric_alarm")).toMatchObject({ alarm_actions: [topic], ok_actions: [topic] });
  });

  test("has a namespace of its own if it is given one", () => {
    const tf = synthInSite((site) => {
      const { ref } = new FailoverSwitch(site, "Switch", { workload: "orders", namespace: "Acme/Switches" });
      expect(ref).toEqual(
        FailoverSwitch.refOf({ ...SEOUL, workload: "orders", site: "seoul", namespace: "Acme/Switches" }),
      );
      expect(ref.metric.namespace).toBe("Acme/Switches");
    });
    expect(tf.only("aws_cloudwatch_metric_alarm").namespace).toBe("Acme/Switches");
  });

  test.each(["", ":orders", "AWS/Orders", "a".repeat(256), "Bestellungen/\u00fc"])(
    "fails when the namespace is '%.12s'",
    (namespace) => {
      expectRefusalInSite(
        (site) => new FailoverSwitch(site, "S", { workload: "orders", namespace }),
        "InvalidName",
        /^'namespace' is not a valid CloudWatch namespace, got '/,
        "stack/Site/S",
      );
    },
  );

  test("of a later generation is another alarm on another metric", () => {
    const tf = synthInSite((site) => {
      const { ref } = new FailoverSwitch(site, "Switch", { workload: "orders", generation: 2 });
      expect(ref).toEqual(FailoverSwitch.refOf({ ...SEOUL, workload: "orders", site: "seoul", generation: 2 }));
    });
    expect(tf.only("aws_cloudwatch_metric_alarm")).toMatchObject({
      alarm_name: "orders-seoul-failover-switch-2",
      metric_name: "FailoverSwitch",
      dimensions: { Workload: "orders", Site: "seoul", Generation: "2" },
    });
  });

  test("is not a step of a recovery in the site that answers already", () => {
    synthInSite((site) => {
      const [found] = protectionsBelow(new FailoverSwitch(site, "Switch", { workload: "orders", answers: true }));
      expect(found!.model.recovery).toEqual([]);
    });
  });

  test.each([0, 1.5, 10_000])("fails when the generation is %d", (generation) => {
    expectRefusalInSite(
      (site) => new FailoverSwitch(site, "S", { workload: "orders", generation }),
      "SettingOutOfRange",
      `'generation' must be a whole number from 1 to 9999, got ${generation}`,
      "stack/Site/S",
    );
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      new FailoverSwitch(site, "One", { workload: "orders" });
      new FailoverSwitch(site, "Two", { workload: "carts" });
    });
    expect(tf.all("aws_cloudwatch_metric_alarm")).toHaveLength(2);
  });

  test("fails when the workload has a switch in the site already", () => {
    expectRefusalInSite(
      (site) => ["One", "Two"].map((id) => new FailoverSwitch(site, id, { workload: "orders" })),
      "NameTaken",
      "the CloudWatch alarm name 'orders-seoul-failover-switch' is already taken by stack/Site/One",
      "stack/Site/Two",
    );
  });

  test.each([
    ["", /allowed: 1 to 200 characters \(it has 0\)/],
    ["or ders", /'workload' is not a valid workload name, got 'or ders'/],
    ["a".repeat(201), /\(it has 201\)$/],
  ])("fails when the workload is '%.8s'", (workload, problem) => {
    expectRefusalInSite((site) => new FailoverSwitch(site, "S", { workload }), "InvalidName", problem, "stack/Site/S");
  });

  test("fails when the ref's site is invalid", () => {
    expectRefusal(
      () => FailoverSwitch.refOf({ ...SEOUL, workload: "orders", site: "Seoul" }),
      "InvalidName",
      /^'site' is not a valid site name, got 'Seoul'/,
      "FailoverSwitch.refOf",
    );
  });
});

describe("EvacuationSwitch", () => {
  const TOKYO_SITE = { ...TOKYO, name: "tokyo" };

  test("is about the other site", () => {
    const tf = synthInSite((site) => {
      const { ref } = new EvacuationSwitch(site, "Switch", { workload: "orders", evacuates: SEOUL_SITE });
      expect(ref).toEqual(EvacuationSwitch.refOf({ ...TOKYO, workload: "orders", evacuates: "seoul" }));
      expect(ref.arn).toBe("arn:aws:cloudwatch:ap-northeast-1:111122223333:alarm:orders-seoul-evacuation-switch");
    }, TOKYO_SITE);

    expect(tf.types()).toEqual(["aws_cloudwatch_metric_alarm"]); // the settings that the evacuated site's health check reads
    expect(tf.only("aws_cloudwatch_metric_alarm")).toMatchObject({
      alarm_name: "orders-seoul-evacuation-switch",
      alarm_description: "Tripped: seoul no longer answers for orders",
      metric_name: "EvacuationSwitch",
      dimensions: { Workload: "orders", Site: "seoul" },
    });
  });

  test("takes a namespace and topics", () => {
    const topic = "arn:aws:sns:ap-northeast-1:111122223333:operators";
    const settings = { namespace: "Acme/Switches", notify: [topic] };
    const tf = synthInSite((site) => {
      const evacuates = SEOUL_SITE;
      const { ref } = new EvacuationSwitch(site, "Switch", { workload: "orders", evacuates, ...settings });
      const at = { ...TOKYO, workload: "orders", evacuates: "seoul" };
      expect(ref).toEqual(EvacuationSwitch.refOf({ ...at, namespace: "Acme/Switches" }));
      expect(EvacuationSwitch.refOf(at).metric.namespace).toBe("DisasterRecovery/orders");
    }, TOKYO_SITE);
    expect(tf.only("aws_cloudwatch_metric_alarm")).toMatchObject({
      namespace: "Acme/Switches",
      alarm_actions: [topic],
      ok_actions: [topic],
    });
  });

  test("each of two other sites has its own", () => {
    const tf = synth((scope) => {
      for (const [id, region] of [
        ["Tokyo", "ap-northeast-1"],
        ["Osaka", "ap-northeast-3"],
      ] as const) {
        const site = new Site(scope, id, { region, account: TOKYO.account });
        new EvacuationSwitch(site, "Seoul", { workload: "orders", evacuates: SEOUL_SITE });
      }
    });
    expect(tf.all("aws_cloudwatch_metric_alarm").map(({ provider }) => provider)).toEqual(["aws.osaka", "aws.tokyo"]);
  });

  test("fails in the region it evacuates", () => {
    expectRefusalInSite(
      (site) => new EvacuationSwitch(site, "Switch", { workload: "orders", evacuates: SEOUL_SITE }),
      "SwitchInLostSite",
      "the switch is in 'ap-northeast-2', the region that it evacuates",
      "stack/Site/Switch",
    );
  });

  test("fails when the region it evacuates is invalid", () => {
    const evacuates = { name: "seoul", region: "ap-northeast2" };
    expectRefusalInSite(
      (site) => new EvacuationSwitch(site, "Switch", { workload: "orders", evacuates }),
      "UnknownRegion",
      /^this library does not know the region 'ap-northeast2'/,
    );
  });
});

describe("alarmRef", () => {
  test("points to an alarm by its name", () => {
    expect(alarmRef("test", { ...TOKYO, name: "errors" })).toEqual({
      name: "errors",
      arn: "arn:aws:cloudwatch:ap-northeast-1:111122223333:alarm:errors",
      region: "ap-northeast-1",
      account: "111122223333",
    });
  });

  test("fails when the name is invalid", () => {
    expectRefusal(
      () => alarmRef("test", { ...TOKYO, name: "" }),
      "InvalidName",
      /^'name' is not a valid CloudWatch alarm name, got ''/,
    );
  });
});

describe("HostedZone", () => {
  test("defaults", () => {
    const tf = synthInSite((site) => {
      const { zone } = new HostedZone(site, "Zone", { name: "example.com" });
      expect(zone).toMatchObject({ name: "example.com", account: "111122223333" });
    });
    expect(tf.types()).toEqual(["aws_route53_zone"]);
    expect(tf.only("aws_route53_zone")).toEqual({
      provider: "aws",
      name: "example.com",
      comment: "example.com",
      force_destroy: false,
      lifecycle: { prevent_destroy: true },
    });
  });

  test("every setting", () => {
    const tf = synthInSite((site) => {
      new HostedZone(site, "Zone", {
        name: "example.com",
        comment: "The shop",
        delegationSetId: "N1PA6795SAMMPLE",
        destroyable: true,
      });
    });
    expect(tf.only("aws_route53_zone")).toEqual({
      provider: "aws",
      name: "example.com",
      comment: "The shop",
      delegation_set_id: "N1PA6795SAMMPLE",
      force_destroy: false,
      lifecycle: { prevent_destroy: false },
    });
  });

  test("accelerated recovery asks for a provider that knows it, next to the ranges of others in the stack", () => {
    const tf = synthInSite((site) => {
      new HostedZone(site, "Zone", { name: "example.com", acceleratedRecovery: true });
      site.requireProvider("6.22.0");
      new Site(TerraformStack.of(site), "Tokyo", TOKYO);
    });
    expect(tf.only("aws_route53_zone")).toMatchObject({ enable_accelerated_recovery: true });
    expect(tf.json.terraform).toMatchObject({
      required_providers: { aws: { source: "hashicorp/aws", version: ">= 6.25.0, < 7.0.0" } },
    });
  });

  test("is found by its domain", () => {
    const tf = synthInSite((site) => {
      const zone = HostedZone.lookup(site, "Zone", { name: "example.com" });
      expect(zone).toMatchObject({ name: "example.com", account: "111122223333" });
    });
    expect(tf.types()).toEqual(["data.aws_route53_zone"]);
    expect(tf.only("data.aws_route53_zone")).toEqual({ provider: "aws", name: "example.com", private_zone: false });
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) =>
      ["com", "org"].map((top) => new HostedZone(site, top, { name: `example.${top}` })),
    );
    expect(tf.all("aws_route53_zone")).toHaveLength(2);
  });

  test("fails when the domain has a zone", () => {
    expectRefusalInSite(
      (site) => ["One", "Two"].map((id) => new HostedZone(site, id, { name: "example.com" })),
      "NameTaken",
      "the hosted zone 'example.com' is already taken by stack/Site/One",
    );
  });

  test.each(["Example.com", "example..com", "-example.com", "example.com."])(
    "fails when the domain is '%s'",
    (name) => {
      expectRefusalInSite(
        (site) => new HostedZone(site, "Zone", { name }),
        "InvalidName",
        /^'name' is not a valid domain/,
      );
      expectRefusalInSite((site) => HostedZone.lookup(site, "Zone", { name }), "InvalidName", /^'zone' is not a valid/);
    },
  );

  test.each([
    ["example.com", true],
    ["orders.example.com", true],
    ["badexample.com", false],
    ["com", false],
  ])("whether %s lies in example.com: %s", (name, within) => {
    expect(isWithinZone(name, "example.com")).toBe(within);
  });
});
