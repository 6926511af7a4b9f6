import { AutoscalingPolicy } from "@cdktf/provider-aws/lib/autoscaling-policy";
import { Construct, IConstruct } from "constructs";
import { inRange, refuseNone, refuseWithout } from "../core";
import { LoadBalancerTarget } from "../load-balancer";
import { lifecycleOfPart, RoleInSite } from "../site";

/** Target tracking of a group. The group grows if one target is exceeded, and shrinks if none is. */
export interface Scaling {
  /**
   * Average CPU utilisation of the group in percent, 1 to 100.
   *
   * @default - CPU decides nothing
   */
  readonly cpuPercent?: number;
  /**
   * Requests that each instance gets from the load balancer in a minute.
   *
   * @default - requests decide nothing
   */
  readonly requestsPerMinute?: number;
}

export function checkScaling(scope: IConstruct, scaling: Scaling, target: LoadBalancerTarget | undefined): void {
  const { cpuPercent, requestsPerMinute } = scaling;
  refuseNone(scope, { "scaling.cpuPercent": cpuPercent, "scaling.requestsPerMinute": requestsPerMinute });
  if (cpuPercent !== undefined) inRange(scope, "scaling.cpuPercent", cpuPercent, 1, 100);
  if (requestsPerMinute === undefined) return;
  inRange(scope, "scaling.requestsPerMinute", requestsPerMinute, 1, 1_000_000_000);
  refuseWithout(
    scope,
    { "scaling.requestsPerMinute": requestsPerMinute },
    { target },
    "give the load balancer's 'target': it counts the requests",
  );
}

/** @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html */
export function createScalingPolicies(
  scope: Construct,
  group: { readonly name: string; readonly resourceName: string },
  props: RoleInSite & { readonly scaling?: Scaling; readonly target?: LoadBalancerTarget },
): void {
  const { scaling = {}, target } = props;
  const track = (id: string, metric: string, targetValue: number, resourceLabel?: string) =>
    new AutoscalingPolicy(scope, `Scaling-${id}`, {
      name: `${group.name}-${id}`,
      autoscalingGroupName: group.resourceName,
      policyType: "TargetTrackingScaling",
      targetTrackingConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: metric, resourceLabel },
        targetValue,
        disableScaleIn: false,
      },
      lifecycle: lifecycleOfPart(props), // AWS deletes a group's policies with the group
    });
  const { cpuPercent, requestsPerMinute } = scaling;
  if (cpuPercent !== undefined) track("cpu", "ASGAverageCPUUtilization", cpuPercent);
  if (requestsPerMinute !== undefined) {
    track("requests", "ALBRequestCountPerTarget", requestsPerMinute, target?.resourceLabel);
  }
}
