/**
 * Proves what a group refuses of several instance types, Spot, Capacity Reservations, warm pools, and the ways instances are replaced.
 * Does not prove that AWS refuses nothing else.
 */
import { ami, AutoScalingGroup, AutoScalingGroupProps, MixedInstances, ssmImage } from "../../modules/auto-scaling";
import { LoadBalancer } from "../../modules/load-balancer";
import { Duration, RefusalCode } from "../../modules/core";
import { expectRefusalInSite } from "../support/synth";

const props: AutoScalingGroupProps = {
  name: "orders-seoul-api",
  capacity: { min: 2, desired: 3, max: 6 },
  image: ssmImage("/acme/image"),
  instanceType: "m7g.large",
  kmsKeyArn: "arn:aws:kms:ap-northeast-2:111122223333:key/1234",
  subnetIds: ["subnet-1", "subnet-2"],
  vpcId: "vpc-1",
};

const AMAZON_LINUX = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default";
const UBUNTU = "/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id";

describe("AutoScalingGroup refuses", () => {
  const byId = { image: ami("ami-0123456789abcdef0") };
  const mixed = (change: Partial<MixedInstances>) => ({ mixedInstances: { instanceTypes: ["m6g.large"], ...change } });

  test.each<[Partial<AutoScalingGroupProps>, RefusalCode, string]>([
    [
      mixed({ instanceTypes: [] }),
      "SettingOutOfRange",
      "'number of mixedInstances.instanceTypes' must be a whole number from 1 to 39, got 0",
    ],
    [
      mixed({ instanceTypes: ["m6g"] }),
      "InvalidName",
      "'mixedInstances.instanceTypes' is not a valid instance type, got 'm6g', allowed: 6 to 40 characters (it has 3); a family and a size, such as 'm7g.large'",
    ],
    [
      mixed({ instanceTypes: ["m7g.large"] }),
      "RepeatedItem",
      "'instanceType and mixedInstances.instanceTypes' names 'm7g.large' twice",
    ],
    [
      mixed({ instanceTypes: ["m6g.large", "m7i.large"] }),
      "ArchitecturesDiffer",
      "'m7g.large' has an Arm processor and 'm7i.large' has not, and the image is one",
    ],
    [
      { image: ssmImage(`${AMAZON_LINUX}-x86_64`) },
      "ArchitecturesDiffer",
      `'m7g.large' has an Arm processor, and the image is of x86_64, got '${AMAZON_LINUX}-x86_64'`,
    ],
    [
      { image: ssmImage(`${AMAZON_LINUX}-arm64`), instanceType: "m7i.large" },
      "ArchitecturesDiffer",
      `'m7i.large' has no Arm processor, and the image is of arm64, got '${AMAZON_LINUX}-arm64'`,
    ],
    [
      { image: ssmImage(UBUNTU), instanceType: "c7gn.large" },
      "ArchitecturesDiffer",
      `'c7gn.large' has an Arm processor, and the image is of amd64, got '${UBUNTU}'`,
    ],
    [
      mixed({ weights: { "m7g.large": 1 } }),
      "MissingSetting",
      "'mixedInstances.weights' must name every type of the group, got m7g.large, allowed m6g.large, m7g.large",
    ],
    [
      mixed({ weights: { "m7g.large": 1, "m6g.large": 1_000 } }),
      "SettingOutOfRange",
      "'mixedInstances.weights of m6g.large' must be a whole number from 1 to 999, got 1000",
    ],
    [
      mixed({ spot: { onDemandBase: 0 } }),
      "OnlySpot",
      "'mixedInstances.spot' leaves nothing on demand, got 'onDemandBase' 0 and 'onDemandPercent' 0",
    ],
    [
      mixed({ spot: { onDemandBase: -1 } }),
      "SettingOutOfRange",
      "'mixedInstances.spot.onDemandBase' must be a whole number from 0 to 10000, got -1",
    ],
    [
      mixed({ spot: { onDemandBase: 1, onDemandPercent: 101 } }),
      "SettingOutOfRange",
      "'mixedInstances.spot.onDemandPercent' must be a whole number from 0 to 100, got 101",
    ],
    [{ reservedCapacity: { preference: "only" } }, "MissingSetting", "'reservedCapacity' names no reservation"],
    [
      { reservedCapacity: { reservationIds: ["cr-1"] } },
      "InvalidName",
      "'reservedCapacity.reservationIds' is not a valid Capacity Reservation id, got 'cr-1', allowed: 11 to 20 characters (it has 4); 'cr-' and 8 or 17 hexadecimal digits",
    ],
    [
      { reservedCapacity: { reservationIds: ["cr-12345678", "cr-12345678"] } },
      "RepeatedItem",
      "'reservedCapacity.reservationIds' names 'cr-12345678' twice",
    ],
    [
      { reservedCapacity: { resourceGroupArns: ["arn:aws:resource-groups:us-east-1:111122223333:group/x"] } },
      "ArnOfOtherRegion",
      "'reservedCapacity.resourceGroupArns' is in 'us-east-1', the site is 'ap-northeast-2', got 'arn:aws:resource-groups:us-east-1:111122223333:group/x'",
    ],
    [
      { ...mixed({ spot: { onDemandBase: 1 } }), warmPool: { active: {} } },
      "ConflictingSettings",
      "'warmPool' and 'mixedInstances.spot' are both given",
    ],
    [{ warmPool: { standby: {} } }, "ConflictingSettings", "'warmPool' is set and the image is given by a parameter"],
    [
      { ...byId, warmPool: { standby: { min: 3, maxPrepared: 2 } } },
      "SettingOutOfRange",
      "'warmPool.standby.maxPrepared' must be a whole number from 3 to 10000, got 2",
    ],
    [
      { ...byId, warmPool: { active: { min: -1 } } },
      "SettingOutOfRange",
      "'warmPool.active.min' must be a whole number from 0 to 10000, got -1",
    ],
    [
      { instanceRefresh: { minHealthyPercent: 101 } },
      "SettingOutOfRange",
      "'instanceRefresh.minHealthyPercent' must be a whole number from 0 to 100, got 101",
    ],
    [
      { instanceRefresh: { minHealthyPercent: 0 } },
      "SettingOutOfRange",
      "'instanceRefresh' must have percentages at most 100 apart, got 0 and 110",
    ],
    [
      { instanceRefresh: { checkpoints: [50, 20] } },
      "SettingOutOfRange",
      "'instanceRefresh.checkpoints' must be a whole number from 51 to 100, got 20",
    ],
    [
      { instanceRefresh: { checkpointDelay: Duration.hours(1) } },
      "MissingSetting",
      "'instanceRefresh.checkpointDelay' is set and 'checkpoints' is not",
    ],
    [
      { instanceRefresh: { checkpoints: [100], checkpointDelay: Duration.days(3) } },
      "SettingOutOfRange",
      "'instanceRefresh.checkpointDelay in seconds' must be a whole number from 0 to 172800, got 259200",
    ],
    [
      { instanceRefresh: { alarmNames: "a b c d e f g h i j k".split(" ") } },
      "SettingOutOfRange",
      "'number of instanceRefresh.alarmNames' must be a whole number from 0 to 10, got 11",
    ],
    [{ instanceRefresh: { alarmNames: ["a", "a"] } }, "RepeatedItem", "'instanceRefresh.alarmNames' names 'a' twice"],
    [
      { instanceRefresh: { rollback: true } },
      "ConflictingSettings",
      "'instanceRefresh.rollback' is set and the image is given by a parameter",
    ],
    [
      { maintenance: { minHealthyPercent: 100, maxHealthyPercent: 90 } },
      "SettingOutOfRange",
      "'maintenance.maxHealthyPercent' must be a whole number from 100 to 200, got 90",
    ],
    [
      { maintenance: { minHealthyPercent: 50, maxHealthyPercent: 151 } },
      "SettingOutOfRange",
      "'maintenance' must have percentages at most 100 apart, got 50 and 151",
    ],
  ])("%j", (change, code, problem) => {
    expectRefusalInSite(
      (site) => {
        try {
          new AutoScalingGroup(site, "Api", { ...props, ...change });
        } finally {
          expect(site.node.findChild("Api").node.children).toEqual([]);
        }
      },
      code,
      problem,
      "stack/Site/Api",
    );
  });

  test("a load balancer that sends to addresses", () => {
    expectRefusalInSite(
      (site) => {
        const { vpcId, subnetIds } = props;
        const clients = { clientCidrs: ["10.20.0.0/16"], listener: { plainHttp: true } };
        const { target } = new LoadBalancer(site, "B", {
          name: "b",
          vpcId,
          subnetIds,
          target: { port: 8080, type: "ip" },
          ...clients,
        });
        new AutoScalingGroup(site, "Api", { ...props, target });
      },
      "WrongTargetType",
      "'target' registers addresses, and a group's instances register by their ids, got 'ip'",
      "stack/Site/Api",
    );
  });
});
