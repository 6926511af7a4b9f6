import { Construct } from "constructs";
import { SiteKey } from "../../modules/kms-keys";
import { Network } from "../../modules/network";
import { Site } from "../../modules/site";
import { placeBackups } from "../data/backups";
import { balanced, computeIn, ComputeInSite, hasCompute, PlacedCompute } from "../compute/compute";
import { RoleTriggers } from "../compute/role-triggers";
import { guard } from "./guard";
import { inStore, SiteContract, WorkloadContract } from "../contract";
import { WorkloadProps } from "../props";
import { siteTags, WorkloadStack } from "./workload-stack";

/**
 * The resources of one site: key, network, compute and stores, with the state in the same region. The stack has one
 * provider, for its own region, and reads no other site.
 *
 * Site: the site in its name.
 * While the other site is dark: plans, applies and recovers. With us-east-1 dark it cannot be planned, because it has
 *   IAM roles; the calls of its recovery still work.
 * On failover: see its parts; recording it changes capacity floors and Multi-AZ, and destroys nothing.
 * Cost: the cost of its parts.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/static-stability.html
 */
export class SiteStack extends WorkloadStack {
  constructor(scope: Construct, contract: WorkloadContract, site: SiteContract, props: WorkloadProps) {
    super(scope, site.name, contract, site, siteTags(site));
    keepHome(this.site, contract);
    const key = createKey(this.site, contract, site, props);
    const network = new Network(this.site, "Network", {
      cidr: site.cidr,
      name: `${contract.name}-${site.name}`,
      publicSubnets: props.frontDoor !== undefined,
      interfaceEndpoints: endpointsOf(contract, site, props),
      natGateways: props.natGateways,
    });
    // create it even without compute: all sites share one validation record, and destroying one certificate would delete it
    const certificateArn = props.frontDoor?.certificateInSite(this.site, contract);
    const triggers = new RoleTriggers(this.site, contract, site);
    const compute = placeCompute({ scope: this.site, contract, site, key, network, triggers, certificateArn }, props);
    const clients = clientsAmong(compute);
    for (const [store, part] of Object.entries(props.data)) {
      part.inSite({
        scope: new Construct(this.site, store),
        store,
        key,
        network,
        clients,
        ...inStore(contract, site, store),
      });
    }
    if (props.backups !== undefined) {
      const scope = new Construct(this.site, "Backups");
      placeBackups({ scope, contract, site, data: props.data }, props.backups);
    }
  }
}

/** Protects the home: another order of the sites, or removing the first, would make another site the home. */
function keepHome(scope: Site, { name, home }: WorkloadContract): void {
  guard(scope, "HomeCannotChange", {
    name: `/${name}/home-is`,
    description: `The home of ${name}: the site that is written first`,
    value: home.name,
    mayChange: false,
  });
}

function createKey(
  scope: Site,
  contract: WorkloadContract,
  site: SiteContract,
  { data, compute = {} }: WorkloadProps,
): SiteKey {
  const statements = [
    ...Object.entries(data).flatMap(([store, part]) => part.keyStatements?.(store, contract, site) ?? []),
    ...Object.values(compute).flatMap((part) => part.keyStatements?.(scope) ?? []),
  ];
  return new SiteKey(scope, "Key", {
    alias: site.key.name,
    description: `${contract.name} in ${site.name}`,
    // two computes may need the same statement
    statements: [...new Map(statements.map((statement) => [statement.sid, statement])).values()],
  });
}

function endpointsOf(
  contract: WorkloadContract,
  site: SiteContract,
  { compute = {}, data }: WorkloadProps,
): readonly string[] {
  if (!hasCompute(contract, site)) return [];
  return [...new Set(Object.values(compute).flatMap((part) => part.interfaceEndpoints?.(data, site) ?? []))].sort();
}

function placeCompute(
  at: Omit<ComputeInSite, "compute" | "data"> & { readonly scope: Site },
  { compute = {}, data, frontDoor }: WorkloadProps,
): ReadonlyMap<string, PlacedCompute> {
  const { scope, contract, site } = at;
  const answering = frontDoor?.computeOf(balanced(compute));
  const placed = new Map<string, PlacedCompute>();
  for (const [name, part] of computeIn(contract, site, compute)) {
    const certificateArn = name === answering ? at.certificateArn : undefined;
    placed.set(name, part.inSite({ ...at, scope: new Construct(scope, name), compute: name, data, certificateArn }));
  }
  const balancer = answering === undefined ? undefined : placed.get(answering)?.balancer;
  if (balancer !== undefined) frontDoor?.inSite(scope, contract, site, balancer);
  return placed;
}

/** Security groups of the computes in the network. The stores in the network accept connections from them. */
function clientsAmong(compute: ReadonlyMap<string, PlacedCompute>): Readonly<Record<string, string>> {
  const groups = [...compute].map(([name, { securityGroupId }]) => [name, securityGroupId] as const);
  return Object.fromEntries(groups.filter((entry): entry is readonly [string, string] => entry[1] !== undefined));
}
