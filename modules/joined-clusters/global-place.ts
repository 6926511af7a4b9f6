import { IConstruct } from "constructs";
import { arn, checkAccount, checkName, NameRule, partitionOf, Ref, refuse, refuseForeignPartition } from "../core";
import { refuseRegionsOfCopies } from "../site";

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateGlobalCluster.html */
export const GLOBAL_CLUSTER: NameRule = {
  what: "global cluster identifier",
  min: 1,
  max: 63,
  pattern: /^(?!.*--)[a-z]([a-z0-9-]*[a-z0-9])?$/,
  allowed: "lower-case letters, digits and hyphens, beginning with a letter, no two hyphens in a row, none at the end",
  unique: "account",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateGlobalCluster.html",
};

/** Where the clusters of a global database lie, whatever its engine. */
export interface GlobalPlace {
  readonly account: string;
  /** Global cluster identifier, 1 to 63 characters; unique in the account. */
  readonly identifier: string;
  /** Region of the home. */
  readonly region: string;
  /** Regions of the secondary clusters; one cluster in each. */
  readonly secondaryRegions: readonly string[];
}

/** A global database without its engine. */
export interface GlobalPlaceRef extends Ref {
  readonly secondaryRegions: readonly string[];
}

/** A global database of any engine, as the shared code reads it. */
export interface JoinedGlobalRef extends GlobalPlaceRef {
  /** Full version of all clusters. */
  readonly engineVersion: string;
}

/**
 * Points to a global database. Its ARN names no region, and is one of RDS whatever the service.
 *
 * @param most regions AWS allows besides the home's
 */
export function globalPlaceRef(scope: IConstruct | string, place: GlobalPlace, most: number): GlobalPlaceRef {
  const { region, secondaryRegions } = place;
  const name = checkName(scope, "identifier", place.identifier, GLOBAL_CLUSTER);
  const account = checkAccount(scope, place.account);
  checkRegions(scope, place, most);
  return {
    name,
    arn: arn({ partition: partitionOf(scope, region), service: "rds", account, resource: `global-cluster:${name}` }),
    region,
    account,
    secondaryRegions: [...secondaryRegions],
  };
}

function checkRegions(scope: IConstruct | string, { region: home, secondaryRegions }: GlobalPlace, most: number): void {
  if (secondaryRegions.length > most) {
    refuse(
      scope,
      "TooManyReplicas",
      `'secondaryRegions' must name ${most} regions at most, got ${secondaryRegions.length}`,
    );
  }
  for (const region of secondaryRegions) refuseForeignPartition(scope, home, region);
  refuseRegionsOfCopies(scope, "secondaryRegions", secondaryRegions, home);
}
