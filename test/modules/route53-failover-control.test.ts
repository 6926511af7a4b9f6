/**
 * Proves what is synthesised for Application Recovery Controller and Global Accelerator, and what is refused. Neither is applied anywhere: the
 * embedded AWS has none of the two.
 */
import { Route53RecoverycontrolconfigCluster } from "@cdktf/provider-aws/lib/route53recoverycontrolconfig-cluster";
import "cdktf/lib/testing/adapters/jest";
import { Duration, RefusalCode } from "../../modules/core";
import {
  Accelerator,
  AcceleratorProps,
  AssertionRule,
  GatingRule,
  RoutingControl,
  RoutingControlCluster,
  RoutingControlPanel,
} from "../../modules/route53-failover";
import { Site } from "../../modules/site";
import { expectRefusalInSite, synthInSite } from "../support/synth";

const PANEL = { clusterArn: "arn:cluster", panelArn: "arn:panel" };
const WAIT = Duration.seconds(5);

describe("routing controls", () => {
  test("a cluster, a panel and a control", () => {
    const tf = synthInSite((site) => {
      const { clusterArn } = new RoutingControlCluster(site, "Cluster", { name: "shop" });
      const panel = new RoutingControlPanel(site, "Panel", { name: "orders", clusterArn });
      new RoutingControl(site, "Seoul", { name: "seoul", panel });
    });
    expect(tf.types()).toEqual([
      "aws_route53recoverycontrolconfig_cluster", // five endpoints
      "aws_route53recoverycontrolconfig_control_panel", // the workload's
      "aws_route53recoverycontrolconfig_routing_control", // the switch
    ]);
    expect(tf.only("aws_route53recoverycontrolconfig_cluster")).toEqual({
      provider: "aws",
      name: "shop",
      lifecycle: { prevent_destroy: true },
    });
    expect(tf.only("aws_route53recoverycontrolconfig_control_panel")).toEqual({
      provider: "aws",
      name: "orders",
      cluster_arn: expect.stringMatching(/^\$\{aws_route53recoverycontrolconfig_cluster\.\w+\.arn\}$/) as string,
    });
    expect(tf.only("aws_route53recoverycontrolconfig_routing_control")).toEqual({
      provider: "aws",
      name: "seoul",
      cluster_arn: expect.stringMatching(/_cluster\.\w+\.arn\}$/) as string,
      control_panel_arn: expect.stringMatching(/_control_panel\.\w+\.arn\}$/) as string,
    });
    expect(tf.text).toHaveResourceWithProperties(Route53RecoverycontrolconfigCluster, { name: "shop" });
  });

  test("a cluster tells its endpoints, and may be made destroyable", () => {
    const tf = synthInSite((site) => {
      const cluster = new RoutingControlCluster(site, "Cluster", { name: "shop", destroyable: true });
      const { endpoint, region } = cluster.endpoint(4);
      new RoutingControlPanel(site, "Panel", { name: "panel", clusterArn: `${endpoint} ${region}` });
    });
    expect(tf.only("aws_route53recoverycontrolconfig_cluster").lifecycle).toEqual({ prevent_destroy: false });
    expect(tf.only("aws_route53recoverycontrolconfig_control_panel").cluster_arn).toMatch(
      /cluster_endpoints\)?\.?\[?4\]?\.endpoint.*cluster_endpoints\)?\.?\[?4\]?\.region/,
    );
  });

  test("an assertion rule", () => {
    const tf = synthInSite((site) => {
      new AssertionRule(site, "One", { name: "one", panel: PANEL, controls: ["a", "b"], atLeast: 1, wait: WAIT });
    });
    expect(tf.only("aws_route53recoverycontrolconfig_safety_rule")).toEqual({
      provider: "aws",
      name: "one",
      control_panel_arn: "arn:panel",
      wait_period_ms: 5000,
      asserted_controls: ["a", "b"],
      rule_config: { type: "ATLEAST", threshold: 1, inverted: false },
    });
  });

  test("a gating rule", () => {
    const props = { name: "gate", panel: PANEL, gates: ["m"], targets: ["a", "b"], atLeast: 1, wait: WAIT };
    const tf = synthInSite((site) => new GatingRule(site, "Gate", props));
    expect(tf.only("aws_route53recoverycontrolconfig_safety_rule")).toEqual({
      provider: "aws",
      name: "gate",
      control_panel_arn: "arn:panel",
      wait_period_ms: 5000,
      gating_controls: ["m"],
      target_controls: ["a", "b"],
      rule_config: { type: "ATLEAST", threshold: 1, inverted: false },
    });
  });

  test("two of each live in one stack", () => {
    const tf = synthInSite((site) => {
      for (const name of ["one", "two"]) {
        new RoutingControlCluster(site, `Cluster-${name}`, { name });
        new RoutingControlPanel(site, `Panel-${name}`, { name, clusterArn: "arn:cluster" });
        new RoutingControl(site, `Control-${name}`, { name, panel: PANEL });
      }
    });
    expect(tf.addresses()).toHaveLength(6);
  });

  const rule = { name: "r", panel: PANEL, controls: ["a", "b"], atLeast: 1, wait: WAIT };
  const gate = { name: "g", panel: PANEL, gates: ["m"], targets: ["a"], atLeast: 1, wait: WAIT };

  test.each<[string, (site: Site) => unknown, RefusalCode, string | RegExp]>([
    [
      "a cluster's name is taken",
      (site) => ["A", "B"].map((id) => new RoutingControlCluster(site, id, { name: "shop" })),
      "NameTaken",
      "the routing control cluster 'shop' is already taken by stack/Site/A",
    ],
    [
      "a cluster's name is invalid",
      (site) => new RoutingControlCluster(site, "A", { name: "a b" }),
      "InvalidName",
      /^'name' is not a valid routing control name, got 'a b', allowed: no white space and none of &<>'";$/,
    ],
    [
      "a panel's name is invalid",
      (site) => new RoutingControlPanel(site, "A", { name: "", clusterArn: "x" }),
      "InvalidName",
      /\(it has 0\)/,
    ],
    [
      "a control's name is too long",
      (site) => new RoutingControl(site, "A", { name: "a".repeat(65), panel: PANEL }),
      "InvalidName",
      /\(it has 65\)$/,
    ],
    [
      "a rule counts nothing",
      (site) => new AssertionRule(site, "A", { ...rule, controls: [] }),
      "SettingOutOfRange",
      "'controls' must name a routing control, got none",
    ],
    [
      "a rule counts twice",
      (site) => new AssertionRule(site, "A", { ...rule, controls: ["a", "a"] }),
      "RepeatedItem",
      "'controls' names 'a' twice",
    ],
    [
      "a rule asks for more than there are",
      (site) => new AssertionRule(site, "A", { ...rule, atLeast: 3 }),
      "SettingOutOfRange",
      "'atLeast' must be a whole number from 1 to 2, got 3",
    ],
    [
      "a rule's name is invalid",
      (site) => new AssertionRule(site, "A", { ...rule, name: "" }),
      "InvalidName",
      /^'name' is not a valid routing control name/,
    ],
    [
      "a gate opens nothing",
      (site) => new GatingRule(site, "A", { ...gate, targets: [] }),
      "SettingOutOfRange",
      "'targets' must name a routing control, got none",
    ],
    [
      "nothing opens a gate",
      (site) => new GatingRule(site, "A", { ...gate, gates: [] }),
      "SettingOutOfRange",
      "'gates' must name a routing control, got none",
    ],
  ])("fail when %s", (_, create, code, problem) => {
    expectRefusalInSite(create, code, problem);
  });
});

