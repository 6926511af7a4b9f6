import {
  AutoscalingGroupInstanceMaintenancePolicy,
  AutoscalingGroupInstanceRefresh,
} from "@cdktf/provider-aws/lib/autoscaling-group";
import { IConstruct } from "constructs";
import { Duration, inRange, isKnown, plain, refuse } from "../core";
import { refuseRepeated } from "../site";
import { Image } from "./image";

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RefreshPreferences.html */
const LIMITS = { alarms: 10, checkpointDelaySeconds: 172_800, spread: 100 };

/** New instances run before old ones end. */
const DEFAULTS = { minHealthyPercent: 100, maxHealthyPercent: 110 };

/** Share of a group that serves while instances are replaced. A larger difference, at most 100, replaces more instances at once. */
export interface InstanceMaintenance {
  /** Most that is in service or starting, in percent of the number wanted, 100 to 200. */
  readonly maxHealthyPercent: number;
  /** Least that stays in service, in percent of the number wanted, 0 to 100. With 100, a new instance runs before an old one ends. */
  readonly minHealthyPercent: number;
}

/** How instances are replaced when the launch template changes. */
export interface InstanceRefresh {
  /**
   * Names of alarms, at most 10: one of them in `ALARM` ends the replacement.
   *
   * @default - none
   */
  readonly alarmNames?: readonly string[];
  /**
   * How long each checkpoint waits, at most two days.
   *
   * @default Duration.hours(1), with checkpoints
   */
  readonly checkpointDelay?: Duration;
  /**
   * Shares of the group in percent, in ascending order, after which the replacement pauses. If the last share is below 100, the remaining
   * instances are not replaced.
   *
   * @default - none
   */
  readonly checkpoints?: readonly number[];
  /**
   * Most that is in service or starting, in percent, 100 to 200.
   *
   * @default 110
   */
  readonly maxHealthyPercent?: number;
  /**
   * Least that stays in service, in percent, 0 to 100.
   *
   * @default 100
   */
  readonly minHealthyPercent?: number;
  /**
   * Returns to the previous template if a replacement fails or an alarm ends it. Not possible with an image by parameter, because AWS does
   * not know which image that was.
   *
   * @default - true with an image by id
   */
  readonly rollback?: boolean;
}

export function checkMaintenance(scope: IConstruct, maintenance: InstanceMaintenance): void {
  checkPercents(scope, "maintenance", maintenance);
}

export function checkRefresh(scope: IConstruct, refresh: InstanceRefresh, image: Image): void {
  const { alarmNames = [], checkpointDelay, checkpoints = [] } = refresh;
  checkPercents(scope, "instanceRefresh", { ...DEFAULTS, ...refresh });
  inRange(scope, "number of instanceRefresh.alarmNames", alarmNames.length, 0, LIMITS.alarms);
  refuseRepeated(scope, "instanceRefresh.alarmNames", alarmNames);
  plain(scope, "instanceRefresh.checkpoints", checkpoints).forEach((percent, index) => {
    inRange(scope, "instanceRefresh.checkpoints", percent, (checkpoints[index - 1] ?? 0) + 1, 100);
  });
  if (checkpointDelay !== undefined) {
    const seconds = checkpointDelay.inSeconds;
    inRange(scope, "instanceRefresh.checkpointDelay in seconds", seconds, 0, LIMITS.checkpointDelaySeconds);
    if (checkpoints.length === 0) {
      const problem = "'instanceRefresh.checkpointDelay' is set and 'checkpoints' is not";
      refuse(scope, "MissingSetting", problem, "say after how much of the group it waits");
    }
  }
  if (refresh.rollback && !image.fixed) {
    const problem = "'instanceRefresh.rollback' is set and the image is given by a parameter";
    refuse(scope, "ConflictingSettings", problem, "give the image by its id, or leave 'rollback' out");
  }
}

function checkPercents(scope: IConstruct, property: string, percents: InstanceMaintenance): void {
  const { minHealthyPercent: min, maxHealthyPercent: max } = percents;
  inRange(scope, `${property}.minHealthyPercent`, min, 0, 100);
  inRange(scope, `${property}.maxHealthyPercent`, max, 100, 200);
  if (isKnown(min) && isKnown(max) && max - min > LIMITS.spread) {
    const problem = `'${property}' must have percentages at most ${LIMITS.spread} apart, got ${min} and ${max}`;
    refuse(scope, "SettingOutOfRange", problem);
  }
}

/** @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-instance-maintenance-policy.html */
export function maintenancePolicy(maintenance: InstanceMaintenance): AutoscalingGroupInstanceMaintenancePolicy {
  return {
    minHealthyPercentage: maintenance.minHealthyPercent,
    maxHealthyPercentage: maintenance.maxHealthyPercent,
  };
}

/**
 * Instances that match the template are skipped with an image by id. With a parameter AWS refuses to compare, and all are replaced.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html
 */
export function instanceRefreshConfig(refresh: InstanceRefresh, image: Image): AutoscalingGroupInstanceRefresh {
  const { alarmNames, checkpointDelay, checkpoints } = refresh;
  return {
    strategy: "Rolling",
    preferences: {
      minHealthyPercentage: refresh.minHealthyPercent ?? DEFAULTS.minHealthyPercent,
      maxHealthyPercentage: refresh.maxHealthyPercent ?? DEFAULTS.maxHealthyPercent,
      autoRollback: refresh.rollback ?? image.fixed,
      skipMatching: image.fixed,
      alarmSpecification: alarmNames && { alarms: [...alarmNames] },
      checkpointPercentages: checkpoints && [...checkpoints],
      checkpointDelay: checkpointDelay && String(checkpointDelay.inSeconds),
    },
  };
}
