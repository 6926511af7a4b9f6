/**
 * Proves, with Terraform and the embedded AWS, that VPC peering and transit gateways join the networks of two sites. Each stack needs only
 * its own region. With either region dark, the other's stack plans no changes and asks nothing of it. Prefix lists are found and changed.
 * Does not prove that AWS routes packets.
 */
import {
  DescribeRouteTablesCommand,
  DescribeTransitGatewaysCommand,
  DescribeVpcPeeringConnectionsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { App, TerraformStack } from "cdktf";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Emulator, Terraform, TerraformStackRun } from "../../emulator";
import {
  AwsPrefixList,
  createClientSecurityGroup,
  Network,
  PrefixList,
  TransitGateway,
  TransitGatewayAttachment,
  TransitGatewayPeeringAcceptance,
  TransitGatewayPeeringRequest,
  TransitGatewayPeeringRoutes,
  VpcPeeringAcceptance,
  VpcPeeringRequest,
} from "../../modules/network";
import { Site, StateBackend } from "../../modules/site";
import { ACCOUNT, hasTerraform, PATIENCE_MS, SEOUL, TOKYO } from "./support";

const MINUTE = 60_000;
const describeLive = hasTerraform() ? describe : describe.skip;

const SITES = { seoul: { region: SEOUL, account: ACCOUNT }, tokyo: { region: TOKYO, account: ACCOUNT } };
type SiteName = keyof typeof SITES;
const OTHER = { seoul: "tokyo", tokyo: "seoul" } as const;
/** Two networks in each site: one pair is peered, the other joined by gateways. */
const CIDRS = {
  peered: { seoul: "10.40.0.0/16", tokyo: "10.41.0.0/16" },
  attached: { seoul: "10.50.0.0/16", tokyo: "10.51.0.0/16" },
};
type Ids = Readonly<Record<SiteName, { readonly vpc: string; readonly gateway: string }>>;
/** How far the sites have come: networks alone, asked for, accepted. */
type Stage = "alone" | "asked" | "joined";

