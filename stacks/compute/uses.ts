import { Construct } from "constructs";
import { arn, refuse, Statement } from "../../modules/core";
import { DataStore } from "../data/store";
import { SiteContract } from "../contract";
import { ComputeInSite } from "./compute";

/** What differs from site to site: asked once for each, so that no site can be left out. */
export type OfSite<T> = (site: SiteContract) => T;

/** What a compute may do, and what it reaches for that. */
export interface ComputePermissions {
  /**
   * Further AWS services it reaches over addresses of the site's network, as `Network` names them: `"sqs"`. It needs one for every service
   * that its own `statements` and managed policies allow.
   *
   * @default - S3, DynamoDB, and what the compute and the stores in `uses` need
   */
  readonly interfaceEndpoints?: readonly string[];
  /**
   * What it may do beside what `uses` lets it.
   *
   * @default - nothing
   */
  readonly statements?: OfSite<readonly Statement[]>;
  /**
   * Names of the stores it uses: it may read and write tables, buckets and graphs, and read secrets and what all of them publish, each in its own
   * site; databases and caches let it in, by their own users.
   *
   * @default - none
   */
  readonly uses?: readonly string[];
}

type Stores = Readonly<Record<string, DataStore>>;

/**
 * Checks that a compute uses what there is.
 *
 * @throws MissingSetting
 */
export function checkUses(scope: Construct, compute: string, { uses = [] }: ComputePermissions, data: Stores): void {
  for (const store of uses) checkStore(scope, `'uses' of compute '${compute}'`, store, data);
}

/**
 * Checks that a store named somewhere is one of the workload's, and not one it gave up.
 *
 * @param where what names it
 * @param kind what it has to be; any kind will do without
 * @throws MissingSetting
 */
export function checkStore(
  scope: Construct,
  where: string,
  store: string,
  data: Stores,
  kind?: DataStore["kind"],
): void {
  const kept = Object.keys(data).filter((name) => {
    const { forgotten, kind: has } = data[name]!;
    return !forgotten && (kind === undefined || has === kind);
  });
  if (kept.includes(store)) return;
  if (Object.hasOwn(data, store) && data[store]!.forgotten) {
    refuse(scope, "MissingSetting", `${where} names '${store}', which the workload has given up`, "leave it out");
  }
  const has = kept.length === 0 ? "none" : kept.map((name) => `'${name}'`).join(", ");
  const problem = `${where} names '${store}', the workload has ${has}`;
  refuse(scope, "MissingSetting", problem, "name a store of the workload, or leave it out");
}

/** Services that a compute calls for what it uses: what its stores publish, its secrets, and its own. */
export function endpointsOf(
  { uses = [], interfaceEndpoints = [] }: ComputePermissions,
  data: Stores,
): readonly string[] {
  const ofStores = uses.flatMap((store) => data[store]!.interfaceEndpoints ?? []);
  return [...(uses.length === 0 ? [] : ["ssm"]), ...ofStores, ...interfaceEndpoints];
}

/** What a compute may do in a site: what the stores it uses let it, finding them, and its own statements. */
export function permissionsIn(at: ComputeInSite, permissions: ComputePermissions): readonly Statement[] {
  const { scope, contract, site, data } = at;
  const uses = [...new Set(permissions.uses)];
  return [
    ...(uses.length === 0 ? [] : [readPublished(at, uses)]),
    ...uses.flatMap((store) => data[store]!.access?.({ scope, store, contract, site }) ?? []),
    ...(permissions.statements?.(site) ?? []),
  ];
}

function readPublished({ contract, site }: ComputeInSite, uses: readonly string[]): Statement {
  const { partition, region, account } = site;
  const below = (store: string) =>
    arn({ partition, service: "ssm", region, account, resource: `parameter/${contract.name}/${store}/*` });
  return { sid: "ReadPublished", actions: ["ssm:GetParameter", "ssm:GetParameters"], resources: uses.map(below) };
}
