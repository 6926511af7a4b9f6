import { Capacity } from "../auto-scaling";
import { isBelow } from "../aws-values";
import { Duration, Evidence, Figure, ProtectionModel, RecoveryStep } from "../core";
import { Site } from "../site";
import { scalableResourceId, ServiceRef } from "./service-ref";
import { SCALABLE } from "./service-scaling";

/** How many tasks a service has today, and has when its site is active. */
export interface Capacities {
  readonly capacity: Capacity;
  readonly active: Capacity;
}

const TO_START: Figure = {
  basis: "unknown",
  source:
    "https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html",
  note: "AWS publishes no time to start a task, and promises no capacity",
};

/** Protection that a service reports. */
export function serviceProtection(
  site: Site,
  service: ServiceRef,
  capacities: Capacities & { readonly counted: boolean },
): ProtectionModel {
  return {
    protection: {
      mechanism: "Amazon ECS service of its own in each site",
      copiesIn: [site.siteName],
      loss: {
        value: Duration.seconds(0),
        basis: "configured",
        source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html",
        note: "tasks are made anew from their images; what they write to their own disks is not copied",
      },
    },
    recovery: isBelow(capacities.capacity, capacities.active) ? scaleUp(service, capacities) : [],
    evidence: capacities.counted ? [count(service, "running", "Running"), count(service, "wanted", "Desired")] : [],
  };
}

/** Raise the minimum first. With the lower minimum, a scaling policy could end the tasks that the second step starts. */
function scaleUp(service: ServiceRef, { capacity, active }: Capacities): readonly RecoveryStep[] {
  return [
    {
      title: "raise the floor of the service",
      call: "application-autoscaling:RegisterScalableTarget",
      parameters: {
        ServiceNamespace: SCALABLE.serviceNamespace,
        ScalableDimension: SCALABLE.scalableDimension,
        ResourceId: scalableResourceId(service),
        MinCapacity: active.min,
        MaxCapacity: active.max,
      },
      duration: TO_START,
      undo: `RegisterScalableTarget with MinCapacity ${capacity.min}`,
    },
    {
      title: "start the tasks of the service",
      call: "ecs:UpdateService",
      parameters: { Cluster: service.clusterName, Service: service.name, DesiredCount: active.desired },
      duration: TO_START,
      undo: `UpdateService with DesiredCount ${capacity.desired}`,
    },
  ];
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html */
function count({ clusterName, name, region }: ServiceRef, which: string, metric: "Running" | "Desired"): Evidence {
  return {
    title: `tasks ${which}`,
    namespace: "ECS/ContainerInsights",
    metric: `${metric}TaskCount`,
    dimensions: { ClusterName: clusterName, ServiceName: name },
    statistic: metric === "Running" ? "Minimum" : "Maximum",
    unit: "Count",
    region,
  };
}
