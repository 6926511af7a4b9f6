import { Route, RouteConfig } from "@cdktf/provider-aws/lib/route";
import { Construct } from "constructs";
import { claimName, NameRule, refuse } from "../core";
import { Site } from "../site";
import { cidrContains } from "./cidr";
import { KnownNetwork } from "./network-ref";

/** Not a name of AWS's: what is unique is a destination in a route table. */
const DESTINATION: NameRule = {
  what: "destination of a network's routes",
  min: 1,
  max: 255,
  pattern: /.*/,
  allowed: "anything",
  unique: "region",
  source: "https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html",
};

/** IPv4 networks that are reached, each under a name that never changes. */
export type Destinations = Readonly<Record<string, string>>;

/** Target of routes: a connection of the network. */
export type RouteTarget = Pick<RouteConfig, "dependsOn" | "transitGatewayId" | "vpcPeeringConnectionId">;

/**
 * Claims destinations in the route tables of a network, which may not lie in the network itself. A larger range around it may be one:
 * the network's own addresses are nearer.
 */
export function claimDestinations(scope: Construct, { ref }: KnownNetwork, destinations: Destinations): void {
  for (const [name, cidr] of Object.entries(destinations)) {
    if (cidrContains(ref.cidr, cidr)) {
      refuse(
        scope,
        "OverlappingCidrs",
        `destination '${name}' has ${cidr}, which lies in the network's own ${ref.cidr}`,
      );
    }
    claimName(scope, DESTINATION, `${cidr} from ${ref.name}`, Site.of(scope));
  }
}

/** A route to each destination in each route table of a network. */
export function createRoutes(
  scope: Construct,
  { network, destinations }: { readonly network: KnownNetwork; readonly destinations: Destinations },
  target: RouteTarget,
): void {
  for (const [destination, destinationCidrBlock] of Object.entries(destinations)) {
    for (const [table, routeTableId] of Object.entries(network.routeTableIds)) {
      new Route(scope, `Route-${destination}-${table}`, { routeTableId, destinationCidrBlock, ...target });
    }
  }
}
