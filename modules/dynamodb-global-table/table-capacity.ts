import { DynamodbTableOnDemandThroughput } from "@cdktf/provider-aws/lib/dynamodb-table";
import { IConstruct } from "constructs";
import { Duration, inRange, isKnown, refuse, refuseBoth } from "../core";

/** DynamoDB's range of target utilization, in percent. */
const UTILIZATION = { min: 20, max: 90 }; // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html

/** Capacity that an on-demand table, or an index of one, may use each second. Requests beyond it are throttled. */
export interface OnDemandLimits {
  /** Read request units per second. @default - the account's limit */
  readonly maxReadRequestUnits?: number;
  /** Write request units per second, the same in every replica. @default - the account's limit */
  readonly maxWriteRequestUnits?: number;
}

/** Capacity units that Application Auto Scaling keeps between two bounds. Equal bounds keep it fixed. */
export interface CapacityRange {
  /** Most capacity units. */
  readonly max: number;
  /** Fewest capacity units. The table begins with them, also when it changes from on demand. */
  readonly min: number;
  /** Rest after a decrease. @default 60 seconds */
  readonly scaleInCooldown?: Duration;
  /** Rest after an increase. @default 60 seconds */
  readonly scaleOutCooldown?: Duration;
  /** Share of the provisioned units that should be in use, in percent, 20 to 90. @default 70 */
  readonly targetUtilizationPercent?: number;
}

/**
 * Provisioned capacity with auto scaling. AWS replicates a provisioned table only if its writes, and its indexes', are
 * auto scaled: there is no fixed capacity here.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html
 */
export interface ProvisionedCapacity {
  readonly read: CapacityRange;
  /** The same in every replica: each one has to take every write. */
  readonly write: CapacityRange;
}

/** Either mode, or neither: then the table is on demand without a limit of its own. */
export interface Capacity {
  /** Limits of the on-demand mode; or `provisioned`. @default - no limit */
  readonly onDemand?: OnDemandLimits;
  /**
   * Provisioned mode with auto scaling; or `onDemand`.
   *
   * To change a table that is on demand, set `ignoreCapacityChanges: false` for that one deployment. Set a `min` that carries
   * the present traffic of the busiest replica. Otherwise Terraform sends 1 unit for reads and writes, in every replica, until
   * auto scaling is registered. DynamoDB then also refuses the change of a table with global indexes, because they get no
   * capacity. Changing back needs no setting. DynamoDB limits how often a table may change to on demand.
   *
   * @default - on demand
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-switching-capacity-modes.html
   */
  readonly provisioned?: ProvisionedCapacity;
}

/** Refuses capacities that AWS would. */
export function checkCapacity(scope: IConstruct, property: string, { onDemand, provisioned }: Capacity): void {
  refuseBoth(scope, { [`${property}onDemand`]: onDemand, [`${property}provisioned`]: provisioned });
  for (const [setting, value] of Object.entries(onDemand ?? {}) as [string, number | undefined][]) {
    if (value !== undefined) atLeastOne(scope, `${property}onDemand.${setting}`, value);
  }
  if (provisioned === undefined) return;
  checkRange(scope, `${property}provisioned.read`, provisioned.read);
  checkRange(scope, `${property}provisioned.write`, provisioned.write);
}

/** Refuses a range of capacity that AWS would. */
export function checkRange(scope: IConstruct, property: string, range: CapacityRange): void {
  atLeastOne(scope, `${property}.min`, range.min);
  atLeastOne(scope, `${property}.max`, range.max);
  if (isKnown(range.min) && isKnown(range.max) && range.min > range.max) {
    refuse(
      scope,
      "SettingOutOfRange",
      `'${property}' must not have a 'min' above its 'max', got ${range.min} and ${range.max}`,
    );
  }
  const { targetUtilizationPercent: percent = UTILIZATION.min } = range;
  inRange(scope, `${property}.targetUtilizationPercent`, percent, UTILIZATION.min, UTILIZATION.max);
}

/** The only upper limit is the account's, which AWS raises on request. */
function atLeastOne(scope: IConstruct, property: string, value: number): void {
  if (isKnown(value) && (!Number.isSafeInteger(value) || value < 1)) {
    refuse(scope, "SettingOutOfRange", `'${property}' must be a whole number from 1, got ${value}`);
  }
}

/** The block of an on-demand table or index, absent where nothing is limited. */
export function onDemandThroughput(limits: OnDemandLimits | undefined): DynamodbTableOnDemandThroughput | undefined {
  if (limits?.maxReadRequestUnits === undefined && limits?.maxWriteRequestUnits === undefined) return undefined;
  return { maxReadRequestUnits: limits.maxReadRequestUnits, maxWriteRequestUnits: limits.maxWriteRequestUnits };
}
