/**
 * Proves that the embedded AWS shows each side of a peering as its own region would, and knows and changes prefix lists. It keeps transit
 * gateways without default route tables, and returns the targets of their routes. Does not prove that a packet arrives.
 */
import {
  AcceptTransitGatewayPeeringAttachmentCommand,
  AssociateTransitGatewayRouteTableCommand,
  CreateManagedPrefixListCommand,
  CreateTagsCommand,
  CreateTransitGatewayCommand,
  CreateTransitGatewayPeeringAttachmentCommand,
  CreateTransitGatewayRouteCommand,
  CreateTransitGatewayRouteTableCommand,
  CreateTransitGatewayVpcAttachmentCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  CreateVpcPeeringConnectionCommand,
  DescribeManagedPrefixListsCommand,
  DescribeTransitGatewayAttachmentsCommand,
  DescribeTransitGatewayPeeringAttachmentsCommand,
  DescribeTransitGatewayRouteTablesCommand,
  DescribeVpcPeeringConnectionsCommand,
  EC2Client,
  GetTransitGatewayRouteTableAssociationsCommand,
  ModifyManagedPrefixListCommand,
  SearchTransitGatewayRoutesCommand,
} from "@aws-sdk/client-ec2";
import { ACCOUNT, PATIENCE_MS, SEOUL, startedEmulator, TOKYO } from "./support";

jest.setTimeout(PATIENCE_MS);

const emulator = startedEmulator();
let seoul: EC2Client;
let tokyo: EC2Client;
beforeEach(() => {
  seoul = new EC2Client(emulator.current.sdkConfig(SEOUL));
  tokyo = new EC2Client(emulator.current.sdkConfig(TOKYO));
});
afterEach(() => [seoul, tokyo].forEach((client) => client.destroy()));

const only = <T>(found: readonly T[] | undefined): T => {
  expect(found).toHaveLength(1);
  return found![0]!;
};

test("a VPC peering connection is found by its ends, and each side tags it for itself", async () => {
  const [asking, asked] = [await createVpc(seoul, "10.40.0.0/16"), await createVpc(tokyo, "10.41.0.0/16")];
  const other = await createVpc(seoul, "10.42.0.0/16");
  const between = async (VpcId: string) => {
    const ends = { VpcId, PeerVpcId: asked, PeerRegion: TOKYO };
    const tags = [{ ResourceType: "vpc-peering-connection" as const, Tags: [{ Key: "Name", Value: "asked" }] }];
    const made = await seoul.send(new CreateVpcPeeringConnectionCommand({ ...ends, TagSpecifications: tags }));
    return made.VpcPeeringConnection!.VpcPeeringConnectionId!;
  };
  const wanted = await between(asking);
  await between(other);
  await tokyo.send(new CreateTagsCommand({ Resources: [wanted], Tags: [{ Key: "Name", Value: "accepted" }] }));

  const found = async (client: EC2Client, status: string) => {
    const Filters = [
      { Name: "requester-vpc-info.vpc-id", Values: [asking] },
      { Name: "requester-vpc-info.owner-id", Values: [ACCOUNT] },
      { Name: "accepter-vpc-info.vpc-id", Values: [asked] },
      { Name: "status-code", Values: [status] },
    ];
    return (await client.send(new DescribeVpcPeeringConnectionsCommand({ Filters }))).VpcPeeringConnections;
  };
  const [here, there] = [
    only(await found(seoul, "pending-acceptance")),
    only(await found(tokyo, "pending-acceptance")),
  ];
  expect([here, there].map(({ VpcPeeringConnectionId }) => VpcPeeringConnectionId)).toEqual([wanted, wanted]);
  expect([here, there].map(({ Tags }) => Tags)).toEqual([
    [{ Key: "Name", Value: "asked" }],
    [{ Key: "Name", Value: "accepted" }],
  ]);
  expect(await found(tokyo, "active")).toEqual([]);
});

