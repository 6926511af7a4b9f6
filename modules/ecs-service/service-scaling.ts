import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { Construct, IConstruct } from "constructs";
import { Capacity, Scaling } from "../auto-scaling";
import { inRange, refuseNone, refuseWithout } from "../core";
import { LoadBalancerTarget } from "../load-balancer";
import { lifecycleOfPart, RoleInSite } from "../site";

/** Target tracking of a service. The service grows if one target is exceeded, and shrinks if none is. */
export interface ServiceScaling extends Scaling {
  /**
   * Average use of memory of the service in percent, 1 to 100.
   *
   * @default - memory decides nothing
   */
  readonly memoryPercent?: number;
}

export const SCALABLE = { serviceNamespace: "ecs", scalableDimension: "ecs:service:DesiredCount" };

export function checkServiceScaling(scope: IConstruct, scaling: ServiceScaling, target?: LoadBalancerTarget): void {
  const { cpuPercent, memoryPercent, requestsPerMinute } = scaling;
  refuseNone(scope, {
    "scaling.cpuPercent": cpuPercent,
    "scaling.memoryPercent": memoryPercent,
    "scaling.requestsPerMinute": requestsPerMinute,
  });
  for (const [goal, percent] of Object.entries({ cpuPercent, memoryPercent })) {
    if (percent !== undefined) inRange(scope, `scaling.${goal}`, percent, 1, 100);
  }
  if (requestsPerMinute === undefined) return;
  inRange(scope, "scaling.requestsPerMinute", requestsPerMinute, 1, 1_000_000_000);
  refuseWithout(
    scope,
    { "scaling.requestsPerMinute": requestsPerMinute },
    { target },
    "give the load balancer's 'target': it counts the requests",
  );
}

/** Scaling settings of a service. */
export interface ScalingSettings extends RoleInSite {
  readonly resourceId: string;
  readonly name: string;
  readonly capacity: Capacity;
  readonly scaling?: ServiceScaling;
  readonly target?: LoadBalancerTarget;
}

/**
 * Minimum and maximum of a service, also without scaling. When they are set, Application Auto Scaling brings the number of tasks between
 * them.
 *
 * @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html
 */
export function createScaling(scope: Construct, service: EcsService, settings: ScalingSettings): AppautoscalingTarget {
  const { capacity, name, resourceId, scaling = {}, target } = settings;
  const scalable = new AppautoscalingTarget(scope, "ScalableTarget", {
    ...SCALABLE,
    resourceId,
    minCapacity: capacity.min,
    maxCapacity: capacity.max,
    dependsOn: [service],
    lifecycle: lifecycleOfPart(settings),
  });
  const track = (id: string, metric: string, targetValue: number, resourceLabel?: string) =>
    new AppautoscalingPolicy(scope, `Scaling-${id}`, {
      ...SCALABLE,
      name: `${name}-${id}`,
      resourceId: scalable.resourceId,
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: metric, resourceLabel },
        targetValue,
        disableScaleIn: false,
      },
      lifecycle: lifecycleOfPart(settings), // AWS deletes the policies of a target with the target
    });
  const { cpuPercent, memoryPercent, requestsPerMinute } = scaling;
  if (cpuPercent !== undefined) track("cpu", "ECSServiceAverageCPUUtilization", cpuPercent);
  if (memoryPercent !== undefined) track("memory", "ECSServiceAverageMemoryUtilization", memoryPercent);
  if (requestsPerMinute !== undefined) {
    track("requests", "ALBRequestCountPerTarget", requestsPerMinute, target?.resourceLabel);
  }
  return scalable;
}
