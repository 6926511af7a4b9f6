/**
 * The networks of two sites, joined by a transit gateway in each. Seoul's stack asks for the peering, Tokyo's finds the request in its own
 * region and accepts it. Neither stack reads the other region. AWS chooses the ids of the gateways: write them down after the first apply.
 */
import { App, TerraformStack } from "cdktf";
import {
  Network,
  refuseOverlap,
  TransitGateway,
  TransitGatewayAttachment,
  TransitGatewayPeeringAcceptance,
  TransitGatewayPeeringRequest,
  TransitGatewayPeeringRoutes,
} from "../../modules/network";
import { Site, StateBackend } from "../../modules/site";

const SITES = {
  seoul: { region: "ap-northeast-2", account: "111122223333", cidr: "10.40.0.0/16" },
  tokyo: { region: "ap-northeast-1", account: "111122223333", cidr: "10.41.0.0/16" },
};
type SiteName = keyof typeof SITES;
const GATEWAY_IDS = { seoul: "tgw-0a1b2c3d4e5f60718", tokyo: "tgw-00112233445566778" };

refuseOverlap("media", { seoul: SITES.seoul.cidr, tokyo: SITES.tokyo.cidr });
const app = new App();

/** A site with its network on its gateway. Returns what its side of the peering needs. */
function place(name: SiteName, other: SiteName) {
  const [{ cidr, ...at }, there] = [SITES[name], SITES[other]];
  const stack = new TerraformStack(app, `media-${name}`);
  new StateBackend(stack, { bucket: `acme-tf-${name}`, prefix: name, region: at.region });
  const site = new Site(stack, "Default", { ...at, name });

  const network = new Network(site, "Network", { cidr, name: `media-${name}` });
  const gateway = new TransitGateway(site, "Gateway", { name: `media-${name}` });
  const destinations = { [other]: there.cidr };
  new TransitGatewayAttachment(site, "Attachment", { network, gateway, destinations });

  const peer = TransitGateway.refOf({ name: `media-${other}`, region: there.region, account: there.account });
  return {
    site,
    routes: { gateway, destinations },
    peering: { gateway, peer, peerTransitGatewayId: GATEWAY_IDS[other] },
  };
}

const seoul = place("seoul", "tokyo");
const request = new TransitGatewayPeeringRequest(seoul.site, "Peering", seoul.peering);
// add this line once Tokyo has accepted: AWS takes no route through a peering that waits
new TransitGatewayPeeringRoutes(seoul.site, "Routes", { ...seoul.routes, attachmentId: request.attachmentId });

const tokyo = place("tokyo", "seoul");
const { attachmentId } = new TransitGatewayPeeringAcceptance(tokyo.site, "Peering", tokyo.peering);
new TransitGatewayPeeringRoutes(tokyo.site, "Routes", { ...tokyo.routes, attachmentId });

app.synth();
