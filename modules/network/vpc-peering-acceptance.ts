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
 * The accepter's side of a VPC peering connection: it finds, in its own region, what exactly that VPC of that account asked for, accepts it,
 * and leads the other network's addresses through it. Apply it after the other side's {@link VpcPeeringRequest}.
 *
 * Taking it out leaves the connection as it is, without routes; taking out the request deletes it on both sides: do it first here, since
 * what is no longer found fails the plan.
 *
 * Site: the one that is asked.
 * While the other site is dark: plans and applies; it asks its own region alone.
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
