/**
 * Proves what a group answers about recovery, and that no apply undoes it. Does not prove that EC2 has the capacity.
 */
import { TerraformStack, Testing } from "cdktf";
import { AutoScalingGroup, AutoScalingGroupProps, ssmImage } from "../../modules/auto-scaling";
import { Duration, protectionsBelow } from "../../modules/core";
import { Site } from "../../modules/site";
import { SEOUL, synthInSite } from "../support/synth";

const ACTIVE = { min: 2, desired: 3, max: 6 };
const props: AutoScalingGroupProps = {
  name: "orders-seoul-api",
  capacity: ACTIVE,
  image: ssmImage("/acme/image"),
  instanceType: "m7g.large",
  kmsKeyArn: "arn:aws:kms:ap-northeast-2:111122223333:key/1234",
  subnetIds: ["subnet-1", "subnet-2"],
  vpcId: "vpc-1",
};
const make = (change: Partial<AutoScalingGroupProps>) =>
  synthInSite((site) => new AutoScalingGroup(site, "Api", { ...props, ...change }));

describe("the steps of a failover", () => {
  const STANDBY = { min: 0, desired: 0, max: 6 };
  const modelOf = (change: Partial<AutoScalingGroupProps>) => {
    const site = new Site(new TerraformStack(Testing.app(), "stack"), "Seoul", SEOUL);
    new AutoScalingGroup(site, "Api", { ...props, ...change });
    const found = protectionsBelow(site);
    expect(found.map(({ path }) => path)).toEqual(["stack/Seoul/Api"]);
    return found[0]!.model;
  };

  test("raises a standby to its active capacity, and says how that is undone", () => {
    expect(modelOf({ capacity: STANDBY, activeCapacity: ACTIVE })).toEqual({
      protection: {
        mechanism: "EC2 Auto Scaling group of its own in each site",
        copiesIn: ["seoul"],
        loss: {
          value: Duration.seconds(0),
          basis: "configured",
          source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/what-is-amazon-ec2-auto-scaling.html",
          note: "instances are made anew from the image; what they write to their own volumes is not copied",
        },
      },
      recovery: [
        {
          title: "scale the group to its active capacity",
          call: "autoscaling:UpdateAutoScalingGroup",
          parameters: { AutoScalingGroupName: "orders-seoul-api", MinSize: 2, DesiredCapacity: 3, MaxSize: 6 },
          duration: {
            basis: "unknown",
            source:
              "https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html",
            note: "AWS publishes no time to launch, and promises no capacity without a reservation",
          },
          undo: "UpdateAutoScalingGroup with MinSize 0 and DesiredCapacity 0",
        },
      ],
      evidence: [
        {
          title: "instances in service",
          namespace: "AWS/AutoScaling",
          metric: "GroupInServiceInstances",
          dimensions: { AutoScalingGroupName: "orders-seoul-api" },
          statistic: "Minimum",
          unit: "Count",
          region: "ap-northeast-2",
        },
      ],
    });
  });

  test.each<[string, Partial<AutoScalingGroupProps>, number]>([
    ["no step in the active site", { capacity: ACTIVE, activeCapacity: ACTIVE }, 0],
    ["no step without another capacity", { capacity: STANDBY }, 0],
    ["a step from a lower floor", { capacity: { ...ACTIVE, min: 1 }, activeCapacity: ACTIVE }, 1],
    ["a step from fewer instances", { capacity: { ...ACTIVE, desired: 2 }, activeCapacity: ACTIVE }, 1],
    ["no step from more instances", { capacity: { ...ACTIVE, desired: 5 }, activeCapacity: ACTIVE }, 0],
  ])("takes %s", (_, change, steps) => {
    expect(modelOf(change).recovery).toHaveLength(steps);
  });

  test("is not undone by the next apply: only the floor is Terraform's, and the ceiling is the same in each role", () => {
    const of = (capacity: AutoScalingGroupProps["capacity"]) =>
      make({ capacity, activeCapacity: ACTIVE }).only("aws_autoscaling_group");
    const { min_size: standbyFloor, desired_capacity: standbyNumber, ...standby } = of(STANDBY);
    const { min_size: activeFloor, desired_capacity: activeNumber, ...active } = of(ACTIVE);

    expect(standby).toEqual(active);
    expect(standby.lifecycle).toEqual({ ignore_changes: ["desired_capacity"] });
    expect([standbyFloor, standbyNumber, activeFloor, activeNumber]).toEqual([0, 0, 2, 3]);
  });
});
