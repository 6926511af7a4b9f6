import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { LambdaAlias } from "@cdktf/provider-aws/lib/lambda-alias";
import { LambdaProvisionedConcurrencyConfig } from "@cdktf/provider-aws/lib/lambda-provisioned-concurrency-config";
import { ITerraformDependable } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { lifecycleOfPart, lifecycleOfSetting } from "../site";
import { inRange, isKnown, plain, refuse } from "../core";
import { FunctionRef } from "./function-ref";

export const SCALABLE = { serviceNamespace: "lambda", scalableDimension: "lambda:function:ProvisionedConcurrency" };

/** Scaling of the instances that are kept initialised. */
export interface ConcurrencyScaling {
  /** Most of them. */
  readonly max: number;
  /**
   * Target share of them that is in use, 10 to 90 percent.
   *
   * @default 70
   */
  readonly utilizationPercent?: number;
}

/** Instances that are initialised before a request comes. */
export interface ProvisionedConcurrency {
  /** Whether the site is the active one: in a standby a failover asks for them. */
  readonly active: boolean;
  /** How many there are in the active site, 1 or more; with `scaling` the fewest. */
  readonly activeConcurrency: number;
  /**
   * Lets their number follow their use in the active site.
   *
   * @default - it stays
   */
  readonly scaling?: ConcurrencyScaling;
  /**
   * Resource whose change replaces the setting (Terraform's `replace_triggered_by`). A rebuilt standby then keeps no more instances
   * initialised than `standbyConcurrency`.
   *
   * @default - nothing
   */
  readonly replaceTriggeredBy?: readonly ITerraformDependable[];
  /**
   * How many a standby keeps, 0 to `activeConcurrency`; a failover asks for the others.
   *
   * @default 0
   */
  readonly standbyConcurrency?: number;
}

/** The numbers decide what is provisioned and what a failover raises. */
export function checkProvisionedConcurrency(
  scope: IConstruct,
  { reservedConcurrency }: { readonly reservedConcurrency?: number },
  { activeConcurrency, scaling, standbyConcurrency = 0 }: ProvisionedConcurrency,
): void {
  plain(scope, "provisionedConcurrency.activeConcurrency", activeConcurrency);
  plain(scope, "provisionedConcurrency.standbyConcurrency", standbyConcurrency);
  inRange(scope, "provisionedConcurrency.activeConcurrency", activeConcurrency, 1, 1_000_000);
  inRange(scope, "provisionedConcurrency.standbyConcurrency", standbyConcurrency, 0, activeConcurrency);
  const most = scaling?.max ?? activeConcurrency;
  if (scaling !== undefined) {
    inRange(scope, "provisionedConcurrency.scaling.max", scaling.max, activeConcurrency, 1_000_000);
    const percent = plain(scope, "provisionedConcurrency.scaling.utilizationPercent", scaling.utilizationPercent ?? 70);
    inRange(scope, "provisionedConcurrency.scaling.utilizationPercent", percent, 10, 90);
  }
  if (reservedConcurrency === undefined || !isKnown(most) || !isKnown(reservedConcurrency)) return;
  if (most > reservedConcurrency) {
    refuse(
      scope,
      "ConflictingSettings",
      `'provisionedConcurrency' goes up to ${most}, and 'reservedConcurrency' is ${reservedConcurrency}`,
      "raise 'reservedConcurrency': Lambda provisions within it",
    );
  }
}

/**
 * A standby that keeps no instances has no resource that an apply could revert. A failover requests the instances outside Terraform. When
 * the failover is recorded, Terraform requests the same number again. For a standby that keeps some, Terraform ignores their number.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
 */
export function provisionConcurrency(scope: Construct, alias: LambdaAlias, provisioned: ProvisionedConcurrency): void {
  const { active, activeConcurrency, scaling, standbyConcurrency = 0 } = provisioned;
  const min = active ? activeConcurrency : standbyConcurrency;
  if (min === 0) return;
  const kept = new LambdaProvisionedConcurrencyConfig(scope, "ProvisionedConcurrency", {
    functionName: alias.functionName,
    qualifier: alias.name,
    provisionedConcurrentExecutions: min,
    lifecycle: scaling || !active ? lifecycleOfSetting(provisioned, "provisioned_concurrent_executions") : undefined,
  });
  if (scaling !== undefined) scale(scope, alias, kept, { ...provisioned, ...scaling, min });
}

export function scalableResourceId({ name, aliasName }: Pick<FunctionRef, "name" | "aliasName">): string {
  return `function:${name}:${aliasName}`;
}

function scale(
  scope: Construct,
  alias: LambdaAlias,
  kept: LambdaProvisionedConcurrencyConfig,
  settings: ConcurrencyScaling & Pick<ProvisionedConcurrency, "replaceTriggeredBy"> & { readonly min: number },
): void {
  const { min, max, utilizationPercent = 70 } = settings;
  const lifecycle = lifecycleOfPart(settings); // AWS deletes the policies of a target with the target
  const { resourceId } = new AppautoscalingTarget(scope, "ScalableTarget", {
    ...SCALABLE,
    resourceId: scalableResourceId({ name: alias.functionName, aliasName: alias.name }),
    minCapacity: min,
    maxCapacity: max,
    dependsOn: [kept],
    lifecycle,
  });
  new AppautoscalingPolicy(scope, "Scaling", {
    ...SCALABLE,
    name: "provisioned-concurrency",
    resourceId,
    policyType: "TargetTrackingScaling",
    targetTrackingScalingPolicyConfiguration: {
      predefinedMetricSpecification: { predefinedMetricType: "LambdaProvisionedConcurrencyUtilization" },
      targetValue: utilizationPercent / 100,
      disableScaleIn: false,
    },
    lifecycle,
  });
}