describe("Accelerator", () => {
  const BALANCER = "arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:loadbalancer/app/a/1";
  const SEOUL_SITE = { region: "ap-northeast-2", endpoints: [{ endpointId: BALANCER }] };
  const PROPS: AcceleratorProps = {
    name: "orders",
    listeners: { https: { ports: [{ from: 443 }] } },
    sites: { seoul: SEOUL_SITE },
  };
  const accelerator = (change: Partial<AcceleratorProps> = {}) =>
    synthInSite((site) => new Accelerator(site, "Orders", { ...PROPS, ...change }));

  test("defaults", () => {
    const tf = accelerator();
    expect(tf.types()).toEqual([
      "aws_globalaccelerator_accelerator", // the addresses
      "aws_globalaccelerator_endpoint_group", // the site
      "aws_globalaccelerator_listener", // the port
    ]);
    expect(tf.only("aws_globalaccelerator_accelerator")).toEqual({
      provider: "aws",
      name: "orders",
      enabled: true,
      ip_address_type: "IPV4",
      lifecycle: { prevent_destroy: true },
    });
    expect(tf.at("Site/Orders/Listener-https")).toEqual({
      provider: "aws",
      accelerator_arn: expect.stringMatching(/^\$\{aws_globalaccelerator_accelerator\.\w+\.arn\}$/) as string,
      protocol: "TCP",
      client_affinity: "NONE",
      port_range: [{ from_port: 443, to_port: 443 }],
    });
    expect(tf.at("Site/Orders/Group-https-seoul")).toEqual({
      provider: "aws",
      listener_arn: expect.stringMatching(/^\$\{aws_globalaccelerator_listener\.[\w-]+\.arn\}$/) as string,
      endpoint_group_region: "ap-northeast-2",
      traffic_dial_percentage: 100,
      health_check_protocol: "TCP",
      health_check_interval_seconds: 30,
      threshold_count: 3,
      endpoint_configuration: [{ endpoint_id: BALANCER, weight: 128, client_ip_preservation_enabled: true }],
    });
  });

  test("every setting", () => {
    const tf = accelerator({
      destroyable: true,
      flowLogs: { bucket: "logs", prefix: "orders" },
      ipAddressType: "DUAL_STACK",
      listeners: {
        https: { ports: [{ from: 443 }, { from: 8000, to: 8100 }], clientAffinity: "SOURCE_IP" },
        dns: { ports: [{ from: 53 }], protocol: "UDP" },
      },
      sites: {
        seoul: {
          region: "ap-northeast-2",
          endpoints: [{ endpointId: "eipalloc-1", clientIpPreserved: false, weight: 0 }],
          healthCheck: { port: 8080, protocol: "HTTPS", intervalSeconds: 10, failureThreshold: 2 },
          trafficDialPercent: 0,
        },
        tokyo: {
          region: "ap-northeast-1",
          endpoints: [],
          healthCheck: { port: 80, protocol: "HTTP", path: "/health" },
        },
      },
    });
    expect(tf.only("aws_globalaccelerator_accelerator")).toMatchObject({
      ip_address_type: "DUAL_STACK",
      attributes: { flow_logs_enabled: true, flow_logs_s3_bucket: "logs", flow_logs_s3_prefix: "orders" },
      lifecycle: { prevent_destroy: false },
    });
    expect(tf.at("Site/Orders/Listener-https")).toMatchObject({
      client_affinity: "SOURCE_IP",
      port_range: [
        { from_port: 443, to_port: 443 },
        { from_port: 8000, to_port: 8100 },
      ],
    });
    expect(tf.at("Site/Orders/Listener-dns").protocol).toBe("UDP");
    expect(tf.all("aws_globalaccelerator_endpoint_group")).toHaveLength(4);
    expect(tf.at("Site/Orders/Group-dns-seoul")).toMatchObject({
      traffic_dial_percentage: 0,
      health_check_port: 8080,
      health_check_protocol: "HTTPS",
      health_check_path: "/",
      health_check_interval_seconds: 10,
      threshold_count: 2,
      endpoint_configuration: [{ endpoint_id: "eipalloc-1", weight: 0, client_ip_preservation_enabled: false }],
    });
    expect(tf.at("Site/Orders/Group-dns-tokyo").health_check_path).toBe("/health");
  });

  test("two of them live in one stack, and are targets of alias records", () => {
    const tf = synthInSite((site) => {
      const one = new Accelerator(site, "One", { ...PROPS, name: "one" });
      expect([one.dnsName, one.zoneId]).toEqual([expect.any(String), expect.any(String)]);
      new Accelerator(site, "Two", { ...PROPS, name: "two" });
    });
    expect(tf.all("aws_globalaccelerator_accelerator")).toHaveLength(2);
  });

  test("fails when the name is taken", () => {
    expectRefusalInSite(
      (site) => ["One", "Two"].map((id) => new Accelerator(site, id, PROPS)),
      "NameTaken",
      "the accelerator name 'orders' is already taken by stack/Site/One",
    );
  });

  const seoul = (change: object) => ({ sites: { seoul: { ...SEOUL_SITE, ...change } } });
  const ports = (...given: { from: number; to?: number }[]) => ({ listeners: { web: { ports: given } } });

  test.each<[string, Partial<AcceleratorProps>, RefusalCode, string | RegExp]>([
    ["an invalid name", { name: "-a" }, "InvalidName", /^'name' is not a valid accelerator name/],
    ["no listener", { listeners: {} }, "MissingSetting", "'listeners' is empty"],
    ["no site", { sites: {} }, "MissingSetting", "'sites' is empty"],
    ["an invalid site", { sites: { Seoul: SEOUL_SITE } }, "InvalidName", /^'site' is not a valid site name/],
    ["an invalid region", seoul({ region: "x" }), "UnknownRegion", /^this library does not know the region 'x'/],
    [
      "two sites in one region",
      { sites: { seoul: SEOUL_SITE, busan: SEOUL_SITE } },
      "RepeatedItem",
      "'sites.region' names 'ap-northeast-2' twice",
    ],
    [
      "an endpoint twice",
      seoul({ endpoints: [{ endpointId: "a" }, { endpointId: "a" }] }),
      "RepeatedItem",
      "'sites.seoul.endpoints' names 'a' twice",
    ],
    [
      "more than 42 groups",
      { listeners: Object.fromEntries([...Array(43).keys()].map((n) => [`l${n}`, { ports: [{ from: n + 1 }] }])) },
      "SettingOutOfRange",
      "'listeners times sites' must be a whole number from 1 to 42, got 43",
    ],
    ["no port", ports(), "SettingOutOfRange", /^'web.ports.length' .* 1 to 10, got 0$/],
    ["port 0", ports({ from: 0 }), "SettingOutOfRange", /^'web.ports.from' .* 1 to 65535, got 0$/],
    [
      "a range that ends early",
      ports({ from: 9, to: 8 }),
      "SettingOutOfRange",
      /^'web.ports.to' .* 9 to 65535, got 8$/,
    ],
    [
      "a weight of 256",
      seoul({ endpoints: [{ endpointId: "a", weight: 256 }] }),
      "SettingOutOfRange",
      /^'seoul.weight' .* 0 to 255, got 256$/,
    ],
    ["a dial of 101", seoul({ trafficDialPercent: 101 }), "SettingOutOfRange", /0 to 100, got 101$/],
    ["a checked port of 0", seoul({ healthCheck: { port: 0 } }), "SettingOutOfRange", /^'seoul.healthCheck.port'/],
    [
      "a threshold of 11",
      seoul({ healthCheck: { port: 1, failureThreshold: 11 } }),
      "SettingOutOfRange",
      /^'seoul.healthCheck.failureThreshold' .* 1 to 10, got 11$/,
    ],
    [
      "a path for TCP",
      seoul({ healthCheck: { port: 1, path: "/" } }),
      "ConflictingSettings",
      "'seoul.healthCheck.path' is given, and TCP asks for nothing",
    ],
  ])("fails with %s", (_, change, code, problem) => {
    expectRefusalInSite((site) => new Accelerator(site, "A", { ...PROPS, ...change }), code, problem, "stack/Site/A");
  });
});
