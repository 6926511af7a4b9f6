/**
 * Proves what is synthesised for prefix lists, who is let in by them, and which endpoints are named for whom. Does not prove that AWS's lists
 * hold the addresses they are named after, nor that the endpoints suffice.
 */
import { Ec2ManagedPrefixList } from "@cdktf/provider-aws/lib/ec2-managed-prefix-list";
import "cdktf/lib/testing/adapters/jest";
import { RefusalCode } from "../../modules/core";
import {
  AwsPrefixList,
  AwsPrefixListName,
  createClientSecurityGroup,
  EndpointUser,
  endpointsFor,
  endpointsIn,
  Network,
  PrefixList,
  PrefixListProps,
} from "../../modules/network";
import { Site } from "../../modules/site";
import { expectRefusalInSite, synthInSite } from "../support/synth";

const props: PrefixListProps = {
  name: "sites",
  entries: { tokyo: "10.41.0.0/16", osaka: "10.42.0.0/16" },
};

describe("PrefixList", () => {
  const make = (change: Partial<PrefixListProps> = {}) =>
    synthInSite((site) => new PrefixList(site, "Sites", { ...props, ...change }));

  test("defaults", () => {
    const tf = make();

    expect(tf.types()).toEqual(["aws_ec2_managed_prefix_list"]); // the list
    expect(tf.only("aws_ec2_managed_prefix_list")).toEqual({
      provider: "aws",
      name: "sites",
      address_family: "IPv4",
      max_entries: 2,
      entry: [
        { cidr: "10.41.0.0/16", description: "tokyo" },
        { cidr: "10.42.0.0/16", description: "osaka" },
      ],
      tags: { Name: "sites" },
    });
    expect(tf.text).toHaveResourceWithProperties(Ec2ManagedPrefixList, { address_family: "IPv4" });
  });

  test("maxEntries leave room, and are what it weighs", () => {
    expect(make({ maxEntries: 10 }).only("aws_ec2_managed_prefix_list").max_entries).toBe(10);
    synthInSite((site) => {
      expect(new PrefixList(site, "Small", { ...props, name: "small" }).weight).toBe(2);
      expect(new PrefixList(site, "Roomy", { ...props, name: "roomy", maxEntries: 10 }).weight).toBe(10);
    });
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      new PrefixList(site, "One", { ...props, name: "one" });
      new PrefixList(site, "Two", { ...props, name: "two" });
    });
    expect(tf.all("aws_ec2_managed_prefix_list").map(({ name }) => name)).toEqual(["one", "two"]);
  });

  test.each<[Partial<PrefixListProps>, RefusalCode, string]>([
    [{ entries: {} }, "MissingSetting", "'entries' is empty"],
    [{ entries: { tokyo: "tokyo" } }, "InvalidCidr", "'entries.tokyo' must be an IPv4 network, got 'tokyo'"],
    [
      { entries: { tokyo: "10.41.0.0/16", osaka: "10.41.0.0/16" } },
      "RepeatedItem",
      "'entries' names '10.41.0.0/16' twice",
    ],
    [{ maxEntries: 1 }, "SettingOutOfRange", "'maxEntries' must be a whole number from 2 to 1000, got 1"],
    [{ maxEntries: 1001 }, "SettingOutOfRange", "'maxEntries' must be a whole number from 2 to 1000, got 1001"],
    [
      { name: "com.amazonaws.sites" },
      "InvalidName",
      "'name' is not a valid prefix list name, got 'com.amazonaws.sites', allowed: printable characters, not beginning with 'com.amazonaws'",
    ],
  ])("fails for %j", (change, code, problem) => {
    const fail = (site: Site) => new PrefixList(site, "Sites", { ...props, ...change });
    expectRefusalInSite(fail, code, problem, "stack/Site/Sites");
  });

  test("fails under a name that is taken", () => {
    const fail = (site: Site) => ["One", "Two"].map((id) => new PrefixList(site, id, props));
    const problem = "the prefix list name 'sites' is already taken by stack/Site/One";
    expectRefusalInSite(fail, "NameTaken", problem, "stack/Site/Two");
  });
});

