import { IConstruct } from "constructs";
import { inRange, refuse } from "../core";

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

/** @throws SettingOutOfRange */
export function checkCapacity(scope: IConstruct, property: string, { min, desired, max }: Capacity): void {
  for (const [bound, value] of Object.entries({ min, desired, max })) {
    inRange(scope, `${property}.${bound}`, value, 0, MAX_INSTANCES);
  }
  if (min > desired || desired > max) {
    refuse(
      scope,
      "SettingOutOfRange",
      `'${property}' must have min <= desired <= max, got min ${min}, desired ${desired}, max ${max}`,
    );
  }
}

/**
 * Refuses a ceiling that differs between the roles: with a lower one in the standby the next apply after a failover would
 * shrink the group, with a lower one in the active site recording the failover would.
 *
 * @throws CeilingDiffers
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_UpdateAutoScalingGroup.html
 */
export function refuseUnevenCeiling(scope: IConstruct, capacity: Capacity, active: Capacity): void {
  if (capacity.max !== active.max) {
    refuse(scope, "CeilingDiffers", `'capacity.max' is ${capacity.max} and 'activeCapacity.max' is ${active.max}`);
  }
}

/** Whether a failover has to raise the group. */
export function isBelow(capacity: Capacity, active: Capacity): boolean {
  return capacity.min < active.min || capacity.desired < active.desired;
}
