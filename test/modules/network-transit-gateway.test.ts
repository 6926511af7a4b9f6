/**
 * Proves what is synthesised for transit gateways, their attachments and their peerings, and what is refused. Does not prove that AWS lets
 * two gateways find each other: the emulator's tests apply both sides.
 */
import { Ec2TransitGateway } from "@cdktf/provider-aws/lib/ec2-transit-gateway";
import "cdktf/lib/testing/adapters/jest";
import { RefusalCode } from "../../modules/core";
import {
  AttachableNetwork,
  KnownTransitGateway,
  Network,
  TransitGateway,
  TransitGatewayAttachment,
  TransitGatewayAttachmentProps,
  TransitGatewayPeeringAcceptance,
  TransitGatewayPeeringProps,
  TransitGatewayPeeringRequest,
  TransitGatewayPeeringRoutes,
  TransitGatewayPeeringRoutesProps,
  TransitGatewayProps,
} from "../../modules/network";
import { Site } from "../../modules/site";
import { expectRefusal, expectRefusalInSite, SEOUL, synthInSite, TOKYO, TOKYO_ABROAD } from "../support/synth";

const gateway: KnownTransitGateway = {
  ref: TransitGateway.refOf({ ...SEOUL, name: "hub-seoul" }),
  transitGatewayId: "tgw-0a1b2c3d4e5f60718",
  routeTableId: "tgw-rtb-1",
};
const network: AttachableNetwork = {
  ref: Network.refOf({ ...SEOUL, name: "media-seoul", cidr: "10.40.0.0/16" }),
  vpcId: "vpc-0a1b2c3d4e5f60718",
  routeTableIds: { main: "rtb-1", spare: "rtb-2" },
  privateSubnetIds: ["subnet-1", "subnet-2"],
};
const destinations = { osaka: "10.42.0.0/16", tokyo: "10.41.0.0/16" };

const reference = (type: string, name: string) =>
  expect.stringMatching(new RegExp(`^\\$\\{${type}\\.[\\w-]+\\.${name}\\}$`)) as string;

describe("TransitGateway", () => {
  const make = (change: Partial<TransitGatewayProps> = {}, site = SEOUL) =>
    synthInSite((scope) => new TransitGateway(scope, "Gateway", { name: "hub-seoul", ...change }), site);

  test("defaults", () => {
    const tf = make();

    expect(tf.types()).toEqual([
      "aws_ec2_transit_gateway", // the gateway
      "aws_ec2_transit_gateway_route_table", // instead of AWS's, which everything joins
    ]);
    expect(tf.only("aws_ec2_transit_gateway")).toEqual({
      provider: "aws",
      description: "hub-seoul",
      amazon_side_asn: 64516,
      auto_accept_shared_attachments: "disable",
      default_route_table_association: "disable",
      default_route_table_propagation: "disable",
      dns_support: "enable",
      multicast_support: "disable",
      security_group_referencing_support: "disable",
      vpn_ecmp_support: "enable",
      tags: { Name: "hub-seoul" },
      lifecycle: { prevent_destroy: true },
    });
    expect(tf.only("aws_ec2_transit_gateway_route_table")).toEqual({
      provider: "aws",
      transit_gateway_id: reference("aws_ec2_transit_gateway", "id"),
      tags: { Name: "hub-seoul" },
    });
    expect(tf.text).toHaveResourceWithProperties(Ec2TransitGateway, { auto_accept_shared_attachments: "disable" });
  });

  test("asn is another one in each region, unless given", () => {
    expect(make({}, TOKYO).only("aws_ec2_transit_gateway").amazon_side_asn).toBe(64515);
    expect(make({ asn: 65000 }).only("aws_ec2_transit_gateway").amazon_side_asn).toBe(65000);
  });

  test("destroyable", () => {
    const { lifecycle } = make({ destroyable: true }).only("aws_ec2_transit_gateway");
    expect(lifecycle).toEqual({ prevent_destroy: false });
  });

  test("refOf names what is created", () => {
    synthInSite((site) => {
      const made = new TransitGateway(site, "Gateway", { name: "hub-seoul" });
      expect(made.ref).toEqual(TransitGateway.refOf({ ...SEOUL, name: "hub-seoul" }));
      expect(made.ref).toEqual({ name: "hub-seoul", region: "ap-northeast-2", account: "111122223333" });
    });
  });

  test("two of them live in one stack, and not under one name", () => {
    const tf = synthInSite((site) => {
      new TransitGateway(site, "One", { name: "one" });
      new TransitGateway(site, "Two", { name: "two" });
    });
    expect(tf.all("aws_ec2_transit_gateway").map(({ description }) => description)).toEqual(["one", "two"]);
    const twice = (site: Site) => ["One", "Two"].map((id) => new TransitGateway(site, id, { name: "hub" }));
    const problem = "the transit gateway name 'hub' is already taken by stack/Site/One";
    expectRefusalInSite(twice, "NameTaken", problem, "stack/Site/Two");
  });

  test.each<[Partial<TransitGatewayProps>, RefusalCode, string]>([
    [{ asn: 64511 }, "SettingOutOfRange", "'asn' must be a whole number from 64512 to 65534, got 64511"],
    [{ asn: 65535 }, "SettingOutOfRange", "'asn' must be a whole number from 64512 to 65534, got 65535"],
    [
      { name: "hub of seoul" },
      "InvalidName",
      "'name' is not a valid transit gateway name, got 'hub of seoul', allowed: letters, digits and any of ._-, beginning with a letter or digit",
    ],
  ])("fails for %j", (change, code, problem) => {
    const fail = (site: Site) => new TransitGateway(site, "Gateway", { name: "hub", ...change });
    expectRefusalInSite(fail, code, problem, "stack/Site/Gateway");
  });

  test("refOf fails for an invalid account", () => {
    const fail = () => TransitGateway.refOf({ ...SEOUL, name: "hub", account: "1" });
    expectRefusal(fail, "InvalidAccount", "an AWS account id has 12 digits, got '1'", "TransitGateway.refOf");
  });
});

