import { IConstruct } from "constructs";
import { inRange, isKnown, plain, refuse } from "../core";

/** No group of AWS holds more without a raised quota; a typing error does. */
export const MAX_INSTANCES = 10_000;

/** How many instances a group has. */
export interface Capacity {
  /** Floor: scaling never goes below. */
  readonly min: number;
  /** Number at creation; afterwards scaling, or a failover, decides. */
  readonly desired: number;
  /** Ceiling: scaling never goes above. */
  readonly max: number;
}

export function checkCapacity(scope: IConstruct, property: string, { min, desired, max }: Capacity): void {
  for (const [bound, value] of Object.entries({ min, desired, max })) {
    inRange(scope, `${property}.${bound}`, value, 0, MAX_INSTANCES);
  }
  const falls = ([low, high]: readonly [number, number]) => isKnown(low) && isKnown(high) && low > high;
  if ([[min, desired] as const, [desired, max] as const, [min, max] as const].some(falls)) {
    refuse(
      scope,
      "SettingOutOfRange",
      `'${property}' must have min <= desired <= max, got min ${shown(min)}, desired ${shown(desired)}, max ${shown(max)}`,
    );
  }
}

/** A token has no digits that a reader could use. */
function shown(value: number): string {
  return isKnown(value) ? String(value) : "unknown";
}

/**
 * Checks what a site has when it is active. Whether a failover has to raise it depends on the numbers of both roles.
 */
export function checkActiveCapacity(scope: IConstruct, capacity: Capacity, active: Capacity | undefined): void {
  if (active === undefined) return;
  for (const [property, numbers] of Object.entries({ capacity, activeCapacity: active })) {
    for (const bound of ["min", "desired", "max"] as const) plain(scope, `${property}.${bound}`, numbers[bound]);
  }
  checkCapacity(scope, "activeCapacity", active);
  refuseUnevenCeiling(scope, capacity, active);
}

/**
 * Refuses a maximum that differs between the roles. With a lower maximum in the standby, the next apply after a failover would shrink the
 * group. With a lower maximum in the active site, recording the failover would shrink it.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_UpdateAutoScalingGroup.html
 */
function refuseUnevenCeiling(scope: IConstruct, capacity: Capacity, active: Capacity): void {
  if (capacity.max !== active.max) {
    refuse(scope, "CeilingDiffers", `'capacity.max' is ${capacity.max} and 'activeCapacity.max' is ${active.max}`);
  }
}

/** Whether a failover has to raise the group. */
export function isBelow(capacity: Capacity, active: Capacity): boolean {
  return capacity.min < active.min || capacity.desired < active.desired;
}
