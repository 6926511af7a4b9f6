/**
 * Proves what is synthesised for the two sides of a VPC peering connection, and what is refused. Does not prove that AWS lets the two
 * find each other: the emulator's tests apply both.
 */
import { VpcPeeringConnection } from "@cdktf/provider-aws/lib/vpc-peering-connection";
import { TerraformStack, Testing } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import { RefusalCode } from "../../modules/core";
import {
  KnownNetwork,
  Network,
  NetworkRefProps,
  VpcPeeringAcceptance,
  VpcPeeringProps,
  VpcPeeringRequest,
} from "../../modules/network";
import { Site } from "../../modules/site";
import { expectRefusal, expectRefusalInSite, SEOUL, synth, synthInSite, TOKYO, TOKYO_ABROAD } from "../support/synth";

const CIDRS = { seoul: "10.40.0.0/16", tokyo: "10.41.0.0/16" };
const VPC_IDS = { seoul: "vpc-0a1b2c3d4e5f60718", tokyo: "vpc-00112233445566778" };
const tokyo = Network.refOf({ ...TOKYO, name: "media-tokyo", cidr: CIDRS.tokyo });

/** A VPC of one's own, which is known by its ids. */
const network: KnownNetwork = {
  ref: Network.refOf({ ...SEOUL, name: "media-seoul", cidr: CIDRS.seoul }),
  vpcId: VPC_IDS.seoul,
  routeTableIds: { main: "rtb-1", spare: "rtb-2" },
};
const props: VpcPeeringProps = { network, peer: tokyo, peerVpcId: VPC_IDS.tokyo };

const reference = (type: string, name: string) =>
  expect.stringMatching(new RegExp(`^\\$\\{${type}\\.[\\w-]+\\.${name}\\}$`)) as string;

describe("VpcPeeringRequest", () => {
  const make = (change: Partial<VpcPeeringProps> = {}) =>
    synthInSite((site) => new VpcPeeringRequest(site, "Peering", { ...props, ...change }));

  test("defaults", () => {
    const tf = make();

    expect(tf.types()).toEqual([
      "aws_route", // to the other network, in the first route table
      "aws_route", // and in the second
      "aws_vpc_peering_connection", // what is asked for
    ]);
    expect(tf.only("aws_vpc_peering_connection")).toEqual({
      provider: "aws",
      vpc_id: VPC_IDS.seoul,
      peer_vpc_id: VPC_IDS.tokyo,
      peer_owner_id: "111122223333",
      peer_region: "ap-northeast-1",
      auto_accept: false,
      tags: { Name: "media-seoul-to-ap-northeast-1" },
    });
    expect(tf.at("Site/Peering/Route-Peer-main")).toEqual({
      provider: "aws",
      route_table_id: "rtb-1",
      destination_cidr_block: CIDRS.tokyo,
      vpc_peering_connection_id: reference("aws_vpc_peering_connection", "id"),
    });
    expect(tf.at("Site/Peering/Route-Peer-spare").route_table_id).toBe("rtb-2");
    expect(tf.text).toHaveResourceWithProperties(VpcPeeringConnection, { peer_region: "ap-northeast-1" });
  });

  test("asks another account", () => {
    const peer = Network.refOf({ ...TOKYO_ABROAD, name: "media-tokyo", cidr: CIDRS.tokyo });
    expect(make({ peer }).only("aws_vpc_peering_connection").peer_owner_id).toBe("444455556666");
  });

  test.each([true, false])("remoteDnsResolution %s is its own side's", (remoteDnsResolution) => {
    expect(make({ remoteDnsResolution }).only("aws_vpc_peering_connection_options")).toEqual({
      provider: "aws",
      vpc_peering_connection_id: reference("aws_vpc_peering_connection", "id"),
      requester: { allow_remote_vpc_dns_resolution: remoteDnsResolution },
    });
  });

  test("leads there from every route table of a network", () => {
    const tf = synthInSite((site) => {
      const own = new Network(site, "Network", { cidr: CIDRS.seoul, zones: 3, publicSubnets: true });
      const { peeringConnectionId } = new VpcPeeringRequest(site, "Peering", { ...props, network: own });
      expect(peeringConnectionId).toMatch(/TOKEN/);
    });
    for (const table of ["private-1", "private-2", "private-3", "public"]) {
      expect(tf.at(`Site/Peering/Route-Peer-${table}`)).toMatchObject({
        destination_cidr_block: CIDRS.tokyo,
        route_table_id: reference("aws_route_table", "id"),
      });
    }
    expect(tf.only("aws_vpc_peering_connection").vpc_id).toEqual(reference("aws_vpc", "id"));
  });
});

