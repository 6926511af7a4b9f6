import { Ec2TransitGatewayRoute } from "@cdktf/provider-aws/lib/ec2-transit-gateway-route";
import { Ec2TransitGatewayRouteTableAssociation } from "@cdktf/provider-aws/lib/ec2-transit-gateway-route-table-association";
import { Construct } from "constructs";
import { checkNamedCidrs } from "./cidr";
import { Destinations } from "./connection-routes";
import { refuseElsewhere } from "./network-ref";
import { checkProps } from "./shapes";
import { KnownTransitGateway } from "./transit-gateway-ref";

export interface TransitGatewayPeeringRoutesProps {
  /** Id of the attachment: of the request, or of the acceptance. */
  readonly attachmentId: string;
  /** IPv4 networks behind the other gateway, each under a name that never changes: `{ tokyo: "10.21.0.0/16" }`. */
  readonly destinations: Destinations;
  /** The gateway in this site. */
  readonly gateway: KnownTransitGateway;
}

/**
 * Routes traffic through a peering of transit gateways, on one side of it. AWS learns no routes by itself and accepts routes only to an
 * accepted peering. On the requester's side, add this after the other side has accepted.
 *
 * Site: each of the two, for its own side.
 * While the other site is dark: plans and applies; what is routed there is lost.
 * On failover: nothing happens; the routes lead to the other site again as soon as it answers.
 * Cost: none by itself.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/tgw/tgw-peering-add-route.html
 */
export class TransitGatewayPeeringRoutes extends Construct {
  readonly resource: Ec2TransitGatewayRouteTableAssociation;

  constructor(scope: Construct, id: string, props: TransitGatewayPeeringRoutesProps) {
    super(scope, id);
    checkProps(this, "TransitGatewayPeeringRoutesProps", props);
    const { gateway, attachmentId, destinations } = props;
    refuseElsewhere(this, "gateway", gateway.ref);
    checkNamedCidrs(this, "destinations", destinations);

    const place = { transitGatewayAttachmentId: attachmentId, transitGatewayRouteTableId: gateway.routeTableId };
    this.resource = new Ec2TransitGatewayRouteTableAssociation(this, "Resource", place);
    for (const [name, destinationCidrBlock] of Object.entries(destinations)) {
      new Ec2TransitGatewayRoute(this, `Route-${name}`, { ...place, destinationCidrBlock });
    }
  }
}
