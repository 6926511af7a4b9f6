import { DataAwsEc2TransitGatewayAttachment } from "@cdktf/provider-aws/lib/data-aws-ec2-transit-gateway-attachment";
import { Ec2TransitGatewayPeeringAttachmentAccepter } from "@cdktf/provider-aws/lib/ec2-transit-gateway-peering-attachment-accepter";
import { Construct } from "constructs";
import { checkProps } from "./shapes";
import { checkGatewayPeering, gatewayPeeringTags, TransitGatewayPeeringProps } from "./transit-gateway-peering-parts";

/** An attachment that was rejected or deleted stays visible for a while. */
const LIVING = ["pendingAcceptance", "pending", "available", "modifying"];

export interface TransitGatewayPeeringAcceptanceProps extends TransitGatewayPeeringProps {
  /**
   * Id of the attachment, `tgw-attach-...`: of the request, if it is in the same stack. Between regions both sides have one.
   *
   * @default - found in this region by both gateways
   */
  readonly attachmentId?: string;
}

/**
 * The accepter's side of a peering of transit gateways. In its own region it finds the request of exactly that gateway and account, and
 * accepts it. Apply it after the other side's {@link TransitGatewayPeeringRequest}. Then route traffic through it with
 * {@link TransitGatewayPeeringRoutes}.
 *
 * Site: the one that accepts the peering.
 * While the other site is dark: plans and applies; it reads only its own region.
 * On failover: nothing happens.
 * Cost: the attachment by the hour, on each side; transfer between regions by the GB.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/tgw/tgw-peering-accept-reject.html
 */
export class TransitGatewayPeeringAcceptance extends Construct {
  readonly resource: Ec2TransitGatewayPeeringAttachmentAccepter;

  constructor(scope: Construct, id: string, props: TransitGatewayPeeringAcceptanceProps) {
    super(scope, id);
    checkProps(this, "TransitGatewayPeeringAcceptanceProps", props);
    checkGatewayPeering(this, props);

    this.resource = new Ec2TransitGatewayPeeringAttachmentAccepter(this, "Resource", {
      transitGatewayAttachmentId: props.attachmentId ?? findRequest(this, props),
      tags: gatewayPeeringTags(props),
    });
  }

  /** Id of the attachment, `tgw-attach-...`, known once it can be used. */
  get attachmentId(): string {
    return this.resource.id;
  }
}

/** Of a peering, the resource that is attached is the other gateway. */
function findRequest(
  acceptance: TransitGatewayPeeringAcceptance,
  { gateway, peer, peerTransitGatewayId }: TransitGatewayPeeringProps,
): string {
  const { id } = new DataAwsEc2TransitGatewayAttachment(acceptance, "Request", {
    filter: [
      { name: "transit-gateway-id", values: [gateway.transitGatewayId] },
      { name: "resource-type", values: ["peering"] },
      { name: "resource-id", values: [peerTransitGatewayId] },
      { name: "resource-owner-id", values: [peer.account] },
      { name: "state", values: LIVING },
    ],
  });
  return id;
}
