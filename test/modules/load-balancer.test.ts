/**
 * Proves what is synthesised for a load balancer. Does not prove that AWS accepts a certificate, nor that a client is answered.
 */
import { Lb } from "@cdktf/provider-aws/lib/lb";
import "cdktf/lib/testing/adapters/jest";
import { accessLogsStatement, LoadBalancer, LoadBalancerProps } from "../../modules/load-balancer";
import { Duration, policyDocument } from "../../modules/core";
import { Network } from "../../modules/network";
import { Site } from "../../modules/site";
import { synth, synthInSite, SEOUL, TOKYO } from "../support/synth";

const CERTIFICATE = "arn:aws:acm:ap-northeast-2:111122223333:certificate/12345678-1234-1234-1234-123456789012";
const props: LoadBalancerProps = {
  name: "orders-seoul",
  vpcId: "vpc-1",
  subnetIds: ["subnet-1", "subnet-2"],
  clientCidrs: ["10.20.0.0/16"],
  target: { port: 8080 },
  listener: { certificateArn: CERTIFICATE },
};
const make = (change: Partial<LoadBalancerProps> = {}) =>
  synthInSite((site) => new LoadBalancer(site, "Balancer", { ...props, ...change }));

const reference = (type: string, name: string) =>
  expect.stringMatching(new RegExp(`^\\$\\{${type}\\.[\\w-]+\\.${name}\\}$`)) as string;