describe("TransitGatewayAttachment", () => {
  const props: TransitGatewayAttachmentProps = { gateway, network, destinations };
  const make = (change: Partial<TransitGatewayAttachmentProps> = {}) =>
    synthInSite((site) => new TransitGatewayAttachment(site, "Attachment", { ...props, ...change }));

  test("defaults", () => {
    const tf = make();

    expect(tf.types()).toEqual([
      "aws_ec2_transit_gateway_route_table_association", // the network finds what the table has
      "aws_ec2_transit_gateway_route_table_propagation", // and is found
      "aws_ec2_transit_gateway_vpc_attachment", // a subnet in each zone
      "aws_route", // two destinations in two route tables
      "aws_route",
      "aws_route",
      "aws_route",
    ]);
    expect(tf.only("aws_ec2_transit_gateway_vpc_attachment")).toEqual({
      provider: "aws",
      transit_gateway_id: "tgw-0a1b2c3d4e5f60718",
      vpc_id: "vpc-0a1b2c3d4e5f60718",
      subnet_ids: ["subnet-1", "subnet-2"],
      appliance_mode_support: "disable",
      dns_support: "enable",
      ipv6_support: "disable",
      security_group_referencing_support: "disable",
      transit_gateway_default_route_table_association: false,
      transit_gateway_default_route_table_propagation: false,
      tags: { Name: "media-seoul" },
    });
    const joined = {
      provider: "aws",
      transit_gateway_attachment_id: reference("aws_ec2_transit_gateway_vpc_attachment", "id"),
      transit_gateway_route_table_id: "tgw-rtb-1",
    };
    expect(tf.only("aws_ec2_transit_gateway_route_table_association")).toEqual(joined);
    expect(tf.only("aws_ec2_transit_gateway_route_table_propagation")).toEqual(joined);
  });

  test("destinations are led to the gateway from every route table, once the network is attached", () => {
    const tf = make();
    expect(tf.at("Site/Attachment/Route-tokyo-spare")).toEqual({
      provider: "aws",
      route_table_id: "rtb-2",
      destination_cidr_block: "10.41.0.0/16",
      transit_gateway_id: "tgw-0a1b2c3d4e5f60718",
      depends_on: [expect.stringMatching(/^aws_ec2_transit_gateway_vpc_attachment\./)],
    });
    const routes = tf.all("aws_route").map((route) => [route.destination_cidr_block, route.route_table_id]);
    expect(routes).toEqual([
      ["10.42.0.0/16", "rtb-1"],
      ["10.42.0.0/16", "rtb-2"],
      ["10.41.0.0/16", "rtb-1"],
      ["10.41.0.0/16", "rtb-2"],
    ]);
  });

  test("applianceMode", () => {
    const { appliance_mode_support: mode } = make({ applianceMode: true }).only(
      "aws_ec2_transit_gateway_vpc_attachment",
    );
    expect(mode).toBe("enable");
  });

  test("takes a range around the network's own, whose addresses are nearer", () => {
    expect(make({ destinations: { company: "10.0.0.0/8" } }).all("aws_route")).toHaveLength(2);
  });

  test("two of them live in one stack, with what they attach", () => {
    const tf = synthInSite((site) => {
      const own = new TransitGateway(site, "Gateway", { name: "hub" });
      for (const [id, cidr] of Object.entries({ One: "10.43.0.0/16", Two: "10.44.0.0/16" })) {
        const attached = new Network(site, id, { cidr });
        new TransitGatewayAttachment(site, `${id}Attachment`, { gateway: own, network: attached, destinations });
      }
    });
    expect(tf.all("aws_ec2_transit_gateway_vpc_attachment").map(({ tags }) => tags)).toEqual([
      { Name: "seoul-one" },
      { Name: "seoul-two" },
    ]);
    expect(tf.all("aws_route")).toHaveLength(8);
  });

  test.each<[string, Partial<TransitGatewayAttachmentProps>, RefusalCode, string]>([
    ["without destinations", { destinations: {} }, "MissingSetting", "'destinations' is empty"],
    [
      "for a destination that is not a network",
      { destinations: { tokyo: "10.41.0.1/16" } },
      "InvalidCidr",
      "'destinations.tokyo' has bits set behind its prefix, got '10.41.0.1/16', the network is '10.41.0.0/16'",
    ],
    [
      "for a destination named twice",
      { destinations: { tokyo: "10.41.0.0/16", osaka: "10.41.0.0/16" } },
      "RepeatedItem",
      "'destinations' names '10.41.0.0/16' twice",
    ],
    [
      "for a destination in the network itself",
      { destinations: { tokyo: "10.40.1.0/24" } },
      "OverlappingCidrs",
      "destination 'tokyo' has 10.40.1.0/24, which lies in the network's own 10.40.0.0/16",
    ],
    [
      "for a gateway in another site",
      { gateway: { ...gateway, ref: { ...gateway.ref, account: "444455556666" } } },
      "WrongSite",
      "'gateway' 'hub-seoul' is in 'ap-northeast-2' of '444455556666', the site is 'ap-northeast-2' of '111122223333'",
    ],
    [
      "for a network in another site",
      { network: { ...network, ref: { ...network.ref, region: "ap-northeast-1" } } },
      "WrongSite",
      "'network' 'media-seoul' is in 'ap-northeast-1' of '111122223333', the site is 'ap-northeast-2' of '111122223333'",
    ],
  ])("fails %s", (_, change, code, problem) => {
    const fail = (site: Site) => new TransitGatewayAttachment(site, "Attachment", { ...props, ...change });
    expectRefusalInSite(fail, code, problem, "stack/Site/Attachment");
  });
});

