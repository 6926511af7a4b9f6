import { VpcPeeringConnection } from "@cdktf/provider-aws/lib/vpc-peering-connection";
import { Construct } from "constructs";
import { checkProps } from "./shapes";
import { checkPeering, joinNetworks, peeringTags, VpcPeeringProps } from "./vpc-peering-parts";

/**
 * The requester's side of a VPC peering connection: it asks for the connection, and leads the other network's addresses through it. Until
 * the other side accepts, within seven days, its routes lead nowhere.
 *
 * Site: either of the two; the other one accepts.
 * While the other site is dark: plans and applies; it asks its own region alone.
 * On failover: nothing happens; the routes lead to the other network again as soon as it answers.
 * Cost: none by the hour; transfer between regions by the GB.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/peering/create-vpc-peering-connection.html
 */
export class VpcPeeringRequest extends Construct {
  readonly resource: VpcPeeringConnection;

  constructor(scope: Construct, id: string, props: VpcPeeringProps) {
    super(scope, id);
    checkProps(this, "VpcPeeringProps", props);
    checkPeering(this, props);

    this.resource = new VpcPeeringConnection(this, "Resource", {
      vpcId: props.network.vpcId,
      peerVpcId: props.peerVpcId,
      peerOwnerId: props.peer.account,
      peerRegion: props.peer.region,
      autoAccept: false,
      tags: peeringTags(props),
    });
    joinNetworks(this, props, { side: "requester", vpcPeeringConnectionId: this.peeringConnectionId });
  }

  /** Id of the connection, `pcx-...`: the same on both sides. */
  get peeringConnectionId(): string {
    return this.resource.id;
  }
}
