import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";
import { checkLogRetention } from "../aws-values";
import { checkAccount, checkName, inRange, NameRule, plain, refuse, Statement } from "../core";
import { refuseRepeated, Site } from "../site";
import { createGatewayEndpoints, createInterfaceEndpoints, endpointServices } from "./endpoints";
import {
  checkBucket,
  claimFlowLogNames,
  createFlowLogBucket,
  createFlowLogGroup,
  FlowLogBucket,
  FlowLogGroup,
} from "./flow-logs";
import { NETWORK_NAME, NetworkRef, networkRef, NetworkRefProps } from "./network-ref";
import { checkProps } from "./shapes";
import { MAX_ZONES, planSubnets } from "./subnet-plan";
import {
  createNatGateways,
  createPrivateSubnets,
  createPublicSubnets,
  readZoneNames,
  Subnets,
  SubnetScope,
} from "./subnets";

/** How private subnets reach the internet. `"one"` is lost with its zone. */
export type NatGateways = "none" | "one" | "per-zone";

export interface NetworkProps {
  /**
   * Addresses of the VPC: a private IPv4 network, /16 to /24. It can never be changed; give each site a range of its own,
   * see {@link refuseOverlap}.
   */
  readonly cidr: string;
  /**
   * Names of two or three Availability Zones. A subnet never leaves the zone it was created in.
   *
   * @default - the first `zones` of the region, read there
   */
  readonly availabilityZones?: readonly string[];
  /**
   * Lets Terraform destroy the VPC, and so replace it when `cidr` changes.
   *
   * @default false
   */
  readonly destroyable?: boolean;
  /**
   * Records traffic into a bucket that exists.
   *
   * @default - not recorded
   */
  readonly flowLogBucket?: FlowLogBucket;
  /**
   * Records traffic into a log group of its own.
   *
   * @default - not recorded
   */
  readonly flowLogGroup?: FlowLogGroup;
  /**
   * AWS services reached over addresses of the VPC, by the part of their endpoint's name after the region: `"ssm"`,
   * `"ecr.dkr"`. S3 and DynamoDB have gateway endpoints in any case.
   *
   * @default - none
   */
  readonly interfaceEndpoints?: readonly string[];
  /**
   * Name in tags, and of the flow logs' group and role.
   *
   * @default - the site's name and the ids of the constructs below it
   */
  readonly name?: string;
  /**
   * NAT gateways, through which private subnets reach the internet.
   *
   * @default "none"
   */
  readonly natGateways?: NatGateways;
  /**
   * Adds a subnet in each zone for what the internet must reach, such as an internet-facing load balancer.
   *
   * @default - only where NAT gateways need them
   */
  readonly publicSubnets?: boolean;
  /**
   * Further statements of the S3 gateway endpoint's policy.
   *
   * @default - none
   */
  readonly s3EndpointStatements?: readonly Statement[];
  /**
   * Accounts, in addition to the site's own, whose principals may use the endpoints that have a policy.
   *
   * @default - none
   */
  readonly trustedAccounts?: readonly string[];
  /**
   * Number of Availability Zones, 2 or 3. Can be raised later.
   *
   * @default 2
   */
  readonly zones?: number;
}

/**
 * The VPC of one site: private subnets in two or three Availability Zones, and their routes and endpoints.
 *
 * By default the network has no route to the internet. Gateway endpoints lead to S3 and DynamoDB. They accept only credentials of the
 * site's account and of `trustedAccounts`. The default security group allows no traffic.
 *
 * Site: each has its own; no route leads to another site unless you connect the networks.
 * While the other site is dark: works.
 * On failover: nothing happens. In every pattern the standby's network is complete.
 * Cost: none by default. AWS bills NAT gateways and interface endpoints by the hour in each zone and by the GB, flow logs by the GB.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/how-it-works.html
 */
export class Network extends Construct {
  /** Points to a network from anywhere, without creating it. */
  static refOf(at: NetworkRefProps): NetworkRef {
    return networkRef("Network.refOf", at);
  }

  /** Points to this network from anywhere. */
  readonly ref: NetworkRef;
  /** Id, `vpc-...`: what the other sites write down after the first apply, to be joined with it. */
  readonly vpcId: string;
  readonly cidr: string;
  /** Number of Availability Zones. */
  readonly zones: number;
  /** One for each zone; what is placed there waits for the subnets' routes. */
  readonly privateSubnetIds: readonly string[];
  /** Addresses of the private subnets, known at synth. */
  readonly privateSubnetCidrs: readonly string[];
  readonly privateRouteTableIds: readonly string[];
  /** One for each zone, none unless asked for; what is placed there waits for the internet gateway. */
  readonly publicSubnetIds: readonly string[];
  /** Addresses of the public subnets, known at synth. */
  readonly publicSubnetCidrs: readonly string[];
  /** Ids of all route tables: `private-1` and on, one for each zone, and `public`. */
  readonly routeTableIds: Readonly<Record<string, string>>;
  /** Security group of the interface endpoints, where there are any. */
  readonly endpointSecurityGroupId?: string;
  readonly resource: Vpc;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    checkProps(this, "NetworkProps", props);
    const { region, account } = Site.of(this);
    const name = checkName(this, "name", props.name ?? defaultName(this), NETWORK_NAME);
    const zones = countZones(this, props);
    const hasPublic = needsPublicSubnets(this, props);
    const slots = planSubnets(this, props.cidr, zones, hasPublic);
    const accounts = trustedAccounts(this, props);
    const services = endpointServices(this, props.interfaceEndpoints ?? []);
    checkFlowLogs(this, name, props);

