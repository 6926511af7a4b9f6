import { DataAwsVpcPeeringConnection } from "@cdktf/provider-aws/lib/data-aws-vpc-peering-connection";
import { VpcPeeringConnectionAccepterA as VpcPeeringConnectionAccepter } from "@cdktf/provider-aws/lib/vpc-peering-connection-accepter";
import { Construct } from "constructs";
import { checkProps } from "./shapes";
import { checkPeering, joinNetworks, peeringTags, VpcPeeringProps } from "./vpc-peering-parts";

/**
 * A connection that was rejected, deleted or left to expire stays visible for a while.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
 */
const LIVING = ["pending-acceptance", "provisioning", "active"];

export interface VpcPeeringAcceptanceProps extends VpcPeeringProps {
  /**
   * Id of the connection, `pcx-...`: of the request, if it is in the same stack.
   *
   * @default - found in this region by both networks
   */
  readonly peeringConnectionId?: string;
}

/**
 * The accepter's side of a VPC peering connection. In its own region it finds the request of exactly that VPC and account. It accepts the
 * request and routes the other network's addresses through the connection. Apply it after the other side's {@link VpcPeeringRequest}.
 *
 * If you remove it, the connection stays, without routes. If you remove the request, AWS deletes the connection on both sides. Remove this
 * construct first, because a plan that no longer finds the connection fails.
 *
 * Site: the one that accepts the peering.
 * While the other site is dark: plans and applies; it reads only its own region.
 * On failover: nothing happens; the routes lead to the other network again as soon as it answers.
 * Cost: none by the hour; transfer between regions by the GB.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/peering/accept-vpc-peering-connection.html
 */
export class VpcPeeringAcceptance extends Construct {
  readonly resource: VpcPeeringConnectionAccepter;

  constructor(scope: Construct, id: string, props: VpcPeeringAcceptanceProps) {
    super(scope, id);
    checkProps(this, "VpcPeeringAcceptanceProps", props);
    checkPeering(this, props);

    this.resource = new VpcPeeringConnectionAccepter(this, "Resource", {
      vpcPeeringConnectionId: props.peeringConnectionId ?? findRequest(this, props),
      autoAccept: true,
      tags: peeringTags(props),
    });
    joinNetworks(this, props, { side: "accepter", vpcPeeringConnectionId: this.peeringConnectionId });
  }

  /** Id of the connection, `pcx-...`: the same on both sides. */
  get peeringConnectionId(): string {
    return this.resource.id;
  }
}

/** The requester's tags are not to be seen here, and addresses only once a connection is active; both ids are. */
function findRequest(acceptance: VpcPeeringAcceptance, props: VpcPeeringProps): string {
  const { id } = new DataAwsVpcPeeringConnection(acceptance, "Request", {
    vpcId: props.peerVpcId,
    ownerId: props.peer.account,
    peerVpcId: props.network.vpcId,
    filter: [{ name: "status-code", values: LIVING }],
  });
  return id;
}