describeLive("connected networks", () => {
  let emulator: Emulator;
  /** Both stacks, initialised once. */
  let stacks: ReadonlyMap<string, TerraformStackRun>;
  let ids: Ids;
  const clients = {} as Record<SiteName, EC2Client>;
  const outdir = mkdtempSync(join(tmpdir(), "networks-"));

  beforeAll(async () => {
    emulator = await Emulator.start();
    for (const name of ["seoul", "tokyo"] as const) {
      clients[name] = new EC2Client(emulator.sdkConfig(SITES[name].region));
    }
    synth("alone");
    stacks = await new Terraform(emulator).stacks(outdir);
    for (const name of ["seoul", "tokyo"] as const) await stack(name).apply();
    ids = { seoul: await idsOf("seoul"), tokyo: await idsOf("tokyo") };
    synth("asked");
    for (const name of ["seoul", "tokyo"] as const) await stack(name).apply();
    synth("joined");
    await stack("seoul").apply();
  }, 8 * MINUTE);

  afterAll(async () => {
    Object.values(clients).forEach((client) => client.destroy());
    await emulator.stop();
    rmSync(outdir, { recursive: true, force: true });
  }, PATIENCE_MS);

  test(
    "are joined, and nothing is left to do",
    async () => {
      for (const name of ["seoul", "tokyo"] as const) {
        const { VpcPeeringConnections = [] } = await clients[name].send(new DescribeVpcPeeringConnectionsCommand({}));
        expect(VpcPeeringConnections.map(({ Status }) => Status!.Code)).toEqual(["active"]);
        const { VpcPeeringConnectionId: connection, RequesterVpcInfo, AccepterVpcInfo } = VpcPeeringConnections[0]!;
        expect(RequesterVpcInfo!.PeeringOptions!.AllowDnsResolutionFromRemoteVpc).toBe(true);
        expect(AccepterVpcInfo!.PeeringOptions!.AllowDnsResolutionFromRemoteVpc).toBe(true);
        expect(await routesTo(name, CIDRS.peered[OTHER[name]])).toEqual([connection, connection]);
        expect(await routesTo(name, CIDRS.attached[OTHER[name]])).toEqual([ids[name].gateway, ids[name].gateway]);
        expect((await stack(name).plan()).changes).toEqual([]);
      }
    },
    3 * MINUTE,
  );

  test.each(["seoul", "tokyo"] as const)(
    "%s: plans nothing while the other region is dark, and does not ask it",
    async (name) => {
      const dark = SITES[OTHER[name]].region;
      emulator.darken(dark);
      try {
        expect((await stack(name).plan()).changes).toEqual([]);
        expect(emulator.requests({ region: dark, dark: true })).toEqual([]);
      } finally {
        emulator.lighten();
      }
    },
    2 * MINUTE,
  );

  async function routesTo(name: SiteName, cidr: string): Promise<unknown[]> {
    const { RouteTables = [] } = await clients[name].send(new DescribeRouteTablesCommand({}));
    const routes = RouteTables.flatMap(({ Routes = [] }) => Routes);
    const found = routes.filter(({ DestinationCidrBlock }) => DestinationCidrBlock === cidr);
    return found.map(({ VpcPeeringConnectionId, TransitGatewayId }) => VpcPeeringConnectionId ?? TransitGatewayId);
  }

  /** The ids that AWS chose, and that the operator writes into the program. */
  async function idsOf(name: SiteName) {
    const { Vpcs = [] } = await clients[name].send(new DescribeVpcsCommand({}));
    const { TransitGateways = [] } = await clients[name].send(new DescribeTransitGatewaysCommand({}));
    const vpc = Vpcs.find(({ CidrBlock }) => CidrBlock === CIDRS.peered[name])!.VpcId!;
    return { vpc, gateway: TransitGateways[0]!.TransitGatewayId! };
  }

  function stack(name: SiteName): TerraformStackRun {
    return stacks.get(name)!;
  }

  function synth(stage: Stage): void {
    const app = new App({ outdir });
    place(app, "seoul", stage);
    place(app, "tokyo", stage);
    app.synth();
  }

  function place(app: App, name: SiteName, stage: Stage): void {
    const made = new TerraformStack(app, name);
    new StateBackend(made, { bucket: `acme-tf-${name}`, prefix: name, region: SITES[name].region });
    const site = new Site(made, "Default", { ...SITES[name], name });
    const peered = new Network(site, "Peered", { cidr: CIDRS.peered[name], name: "peered" });
    const attached = new Network(site, "Attached", { cidr: CIDRS.attached[name], name: "attached" });
    const gateway = new TransitGateway(site, "Gateway", { name: "hub" });
    const destinations = { other: CIDRS.attached[OTHER[name]] };
    new TransitGatewayAttachment(site, "Attachment", { gateway, network: attached, destinations });
    const entries = { peered: CIDRS.peered[OTHER[name]], ...(stage !== "alone" && destinations) };
    const others = new PrefixList(site, "Others", { name: "others", entries });
    const cloudFront = new AwsPrefixList(site, "CloudFront", { list: "cloudfront.origin-facing" });
    const healthChecks = new AwsPrefixList(site, "HealthChecks", { list: "route53-healthchecks" });
    createClientSecurityGroup(site, {
      name: "front",
      port: 443,
      clients: {
        vpcId: peered.vpcId,
        clientPrefixLists: {
          cloudFront: cloudFront.prefixListId,
          healthChecks: healthChecks.prefixListId,
          others: others.prefixListId,
        },
      },
    });
    if (stage === "alone") return;

    const other = OTHER[name];
    const joined = stage === "joined";
    const peering = {
      network: peered,
      peer: Network.refOf({ ...SITES[other], name: "peered", cidr: CIDRS.peered[other] }),
      peerVpcId: ids[other].vpc,
    };
    const gateways = {
      gateway,
      peer: TransitGateway.refOf({ ...SITES[other], name: "hub" }),
      peerTransitGatewayId: ids[other].gateway,
    };
    if (name === "seoul") {
      new VpcPeeringRequest(site, "Peering", { ...peering, ...(joined && { remoteDnsResolution: true }) });
      const { attachmentId } = new TransitGatewayPeeringRequest(site, "GatewayPeering", gateways);
      if (joined) new TransitGatewayPeeringRoutes(site, "GatewayRoutes", { gateway, attachmentId, destinations });
    } else {
      new VpcPeeringAcceptance(site, "Peering", { ...peering, remoteDnsResolution: true });
      const { attachmentId } = new TransitGatewayPeeringAcceptance(site, "GatewayPeering", gateways);
      new TransitGatewayPeeringRoutes(site, "GatewayRoutes", { gateway, attachmentId, destinations });
    }
  }
});
