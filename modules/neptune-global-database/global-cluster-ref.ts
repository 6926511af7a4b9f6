import { IConstruct } from "constructs";
import { GlobalPlace, globalPlaceRef, GlobalPlaceRef } from "../joined-clusters";
import { neptuneVersion } from "./engine";

/** @see https://docs.aws.amazon.com/neptune/latest/userguide/neptune-global-database.html */
const SECONDARIES = 5;

/** Settings that are equal in every site. */
export interface GlobalDatabaseFacts {
  /**
   * Full version of all clusters: `"1.4.5.1"`. A change is an upgrade: the stack of the global cluster upgrades every cluster.
   */
  readonly engineVersion: string;
  /** Regions of the secondary clusters, at most 5; one cluster in each. */
  readonly secondaryRegions: readonly string[];
}

/** A global database: known in every region, created from its home. */
export interface GlobalClusterRef extends GlobalPlaceRef, GlobalDatabaseFacts {}

/** Settings of a global database, and the place of its home. */
export interface GlobalClusterRefProps extends GlobalPlace, GlobalDatabaseFacts {}

/** Points to a global database without creating or reading it. */
export function globalClusterRef(scope: IConstruct | string, props: GlobalClusterRefProps): GlobalClusterRef {
  neptuneVersion(scope, props.engineVersion);
  return { ...globalPlaceRef(scope, props, SECONDARIES), engineVersion: props.engineVersion };
}
