import { VpcPeeringConnectionOptions } from "@cdktf/provider-aws/lib/vpc-peering-connection-options";
import { Construct } from "constructs";
import { claimDestinations, createRoutes, Destinations } from "./connection-routes";
import { checkJoined, checkVpcId, KnownNetwork, NetworkRef } from "./network-ref";

/** One side of a VPC peering connection. Both sides are described in the same words. */
export interface VpcPeeringProps {
  /** The network in this site. */
  readonly network: KnownNetwork;
  /** The network in the other site; see {@link Network.refOf}. */
  readonly peer: NetworkRef;
  /** Id of the other site's VPC, `vpc-...`: what AWS gave it when it was first applied. It never changes. */
  readonly peerVpcId: string;
  /**
   * Whether this network answers the other's queries for its public DNS names with private addresses. AWS takes either value on an active
   * connection only: on the requester's side, give it after the other side has accepted.
   *
   * @default - not set, which on a new connection is false
   */
  readonly remoteDnsResolution?: boolean;
}

/** Refuses networks that cannot be peered, and a second way to the same addresses. */
export function checkPeering(scope: Construct, props: VpcPeeringProps): void {
  checkJoined(scope, props.network, props.peer);
  checkVpcId(scope, "peerVpcId", props.peerVpcId);
  claimDestinations(scope, props.network, destinationsOf(props));
}

/** Tags of a connection: each side has its own. */
export function peeringTags({ network, peer }: VpcPeeringProps): Record<string, string> {
  return { Name: `${network.ref.name}-to-${peer.region}` };
}

/** One side's routes to the other network, and the connection's options if they are set. */
export function joinNetworks(
  scope: Construct,
  props: VpcPeeringProps,
  {
    side,
    vpcPeeringConnectionId,
  }: { readonly side: "accepter" | "requester"; readonly vpcPeeringConnectionId: string },
): void {
  const { network, remoteDnsResolution } = props;
  createRoutes(scope, { network, destinations: destinationsOf(props) }, { vpcPeeringConnectionId });
  if (remoteDnsResolution !== undefined) {
    new VpcPeeringConnectionOptions(scope, "Options", {
      vpcPeeringConnectionId,
      [side]: { allowRemoteVpcDnsResolution: remoteDnsResolution },
    });
  }
}

function destinationsOf({ peer }: VpcPeeringProps): Destinations {
  return { Peer: peer.cidr };
}
