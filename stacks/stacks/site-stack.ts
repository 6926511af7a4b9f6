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
 * Everything that lives in one site: its key, network, compute and stores, with the state in the same region. It holds one
 * provider, of its own region, and reads no other site.
 *
 * Site: the one it is named after.
 * While the other site is dark: plans, applies and recovers. With us-east-1 dark it cannot be planned, because it has IAM roles; the
 *   calls of its recovery still work.
 * On failover: what its parts say; recording it changes capacity floors and Multi-AZ, and destroys nothing.
 * Cost: what its parts cost.
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
    // it stands without compute too: certificates of all sites share one validation record, which the last to go would take along
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

/** Another site would become the home by another order, or where the first is taken out. */
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
    // two computes ask for the same
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

/** What has addresses in the network, for stores that stand there. */
function clientsAmong(compute: ReadonlyMap<string, PlacedCompute>): Readonly<Record<string, string>> {
  const groups = [...compute].map(([name, { securityGroupId }]) => [name, securityGroupId] as const);
  return Object.fromEntries(groups.filter((entry): entry is readonly [string, string] => entry[1] !== undefined));
}
