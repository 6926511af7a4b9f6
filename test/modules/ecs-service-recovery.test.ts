/**
 * Proves what a service answers about recovery, and that no apply undoes it. Does not prove that Fargate has the capacity.
 */
import { TerraformStack, Testing } from "cdktf";
import { Duration, protectionsBelow } from "../../modules/core";
import { siteImage } from "../../modules/ecr-replication";
import { EcsCluster, FargateService, FargateServiceProps } from "../../modules/ecs-service";
import { Site } from "../../modules/site";
import { SEOUL, synthInSite } from "../support/synth";

const ACTIVE = { min: 2, desired: 3, max: 6 };
const STANDBY = { min: 0, desired: 0, max: 6 };
const props: FargateServiceProps = {
  name: "orders-api",
  cluster: EcsCluster.refOf({ ...SEOUL, name: "orders" }),
  containers: { api: { image: siteImage({ name: "orders/api" }, "1.4.2") } },
  cpu: 256,
  memoryMiB: 512,
  capacity: ACTIVE,
  kmsKeyArn: "arn:aws:kms:ap-northeast-2:111122223333:key/1234",
  subnetIds: ["subnet-1", "subnet-2"],
  vpcId: "vpc-1",
};

const modelOf = (change: Partial<FargateServiceProps>) => {
  const site = new Site(new TerraformStack(Testing.app(), "stack"), "Seoul", SEOUL);
  new FargateService(site, "Api", { ...props, ...change });
  const found = protectionsBelow(site);
  expect(found.map(({ path }) => path)).toEqual(["stack/Seoul/Api"]);
  return found[0]!.model;
};

test("a failover raises the floor, then the number, and says how that is undone", () => {
  const duration = {
    basis: "unknown",
    source:
      "https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html",
    note: "AWS publishes no time to start a task, and promises no capacity",
  };
  const evidence = (title: string, metric: string, statistic: string) => ({
    title,
    namespace: "ECS/ContainerInsights",
    metric,
    dimensions: { ClusterName: "orders", ServiceName: "orders-api" },
    statistic,
    unit: "Count",
    region: "ap-northeast-2",
  });
  expect(modelOf({ capacity: STANDBY, activeCapacity: ACTIVE })).toEqual({
    protection: {
      mechanism: "Amazon ECS service of its own in each site",
      copiesIn: ["seoul"],
      loss: {
        value: Duration.seconds(0),
        basis: "configured",
        source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html",
        note: "tasks are made anew from their images; what they write to their own disks is not copied",
      },
    },
    recovery: [
      {
        title: "raise the floor of the service",
        call: "application-autoscaling:RegisterScalableTarget",
        parameters: {
          ServiceNamespace: "ecs",
          ScalableDimension: "ecs:service:DesiredCount",
          ResourceId: "service/orders/orders-api",
          MinCapacity: 2,
          MaxCapacity: 6,
        },
        duration,
        undo: "RegisterScalableTarget with MinCapacity 0",
      },
      {
        title: "start the tasks of the service",
        call: "ecs:UpdateService",
        parameters: { Cluster: "orders", Service: "orders-api", DesiredCount: 3 },
        duration,
        undo: "UpdateService with DesiredCount 0",
      },
    ],
    evidence: [
      evidence("tasks running", "RunningTaskCount", "Minimum"),
      evidence("tasks wanted", "DesiredTaskCount", "Maximum"),
    ],
  });
});

test.each<[string, Partial<FargateServiceProps>, number]>([
  ["no step in the active site", { capacity: ACTIVE, activeCapacity: ACTIVE }, 0],
  ["no step without another capacity", { capacity: STANDBY }, 0],
  ["both steps from a lower floor", { capacity: { ...ACTIVE, min: 1 }, activeCapacity: ACTIVE }, 2],
  ["both steps from fewer tasks", { capacity: { ...ACTIVE, desired: 2 }, activeCapacity: ACTIVE }, 2],
  ["no step from more tasks", { capacity: { ...ACTIVE, desired: 5 }, activeCapacity: ACTIVE }, 0],
])("a failover takes %s", (_, change, steps) => {
  expect(modelOf(change).recovery).toHaveLength(steps);
});

test("a cluster that does not count its tasks shows nothing", () => {
  const cluster = EcsCluster.refOf({ ...SEOUL, name: "orders", containerInsights: false });
  expect(modelOf({ cluster }).evidence).toEqual([]);
});

test("no apply undoes a failover: only the floor is Terraform's, and the ceiling is the same in each role", () => {
  const of = (capacity: FargateServiceProps["capacity"]) => {
    const tf = synthInSite((site) => new FargateService(site, "Api", { ...props, capacity, activeCapacity: ACTIVE }));
    const { desired_count, ...service } = tf.only("aws_ecs_service");
    const { min_capacity, ...target } = tf.only("aws_appautoscaling_target");
    return { numbers: [min_capacity, desired_count], service, target };
  };
  const [standby, active] = [of(STANDBY), of(ACTIVE)];

  expect(standby.service).toEqual(active.service);
  expect(standby.target).toEqual(active.target);
  expect(standby.service.lifecycle).toEqual({ ignore_changes: ["desired_count"] });
  expect([standby.numbers, active.numbers]).toEqual([
    [0, 0],
    [2, 3],
  ]);
});
