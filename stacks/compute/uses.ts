import { Construct } from "constructs";
import { arn, refuse, Statement } from "../../modules/core";
import { DataStore } from "../data/store";
import { SiteContract } from "../contract";
import { ComputeInSite } from "./compute";

/**
 * A setting that differs between sites. The library calls the function once for each site, so that no site is left out.
 */
export type OfSite<T> = (site: SiteContract) => T;

/** Permissions and network access of a compute. */
export interface ComputePermissions {
  /**
   * Further AWS services for which the site's network needs an interface endpoint, as `Network` names them: `"sqs"`.
   * Add one for every service that your `statements` and managed policies allow.
   *
   * @default - S3, DynamoDB, and what the compute and the stores in `uses` need
   */
  readonly interfaceEndpoints?: readonly string[];
  /**
   * Permissions in addition to those from `uses`.
   *
   * @default - none
   */
  readonly statements?: OfSite<readonly Statement[]>;
  /**
   * Names of the stores that it uses, each in its own site. It may read and write tables, buckets and graphs, and read
   * secrets and the stores' SSM parameters. Databases and caches accept its connections; they have their own users.
   *
   * @default - none
   */
  readonly uses?: readonly string[];
}

type Stores = Readonly<Record<string, DataStore>>;

/** Checks that every store in `uses` exists. */
export function checkUses(scope: Construct, compute: string, { uses = [] }: ComputePermissions, data: Stores): void {
  for (const store of uses) checkStore(scope, `'uses' of compute '${compute}'`, store, data);
}

/**
 * Checks that a store exists in the workload and was not given up.
 *
 * @param where the setting that names the store
 * @param kind the required kind; any kind if it is left out
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

/** Services that a compute calls: Systems Manager for the stores it uses, those of the stores, and its own. */
export function endpointsOf(
  { uses = [], interfaceEndpoints = [] }: ComputePermissions,
  data: Stores,
): readonly string[] {
  const ofStores = uses.flatMap((store) => data[store]!.interfaceEndpoints ?? []);
  return [...(uses.length === 0 ? [] : ["ssm"]), ...ofStores, ...interfaceEndpoints];
}

/** IAM statements of a compute in a site: to find and use its stores, and its own. */
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
