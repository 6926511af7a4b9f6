import { DataAwsAvailabilityZones } from "@cdktf/provider-aws/lib/data-aws-availability-zones";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { ITerraformDependable, propertyAccess, Token } from "cdktf";
import { Construct } from "constructs";
import { ZoneSlot } from "./subnet-plan";

const EVERYWHERE = "0.0.0.0/0";

/** Network in which subnets are created. */
export interface SubnetScope {
  readonly scope: Construct;
  readonly name: string;
  readonly vpcId: string;
  readonly slots: readonly ZoneSlot[];
  readonly zoneNames: readonly string[];
}

/** Subnets of one kind, in the order of their slots. */
export interface Subnets {
  /** Known once the routes are: what is placed in a subnet waits for its way out. */
  readonly subnetIds: string[];
  /** Each under a name that never changes. */
  readonly routeTableIds: Readonly<Record<string, string>>;
}

/**
 * The region's own Availability Zones, read in the region itself. The list excludes Local Zones and Wavelength Zones, because they are
 * opt-in. An impaired zone stays in the list, so that a plan during an event shows no change.
 */
export function readZoneNames(scope: Construct, count: number): string[] {
  const zones = new DataAwsAvailabilityZones(scope, "Zones", {
    filter: [{ name: "opt-in-status", values: ["opt-in-not-required"] }],
  });
  return Array.from({ length: count }, (_, index) => Token.asString(propertyAccess(zones.names, [index])));
}

/** Subnets for what must be reachable from the internet: one route table, through an internet gateway. */
export function createPublicSubnets(network: SubnetScope): Subnets {
  const { scope, name, vpcId, slots } = network;
  const gateway = new InternetGateway(scope, "InternetGateway", { vpcId, tags: { Name: name } });
  const { id: routeTableId } = new RouteTable(scope, "PublicRoutes", { vpcId, tags: { Name: `${name}-public` } });
  const route = new Route(scope, "PublicRoute", {
    routeTableId,
    destinationCidrBlock: EVERYWHERE,
    gatewayId: gateway.id,
  });
  const subnetIds = slots.map((slot) => {
    const subnet = createSubnet(network, slot, "Public");
    return associate(scope, `PublicAssociation-${slot.key}`, subnet, routeTableId, [route]);
  });
  return { subnetIds, routeTableIds: { public: routeTableId } };
}

/** Subnets for everything else: a route table for each zone, with a way out only where a NAT gateway is given. */
export function createPrivateSubnets(network: SubnetScope, natGateways: ReadonlyMap<string, NatGateway>): Subnets {
  const { scope, name, vpcId, slots } = network;
  const made = slots.map((slot) => {
    const { id: routeTableId } = new RouteTable(scope, `PrivateRoutes-${slot.key}`, {
      vpcId,
      tags: { Name: `${name}-private-${slot.key}` },
    });
    const nat = natGateways.get(slot.key);
    const routes = nat === undefined ? [] : [routeThrough(scope, slot, routeTableId, nat)];
    const subnet = createSubnet(network, slot, "Private");
    const id = associate(scope, `PrivateAssociation-${slot.key}`, subnet, routeTableId, routes);
    return { id, table: [`private-${slot.key}`, routeTableId] as const };
  });
  return { subnetIds: made.map(({ id }) => id), routeTableIds: Object.fromEntries(made.map(({ table }) => table)) };
}

/** NAT gateways by the slot that goes out through them. */
export function createNatGateways(
  { scope, name, slots }: SubnetScope,
  publicSubnetIds: readonly string[],
  perZone: boolean,
): ReadonlyMap<string, NatGateway> {
  const made = slots.slice(0, perZone ? slots.length : 1).map((slot) => {
    const tags = { Name: `${name}-${slot.key}` };
    const address = new Eip(scope, `NatAddress-${slot.key}`, { domain: "vpc", tags });
    return new NatGateway(scope, `NatGateway-${slot.key}`, {
      allocationId: address.allocationId,
      connectivityType: "public",
      subnetId: publicSubnetIds[slot.index]!,
      tags,
    });
  });
  return new Map(slots.map((slot) => [slot.key, made[slot.index] ?? made[0]!]));
}

/** A subnet stays in the zone it was created in, whatever the list of zones says later. */
function createSubnet(network: SubnetScope, slot: ZoneSlot, kind: "Private" | "Public"): Subnet {
  return new Subnet(network.scope, `${kind}Subnet-${slot.key}`, {
    vpcId: network.vpcId,
    cidrBlock: kind === "Private" ? slot.privateCidr : slot.publicCidr,
    availabilityZone: network.zoneNames[slot.index],
    mapPublicIpOnLaunch: false,
    tags: { Name: `${network.name}-${kind.toLowerCase()}-${slot.key}` },
    lifecycle: { ignoreChanges: ["availability_zone"] },
  });
}

function routeThrough(scope: Construct, slot: ZoneSlot, routeTableId: string, nat: NatGateway): Route {
  return new Route(scope, `PrivateRoute-${slot.key}`, {
    routeTableId,
    destinationCidrBlock: EVERYWHERE,
    natGatewayId: nat.id,
  });
}

/** @returns the subnet's id, as known to its association with a route table that has its routes */
function associate(
  scope: Construct,
  id: string,
  subnet: Subnet,
  routeTableId: string,
  routes: ITerraformDependable[],
): string {
  const association = new RouteTableAssociation(scope, id, {
    subnetId: subnet.id,
    routeTableId,
    dependsOn: routes.length > 0 ? routes : undefined,
  });
  return association.subnetId;
}
