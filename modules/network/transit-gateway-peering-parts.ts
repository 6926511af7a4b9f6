import { Construct } from "constructs";
import { refuseForeignPartition } from "../core";
import { refuseElsewhere } from "./network-ref";
import { checkGatewayId, KnownTransitGateway, TransitGatewayRef } from "./transit-gateway-ref";

/** One side of a peering of transit gateways. Both sides are described in the same words. */
export interface TransitGatewayPeeringProps {
  /** The gateway in this site. */
  readonly gateway: KnownTransitGateway;
  /** The gateway in the other site; see {@link TransitGateway.refOf}. */
  readonly peer: TransitGatewayRef;
  /** Id of the other site's gateway, `tgw-...`: what AWS gave it when it was first applied. It never changes. */
  readonly peerTransitGatewayId: string;
}

/** Refuses gateways that cannot be peered. */
export function checkGatewayPeering(scope: Construct, props: TransitGatewayPeeringProps): void {
  const { gateway, peer, peerTransitGatewayId } = props;
  refuseElsewhere(scope, "gateway", gateway.ref);
  refuseForeignPartition(scope, gateway.ref.region, peer.region);
  checkGatewayId(scope, "peerTransitGatewayId", peerTransitGatewayId);
}

/** Tags of an attachment: each side has its own. */
export function gatewayPeeringTags({ gateway, peer }: TransitGatewayPeeringProps): Record<string, string> {
  return { Name: `${gateway.ref.name}-to-${peer.region}` };
}