describe("VpcPeeringAcceptance", () => {
  const make = (change: Partial<VpcPeeringProps> = {}) =>
    synthInSite((site) => new VpcPeeringAcceptance(site, "Peering", { ...props, ...change }));

  test("defaults", () => {
    const tf = make();

    expect(tf.types()).toEqual([
      "aws_route", // to the other network, in the first route table
      "aws_route", // and in the second
      "aws_vpc_peering_connection_accepter", // accepts
      "data.aws_vpc_peering_connection", // what that VPC asked for, and no other
    ]);
    expect(tf.only("data.aws_vpc_peering_connection")).toEqual({
      provider: "aws",
      vpc_id: VPC_IDS.tokyo,
      owner_id: "111122223333",
      peer_vpc_id: VPC_IDS.seoul,
      filter: [{ name: "status-code", values: ["pending-acceptance", "provisioning", "active"] }],
    });
    expect(tf.only("aws_vpc_peering_connection_accepter")).toEqual({
      provider: "aws",
      vpc_peering_connection_id: reference("data\\.aws_vpc_peering_connection", "id"),
      auto_accept: true,
      tags: { Name: "media-seoul-to-ap-northeast-1" },
    });
    expect(tf.at("Site/Peering/Route-Peer-main")).toEqual({
      provider: "aws",
      route_table_id: "rtb-1",
      destination_cidr_block: CIDRS.tokyo,
      vpc_peering_connection_id: reference("aws_vpc_peering_connection_accepter", "id"),
    });
  });

  test("finds what another account asked for", () => {
    const peer = Network.refOf({ ...TOKYO_ABROAD, name: "media-tokyo", cidr: CIDRS.tokyo });
    expect(make({ peer }).only("data.aws_vpc_peering_connection").owner_id).toBe("444455556666");
  });

  test("remoteDnsResolution is its own side's", () => {
    expect(make({ remoteDnsResolution: true }).only("aws_vpc_peering_connection_options")).toEqual({
      provider: "aws",
      vpc_peering_connection_id: reference("aws_vpc_peering_connection_accepter", "id"),
      accepter: { allow_remote_vpc_dns_resolution: true },
    });
  });
});

