import { Ec2TransitGatewayPeeringAttachment } from "@cdktf/provider-aws/lib/ec2-transit-gateway-peering-attachment";
import { Construct } from "constructs";
import { checkProps } from "./shapes";
import { checkGatewayPeering, gatewayPeeringTags, TransitGatewayPeeringProps } from "./transit-gateway-peering-parts";

/**
 * The requester's side of a peering of transit gateways: it asks the gateway of another region. Once the other side has accepted, lead
 * traffic through it with {@link TransitGatewayPeeringRoutes}.
 *
 * Site: either of the two; the other one accepts.
 * While the other site is dark: plans and applies; it asks its own region alone.
 * On failover: nothing happens.
 * Cost: the attachment by the hour, on each side; transfer between regions by the GB.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/tgw/tgw-peering.html
 */
export class TransitGatewayPeeringRequest extends Construct {
  readonly resource: Ec2TransitGatewayPeeringAttachment;

  constructor(scope: Construct, id: string, props: TransitGatewayPeeringProps) {
    super(scope, id);
    checkProps(this, "TransitGatewayPeeringProps", props);
    checkGatewayPeering(this, props);

    this.resource = new Ec2TransitGatewayPeeringAttachment(this, "Resource", {
      transitGatewayId: props.gateway.transitGatewayId,
      peerTransitGatewayId: props.peerTransitGatewayId,
      peerAccountId: props.peer.account,
      peerRegion: props.peer.region,
      tags: gatewayPeeringTags(props),
    });
  }

  /** Id of the attachment, `tgw-attach-...`. */
  get attachmentId(): string {
    return this.resource.id;
  }
}