describe("AwsPrefixList", () => {
  test.each<[AwsPrefixListName, string, number]>([
    ["cloudfront.origin-facing", "com.amazonaws.global.cloudfront.origin-facing", 55],
    ["dynamodb", "com.amazonaws.ap-northeast-2.dynamodb", 1],
    ["ec2-instance-connect", "com.amazonaws.ap-northeast-2.ec2-instance-connect", 2],
    ["ipv6.cloudfront.origin-facing", "com.amazonaws.global.ipv6.cloudfront.origin-facing", 55],
    ["ipv6.ec2-instance-connect", "com.amazonaws.ap-northeast-2.ipv6.ec2-instance-connect", 2],
    ["ipv6.route53-healthchecks", "com.amazonaws.ap-northeast-2.ipv6.route53-healthchecks", 25],
    ["ipv6.vpc-lattice", "com.amazonaws.ap-northeast-2.ipv6.vpc-lattice", 10],
    ["route53-healthchecks", "com.amazonaws.ap-northeast-2.route53-healthchecks", 25],
    ["s3", "com.amazonaws.ap-northeast-2.s3", 1],
    ["s3express", "com.amazonaws.ap-northeast-2.s3express", 6],
    ["vpc-lattice", "com.amazonaws.ap-northeast-2.vpc-lattice", 10],
  ])("%s is found in the own region", (list, name, weight) => {
    const tf = synthInSite((site) => {
      const found = new AwsPrefixList(site, "List", { list });
      expect(found.weight).toBe(weight);
      expect(found.prefixListId).toMatch(/TOKEN/);
    });
    expect(tf.types()).toEqual(["data.aws_ec2_managed_prefix_list"]);
    expect(tf.only("data.aws_ec2_managed_prefix_list")).toEqual({ provider: "aws", name });
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      new AwsPrefixList(site, "One", { list: "s3" });
      new AwsPrefixList(site, "Two", { list: "dynamodb" });
    });
    expect(tf.types()).toHaveLength(2);
  });
});

test("clients are let in by prefix list", () => {
  const tf = synthInSite((site) => {
    createClientSecurityGroup(site, {
      name: "orders",
      port: 5432,
      clients: { vpcId: "vpc-1", clientPrefixLists: { sites: new PrefixList(site, "Sites", props).prefixListId } },
    });
  });
  expect(tf.only("aws_vpc_security_group_ingress_rule")).toEqual({
    provider: "aws",
    security_group_id: expect.stringMatching(/^\$\{aws_security_group\./) as string,
    description: "sites",
    prefix_list_id: expect.stringMatching(/^\$\{aws_ec2_managed_prefix_list\.\w+\.id\}$/) as string,
    ip_protocol: "tcp",
    from_port: 5432,
    to_port: 5432,
  });
});

describe("endpointsFor", () => {
  test.each<[EndpointUser, string[]]>([
    ["cloudwatch-agent", ["ec2", "logs", "monitoring", "ssm"]],
    ["codedeploy", ["codedeploy", "codedeploy-commands-secure"]],
    ["database-client", ["secretsmanager"]],
    ["ecs-instances", ["ecr.api", "ecr.dkr", "ecs", "ecs-agent", "ecs-telemetry", "logs"]],
    ["ecs-exec", ["kms", "logs", "ssmmessages"]],
    ["fargate", ["ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm"]],
    ["lambda", ["secretsmanager", "ssm"]],
    ["ssm", ["ssm", "ssmmessages"]],
  ])("%s", (user, endpoints) => {
    expect(endpointsFor(user)).toEqual(endpoints);
    const tf = synthInSite((site) => {
      new Network(site, "Network", { cidr: "10.40.0.0/16", interfaceEndpoints: endpointsFor(user) });
    });
    expect(tf.all("aws_vpc_endpoint")).toHaveLength(2 + endpoints.length); // the gateways of S3 and DynamoDB come of themselves
  });

  test("several, each endpoint once", () => {
    expect(endpointsFor("ssm", "database-client", "lambda")).toEqual(["secretsmanager", "ssm", "ssmmessages"]);
    expect(endpointsFor()).toEqual([]);
  });
});

describe("endpointsIn", () => {
  const ECS = ["ecs", "ecs-agent", "ecs-telemetry"];

  test.each(["ca-west-1", "ap-east-2", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "mx-central-1"])(
    "%s, which AWS opened after December 2023, tasks on Fargate reach ECS over the network",
    (region) => {
      expect(endpointsIn(region, "fargate")).toEqual([...endpointsFor("fargate"), ...ECS].sort());
      expect(endpointsIn(region, "lambda", "ssm")).toEqual(endpointsFor("lambda", "ssm"));
    },
  );

  test.each(["ap-northeast-2", "il-central-1", "ca-central-1", "us-gov-west-1", "cn-north-1"])(
    "%s, an older one",
    (region) => {
      expect(endpointsIn(region, "fargate")).toEqual(endpointsFor("fargate"));
    },
  );
});