test("a peering of transit gateways is attached, on each side, to the other side's gateway", async () => {
  const [asking, other, asked] = [await createGateway(seoul), await createGateway(seoul), await createGateway(tokyo)];
  const between = async (TransitGatewayId: string) => {
    const peer = { PeerTransitGatewayId: asked, PeerRegion: TOKYO, PeerAccountId: ACCOUNT };
    const made = await seoul.send(new CreateTransitGatewayPeeringAttachmentCommand({ TransitGatewayId, ...peer }));
    return made.TransitGatewayPeeringAttachment!.TransitGatewayAttachmentId!;
  };
  const wanted = await between(asking);
  await between(other);
  const found = async (client: EC2Client, own: string, peer: string, state: string) => {
    const Filters = [
      { Name: "transit-gateway-id", Values: [own] },
      { Name: "resource-type", Values: ["peering"] },
      { Name: "resource-id", Values: [peer] },
      { Name: "resource-owner-id", Values: [ACCOUNT] },
      { Name: "state", Values: [state] },
    ];
    const { TransitGatewayAttachments = [] } = await client.send(
      new DescribeTransitGatewayAttachmentsCommand({ Filters }),
    );
    return TransitGatewayAttachments.map(({ TransitGatewayAttachmentId }) => TransitGatewayAttachmentId);
  };
  expect(await found(seoul, asking, asked, "pendingAcceptance")).toEqual([wanted]);
  expect(await found(tokyo, asked, asking, "pendingAcceptance")).toEqual([wanted]);
  expect(await found(tokyo, asking, asked, "pendingAcceptance")).toEqual([]);

  const TransitGatewayAttachmentId = wanted;
  await tokyo.send(new AcceptTransitGatewayPeeringAttachmentCommand({ TransitGatewayAttachmentId }));
  await tokyo.send(new CreateTagsCommand({ Resources: [wanted], Tags: [{ Key: "Name", Value: "accepted" }] }));
  expect(await found(tokyo, asked, asking, "available")).toEqual([wanted]);
  const tagsOf = async (client: EC2Client) => {
    const command = new DescribeTransitGatewayPeeringAttachmentsCommand({ TransitGatewayAttachmentIds: [wanted] });
    return only((await client.send(command)).TransitGatewayPeeringAttachments).Tags ?? [];
  };
  expect(await tagsOf(tokyo)).toEqual([{ Key: "Name", Value: "accepted" }]);
  expect(await tagsOf(seoul)).toEqual([]);
});

test("a transit gateway without defaults has no route table; one that is made says who is associated and where its routes lead", async () => {
  const gateway = await createGateway(seoul);
  const tables = async () => {
    const Filters = [{ Name: "transit-gateway-id", Values: [gateway] }];
    return (await seoul.send(new DescribeTransitGatewayRouteTablesCommand({ Filters }))).TransitGatewayRouteTables;
  };
  expect(await tables()).toEqual([]);

  const vpc = await createVpc(seoul, "10.40.0.0/16");
  const Tags = [{ Key: "Name", Value: "orders" }];
  const attached = await seoul.send(
    new CreateTransitGatewayVpcAttachmentCommand({
      TransitGatewayId: gateway,
      VpcId: vpc,
      SubnetIds: ["subnet-1"],
      TagSpecifications: [{ ResourceType: "transit-gateway-attachment", Tags }],
    }),
  );
  const { TransitGatewayAttachmentId } = attached.TransitGatewayVpcAttachment!;
  expect(attached.TransitGatewayVpcAttachment!.Tags).toEqual(Tags);
  await seoul.send(new CreateTransitGatewayRouteTableCommand({ TransitGatewayId: gateway }));
  const { TransitGatewayRouteTableId } = only(await tables());
  const associations = async () => {
    const command = new GetTransitGatewayRouteTableAssociationsCommand({ TransitGatewayRouteTableId });
    return (await seoul.send(command)).Associations;
  };
  expect(await associations()).toEqual([]);

  const place = { TransitGatewayRouteTableId, TransitGatewayAttachmentId };
  await seoul.send(new AssociateTransitGatewayRouteTableCommand(place));
  expect(only(await associations())).toMatchObject({ TransitGatewayAttachmentId, State: "associated" });
  const DestinationCidrBlock = "10.41.0.0/16";
  await seoul.send(new CreateTransitGatewayRouteCommand({ ...place, DestinationCidrBlock }));
  const Filters = [{ Name: "route-search.exact-match", Values: [DestinationCidrBlock] }];
  const { Routes } = await seoul.send(new SearchTransitGatewayRoutesCommand({ TransitGatewayRouteTableId, Filters }));
  const { TransitGatewayAttachments, State } = only(Routes);
  expect(State).toBe("active");
  expect(only(TransitGatewayAttachments)).toMatchObject({ TransitGatewayAttachmentId });
});

