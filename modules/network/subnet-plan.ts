import { IConstruct } from "constructs";
import { inRange, refuse } from "../core";
import { formatCidr, parseCidr, partOf, refusePublic } from "./cidr";

/** The largest VPC AWS allows, and the smallest in which three zones have room for a load balancer. */
const VPC_PREFIX = { min: 16, max: 24 };

/**
 * A load balancer needs a /27 in each zone.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
 */
const LOAD_BALANCER_PREFIX = 27;

/** Most zones a network spans. A zone keeps its slot, so the number is fixed for good. */
export const MAX_ZONES = 3;

/** The subnets of one zone. */
export interface ZoneSlot {
  /** Never changes: ids of resources carry it. */
  readonly key: string;
  /** Place of the zone in the list of zones. */
  readonly index: number;
  /** A quarter of the VPC. */
  readonly privateCidr: string;
  /** A sixteenth of the VPC. */
  readonly publicCidr: string;
}

/**
 * Divides a VPC into quarters, one for the private subnet of each of three zones. Each public subnet is a quarter of the last quarter.
 * Unused parts stay free, so you can add a zone or public subnets without moving others.
 */
export function planSubnets(scope: IConstruct, cidr: string, zones: number, publicSubnets: boolean): ZoneSlot[] {
  const vpc = parseCidr(scope, "cidr", cidr);
  refusePublic(scope, "cidr", vpc);
  inRange(scope, "cidr prefix", vpc.prefix, VPC_PREFIX.min, VPC_PREFIX.max);
  const publicPrefix = vpc.prefix + 4;
  if (publicSubnets && publicPrefix > LOAD_BALANCER_PREFIX) {
    const smallest = LOAD_BALANCER_PREFIX - 4;
    refuse(
      scope,
      "CidrTooSmall",
      `'cidr' leaves a /${publicPrefix} for each public subnet and a load balancer needs a /${LOAD_BALANCER_PREFIX}, got '${cidr}', allowed: /${VPC_PREFIX.min} to /${smallest}`,
    );
  }
  return Array.from({ length: zones }, (_, index) => ({
    key: String(index + 1),
    index,
    privateCidr: formatCidr(partOf(vpc, vpc.prefix + 2, index)),
    publicCidr: formatCidr(partOf(vpc, publicPrefix, 12 + index)),
  }));
}
