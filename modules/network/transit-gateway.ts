import { Ec2TransitGateway } from "@cdktf/provider-aws/lib/ec2-transit-gateway";
import { Ec2TransitGatewayRouteTable } from "@cdktf/provider-aws/lib/ec2-transit-gateway-route-table";
import { Construct } from "constructs";
import { claimName, inRange, regionNumber } from "../core";
import { Site } from "../site";
import { checkProps } from "./shapes";
import { GATEWAY, TransitGatewayRef, transitGatewayRef } from "./transit-gateway-ref";

/**
 * The private 16-bit ASNs, which AWS takes. Peered gateways should have one each.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/tgw/tgw-best-design-practices.html
 */
const ASN = { min: 64_512, max: 65_534 };

export interface TransitGatewayProps {
  /** Name in tags. */
  readonly name: string;
  /**
   * Autonomous System Number of its side of BGP sessions, 64512 to 65534. Cannot be changed while it has BGP sessions.
   *
   * @default - 64512 and the number of the region, so that each region's differs
   */
  readonly asn?: number;
  /**
   * Lets Terraform destroy the gateway, whose id the other sites have written down.
   *
   * @default false
   */
  readonly destroyable?: boolean;
}

/**
 * A transit gateway of one site, with one route table. No attachment joins automatically. Attachments from other accounts wait for
 * acceptance. The gateway does not use AWS's default route tables, because they connect all attachments with each other.
 *
 * Site: each has its own, peered with the others'.
 * While the other site is dark: works, between the networks of its own region.
 * On failover: nothing happens.
 * Cost: none by itself; each attachment by the hour, traffic by the GB.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
 */
export class TransitGateway extends Construct {
  /** Points to a transit gateway from anywhere, without creating it. */
  static refOf(at: TransitGatewayRef): TransitGatewayRef {
    return transitGatewayRef("TransitGateway.refOf", at);
  }

  /** Points to this transit gateway from anywhere. */
  readonly ref: TransitGatewayRef;
  /** Id of the route table of its attachments, `tgw-rtb-...`. */
  readonly routeTableId: string;
  readonly resource: Ec2TransitGateway;

  constructor(scope: Construct, id: string, props: TransitGatewayProps) {
    super(scope, id);
    checkProps(this, "TransitGatewayProps", props);
    const site = Site.of(this);
    this.ref = transitGatewayRef(this, { name: props.name, region: site.region, account: site.account });
    const asn = inRange(this, "asn", props.asn ?? ASN.min + regionNumber(this, site.region), ASN.min, ASN.max);
    claimName(this, GATEWAY, props.name, site);

    this.resource = createGateway(this, props, asn);
    this.routeTableId = new Ec2TransitGatewayRouteTable(this, "Routes", {
      transitGatewayId: this.transitGatewayId,
      tags: { Name: props.name },
    }).id;
  }

  /** Id, `tgw-...`: what the other sites write down after the first apply. */
  get transitGatewayId(): string {
    return this.resource.id;
  }
}

function createGateway(gateway: TransitGateway, { name, destroyable }: TransitGatewayProps, asn: number) {
  return new Ec2TransitGateway(gateway, "Resource", {
    description: name,
    amazonSideAsn: asn,
    autoAcceptSharedAttachments: "disable",
    defaultRouteTableAssociation: "disable",
    defaultRouteTablePropagation: "disable",
    dnsSupport: "enable",
    multicastSupport: "disable",
    securityGroupReferencingSupport: "disable",
    vpnEcmpSupport: "enable",
    tags: { Name: name },
    lifecycle: { preventDestroy: !destroyable },
  });
}