test("a gateway with AWS's defaults keeps its default route table", async () => {
  const { TransitGateway } = await seoul.send(new CreateTransitGatewayCommand({}));
  const { TransitGatewayRouteTables } = await seoul.send(new DescribeTransitGatewayRouteTablesCommand({}));
  expect(only(TransitGatewayRouteTables)).toMatchObject({
    TransitGatewayRouteTableId: TransitGateway!.Options!.AssociationDefaultRouteTableId,
    DefaultAssociationRouteTable: true,
  });
});

test.each([
  ["route53-healthchecks", "IPv4"],
  ["ipv6.route53-healthchecks", "IPv6"],
])("AWS's list %s is there", async (name, AddressFamily) => {
  const Filters = [{ Name: "prefix-list-name", Values: [`com.amazonaws.${TOKYO}.${name}`] }];
  const { PrefixLists } = await tokyo.send(new DescribeManagedPrefixListsCommand({ Filters }));
  expect(only(PrefixLists)).toMatchObject({ AddressFamily, OwnerId: "AWS" });
});

test("a prefix list is resized, and keeps its name", async () => {
  const { PrefixList } = await seoul.send(
    new CreateManagedPrefixListCommand({ PrefixListName: "sites", AddressFamily: "IPv4", MaxEntries: 1 }),
  );
  const PrefixListId = PrefixList!.PrefixListId;
  await seoul.send(new ModifyManagedPrefixListCommand({ PrefixListId, MaxEntries: 2 }));
  const { PrefixLists } = await seoul.send(new DescribeManagedPrefixListsCommand({ PrefixListIds: [PrefixListId!] }));
  expect(only(PrefixLists)).toMatchObject({ PrefixListName: "sites", MaxEntries: 2 });
});

async function createVpc(client: EC2Client, CidrBlock: string): Promise<string> {
  return (await client.send(new CreateVpcCommand({ CidrBlock }))).Vpc!.VpcId!;
}

async function createGateway(client: EC2Client): Promise<string> {
  const Options = { DefaultRouteTableAssociation: "disable", DefaultRouteTablePropagation: "disable" } as const;
  return (await client.send(new CreateTransitGatewayCommand({ Options }))).TransitGateway!.TransitGatewayId!;
}

test("an interface endpoint is of a service that the region lists under this name", async () => {
  const china = new EC2Client(emulator.current.sdkConfig("cn-north-1"));
  const endpoint = async (client: EC2Client, ServiceName: string) => {
    const VpcId = await createVpc(client, "10.43.0.0/16");
    const made = await client.send(new CreateVpcEndpointCommand({ VpcId, ServiceName, VpcEndpointType: "Interface" }));
    return made.VpcEndpoint?.ServiceName;
  };
  for (const service of ["ecr.api", "ecr.dkr"]) {
    const named = `cn.com.amazonaws.cn-north-1.${service}`;
    await expect(endpoint(china, `com.amazonaws.cn-north-1.${service}`)).rejects.toMatchObject({
      name: "InvalidServiceName",
    });
    expect(await endpoint(china, named)).toBe(named);
  }
  expect(await endpoint(china, "com.amazonaws.cn-north-1.logs")).toBe("com.amazonaws.cn-north-1.logs");
  await expect(endpoint(seoul, `cn.com.amazonaws.${SEOUL}.ecr.api`)).rejects.toMatchObject({
    name: "InvalidServiceName",
  });
  china.destroy();
});