describe("LoadBalancer", () => {
  test("defaults", () => {
    const tf = make();

    expect(tf.types()).toEqual([
      "aws_lb", // the load balancer
      "aws_lb_listener", // HTTPS
      "aws_lb_listener", // HTTP, redirected
      "aws_lb_target_group", // where instances register
      "aws_security_group", // of the load balancer
      "aws_vpc_security_group_ingress_rule", // clients, HTTPS
      "aws_vpc_security_group_ingress_rule", // clients, HTTP
    ]);
    expect(tf.only("aws_lb")).toEqual({
      provider: "aws",
      name: "orders-seoul",
      load_balancer_type: "application",
      internal: true,
      ip_address_type: "ipv4",
      subnets: ["subnet-1", "subnet-2"],
      security_groups: [reference("aws_security_group", "id")],
      client_keep_alive: 300,
      desync_mitigation_mode: "defensive",
      drop_invalid_header_fields: true,
      enable_deletion_protection: true,
      enable_http2: true,
      idle_timeout: 60,
    });
    expect(tf.only("aws_lb_target_group")).toEqual({
      provider: "aws",
      name: "orders-seoul-8080",
      target_type: "instance",
      vpc_id: "vpc-1",
      port: 8080,
      protocol: "HTTP",
      protocol_version: "HTTP1",
      deregistration_delay: "300",
      load_balancing_algorithm_type: "round_robin",
      health_check: {
        enabled: true,
        protocol: "HTTP",
        port: "traffic-port",
        path: "/",
        matcher: "200",
        interval: 10,
        timeout: 5,
        healthy_threshold: 2,
        unhealthy_threshold: 3,
      },
      lifecycle: { create_before_destroy: true },
    });
    expect(tf.text).toHaveResourceWithProperties(Lb, { internal: true, drop_invalid_header_fields: true });
  });

  test("answers HTTPS and redirects HTTP", () => {
    const tf = make();

    expect(tf.at("Site/Balancer/HttpsListener")).toEqual({
      provider: "aws",
      load_balancer_arn: reference("aws_lb", "arn"),
      port: 443,
      protocol: "HTTPS",
      certificate_arn: CERTIFICATE,
      ssl_policy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      default_action: [{ type: "forward", target_group_arn: reference("aws_lb_target_group", "arn") }],
    });
    expect(tf.at("Site/Balancer/RedirectListener")).toEqual({
      provider: "aws",
      load_balancer_arn: reference("aws_lb", "arn"),
      port: 80,
      protocol: "HTTP",
      default_action: [{ type: "redirect", redirect: { port: "443", protocol: "HTTPS", status_code: "HTTP_301" } }],
    });
  });

  test("lets the clients in, and nothing out by itself", () => {
    const tf = make({ clientCidrs: ["10.20.0.0/16", "10.21.0.0/16"] });

    expect(tf.only("aws_security_group")).toEqual({
      provider: "aws",
      name: "balancer-orders-seoul",
      description: "Load balancer orders-seoul",
      vpc_id: "vpc-1",
      tags: { Name: "balancer-orders-seoul" },
    });
    const rules = tf.all("aws_vpc_security_group_ingress_rule");
    expect(rules[0]).toEqual({
      provider: "aws",
      security_group_id: reference("aws_security_group", "id"),
      description: "Clients on port 443",
      cidr_ipv4: "10.20.0.0/16",
      ip_protocol: "tcp",
      from_port: 443,
      to_port: 443,
    });
    expect(rules.map(({ cidr_ipv4, from_port, to_port }) => [cidr_ipv4, from_port, to_port])).toEqual([
      ["10.20.0.0/16", 443, 443],
      ["10.21.0.0/16", 443, 443],
      ["10.20.0.0/16", 80, 80],
      ["10.21.0.0/16", 80, 80],
    ]);
    expect(tf.types()).not.toContain("aws_vpc_security_group_egress_rule");
  });

  test("clientPrefixLists may connect on the listener's own port alone", () => {
    const tf = make({ clientCidrs: [], clientPrefixLists: { cloudFront: "pl-1" } });
    expect(tf.only("aws_vpc_security_group_ingress_rule")).toEqual({
      provider: "aws",
      security_group_id: reference("aws_security_group", "id"),
      description: "cloudFront",
      prefix_list_id: "pl-1",
      ip_protocol: "tcp",
      from_port: 443,
      to_port: 443,
    });
    const plain = make({
      listener: { plainHttp: true },
      clientCidrs: [],
      clientPrefixLists: { a: "pl-1" },
    });
    expect(plain.only("aws_vpc_security_group_ingress_rule").from_port).toBe(80);
  });

  test("listener.plainHttp", () => {
    const tf = make({ listener: { plainHttp: true } });

    expect(tf.only("aws_lb_listener")).toEqual({
      provider: "aws",
      load_balancer_arn: reference("aws_lb", "arn"),
      port: 80,
      protocol: "HTTP",
      default_action: [{ type: "forward", target_group_arn: reference("aws_lb_target_group", "arn") }],
    });
    expect(tf.only("aws_vpc_security_group_ingress_rule").from_port).toBe(80);
  });

  test.each<[Partial<LoadBalancerProps>, string, object]>([
    [{ accessLogs: { bucket: "acme-logs" } }, "aws_lb", { access_logs: { bucket: "acme-logs", enabled: true } }],
    [
      { accessLogs: { bucket: "acme-logs", prefix: "alb/orders" } },
      "aws_lb",
      { access_logs: { bucket: "acme-logs", enabled: true, prefix: "alb/orders" } },
    ],
    [{ connections: { clientKeepAlive: Duration.minutes(1) } }, "aws_lb", { client_keep_alive: 60 }],
    [{ deletionProtection: false }, "aws_lb", { enable_deletion_protection: false }],
    [{ connections: { idleTimeout: Duration.minutes(2) } }, "aws_lb", { idle_timeout: 120 }],
    [{ internetFacing: true }, "aws_lb", { internal: false }],
    [
      { connections: { deregistrationDelay: Duration.seconds(0) } },
      "aws_lb_target_group",
      { deregistration_delay: "0" },
    ],
    [{ target: { port: 80 } }, "aws_lb_target_group", { name: "orders-seoul-80", port: 80 }],
    [
      { target: { port: 8080, type: "ip" } },
      "aws_lb_target_group",
      { name: "orders-seoul-8080-ip", target_type: "ip" },
    ],
    [
      { target: { port: 8443, protocol: "HTTPS" } },
      "aws_lb_target_group",
      {
        name: "orders-seoul-8443-tls",
        port: 8443,
        protocol: "HTTPS",
        health_check: expect.objectContaining({ protocol: "HTTPS" }) as object,
      },
    ],
    [
      {
        target: {
          port: 8080,
          healthCheck: {
            path: "/health",
            codes: "200-299",
            interval: Duration.seconds(30),
            timeout: Duration.seconds(10),
            healthyAfter: 5,
            unhealthyAfter: 2,
          },
        },
      },
      "aws_lb_target_group",
      {
        health_check: {
          enabled: true,
          protocol: "HTTP",
          port: "traffic-port",
          path: "/health",
          matcher: "200-299",
          interval: 30,
          timeout: 10,
          healthy_threshold: 5,
          unhealthy_threshold: 2,
        },
      },
    ],
  ])("%j", (change, type, expected) => {
    expect(make(change).only(type)).toEqual({ ...make().only(type), ...expected });
  });

  test("listener.tlsPolicy", () => {
    const tf = make({ listener: { certificateArn: CERTIFICATE, tlsPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06" } });
    expect(tf.at("Site/Balancer/HttpsListener").ssl_policy).toBe("ELBSecurityPolicy-TLS13-1-3-2021-06");
  });

  test("a long name leaves room for the port", () => {
    const tf = make({ name: "orders-and-returns-seoul-public1" });
    expect(tf.only("aws_lb").name).toBe("orders-and-returns-seoul-public1");
    expect(tf.only("aws_lb_target_group").name).toMatch(/^orders-and-returns-seou-[0-9a-f]{8}$/);
  });

  test("is in the subnets of a network, and takes a list that is unknown at synth", () => {
    const tf = synthInSite((site) => {
      const network = new Network(site, "Network", { cidr: "10.20.0.0/16", publicSubnets: true });
      const { vpcId, publicSubnetIds: subnetIds, resource } = network;
      new LoadBalancer(site, "Public", { ...props, name: "public", vpcId, subnetIds, internetFacing: true });
      new LoadBalancer(site, "Other", { ...props, name: "other", subnetIds: resource.getListAttribute("x") });
    });
    const id = reference("aws_route_table_association", "subnet_id");
    expect(tf.at("Site/Public/Resource").subnets).toEqual([id, id]);
    expect(tf.at("Site/Public/TargetGroup").vpc_id).toEqual(reference("aws_vpc", "id"));
    expect(tf.at("Site/Other/Resource").subnets).toEqual(reference("aws_vpc", "x"));
  });

  test("says where it is reached, and where instances register", () => {
    synthInSite((site) => {
      const balancer = new LoadBalancer(site, "Balancer", props);
      expect(balancer.target).toMatchObject({
        targetType: "instance",
        port: 8080,
        dependsOn: [expect.objectContaining({ portInput: 443 })],
      });
      for (const value of [balancer.dnsName, balancer.zoneId, balancer.loadBalancerArn, balancer.listenerArn]) {
        expect(value).toMatch(/TfToken/);
      }
    });
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      new LoadBalancer(site, "One", { ...props, name: "one" });
      new LoadBalancer(site, "Two", { ...props, name: "two" });
    });
    expect(tf.all("aws_lb").map(({ name }) => name)).toEqual(["one", "two"]);
  });

  test("the same name lives in two regions", () => {
    const listener = { certificateArn: CERTIFICATE.replace("ap-northeast-2", "ap-northeast-1") };
    const tf = synth((scope) => {
      new LoadBalancer(new Site(scope, "Seoul", SEOUL), "Balancer", props);
      new LoadBalancer(new Site(scope, "Tokyo", TOKYO), "Balancer", { ...props, listener });
    });
    expect(tf.all("aws_lb").map(({ provider }) => provider)).toEqual(["aws.seoul", "aws.tokyo"]);
  });
});

test("accessLogsStatement lets Elastic Load Balancing write the account's folder", () => {
  synthInSite((site) => {
    new LoadBalancer(site, "Balancer", props);
    const statements = [
      accessLogsStatement(site, { bucket: "acme-logs" }),
      accessLogsStatement(site, { bucket: "acme-logs", prefix: "alb" }),
    ];
    expect(JSON.parse(policyDocument(statements))).toEqual({
      Version: "2012-10-17",
      Statement: ["acme-logs", "acme-logs/alb"].map((folder) => ({
        Sid: "AllowAccessLogs",
        Effect: "Allow",
        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `arn:aws:s3:::${folder}/AWSLogs/111122223333/*`,
      })),
    });
  });
});
