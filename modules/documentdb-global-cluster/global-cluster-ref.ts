import { IConstruct } from "constructs";
import { GlobalPlace, globalPlaceRef, GlobalPlaceRef } from "../joined-clusters";
import { familyOf } from "./engine";

/** @see https://docs.aws.amazon.com/documentdb/latest/developerguide/global-clusters.html */
const SECONDARIES = 10;

/** Settings that are equal in every site. */
export interface GlobalClusterFacts {
  /** Full version of all clusters: `"5.0.0"`. It stays: AWS upgrades no cluster of a global cluster in place. */
  readonly engineVersion: string;
  /** Regions of the secondary clusters, at most 10; one cluster in each. */
  readonly secondaryRegions: readonly string[];
}

/** A global cluster: known in every region, created from its home. */
export interface GlobalClusterRef extends GlobalPlaceRef, GlobalClusterFacts {}

/** Settings of a global cluster, and the place of its home. */
export interface GlobalClusterRefProps extends GlobalPlace, GlobalClusterFacts {}

/** Points to a global cluster without creating or reading it. */
export function globalClusterRef(scope: IConstruct | string, props: GlobalClusterRefProps): GlobalClusterRef {
  familyOf(scope, props.engineVersion);
  return { ...globalPlaceRef(scope, props, SECONDARIES), engineVersion: props.engineVersion };
}