describe("a peering of transit gateways", () => {
  const props: TransitGatewayPeeringProps = {
    gateway,
    peer: TransitGateway.refOf({ ...TOKYO_ABROAD, name: "hub-tokyo" }),
    peerTransitGatewayId: "tgw-00112233445566778",
  };

  test("TransitGatewayPeeringRequest defaults", () => {
    const tf = synthInSite((site) => new TransitGatewayPeeringRequest(site, "Peering", props));

    expect(tf.types()).toEqual(["aws_ec2_transit_gateway_peering_attachment"]); // the request
    expect(tf.only("aws_ec2_transit_gateway_peering_attachment")).toEqual({
      provider: "aws",
      transit_gateway_id: "tgw-0a1b2c3d4e5f60718",
      peer_transit_gateway_id: "tgw-00112233445566778",
      peer_account_id: "444455556666",
      peer_region: "ap-northeast-1",
      tags: { Name: "hub-seoul-to-ap-northeast-1" },
    });
  });

  test("TransitGatewayPeeringAcceptance defaults", () => {
    const tf = synthInSite((site) => new TransitGatewayPeeringAcceptance(site, "Peering", props));

    expect(tf.types()).toEqual([
      "aws_ec2_transit_gateway_peering_attachment_accepter", // accepts
      "data.aws_ec2_transit_gateway_attachment", // what that gateway asked for, and no other
    ]);
    expect(tf.only("data.aws_ec2_transit_gateway_attachment")).toEqual({
      provider: "aws",
      filter: [
        { name: "transit-gateway-id", values: ["tgw-0a1b2c3d4e5f60718"] },
        { name: "resource-type", values: ["peering"] },
        { name: "resource-id", values: ["tgw-00112233445566778"] },
        { name: "resource-owner-id", values: ["444455556666"] },
        { name: "state", values: ["pendingAcceptance", "pending", "available", "modifying"] },
      ],
    });
    expect(tf.only("aws_ec2_transit_gateway_peering_attachment_accepter")).toEqual({
      provider: "aws",
      transit_gateway_attachment_id: reference("data\\.aws_ec2_transit_gateway_attachment", "id"),
      tags: { Name: "hub-seoul-to-ap-northeast-1" },
    });
  });

  test("attachmentId, where it is known", () => {
    const tf = synthInSite((site) => {
      new TransitGatewayPeeringAcceptance(site, "Peering", { ...props, attachmentId: "tgw-attach-1" });
    });
    expect(tf.types()).toEqual(["aws_ec2_transit_gateway_peering_attachment_accepter"]);
    const { transit_gateway_attachment_id: id } = tf.only("aws_ec2_transit_gateway_peering_attachment_accepter");
    expect(id).toBe("tgw-attach-1");
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      new TransitGatewayPeeringRequest(site, "Tokyo", props);
      new TransitGatewayPeeringAcceptance(site, "Osaka", { ...props, peerTransitGatewayId: "tgw-0123456789abcdef0" });
    });
    expect(tf.types()).toHaveLength(3);
  });

  describe.each([
    ["TransitGatewayPeeringRequest", TransitGatewayPeeringRequest],
    ["TransitGatewayPeeringAcceptance", TransitGatewayPeeringAcceptance],
  ])("%s", (_, Side) => {
    test.each<[Partial<TransitGatewayPeeringProps>, RefusalCode, string]>([
      [
        { peer: { ...props.peer, region: "us-gov-east-1" } },
        "ForeignPartition",
        "'ap-northeast-2' lies in partition aws, 'us-gov-east-1' in aws-us-gov",
      ],
      [
        { gateway: { ...gateway, ref: props.peer } },
        "WrongSite",
        "'gateway' 'hub-tokyo' is in 'ap-northeast-1' of '444455556666', the site is 'ap-northeast-2' of '111122223333'",
      ],
      [
        { peerTransitGatewayId: "tgw-0123456789ABCDEF0" },
        "InvalidName",
        "'peerTransitGatewayId' is not a valid transit gateway id, got 'tgw-0123456789ABCDEF0', allowed: 'tgw-' and 17 hexadecimal digits",
      ],
    ])("fails for %j", (change, code, problem) => {
      const fail = (site: Site) => new Side(site, "Peering", { ...props, ...change });
      expectRefusalInSite(fail, code, problem, "stack/Site/Peering");
    });
  });
});