    this.resource = createVpc(this, name, props);
    this.vpcId = this.resource.id;
    closeDefaultSecurityGroup(this, name, this.vpcId);
    const within = { scope: this, name, vpcId: this.vpcId };

    const zoneNames = props.availabilityZones ?? readZoneNames(this, zones);
    const subnets = createSubnets({ ...within, slots, zoneNames }, hasPublic, props.natGateways ?? "none");
    this.routeTableIds = { ...subnets.private.routeTableIds, ...subnets.public.routeTableIds };
    createGatewayEndpoints(within, Object.values(this.routeTableIds), {
      accounts,
      s3Statements: props.s3EndpointStatements ?? [],
    });
    if (services.size > 0) {
      const placed = { accounts, cidr: props.cidr, subnetIds: subnets.private.subnetIds };
      this.endpointSecurityGroupId = createInterfaceEndpoints(within, services, placed).id;
    }
    if (props.flowLogGroup !== undefined) createFlowLogGroup(within, props.flowLogGroup);
    if (props.flowLogBucket !== undefined) createFlowLogBucket(within, props.flowLogBucket);

    this.ref = networkRef(this, { name, cidr: props.cidr, region, account });
    this.cidr = props.cidr;
    this.zones = zones;
    this.privateSubnetIds = subnets.private.subnetIds;
    this.privateSubnetCidrs = slots.map(({ privateCidr }) => privateCidr);
    this.privateRouteTableIds = Object.values(subnets.private.routeTableIds);
    this.publicSubnetIds = subnets.public.subnetIds;
    this.publicSubnetCidrs = hasPublic ? slots.map(({ publicCidr }) => publicCidr) : [];
  }
}

/** Two networks of one site have different paths, so their names differ. */
function defaultName(network: Network): string {
  const site = Site.of(network);
  const below = network.node.path.slice(site.node.path.length + 1);
  return [site.siteName, ...below.toLowerCase().split("/")].join("-");
}

function countZones(network: Network, { availabilityZones: names, zones }: NetworkProps): number {
  if (names === undefined) return inRange(network, "zones", plain(network, "zones", zones ?? 2), 2, MAX_ZONES);
  if (zones !== undefined) {
    refuse(network, "ConflictingSettings", `'availabilityZones' names ${names.length} and 'zones' counts ${zones}`);
  }
  const { region } = Site.of(network);
  const rule: NameRule = {
    what: `Availability Zone of ${region}`,
    min: region.length + 1,
    max: region.length + 1,
    pattern: new RegExp(`^${region}[a-z]$`),
    allowed: `the region and a letter, such as '${region}a'`,
    unique: "region",
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html",
  };
  names.forEach((name) => checkName(network, "availabilityZones", name, rule));
  refuseRepeated(network, "availabilityZones", names);
  return inRange(network, "availabilityZones.length", names.length, 2, MAX_ZONES);
}

/** A NAT gateway needs a public subnet. */
function needsPublicSubnets(network: Network, { natGateways = "none", publicSubnets }: NetworkProps): boolean {
  if (publicSubnets === false && natGateways !== "none") {
    refuse(
      network,
      "ConflictingSettings",
      `'natGateways' is '${natGateways}' and 'publicSubnets' is false`,
      "leave 'publicSubnets' out: a NAT gateway needs a public subnet",
    );
  }
  return publicSubnets ?? natGateways !== "none";
}

function trustedAccounts(network: Network, props: NetworkProps): string[] {
  const own = Site.of(network).account;
  const others = (props.trustedAccounts ?? []).map((account) => checkAccount(network, account));
  return [...new Set([own, ...others])].sort();
}

function checkFlowLogs(network: Network, name: string, { flowLogGroup, flowLogBucket }: NetworkProps): void {
  if (flowLogBucket !== undefined) checkBucket(network, flowLogBucket);
  if (flowLogGroup === undefined) return;
  if (flowLogGroup.retentionDays !== undefined) {
    checkLogRetention(network, flowLogGroup.retentionDays, "flowLogGroup.retentionDays");
  }
  claimFlowLogNames(network, name);
}

function createVpc(network: Network, name: string, props: NetworkProps): Vpc {
  return new Vpc(network, "Resource", {
    cidrBlock: props.cidr,
    enableDnsHostnames: true,
    enableDnsSupport: true,
    instanceTenancy: "default",
    tags: { Name: name },
    lifecycle: { preventDestroy: !props.destroyable },
  });
}

/** Whatever is started without a security group gets this one, and reaches nothing. */
function closeDefaultSecurityGroup(network: Network, name: string, vpcId: string): void {
  new DefaultSecurityGroup(network, "DefaultSecurityGroup", { vpcId, tags: { Name: `${name}-default-closed` } });
}

function createSubnets(
  placement: SubnetScope,
  hasPublic: boolean,
  natGateways: NatGateways,
): { readonly public: Subnets; readonly private: Subnets } {
  const outside = hasPublic ? createPublicSubnets(placement) : { subnetIds: [], routeTableIds: {} };
  const gateways =
    natGateways === "none"
      ? new Map<string, never>()
      : createNatGateways(placement, outside.subnetIds, natGateways === "per-zone");
  return { public: outside, private: createPrivateSubnets(placement, gateways) };
}
