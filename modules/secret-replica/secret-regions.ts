import { IConstruct } from "constructs";
import { claimName, partitionOf, refuseForeignPartition } from "../core";
import { refuseRegionsOfCopies, Site } from "../site";
import { SECRET } from "./secret-ref";

/** Secrets Manager's longest, and the provider's default. */
export const RECOVERY_WINDOW_DAYS = 30;

/** Claims a secret's name in its own region and in its replica regions, because a replica has the name of its secret. */
export function claimSecretName(scope: IConstruct, name: string, replicaRegions: readonly string[]): void {
  const site = Site.of(scope);
  claimName(scope, SECRET, name, site);
  for (const region of replicaRegions) {
    refuseForeignPartition(scope, site.region, region);
    refuseRegionsOfCopies(scope, "replicas", [region], site.region);
    claimName(scope, SECRET, name, { partition: partitionOf(scope, region), account: site.account, region });
  }
}

/** In an order of their own: Terraform knows a set. */
export function inOrder<T>(byRegion: readonly (readonly [string, T])[]): readonly (readonly [string, T])[] {
  return [...byRegion].sort(([a], [b]) => (a < b ? -1 : 1));
}
