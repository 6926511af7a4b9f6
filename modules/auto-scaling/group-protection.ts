import { Duration, ProtectionModel, RecoveryStep } from "../core";
import { Site } from "../site";
import { AutoScalingGroupProps } from "./auto-scaling-group-props";
import { Capacity, isBelow } from "../aws-values";

/** Protection that a group reports. */
export function groupProtection(site: Site, props: AutoScalingGroupProps): ProtectionModel {
  const { name, capacity, activeCapacity = capacity } = props;
  return {
    protection: {
      mechanism: "EC2 Auto Scaling group of its own in each site",
      copiesIn: [site.siteName],
      loss: {
        value: Duration.seconds(0),
        basis: "configured",
        source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/what-is-amazon-ec2-auto-scaling.html",
        note: "instances are made anew from the image; what they write to their own volumes is not copied",
      },
    },
    recovery: isBelow(capacity, activeCapacity) ? [scaleUp(props, activeCapacity)] : [],
    evidence: [
      {
        title: "instances in service",
        namespace: "AWS/AutoScaling",
        metric: "GroupInServiceInstances",
        dimensions: { AutoScalingGroupName: name },
        statistic: "Minimum",
        unit: "Count",
        region: site.region,
      },
    ],
  };
}

function scaleUp({ name, capacity, reservedCapacity }: AutoScalingGroupProps, active: Capacity): RecoveryStep {
  return {
    title: "scale the group to its active capacity",
    call: "autoscaling:UpdateAutoScalingGroup",
    parameters: {
      AutoScalingGroupName: name,
      MinSize: active.min,
      DesiredCapacity: active.desired,
      MaxSize: active.max,
    },
    duration: {
      basis: "unknown",
      source:
        "https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html",
      note: `AWS publishes no time to launch, and promises no capacity ${reservedCapacity ? "beyond the reservations" : "without a reservation"}`,
    },
    undo: `UpdateAutoScalingGroup with MinSize ${capacity.min} and DesiredCapacity ${capacity.desired}`,
  };
}
