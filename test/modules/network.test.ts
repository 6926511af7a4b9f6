/**
 * Proves what is synthesised for a site's VPC. Does not prove that AWS routes packets so, nor that an endpoint's policy
 * suffices for what runs in the VPC.
 */
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import "cdktf/lib/testing/adapters/jest";
import { Construct } from "constructs";
import { Network, NetworkProps } from "../../modules/network";
import { Site } from "../../modules/site";
import { Block, synth, synthInSite, Synthesised, SEOUL, TOKYO } from "../support/synth";

const CIDR = "10.20.0.0/16";
const make = (props: Partial<NetworkProps> = {}): Synthesised =>
  synthInSite((site) => new Network(site, "Network", { cidr: CIDR, ...props }));

/** Ends of the paths of all resources of a type. */
const ids = (tf: Synthesised, type: string): string[] =>
  tf
    .addresses()
    .flatMap((address) => (address.startsWith(`${type}.`) ? [/Network_(.+)_\w{8}$/.exec(address)![1]!] : []));

const attribute = (type: string, name: string) =>
  expect.stringMatching(new RegExp(`^\\$\\{${type}\\.[\\w-]+\\.${name}\\}$`)) as string;

const policyOf = (endpoint: Block): unknown => JSON.parse(endpoint.policy as string);

const TRUSTED = (action: string, accounts: string | string[] = "111122223333") => ({
  Sid: "TrustedAccounts",
  Effect: "Allow",
  Principal: "*",
  Action: action,
  Resource: "*",
  Condition: { StringEquals: { "aws:PrincipalAccount": accounts } },
});

const S3_OF_AWS = [
  {
    Sid: "ServicesOfAws",
    Effect: "Allow",
    Principal: "*",
    Action: "s3:*",
    Resource: "*",
    Condition: { Bool: { "aws:PrincipalIsAWSService": "true" } },
  },
  {
    Sid: "BucketsOfAws",
    Effect: "Allow",
    Principal: "*",
    Action: "s3:GetObject",
    Resource: [
      "arn:aws:s3:::al2023-repos-ap-northeast-2-de612dc2/*",
      "arn:aws:s3:::amazonlinux-2-repos-ap-northeast-2/*",
      "arn:aws:s3:::amazonlinux.ap-northeast-2.amazonaws.com/*",
      "arn:aws:s3:::amazon-ssm-ap-northeast-2/*",
      "arn:aws:s3:::amazon-ssm-packages-ap-northeast-2/*",
      "arn:aws:s3:::aws-ssm-ap-northeast-2/*",
      "arn:aws:s3:::aws-ssm-distributor-file-ap-northeast-2/*",
      "arn:aws:s3:::aws-ssm-document-attachments-ap-northeast-2/*",
      "arn:aws:s3:::patch-baseline-snapshot-ap-northeast-2/*",
      "arn:aws:s3:::ap-northeast-2-birdwatcher-prod/*",
      "arn:aws:s3:::amazoncloudwatch-agent-ap-northeast-2/*",
      "arn:aws:s3:::aws-codedeploy-ap-northeast-2/*",
      "arn:aws:s3:::prod-ap-northeast-2-starport-layer-bucket/*",
    ],
  },
];

