/**
 * Proves the synthesised group with several instance types, Spot, Capacity Reservations, a warm pool, and settings for the replacement of
 * instances. Does not prove that EC2 has the capacity, nor which instances AWS starts.
 */
import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { TerraformStack, Testing, Token } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import {
  ami,
  AutoScalingGroup,
  AutoScalingGroupProps,
  CapacityReservation,
  CapacityReservationProps,
  MixedInstances,
  ssmImage,
  WarmPool,
} from "../../modules/auto-scaling";
import { Duration, protectionsBelow, RefusalCode } from "../../modules/core";
import { Site } from "../../modules/site";
import { Block, expectRefusalInSite, SEOUL, synthInSite } from "../support/synth";

const ACTIVE = { min: 2, desired: 3, max: 6 };
const STANDBY = { min: 0, desired: 0, max: 6 };
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
const groupOf = (change: Partial<AutoScalingGroupProps>) => make(change).only("aws_autoscaling_group");

/** The settings that a change adds to a group and removes from it. */
function changed(change: Partial<AutoScalingGroupProps>, base: Partial<AutoScalingGroupProps> = {}) {
  const [before, after] = [groupOf(base), groupOf({ ...base, ...change })];
  const differing = (of: Block, other: Block) =>
    Object.fromEntries(Object.entries(of).filter(([key, value]) => !isSame(value, other[key])));
  return { added: differing(after, before), removed: Object.keys(before).filter((key) => !(key in after)) };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

const LAUNCH_TEMPLATE = {
  launch_template_specification: {
    launch_template_id: expect.stringMatching(/^\$\{aws_launch_template\.\w+\.id\}$/) as string,
    version: expect.stringMatching(/^\$\{aws_launch_template\.\w+\.latest_version\}$/) as string,
  },
};
const ON_DEMAND = {
  on_demand_allocation_strategy: "prioritized",
  on_demand_base_capacity: 0,
  on_demand_percentage_above_base_capacity: 100,
  spot_allocation_strategy: "price-capacity-optimized",
};

describe("mixedInstances", () => {
  const policyOf = (mixed: Partial<MixedInstances>) =>
    groupOf({ mixedInstances: { instanceTypes: ["m6g.large", "c7gn.xlarge"], ...mixed } }).mixed_instances_policy;

  test("replace the launch template, in the order given, on demand", () => {
    expect(changed({ mixedInstances: { instanceTypes: ["m6g.large", "c7gn.xlarge"] } })).toEqual({
      added: {
        mixed_instances_policy: {
          instances_distribution: ON_DEMAND,
          launch_template: {
            ...LAUNCH_TEMPLATE,
            override: [
              { instance_type: "m7g.large" },
              { instance_type: "m6g.large" },
              { instance_type: "c7gn.xlarge" },
            ],
          },
        },
      },
      removed: ["launch_template"],
    });
  });

  test.each<[MixedInstances["spot"], object]>([
    [{ onDemandBase: 2 }, { on_demand_base_capacity: 2, on_demand_percentage_above_base_capacity: 0 }],
    [
      { onDemandBase: 0, onDemandPercent: 25, allocation: "capacity-optimized" },
      { on_demand_percentage_above_base_capacity: 25, spot_allocation_strategy: "capacity-optimized" },
    ],
  ])("Spot of %j", (spot, expected) => {
    expect(policyOf({ spot })).toMatchObject({ instances_distribution: { ...ON_DEMAND, ...expected } });
  });

  test("onDemandAllocation", () => {
    expect(policyOf({ onDemandAllocation: "lowest-price" })).toMatchObject({
      instances_distribution: { ...ON_DEMAND, on_demand_allocation_strategy: "lowest-price" },
    });
  });

  test("weights", () => {
    expect(policyOf({ weights: { "m6g.large": 1, "m7g.large": 1, "c7gn.xlarge": 2 } })).toMatchObject({
      launch_template: {
        override: [
          { instance_type: "m7g.large", weighted_capacity: "1" },
          { instance_type: "m6g.large", weighted_capacity: "1" },
          { instance_type: "c7gn.xlarge", weighted_capacity: "2" },
        ],
      },
    });
  });

  test.each(["c7i.large", "g4dn.xlarge", "g6.xlarge", "hpc6a.48xlarge", "u7i-12tb.224xlarge", "x2iezn.2xlarge"])(
    "%s has no Arm processor, and goes with others that have none",
    (type) => {
      expect(make({ instanceType: "m7i.large", mixedInstances: { instanceTypes: [type] } }).text).toContain(type);
    },
  );

  test.each(["a1.large", "c6gn.large", "g5g.xlarge", "im4gn.large", "t4g.micro", "x2gd.large"])(
    "%s has an Arm processor",
    (type) => {
      expect(make({ mixedInstances: { instanceTypes: [type] } }).text).toContain(type);
    },
  );
});

describe("reservedCapacity", () => {
  const reservationIds = ["cr-0123456789abcdef0", "cr-0123456789abcdef1"];
  const resourceGroupArns = ["arn:aws:resource-groups:ap-northeast-2:111122223333:group/orders"];

  test("is used first", () => {
    expect(changed({ reservedCapacity: { reservationIds } })).toEqual({
      added: {
        capacity_reservation_specification: {
          capacity_reservation_preference: "capacity-reservations-first",
          capacity_reservation_target: { capacity_reservation_ids: reservationIds },
        },
      },
      removed: [],
    });
  });

  test("may be used alone, by resource group", () => {
    const { capacity_reservation_specification } = groupOf({
      reservedCapacity: { resourceGroupArns, preference: "only" },
    });
    expect(capacity_reservation_specification).toEqual({
      capacity_reservation_preference: "capacity-reservations-only",
      capacity_reservation_target: { capacity_reservation_resource_group_arns: resourceGroupArns },
    });
  });

  test("is what the recovery of a standby says it can rely on", () => {
    const site = new Site(new TerraformStack(Testing.app(), "stack"), "Seoul", SEOUL);
    const standby = { capacity: STANDBY, activeCapacity: ACTIVE, reservedCapacity: { reservationIds } };
    new AutoScalingGroup(site, "Api", { ...props, ...standby });
    expect(protectionsBelow(site)[0]!.model.recovery[0]!.duration).toMatchObject({
      basis: "unknown",
      note: "AWS publishes no time to launch, and promises no capacity beyond the reservations",
    });
  });
});

describe("warmPool", () => {
  const byId = { image: ami("ami-0123456789abcdef0") };
  const pool = (change: Partial<WarmPool> = {}): WarmPool => ({ maxPrepared: 3, ...change });
  const rendered = {
    pool_state: "Stopped",
    min_size: 0,
    max_group_prepared_capacity: 3,
    instance_reuse_policy: { reuse_on_scale_in: false },
  };

  test("is the standby's while the group has less than its active capacity", () => {
    const standby = { ...byId, capacity: STANDBY, activeCapacity: ACTIVE };
    const change = { warmPool: { standby: pool() } };
    expect(changed(change, standby)).toEqual({ added: { warm_pool: rendered }, removed: [] });
    expect(changed(change, byId)).toEqual({ added: {}, removed: [] });
  });

  test("is the active site's at active capacity", () => {
    const change = { warmPool: { active: pool({ state: "Running", min: 1, reuseOnScaleIn: true }) } };
    const warm_pool = {
      ...rendered,
      pool_state: "Running",
      min_size: 1,
      instance_reuse_policy: { reuse_on_scale_in: true },
    };
    expect(changed(change, byId)).toEqual({ added: { warm_pool }, removed: [] });
    expect(changed(change, { ...byId, capacity: STANDBY, activeCapacity: ACTIVE })).toEqual({ added: {}, removed: [] });
  });

  test("is as large as the ceiling allows when nothing is said", () => {
    const { max_group_prepared_capacity: _, ...open } = rendered;
    expect(groupOf({ ...byId, warmPool: { active: {} } }).warm_pool).toEqual(open);
  });

  test("that hibernates has a template that can, in each role", () => {
    const template = (change: Partial<AutoScalingGroupProps>) =>
      make({ ...byId, ...change }).only("aws_launch_template");
    const warmPool = { standby: pool({ state: "Hibernated" }) };
    const able = { ...template({}), hibernation_options: { configured: true } };
    expect(template({ warmPool })).toEqual(able);
    expect(template({ warmPool, capacity: STANDBY, activeCapacity: ACTIVE })).toEqual(able);
  });
});

describe("how instances are replaced", () => {
  const preferences = {
    min_healthy_percentage: 100,
    max_healthy_percentage: 110,
    auto_rollback: false,
    skip_matching: false,
  };

  test("instanceRefresh", () => {
    const instanceRefresh = {
      alarmNames: ["orders-errors"],
      checkpoints: [10, 100],
      checkpointDelay: Duration.minutes(10),
      minHealthyPercent: 90,
      maxHealthyPercent: 120,
    };
    expect(changed({ instanceRefresh })).toEqual({
      added: {
        instance_refresh: {
          strategy: "Rolling",
          preferences: {
            ...preferences,
            min_healthy_percentage: 90,
            max_healthy_percentage: 120,
            alarm_specification: { alarms: ["orders-errors"] },
            checkpoint_percentages: [10, 100],
            checkpoint_delay: "600",
          },
        },
      },
      removed: [],
    });
  });

  test("one that says nothing changes nothing", () => {
    expect(changed({ instanceRefresh: {} })).toEqual({ added: {}, removed: [] });
  });

  test("rollback can be turned off with an image by id", () => {
    const image = ami("ami-0123456789abcdef0");
    const rollbackOf = (instanceRefresh: AutoScalingGroupProps["instanceRefresh"]) =>
      groupOf({ image, instanceRefresh }).instance_refresh;
    expect(rollbackOf({})).toMatchObject({ preferences: { auto_rollback: true } });
    expect(rollbackOf({ rollback: true })).toMatchObject({ preferences: { auto_rollback: true } });
    expect(rollbackOf({ rollback: false })).toMatchObject({ preferences: { auto_rollback: false } });
  });

  test("instances that match are skipped with an image by id alone: with a parameter AWS refuses to compare", () => {
    const skipOf = (image: AutoScalingGroupProps["image"]) => groupOf({ image }).instance_refresh;
    expect(skipOf(ami("ami-0123456789abcdef0"))).toMatchObject({ preferences: { skip_matching: true } });
    expect(skipOf(ssmImage("/acme/image:7"))).toMatchObject({ preferences: { skip_matching: false } });
  });

  test("maintenance", () => {
    expect(changed({ maintenance: { minHealthyPercent: 100, maxHealthyPercent: 150 } })).toEqual({
      added: { instance_maintenance_policy: { min_healthy_percentage: 100, max_healthy_percentage: 150 } },
      removed: [],
    });
  });
});

describe("CapacityReservation", () => {
  const reservation: CapacityReservationProps = {
    name: "orders-seoul-a",
    availabilityZone: "ap-northeast-2a",
    instanceType: "m7g.large",
    instanceCount: 3,
  };
  const reserve = (change: Partial<CapacityReservationProps> = {}) =>
    synthInSite((site) => new CapacityReservation(site, "Room", { ...reservation, ...change }));
  const RESOURCE = {
    provider: "aws",
    availability_zone: "ap-northeast-2a",
    instance_type: "m7g.large",
    instance_count: 3,
    instance_platform: "Linux/UNIX",
    instance_match_criteria: "targeted",
    end_date_type: "unlimited",
    tenancy: "default",
    tags: { Name: "orders-seoul-a" },
    lifecycle: { create_before_destroy: true },
  };

  test("defaults", () => {
    const tf = reserve();
    expect(tf.types()).toEqual(["aws_ec2_capacity_reservation"]); // the room, for who names it
    expect(tf.only("aws_ec2_capacity_reservation")).toEqual(RESOURCE);
  });

  test.each<[Partial<CapacityReservationProps>, object]>([
    [{ match: "open" }, { instance_match_criteria: "open" }],
    [{ platform: "Windows" }, { instance_platform: "Windows" }],
  ])("%j", (change, expected) => {
    expect(reserve(change).only("aws_ec2_capacity_reservation")).toEqual({ ...RESOURCE, ...expected });
  });

  test("is what a group starts in", () => {
    const tf = synthInSite((site) => {
      const room = (zone: string) =>
        new CapacityReservation(site, zone, { ...reservation, availabilityZone: `ap-northeast-2${zone}` });
      const reservationIds = [room("a"), room("b")].map(({ reservationId }) => reservationId);
      new AutoScalingGroup(site, "Api", { ...props, reservedCapacity: { reservationIds } });
    });
    const id = expect.stringMatching(/^\$\{aws_ec2_capacity_reservation\.\w+\.id\}$/) as string;
    expect(tf.text).toHaveResourceWithProperties(AutoscalingGroup, {
      capacity_reservation_specification: {
        capacity_reservation_preference: "capacity-reservations-first",
        capacity_reservation_target: { capacity_reservation_ids: [id, id] },
      },
    });
    expect(tf.all("aws_ec2_capacity_reservation").map(({ availability_zone }) => availability_zone)).toEqual([
      "ap-northeast-2a",
      "ap-northeast-2b",
    ]);
  });

  test("takes a zone that only an apply will tell, and hands out its ARN", () => {
    synthInSite((site) => {
      const availabilityZone = Token.asString({ resolve: () => "${data.aws_availability_zones.z.names[0]}" });
      const room = new CapacityReservation(site, "Room", { ...reservation, availabilityZone });
      expect(Token.isUnresolved(room.reservationArn)).toBe(true);
    });
  });

  test.each<[Partial<CapacityReservationProps>, RefusalCode, string]>([
    [
      { availabilityZone: "us-east-1a" },
      "WrongSite",
      "'availabilityZone' must be a zone of the site's 'ap-northeast-2', got 'us-east-1a'",
    ],
    [{ instanceCount: 0 }, "SettingOutOfRange", "'instanceCount' must be a whole number from 1 to 1000, got 0"],
    [
      { instanceType: "large" },
      "InvalidName",
      "'instanceType' is not a valid instance type, got 'large', allowed: 6 to 40 characters (it has 5); a family and a size, such as 'm7g.large'",
    ],
  ])("fails of %j", (change, code, problem) => {
    expectRefusalInSite(
      (site) => new CapacityReservation(site, "Room", { ...reservation, ...change }),
      code,
      problem,
      "stack/Site/Room",
    );
  });
});
