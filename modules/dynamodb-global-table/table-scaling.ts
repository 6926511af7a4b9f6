import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { checkName, NameRule } from "../core";
import { Site } from "../site";
import { CapacityRange } from "./table-capacity";

/** As in AWS's example of scaling with its command line. */
const COOLDOWN_SECONDS = 60; // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.CLI.html
const TARGET_PERCENT = 70; // what the DynamoDB console begins with

/** @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html */
const POLICY_NAME: NameRule = {
  what: "scaling policy name, made of the table's and the index's name",
  min: 1,
  max: 256,
  pattern: /^[^]*$/,
  allowed: "any characters",
  unique: "region",
  source: "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html",
};

/** One capacity that is scaled: reads or writes, of a table or of an index of it. */
export interface Scaled {
  readonly direction: "Read" | "Write";
  readonly range: CapacityRange;
  readonly table: string;
  /** @default - the table itself */
  readonly index?: string;
}

/** Whether scaling exists already, and the resources it depends on. */
export interface ScalingOptions {
  /** Imports targets that exist. @default false */
  readonly adoptExisting?: boolean;
  /** Resources that must exist first. @default - nothing of this stack */
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * Scales one capacity: a scalable target and a target tracking policy, under the names the DynamoDB console gives them.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html
 */
export function scale(scope: Construct, scaled: Scaled, options: ScalingOptions): AppautoscalingPolicy {
  const { direction, range } = scaled;
  const name = checkPolicyName(scope, scaled);
  const target = createTarget(scope, scaled, options);
  return new AppautoscalingPolicy(scope, idOf(scaled, "Policy"), {
    name,
    policyType: "TargetTrackingScaling",
    resourceId: target.resourceId,
    scalableDimension: target.scalableDimension,
    serviceNamespace: target.serviceNamespace,
    targetTrackingScalingPolicyConfiguration: {
      predefinedMetricSpecification: { predefinedMetricType: metricOf(direction) },
      targetValue: range.targetUtilizationPercent ?? TARGET_PERCENT,
      scaleInCooldown: range.scaleInCooldown?.inSeconds ?? COOLDOWN_SECONDS,
      scaleOutCooldown: range.scaleOutCooldown?.inSeconds ?? COOLDOWN_SECONDS,
      disableScaleIn: false,
    },
  });
}

/** Refuses the name of a policy that AWS would. */
export function checkPolicyName(scope: Construct, scaled: Scaled): string {
  const name = `${metricOf(scaled.direction)}:${resourceId(scaled)}`;
  return checkName(scope, scaled.index ?? "name", name, POLICY_NAME);
}

function createTarget(
  scope: Construct,
  scaled: Scaled,
  { adoptExisting, dependsOn }: ScalingOptions,
): AppautoscalingTarget {
  const scalableDimension = `dynamodb:${scaled.index === undefined ? "table" : "index"}:${scaled.direction}CapacityUnits`;
  const target = new AppautoscalingTarget(scope, idOf(scaled, "Target"), {
    serviceNamespace: "dynamodb",
    resourceId: resourceId(scaled),
    scalableDimension,
    minCapacity: scaled.range.min,
    maxCapacity: scaled.range.max,
    dependsOn,
  });
  if (adoptExisting) target.importFrom(`dynamodb/${resourceId(scaled)}/${scalableDimension}`, Site.of(scope).provider);
  return target;
}

function idOf({ direction, index }: Scaled, role: "Target" | "Policy"): string {
  return [`${direction}${role}`, index].filter((part) => part !== undefined).join("-");
}

function metricOf(direction: Scaled["direction"]): string {
  return `DynamoDB${direction}CapacityUtilization`;
}

function resourceId({ table, index }: Scaled): string {
  return index === undefined ? `table/${table}` : `table/${table}/index/${index}`;
}
