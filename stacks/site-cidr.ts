import { IConstruct } from "constructs";
import { regionNumber } from "../modules/core";

/** Leaves 10.0 to 10.63 to networks of others. */
const FIRST_NETWORK = 64;

/** The network a site gets when it is given none: a /16 of its region's own, so that no two regions of a partition overlap. */
export function siteCidr(scope: IConstruct, region: string): string {
  return `10.${FIRST_NETWORK + regionNumber(scope, region)}.0.0/16`;
}
