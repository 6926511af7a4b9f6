/**
 * The networks of two sites, peered. Each side of the connection stands in its own site's stack, which needs no other region: the one asks,
 * the other finds what it was asked and accepts. The ids that AWS gave the two VPCs are written down here after the first apply; until then
 * the networks stand alone. What serves in one site is reached from the other, by a list of its addresses.
 */
import { App, TerraformStack } from "cdktf";
import { LoadBalancer } from "../../modules/load-balancer";
import {
  endpointsFor,
  Network,
  PrefixList,
  refuseOverlap,
  VpcPeeringAcceptance,
  VpcPeeringRequest,
} from "../../modules/network";
import { Site, StateBackend } from "../../modules/site";

const SITES = {
  seoul: { region: "ap-northeast-2", account: "111122223333", cidr: "10.40.0.0/16" },
  tokyo: { region: "ap-northeast-1", account: "111122223333", cidr: "10.41.0.0/16" },
};
type SiteName = keyof typeof SITES;
const VPC_IDS: Partial<Record<SiteName, string>> = { seoul: "vpc-0a1b2c3d4e5f60718", tokyo: "vpc-00112233445566778" };

refuseOverlap("media", { seoul: SITES.seoul.cidr, tokyo: SITES.tokyo.cidr });
const app = new App();

/** A site whose network is joined with the other's, from the side it is on. */
function place(name: SiteName, other: SiteName, Side: typeof VpcPeeringAcceptance | typeof VpcPeeringRequest): void {
  const [{ cidr, ...at }, there] = [SITES[name], SITES[other]];
  const stack = new TerraformStack(app, `media-${name}`);
  new StateBackend(stack, { bucket: `acme-tf-${name}`, prefix: name, region: at.region });
  const site = new Site(stack, "Default", { ...at, name });

  const interfaceEndpoints = endpointsFor("fargate");
  const network = new Network(site, "Network", { cidr, name: `media-${name}`, interfaceEndpoints });
  const others = new PrefixList(site, "Others", { name: "other-sites", entries: { [other]: there.cidr } });
  new LoadBalancer(site, "Balancer", {
    name: `media-${name}`,
    vpcId: network.vpcId,
    subnetIds: network.privateSubnetIds,
    clientCidrs: [cidr],
    clientPrefixLists: { others: others.prefixListId },
    plainHttp: true,
    targetPort: 8080,
    targetType: "ip",
  });

  const peerVpcId = VPC_IDS[other];
  if (peerVpcId === undefined) return;
  new Side(site, "Peering", { network, peer: Network.refOf({ ...there, name: `media-${other}` }), peerVpcId });
}

place("seoul", "tokyo", VpcPeeringRequest);
place("tokyo", "seoul", VpcPeeringAcceptance);

app.synth();
