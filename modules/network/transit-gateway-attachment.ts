import { Ec2TransitGatewayRouteTableAssociation } from "@cdktf/provider-aws/lib/ec2-transit-gateway-route-table-association";
import { Ec2TransitGatewayRouteTablePropagation } from "@cdktf/provider-aws/lib/ec2-transit-gateway-route-table-propagation";
import { Ec2TransitGatewayVpcAttachment } from "@cdktf/provider-aws/lib/ec2-transit-gateway-vpc-attachment";
import { Construct } from "constructs";
import { checkNamedCidrs } from "./cidr";
import { claimDestinations, createRoutes, Destinations } from "./connection-routes";
import { KnownNetwork, refuseElsewhere } from "./network-ref";
import { checkProps } from "./shapes";
import { KnownTransitGateway } from "./transit-gateway-ref";

/** A network with a subnet in each zone in which it is attached. */
export interface AttachableNetwork extends KnownNetwork {
  readonly privateSubnetIds: readonly string[];
}

export interface TransitGatewayAttachmentProps {
  /** IPv4 networks reached through the gateway, each under a name that never changes: `{ tokyo: "10.21.0.0/16" }`. */
  readonly destinations: Destinations;
  readonly gateway: KnownTransitGateway;
  /** The network in this site, attached in each of its zones. */
  readonly network: AttachableNetwork;
  /**
   * Keeps both directions of a flow in one zone, for a firewall that keeps state.
   *
   * @default false
   */
  readonly applianceMode?: boolean;
}

/**
 * Attaches a site's network to the site's transit gateway. The gateway learns the network's addresses. The network's route tables send
 * traffic for the destinations to the gateway.
 *
 * Site: that of network and gateway.
 * While the other site is dark: works; what is routed to the other site is lost.
 * On failover: nothing happens; the routes lead to the other site again as soon as it answers.
 * Cost: the attachment by the hour, traffic by the GB.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
 */
export class TransitGatewayAttachment extends Construct {
  readonly resource: Ec2TransitGatewayVpcAttachment;

  constructor(scope: Construct, id: string, props: TransitGatewayAttachmentProps) {
    super(scope, id);
    checkProps(this, "TransitGatewayAttachmentProps", props);
    const { gateway, network, destinations } = props;
    refuseElsewhere(this, "gateway", gateway.ref);
    refuseElsewhere(this, "network", network.ref);
    checkNamedCidrs(this, "destinations", destinations);
    claimDestinations(this, network, destinations);

    this.resource = createAttachment(this, props);
    joinRouteTable(this, gateway);
    createRoutes(
      this,
      { network, destinations },
      { transitGatewayId: gateway.transitGatewayId, dependsOn: [this.resource] },
    );
  }

  /** Id of the attachment, `tgw-attach-...`. */
  get attachmentId(): string {
    return this.resource.id;
  }
}

function createAttachment(
  attachment: TransitGatewayAttachment,
  { gateway, network, applianceMode }: TransitGatewayAttachmentProps,
): Ec2TransitGatewayVpcAttachment {
  return new Ec2TransitGatewayVpcAttachment(attachment, "Resource", {
    transitGatewayId: gateway.transitGatewayId,
    vpcId: network.vpcId,
    subnetIds: [...network.privateSubnetIds],
    applianceModeSupport: applianceMode ? "enable" : "disable",
    dnsSupport: "enable",
    ipv6Support: "disable",
    securityGroupReferencingSupport: "disable",
    transitGatewayDefaultRouteTableAssociation: false,
    transitGatewayDefaultRouteTablePropagation: false,
    tags: { Name: network.ref.name },
  });
}

function joinRouteTable(attachment: TransitGatewayAttachment, gateway: KnownTransitGateway): void {
  const joined = {
    transitGatewayAttachmentId: attachment.attachmentId,
    transitGatewayRouteTableId: gateway.routeTableId,
  };
  new Ec2TransitGatewayRouteTableAssociation(attachment, "Association", joined);
  new Ec2TransitGatewayRouteTablePropagation(attachment, "Propagation", joined);
}