describe("Network", () => {
  test("defaults", () => {
    const tf = make();

    expect(tf.types()).toEqual([
      "aws_default_security_group", // lets nothing through
      "aws_route_table", // zone 1
      "aws_route_table", // zone 2
      "aws_route_table_association",
      "aws_route_table_association",
      "aws_subnet", // private, zone 1
      "aws_subnet", // private, zone 2
      "aws_vpc", // the network
      "aws_vpc_endpoint", // S3, free
      "aws_vpc_endpoint", // DynamoDB, free
      "data.aws_availability_zones", // of the own region
    ]);
    expect(tf.only("aws_vpc")).toEqual({
      provider: "aws",
      cidr_block: CIDR,
      enable_dns_hostnames: true,
      enable_dns_support: true,
      instance_tenancy: "default",
      tags: { Name: "seoul-network" },
      lifecycle: { prevent_destroy: true },
    });
    expect(tf.only("aws_default_security_group")).toEqual({
      provider: "aws",
      vpc_id: attribute("aws_vpc", "id"),
      tags: { Name: "seoul-network-default-closed" },
    });
    expect(tf.only("data.aws_availability_zones")).toEqual({
      provider: "aws",
      filter: [{ name: "opt-in-status", values: ["opt-in-not-required"] }],
    });
  });

  test("a private subnet in each zone, which stays in its zone and leads nowhere", () => {
    const tf = make();

    expect(tf.at("Site/Network/PrivateSubnet-1")).toEqual({
      provider: "aws",
      vpc_id: attribute("aws_vpc", "id"),
      cidr_block: "10.20.0.0/18",
      availability_zone: attribute("data\\.aws_availability_zones", "names\\.0"),
      map_public_ip_on_launch: false,
      tags: { Name: "seoul-network-private-1" },
      lifecycle: { ignore_changes: ["availability_zone"] },
    });
    expect(tf.at("Site/Network/PrivateSubnet-2")).toMatchObject({
      cidr_block: "10.20.64.0/18",
      availability_zone: attribute("data\\.aws_availability_zones", "names\\.1"),
      lifecycle: { ignore_changes: ["availability_zone"] },
    });
    expect(tf.at("Site/Network/PrivateRoutes-1")).toEqual({
      provider: "aws",
      vpc_id: attribute("aws_vpc", "id"),
      tags: { Name: "seoul-network-private-1" },
    });
    expect(tf.at("Site/Network/PrivateAssociation-1")).toEqual({
      provider: "aws",
      subnet_id: attribute("aws_subnet", "id"),
      route_table_id: attribute("aws_route_table", "id"),
    });
  });

  test("gateway endpoints for keys of the account only", () => {
    const tf = make();

    const { policy, ...s3 } = tf.at("Site/Network/GatewayEndpoint-s3");
    expect(s3).toEqual({
      provider: "aws",
      vpc_id: attribute("aws_vpc", "id"),
      vpc_endpoint_type: "Gateway",
      service_name: "com.amazonaws.ap-northeast-2.s3",
      route_table_ids: [attribute("aws_route_table", "id"), attribute("aws_route_table", "id")],
      tags: { Name: "seoul-network-s3" },
    });
    expect(JSON.parse(policy as string)).toEqual({ Version: "2012-10-17", Statement: [TRUSTED("s3:*"), ...S3_OF_AWS] });
    const dynamodb = tf.at("Site/Network/GatewayEndpoint-dynamodb");
    expect(dynamodb.service_name).toBe("com.amazonaws.ap-northeast-2.dynamodb");
    expect(policyOf(dynamodb)).toEqual({ Version: "2012-10-17", Statement: [TRUSTED("dynamodb:*")] });
    expect(tf.text).toHaveResourceWithProperties(VpcEndpoint, {
      service_name: "com.amazonaws.ap-northeast-2.dynamodb",
    });
  });

  test("trustedAccounts and s3EndpointStatements", () => {
    const tf = make({
      trustedAccounts: ["444455556666", "111122223333"],
      s3EndpointStatements: [
        { sid: "Vendor", principal: "*", actions: ["s3:GetObject"], resources: ["arn:aws:s3:::v/*"] },
      ],
    });

    const accounts = ["111122223333", "444455556666"];
    expect(policyOf(tf.at("Site/Network/GatewayEndpoint-s3"))).toEqual({
      Version: "2012-10-17",
      Statement: [
        TRUSTED("s3:*", accounts),
        ...S3_OF_AWS,
        { Sid: "Vendor", Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::v/*" },
      ],
    });
    expect(policyOf(tf.at("Site/Network/GatewayEndpoint-dynamodb"))).toEqual({
      Version: "2012-10-17",
      Statement: [TRUSTED("dynamodb:*", accounts)],
    });
  });

  test("destroyable", () => {
    expect(make({ destroyable: true }).only("aws_vpc").lifecycle).toEqual({ prevent_destroy: false });
  });

  test("name", () => {
    const names = make({ name: "orders-seoul" })
      .all("aws_subnet")
      .map(({ tags }) => tags);
    expect(names).toEqual([{ Name: "orders-seoul-private-1" }, { Name: "orders-seoul-private-2" }]);
  });

  test("availabilityZones by name are not read from the region", () => {
    const tf = make({ availabilityZones: ["ap-northeast-2c", "ap-northeast-2a", "ap-northeast-2d"] });

    expect(tf.types()).not.toContain("data.aws_availability_zones");
    expect(tf.all("aws_subnet").map(({ availability_zone, lifecycle }) => [availability_zone, lifecycle])).toEqual([
      ["ap-northeast-2c", { ignore_changes: ["availability_zone"] }],
      ["ap-northeast-2a", { ignore_changes: ["availability_zone"] }],
      ["ap-northeast-2d", { ignore_changes: ["availability_zone"] }],
    ]);
  });

  test("another zone, public subnets or NAT gateways move no subnet and no route table", () => {
    const kept = (tf: Synthesised) =>
      ["1", "2"].flatMap((slot) => [
        tf.at(`Site/Network/PrivateSubnet-${slot}`),
        tf.at(`Site/Network/PrivateRoutes-${slot}`),
      ]);
    const addresses = (tf: Synthesised) => tf.addresses().filter((address) => !address.includes("Public"));
    const small = make();
    const large = make({ zones: 3, publicSubnets: true, natGateways: "per-zone" });

    expect(kept(large)).toEqual(kept(small));
    expect(addresses(large)).toEqual(expect.arrayContaining(addresses(small)));
    expect(ids(large, "aws_subnet")).toEqual([
      "PrivateSubnet-1",
      "PrivateSubnet-2",
      "PrivateSubnet-3",
      "PublicSubnet-1",
      "PublicSubnet-2",
      "PublicSubnet-3",
    ]);
  });

  test("publicSubnets lead to an internet gateway and assign no public address", () => {
    const tf = make({ publicSubnets: true });

    expect(tf.only("aws_internet_gateway")).toEqual({
      provider: "aws",
      vpc_id: attribute("aws_vpc", "id"),
      tags: { Name: "seoul-network" },
    });
    expect(tf.only("aws_route")).toEqual({
      provider: "aws",
      route_table_id: attribute("aws_route_table", "id"),
      destination_cidr_block: "0.0.0.0/0",
      gateway_id: attribute("aws_internet_gateway", "id"),
    });
    expect(tf.at("Site/Network/PublicSubnet-2")).toEqual({
      provider: "aws",
      vpc_id: attribute("aws_vpc", "id"),
      cidr_block: "10.20.208.0/20",
      availability_zone: attribute("data\\.aws_availability_zones", "names\\.1"),
      map_public_ip_on_launch: false,
      tags: { Name: "seoul-network-public-2" },
      lifecycle: { ignore_changes: ["availability_zone"] },
    });
    const [route] = ids(tf, "aws_route");
    expect(route).toBe("PublicRoute");
    expect(tf.at("Site/Network/PublicAssociation-1").depends_on).toEqual([
      expect.stringMatching(/^aws_route\.Site_Network_PublicRoute_/),
    ]);
    expect(tf.at("Site/Network/GatewayEndpoint-s3").route_table_ids).toHaveLength(3);
  });

  test("natGateways 'one' is in the first zone and serves all zones", () => {
    const tf = make({ natGateways: "one" });

    expect(tf.only("aws_eip")).toEqual({ provider: "aws", domain: "vpc", tags: { Name: "seoul-network-1" } });
    expect(tf.only("aws_nat_gateway")).toEqual({
      provider: "aws",
      allocation_id: attribute("aws_eip", "allocation_id"),
      connectivity_type: "public",
      subnet_id: attribute("aws_route_table_association", "subnet_id"),
      tags: { Name: "seoul-network-1" },
    });
    expect(ids(tf, "aws_subnet")).toContain("PublicSubnet-1");
    const routes = ["1", "2"].map((slot) => tf.at(`Site/Network/PrivateRoute-${slot}`));
    expect(routes[0]).toEqual({
      provider: "aws",
      route_table_id: attribute("aws_route_table", "id"),
      destination_cidr_block: "0.0.0.0/0",
      nat_gateway_id: attribute("aws_nat_gateway", "id"),
    });
    expect(routes[1]!.nat_gateway_id).toBe(routes[0]!.nat_gateway_id);
    expect(tf.at("Site/Network/PrivateAssociation-2").depends_on).toEqual([
      expect.stringMatching(/^aws_route\.Site_Network_PrivateRoute-2_/),
    ]);
  });

  test("natGateways 'per-zone' leave no zone to lean on another", () => {
    const tf = make({ natGateways: "per-zone", zones: 3 });

    expect(ids(tf, "aws_nat_gateway")).toEqual(["NatGateway-1", "NatGateway-2", "NatGateway-3"]);
    const used = ["1", "2", "3"].map((slot) => tf.at(`Site/Network/PrivateRoute-${slot}`).nat_gateway_id);
    expect(new Set(used).size).toBe(3);
  });

  test("interfaceEndpoints answer to HTTPS from the VPC, under the services' own names", () => {
    const tf = make({ interfaceEndpoints: ["ecr.dkr", "com.amazonaws.ap-northeast-2.kms"] });

    expect(tf.only("aws_security_group")).toEqual({
      provider: "aws",
      name: "seoul-network-endpoints",
      description: "HTTPS from the VPC to interface endpoints",
      vpc_id: attribute("aws_vpc", "id"),
      tags: { Name: "seoul-network-endpoints" },
    });
    expect(tf.only("aws_vpc_security_group_ingress_rule")).toEqual({
      provider: "aws",
      security_group_id: attribute("aws_security_group", "id"),
      description: "HTTPS from the VPC",
      cidr_ipv4: CIDR,
      ip_protocol: "tcp",
      from_port: 443,
      to_port: 443,
    });
    expect(tf.at("Site/Network/InterfaceEndpoint-ecr.dkr")).toEqual({
      provider: "aws",
      vpc_id: attribute("aws_vpc", "id"),
      vpc_endpoint_type: "Interface",
      service_name: "com.amazonaws.ap-northeast-2.ecr.dkr",
      subnet_ids: [
        attribute("aws_route_table_association", "subnet_id"),
        attribute("aws_route_table_association", "subnet_id"),
      ],
      security_group_ids: [attribute("aws_security_group", "id")],
      private_dns_enabled: true,
      policy: JSON.stringify({ Version: "2012-10-17", Statement: [TRUSTED("ecr:*")] }),
      tags: { Name: "seoul-network-ecr.dkr" },
    });
    const kms = tf.at("Site/Network/InterfaceEndpoint-com.amazonaws.ap-northeast-2.kms");
    expect(kms.service_name).toBe("com.amazonaws.ap-northeast-2.kms");
    expect(policyOf(kms)).toEqual({ Version: "2012-10-17", Statement: [TRUSTED("kms:*")] });
  });

  test.each([
    ["ec2", "ec2:*"],
    ["ecr.api", "ecr:*"],
    ["logs", "logs:*"],
    ["monitoring", "cloudwatch:*"],
    ["secretsmanager", "secretsmanager:*"],
    ["ssm", "ssm:*"],
  ])("the endpoint of %s lets only principals of the trusted accounts through", (service, actions) => {
    const tf = make({ interfaceEndpoints: [service], trustedAccounts: ["444455556666"] });
    expect(policyOf(tf.at(`Site/Network/InterfaceEndpoint-${service}`))).toEqual({
      Version: "2012-10-17",
      Statement: [TRUSTED(actions, ["111122223333", "444455556666"])],
    });
  });

  test.each(["codedeploy-commands-secure", "ssmmessages"])("the endpoint of %s has AWS's own policy", (service) => {
    const tf = make({ interfaceEndpoints: [service] });
    expect(tf.at(`Site/Network/InterfaceEndpoint-${service}`)).not.toHaveProperty("policy");
  });

  test.each(["cn-north-1", "cn-northwest-1"])("in %s interfaceEndpoints have the names AWS lists there", (region) => {
    const interfaceEndpoints = ["ecr.api", "ecr.dkr", "ec2", "monitoring", "sqs", "logs", "ssm", "ssmmessages", "kms"];
    const china = { region, account: "111122223333" };
    const tf = synthInSite((site) => {
      new Network(site, "Network", {
        cidr: CIDR,
        interfaceEndpoints: [...interfaceEndpoints, `com.amazonaws.${region}.sts`],
      });
    }, china);
    expect(tf.all("aws_vpc_endpoint").map(({ service_name }) => service_name)).toEqual([
      `com.amazonaws.${region}.dynamodb`,
      `com.amazonaws.${region}.s3`,
      `com.amazonaws.${region}.sts`, // given in full
      `cn.com.amazonaws.${region}.ec2`,
      `cn.com.amazonaws.${region}.ecr.api`,
      `cn.com.amazonaws.${region}.ecr.dkr`,
      `com.amazonaws.${region}.kms`,
      `com.amazonaws.${region}.logs`,
      `cn.com.amazonaws.${region}.monitoring`,
      `cn.com.amazonaws.${region}.sqs`,
      `com.amazonaws.${region}.ssm`,
      `com.amazonaws.${region}.ssmmessages`,
    ]);
  });

  test("says where things are", () => {
    synthInSite((site) => {
      const plainOne = new Network(site, "Plain", { cidr: "10.30.0.0/24" });
      expect(plainOne).toMatchObject({
        cidr: "10.30.0.0/24",
        zones: 2,
        privateSubnetCidrs: ["10.30.0.0/26", "10.30.0.64/26"],
        publicSubnetCidrs: [],
        publicSubnetIds: [],
        endpointSecurityGroupId: undefined,
      });
      expect(Object.keys(plainOne.routeTableIds)).toEqual(["private-1", "private-2"]);
      const whole = new Network(site, "Whole", {
        cidr: CIDR,
        zones: 3,
        publicSubnets: true,
        interfaceEndpoints: ["ssm"],
      });
      expect(whole.publicSubnetCidrs).toEqual(["10.20.192.0/20", "10.20.208.0/20", "10.20.224.0/20"]);
      expect(
        [whole.privateSubnetIds, whole.publicSubnetIds, whole.privateRouteTableIds].map((all) => all.length),
      ).toEqual([3, 3, 3]);
      expect(Object.keys(whole.routeTableIds)).toEqual(["private-1", "private-2", "private-3", "public"]);
      expect(whole.endpointSecurityGroupId).toMatch(/TOKEN/);
    });
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      const props = { zones: 3, natGateways: "per-zone", interfaceEndpoints: ["ssm"] } as const;
      new Network(site, "One", { cidr: "10.20.0.0/16", ...props });
      new Network(site, "Two", { cidr: "10.21.0.0/16", ...props });
    });
    expect(tf.all("aws_vpc").map(({ tags }) => tags)).toEqual([{ Name: "seoul-one" }, { Name: "seoul-two" }]);
    expect(tf.all("aws_subnet")).toHaveLength(12);
  });

  test("networks of one id in two sites, and in two parts of one site, have names of their own", () => {
    const tf = synth((scope) => {
      const seoul = new Site(scope, "Seoul", SEOUL);
      new Network(seoul, "Network", { cidr: "10.20.0.0/16" });
      new Network(new Construct(seoul, "Orders"), "Network", { cidr: "10.21.0.0/16" });
      new Network(new Site(scope, "Tokyo", TOKYO), "Network", { cidr: "10.22.0.0/16" });
    });
    expect(tf.all("aws_vpc").map(({ tags }) => tags)).toEqual([
      { Name: "seoul-network" },
      { Name: "seoul-orders-network" },
      { Name: "tokyo-network" },
    ]);
  });
});
