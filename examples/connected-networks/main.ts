/**
 * The networks of two sites, peered. Seoul's stack asks for the peering, Tokyo's finds the request in its own region
 * and accepts it. Neither stack reads the other region. AWS chooses the ids of the VPCs: write them down after the
 * first apply. A list of the other site's addresses lets its clients in.
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

/** A site with its network, and its side of the peering. */
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
    listener: { plainHttp: true },
    target: { port: 8080, type: "ip" },
  });

  const peerVpcId = VPC_IDS[other];
  if (peerVpcId === undefined) return;
  new Side(site, "Peering", { network, peer: Network.refOf({ ...there, name: `media-${other}` }), peerVpcId });
}

place("seoul", "tokyo", VpcPeeringRequest);
place("tokyo", "seoul", VpcPeeringAcceptance);

app.synth();