describe("both sides", () => {
  test("two of them live in one stack", () => {
    const osaka = Network.refOf({ ...TOKYO, region: "ap-northeast-3", name: "media-osaka", cidr: "10.42.0.0/16" });
    const tf = synthInSite((site) => {
      new VpcPeeringRequest(site, "Tokyo", props);
      new VpcPeeringAcceptance(site, "Osaka", { network, peer: osaka, peerVpcId: "vpc-0123456789abcdef0" });
    });
    expect(tf.all("aws_route").map(({ destination_cidr_block }) => destination_cidr_block)).toEqual([
      "10.42.0.0/16",
      "10.42.0.0/16",
      CIDRS.tokyo,
      CIDRS.tokyo,
    ]);
  });

  test("can be in one stack, each in its own site, with ids of that stack", () => {
    const tf = synth((scope) => {
      const [here, there] = [new Site(scope, "Seoul", SEOUL), new Site(scope, "Tokyo", TOKYO)];
      const [one, other] = [
        new Network(here, "Network", { cidr: CIDRS.seoul }),
        new Network(there, "Network", { cidr: CIDRS.tokyo }),
      ];
      const request = new VpcPeeringRequest(here, "Peering", {
        network: one,
        peer: other.ref,
        peerVpcId: other.vpcId,
      });
      new VpcPeeringAcceptance(there, "Peering", {
        network: other,
        peer: one.ref,
        peerVpcId: one.vpcId,
        peeringConnectionId: request.peeringConnectionId,
      });
    });
    expect(tf.only("aws_vpc_peering_connection")).toMatchObject({
      provider: "aws.seoul",
      peer_vpc_id: reference("aws_vpc", "id"),
    });
    expect(tf.only("aws_vpc_peering_connection_accepter")).toMatchObject({
      provider: "aws.tokyo",
      vpc_peering_connection_id: reference("aws_vpc_peering_connection", "id"),
    });
    expect(tf.types()).not.toContain("data.aws_vpc_peering_connection"); // it would be read before anything is asked for
  });

  test("refOf names what is created", () => {
    synthInSite((site) => {
      const { ref } = new Network(site, "Network", { cidr: CIDRS.seoul, name: "media-seoul" });
      expect(ref).toEqual(Network.refOf({ ...SEOUL, name: "media-seoul", cidr: CIDRS.seoul }));
      expect(ref).toEqual({
        name: "media-seoul",
        cidr: CIDRS.seoul,
        region: "ap-northeast-2",
        account: "111122223333",
      });
    });
  });

  test.each<[Partial<NetworkRefProps>, RefusalCode, string | RegExp]>([
    [{ region: "ap-north-1" }, "UnknownRegion", /^this library does not know the region 'ap-north-1'/],
    [{ account: "1" }, "InvalidAccount", "an AWS account id has 12 digits, got '1'"],
    [{ cidr: "10.41.0.0" }, "InvalidCidr", "'cidr' must be an IPv4 network, got '10.41.0.0'"],
    [
      { name: "" },
      "InvalidName",
      "'name' is not a valid network name, got '', allowed: 1 to 128 characters (it has 0); letters, digits and any of ._-, beginning with a letter or digit, not with 'sg-'",
    ],
  ])("refOf fails for %j", (change, code, problem) => {
    expectRefusal(() => Network.refOf({ ...tokyo, ...change }), code, problem, "Network.refOf");
  });

  describe.each([
    ["VpcPeeringRequest", VpcPeeringRequest],
    ["VpcPeeringAcceptance", VpcPeeringAcceptance],
  ])("%s", (_, Side) => {
    test.each<[string, Partial<VpcPeeringProps>, RefusalCode, string]>([
      [
        "of networks that overlap",
        { peer: { ...tokyo, cidr: "10.40.128.0/17" } },
        "OverlappingCidrs",
        "the network has 10.40.0.0/16 and its peer has 10.40.128.0/17, which overlap",
      ],
      [
        "with another partition",
        { peer: { ...tokyo, region: "cn-north-1" } },
        "ForeignPartition",
        "'ap-northeast-2' lies in partition aws, 'cn-north-1' in aws-cn",
      ],
      [
        "of a network in another site",
        { network: { ...network, ref: tokyo } },
        "WrongSite",
        "'network' 'media-tokyo' is in 'ap-northeast-1' of '111122223333', the site is 'ap-northeast-2' of '111122223333'",
      ],
      [
        "with an invalid id",
        { peerVpcId: "media-tokyo" },
        "InvalidName",
        "'peerVpcId' is not a valid VPC id, got 'media-tokyo', allowed: 12 to 21 characters (it has 11); 'vpc-' and 8 or 17 hexadecimal digits",
      ],
    ])("fails %s", (_, change, code, problem) => {
      const make = (site: Site) => new Side(site, "Peering", { ...props, ...change });
      expectRefusalInSite(make, code, problem, "stack/Site/Peering");
    });

    test("fails as a second way to the same addresses", () => {
      const make = (site: Site) => {
        new VpcPeeringRequest(site, "First", props);
        new Side(site, "Second", { ...props, peerVpcId: "vpc-0123456789abcdef0" });
      };
      const problem =
        "the destination of a network's routes '10.41.0.0/16 from media-seoul' is already taken by stack/Site/First";
      expectRefusalInSite(make, "NameTaken", problem, "stack/Site/Second");
    });
  });

  test("fails outside of a site", () => {
    const make = () => new VpcPeeringRequest(new TerraformStack(Testing.app(), "stack"), "Peering", props);
    expectRefusal(make, "OutsideSite", "VpcPeeringRequest is in no Site", "stack/Peering");
  });
});