describe("TransitGatewayPeeringRoutes", () => {
  const props: TransitGatewayPeeringRoutesProps = { gateway, attachmentId: "tgw-attach-1", destinations };

  test("defaults", () => {
    const tf = synthInSite((site) => new TransitGatewayPeeringRoutes(site, "Routes", props));

    expect(tf.types()).toEqual([
      "aws_ec2_transit_gateway_route", // osaka
      "aws_ec2_transit_gateway_route", // tokyo
      "aws_ec2_transit_gateway_route_table_association", // what comes in finds what the table has
    ]);
    expect(tf.at("Site/Routes/Resource")).toEqual({
      provider: "aws",
      transit_gateway_attachment_id: "tgw-attach-1",
      transit_gateway_route_table_id: "tgw-rtb-1",
    });
    expect(tf.at("Site/Routes/Route-tokyo")).toEqual({
      provider: "aws",
      transit_gateway_attachment_id: "tgw-attach-1",
      transit_gateway_route_table_id: "tgw-rtb-1",
      destination_cidr_block: "10.41.0.0/16",
    });
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      new TransitGatewayPeeringRoutes(site, "Tokyo", props);
      new TransitGatewayPeeringRoutes(site, "Osaka", { ...props, attachmentId: "tgw-attach-2" });
    });
    expect(tf.all("aws_ec2_transit_gateway_route")).toHaveLength(4);
  });

  test.each<[Partial<TransitGatewayPeeringRoutesProps>, RefusalCode, string]>([
    [{ destinations: {} }, "MissingSetting", "'destinations' is empty"],
    [
      { destinations: { tokyo: "2001:db8::/32" } },
      "InvalidCidr",
      "'destinations.tokyo' must be an IPv4 network, got '2001:db8::/32'",
    ],
    [
      { destinations: { a: "10.41.0.0/16", b: "10.41.0.0/16" } },
      "RepeatedItem",
      "'destinations' names '10.41.0.0/16' twice",
    ],
    [
      { gateway: { ...gateway, ref: { ...gateway.ref, region: "ap-northeast-1" } } },
      "WrongSite",
      "'gateway' 'hub-seoul' is in 'ap-northeast-1' of '111122223333', the site is 'ap-northeast-2' of '111122223333'",
    ],
  ])("fails for %j", (change, code, problem) => {
    const fail = (site: Site) => new TransitGatewayPeeringRoutes(site, "Routes", { ...props, ...change });
    expectRefusalInSite(fail, code, problem, "stack/Site/Routes");
  });
});
