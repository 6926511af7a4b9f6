/**
 * Proves what is synthesised for a cluster and a service on Fargate. Does not prove that Fargate has the capacity, nor that an image
 * starts.
 */
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import "cdktf/lib/testing/adapters/jest";
import { Duration, policyDocument } from "../../modules/core";
import { siteImage } from "../../modules/ecr-replication";
import {
  EcsCluster,
  EcsClusterProps,
  ecsKeyStatements,
  FargateService,
  FargateServiceProps,
} from "../../modules/ecs-service";
import { LoadBalancer } from "../../modules/load-balancer";
import { Site } from "../../modules/site";
import { SEOUL, synth, Synthesised, synthInSite, TOKYO } from "../support/synth";

const kmsKeyArn = "arn:aws:kms:ap-northeast-2:111122223333:key/1234";
const image = siteImage({ name: "orders/api" }, "1.4.2");
const props: FargateServiceProps = {
  name: "orders-api",
  cluster: EcsCluster.refOf({ ...SEOUL, name: "orders" }),
  containers: { api: { image } },
  cpu: 512,
  memoryMiB: 1024,
  capacity: { min: 2, desired: 3, max: 6 },
  kmsKeyArn,
  subnetIds: ["subnet-1", "subnet-2"],
  vpcId: "vpc-1",
};
const make = (change: Partial<FargateServiceProps> = {}) =>
  synthInSite((site) => new FargateService(site, "Api", { ...props, ...change }));

/** A service behind a load balancer. */
const behind = (change: Partial<FargateServiceProps> = {}) =>
  synthInSite((site) => {
    const { vpcId, subnetIds } = props;
    const clients = { clientCidrs: ["10.20.0.0/16"], listener: { plainHttp: true } };
    const { target } = new LoadBalancer(site, "Balancer", {
      ...{ name: "b", vpcId, subnetIds, target: { port: 8080, type: "ip" }, ...clients },
    });
    const containers = { proxy: { image }, api: { image, ports: [9090, 8080] } };
    new FargateService(site, "Api", { ...props, containers, target, ...change });
  });

const reference = (type: string, name: string) =>
  expect.stringMatching(new RegExp(`^\\$\\{${type}\\.[\\w-]+\\.${name}\\}$`)) as string;
const dependency = (type: string) => expect.stringMatching(new RegExp(`^${type}\\.`)) as string;
const parsed = (value: unknown) => JSON.parse(value as string) as unknown;
const statements = (value: unknown) => (parsed(value) as { Statement: unknown[] }).Statement;

const SERVICE = {
  provider: "aws",
  name: "orders-api",
  cluster: "arn:aws:ecs:ap-northeast-2:111122223333:cluster/orders",
  task_definition: reference("aws_ecs_task_definition", "arn"),
  desired_count: 3,
  scheduling_strategy: "REPLICA",
  capacity_provider_strategy: [{ capacity_provider: "FARGATE", base: 0, weight: 1 }],
  platform_version: "LATEST",
  network_configuration: {
    subnets: ["subnet-1", "subnet-2"],
    security_groups: [reference("aws_security_group", "id")],
    assign_public_ip: false,
  },
  availability_zone_rebalancing: "ENABLED",
  deployment_controller: { type: "ECS" },
  deployment_circuit_breaker: { enable: true, rollback: true },
  deployment_maximum_percent: 200,
  deployment_minimum_healthy_percent: 100,
  enable_ecs_managed_tags: true,
  propagate_tags: "SERVICE",
  enable_execute_command: false,
  force_new_deployment: true,
  depends_on: [
    dependency("aws_cloudwatch_log_group"),
    dependency("aws_iam_role_policy"),
    dependency("aws_iam_role_policy"),
  ],
  lifecycle: { ignore_changes: ["desired_count"] },
};

describe("FargateService", () => {
  test("defaults", () => {
    const tf = make();

    expect(tf.types()).toEqual([
      "aws_appautoscaling_target", // limits
      "aws_cloudwatch_log_group", // logs
      "aws_ecs_service", // the service
      "aws_ecs_task_definition", // settings
      "aws_iam_role", // starts the tasks
      "aws_iam_role", // of the containers
      "aws_iam_role_policy", // pulls images, writes logs
      "aws_iam_role_policy", // denies switches
      "aws_security_group", // admits no source
      "aws_vpc_security_group_egress_rule", // outbound
    ]);
    expect(tf.only("aws_ecs_service")).toEqual(SERVICE);
    expect(tf.only("aws_appautoscaling_target")).toEqual({
      provider: "aws",
      service_namespace: "ecs",
      scalable_dimension: "ecs:service:DesiredCount",
      resource_id: "service/orders/orders-api",
      min_capacity: 2,
      max_capacity: 6,
      depends_on: [dependency("aws_ecs_service")],
    });
    expect(tf.only("aws_cloudwatch_log_group")).toEqual({
      provider: "aws",
      name: "/ecs/orders/orders-api",
      kms_key_id: kmsKeyArn,
      retention_in_days: 90,
    });
    expect(tf.text).toHaveResourceWithProperties(EcsService, {
      desired_count: 3,
      availability_zone_rebalancing: "ENABLED",
    });
  });

  test("each task is what its definition says", () => {
    const { container_definitions, ...definition } = make().only("aws_ecs_task_definition");
    expect(definition).toEqual({
      provider: "aws",
      family: "orders-api",
      requires_compatibilities: ["FARGATE"],
      network_mode: "awsvpc",
      cpu: "512",
      memory: "1024",
      runtime_platform: { cpu_architecture: "X86_64", operating_system_family: "LINUX" },
      execution_role_arn: reference("aws_iam_role", "arn"),
      task_role_arn: reference("aws_iam_role", "arn"),
      skip_destroy: true,
    });
    expect(parsed(container_definitions)).toHaveLength(1);
  });

  test.each<[Partial<FargateServiceProps>, string, object]>([
    [
      { architecture: "ARM64" },
      "aws_ecs_task_definition",
      { runtime_platform: { cpu_architecture: "ARM64", operating_system_family: "LINUX" } },
    ],
    [{ ephemeralStorageGiB: 100 }, "aws_ecs_task_definition", { ephemeral_storage: { size_in_gib: 100 } }],
    [{ logRetentionDays: 365 }, "aws_cloudwatch_log_group", { retention_in_days: 365 }],
    [{ capacity: { min: 0, desired: 0, max: 6 } }, "aws_ecs_service", { desired_count: 0 }],
    [{ capacity: { min: 0, desired: 0, max: 6 } }, "aws_appautoscaling_target", { min_capacity: 0 }],
    [
      { deployment: { maximumPercent: 150, minimumHealthyPercent: 50, rollbackAlarms: ["errors"] } },
      "aws_ecs_service",
      {
        deployment_maximum_percent: 150,
        deployment_minimum_healthy_percent: 50,
        alarms: { alarm_names: ["errors"], enable: true, rollback: true },
      },
    ],
    [
      { spot: { onDemandBase: 2 } },
      "aws_ecs_service",
      {
        capacity_provider_strategy: [
          { capacity_provider: "FARGATE", base: 2, weight: 0 },
          { capacity_provider: "FARGATE_SPOT", base: 0, weight: 1 },
        ],
      },
    ],
    [
      { spot: { onDemandBase: 0, onDemandWeight: 1, spotWeight: 3 } },
      "aws_ecs_service",
      {
        capacity_provider_strategy: [
          { capacity_provider: "FARGATE", base: 0, weight: 1 },
          { capacity_provider: "FARGATE_SPOT", base: 0, weight: 3 },
        ],
      },
    ],
  ])("%j", (change, type, expected) => {
    const without = (tf: Synthesised) => {
      const { container_definitions: _, ...block } = tf.only(type);
      return block;
    };
    expect(without(make(change))).toEqual({ ...without(make()), ...expected });
  });

  test("outboundCidrs", () => {
    const tf = make({ outboundCidrs: ["10.20.0.0/16", "10.21.0.0/16"] });
    expect(tf.all("aws_vpc_security_group_egress_rule").map(({ cidr_ipv4 }) => cidr_ipv4)).toEqual([
      "10.20.0.0/16",
      "10.21.0.0/16",
    ]);
  });

  test("tasks send requests and receive none", () => {
    const tf = make();
    expect(tf.only("aws_security_group")).toEqual({
      provider: "aws",
      name: "tasks-orders-api",
      description: "Tasks of orders-api",
      vpc_id: "vpc-1",
      tags: { Name: "tasks-orders-api" },
    });
    expect(tf.only("aws_vpc_security_group_egress_rule")).toEqual({
      provider: "aws",
      security_group_id: reference("aws_security_group", "id"),
      description: "Whatever the tasks ask for",
      cidr_ipv4: "0.0.0.0/0",
      ip_protocol: "-1",
    });
  });

  test("behind a load balancer the container on its port serves, and is reached by it alone", () => {
    const tf = behind();
    expect(tf.only("aws_ecs_service")).toEqual({
      ...SERVICE,
      load_balancer: [
        {
          target_group_arn: reference("aws_lb_target_group", "arn"),
          container_name: "api",
          container_port: 8080,
        },
      ],
      health_check_grace_period_seconds: 60,
      depends_on: [...SERVICE.depends_on, dependency("aws_lb_listener")],
    });
    expect(tf.only("aws_lb_target_group")).toMatchObject({ name: "b-8080-ip", target_type: "ip" });
    expect(tf.at("Site/Api/FromLoadBalancer")).toMatchObject({
      from_port: 8080,
      to_port: 8080,
      description: "Load balancer to tasks",
      referenced_security_group_id: expect.stringMatching(/Balancer_SecurityGroup/) as string,
    });
    expect(tf.at("Site/Api/LoadBalancerOutbound")).toMatchObject({
      security_group_id: expect.stringMatching(/Balancer_SecurityGroup/) as string,
      referenced_security_group_id: expect.stringMatching(/Api_SecurityGroup/) as string,
    });
  });

  test("healthCheckGracePeriod", () => {
    const tf = behind({ healthCheckGracePeriod: Duration.minutes(5) });
    expect(tf.only("aws_ecs_service").health_check_grace_period_seconds).toBe(300);
  });

  test("scaling tracks CPU, memory and requests", () => {
    const tf = behind({ scaling: { cpuPercent: 60, memoryPercent: 70, requestsPerMinute: 1_000 } });
    const policy = (id: string, metric: string, value: number, more = {}) => ({
      provider: "aws",
      name: `orders-api-${id}`,
      service_namespace: "ecs",
      scalable_dimension: "ecs:service:DesiredCount",
      resource_id: reference("aws_appautoscaling_target", "resource_id"),
      policy_type: "TargetTrackingScaling",
      target_tracking_scaling_policy_configuration: {
        predefined_metric_specification: { predefined_metric_type: metric, ...more },
        target_value: value,
        disable_scale_in: false,
      },
    });
    const label = {
      resource_label: expect.stringMatching(/aws_lb\..*arn_suffix.*aws_lb_target_group.*arn_suffix/) as string,
    };
    expect(tf.all("aws_appautoscaling_policy")).toEqual([
      policy("cpu", "ECSServiceAverageCPUUtilization", 60),
      policy("memory", "ECSServiceAverageMemoryUtilization", 70),
      policy("requests", "ALBRequestCountPerTarget", 1_000, label),
    ]);
  });

  test("says where it is reached", () => {
    synthInSite((site) => {
      const service = new FargateService(site, "Api", props);
      expect(service.logGroupName).toBe("/ecs/orders/orders-api");
      for (const value of [service.roleName, service.roleArn, service.executionRoleArn, service.securityGroupId]) {
        expect(value).toMatch(/TfToken/);
      }
    });
  });

  test("refOf names what is created", () => {
    const tf = synthInSite((site) => {
      const { ref } = new FargateService(site, "Api", props);
      expect(ref).toEqual(FargateService.refOf({ ...SEOUL, clusterName: "orders", name: "orders-api" }));
      expect(ref.arn).toBe("arn:aws:ecs:ap-northeast-2:111122223333:service/orders/orders-api");
    });
    expect(tf.only("aws_ecs_service").name).toBe("orders-api");
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      for (const name of ["one", "two"])
        new FargateService(site, name, { ...props, name, scaling: { cpuPercent: 50 } });
    });
    expect(tf.all("aws_ecs_service").map(({ name }) => name)).toEqual(["one", "two"]);
  });

  test("the same name lives in two regions, and pulls from the registry of each", () => {
    const tf = synth((scope) => {
      new FargateService(new Site(scope, "Seoul", SEOUL), "Api", props);
      const cluster = EcsCluster.refOf({ ...TOKYO, name: "orders" });
      const tokyoKey = kmsKeyArn.replace("ap-northeast-2", "ap-northeast-1");
      new FargateService(new Site(scope, "Tokyo", TOKYO), "Api", { ...props, cluster, kmsKeyArn: tokyoKey });
    });
    const images = tf.all("aws_ecs_task_definition").map(({ container_definitions }) => {
      return (parsed(container_definitions) as { image: string }[])[0]!.image;
    });
    expect(images).toEqual([
      "111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/orders/api:1.4.2",
      "111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/orders/api:1.4.2",
    ]);
    expect(tf.all("aws_iam_role").map(({ name }) => name)).toEqual([
      "orders-api-execution-ap-northeast-2",
      "orders-api-task-ap-northeast-2",
      "orders-api-execution-ap-northeast-1",
      "orders-api-task-ap-northeast-1",
    ]);
  });
});

describe("EcsCluster", () => {
  const cluster = (change: Partial<EcsClusterProps> = {}) =>
    synthInSite((site) => new EcsCluster(site, "Cluster", { name: "orders", kmsKeyArn, ...change }));

  test("defaults", () => {
    const tf = cluster();

    expect(tf.types()).toEqual([
      "aws_cloudwatch_log_group", // commands run in containers
      "aws_ecs_cluster", // the cluster
      "aws_ecs_cluster_capacity_providers", // Fargate, on demand and Spot
    ]);
    expect(tf.only("aws_ecs_cluster")).toEqual({
      provider: "aws",
      name: "orders",
      setting: [{ name: "containerInsights", value: "enabled" }],
      configuration: {
        execute_command_configuration: {
          kms_key_id: kmsKeyArn,
          logging: "OVERRIDE",
          log_configuration: {
            cloud_watch_encryption_enabled: true,
            cloud_watch_log_group_name: reference("aws_cloudwatch_log_group", "name"),
          },
        },
        managed_storage_configuration: { fargate_ephemeral_storage_kms_key_id: kmsKeyArn },
      },
    });
    expect(tf.only("aws_ecs_cluster_capacity_providers")).toEqual({
      provider: "aws",
      cluster_name: reference("aws_ecs_cluster", "name"),
      capacity_providers: ["FARGATE", "FARGATE_SPOT"],
      default_capacity_provider_strategy: [{ capacity_provider: "FARGATE", base: 0, weight: 1 }],
    });
    expect(tf.only("aws_cloudwatch_log_group")).toEqual({
      provider: "aws",
      name: "/ecs/orders",
      kms_key_id: kmsKeyArn,
      retention_in_days: 90,
    });
  });

  test("containerInsights and logRetentionDays", () => {
    const tf = cluster({ containerInsights: "enhanced", logRetentionDays: 30 });
    expect(tf.only("aws_ecs_cluster").setting).toEqual([{ name: "containerInsights", value: "enhanced" }]);
    expect(tf.only("aws_cloudwatch_log_group").retention_in_days).toBe(30);
  });

  test("refOf names what is created, and services wait for it", () => {
    const tf = synthInSite((site) => {
      const { ref } = new EcsCluster(site, "Cluster", { name: "orders", kmsKeyArn });
      expect(ref).toEqual(EcsCluster.refOf({ ...SEOUL, name: "orders" }));
      expect(ref).toEqual(props.cluster);
      new FargateService(site, "Api", { ...props, cluster: ref });
    });
    expect(tf.only("aws_ecs_service").depends_on).toEqual([
      ...SERVICE.depends_on,
      dependency("aws_ecs_cluster"),
      dependency("aws_ecs_cluster_capacity_providers"),
    ]);
  });

  test("its ref knows whether it counts", () => {
    synthInSite((site) => {
      const { ref } = new EcsCluster(site, "Cluster", { name: "orders", kmsKeyArn, containerInsights: "disabled" });
      expect(ref).toEqual(EcsCluster.refOf({ ...SEOUL, name: "orders", containerInsights: false }));
    });
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      for (const name of ["one", "two"]) new EcsCluster(site, name, { name, kmsKeyArn });
    });
    expect(tf.all("aws_ecs_cluster").map(({ name }) => name)).toEqual(["one", "two"]);
  });
});

test("ecsKeyStatements let Fargate and CloudWatch Logs use a key, for this account alone", () => {
  synthInSite((site) => {
    new EcsCluster(site, "Cluster", { name: "orders", kmsKeyArn });
    const ofThisAccount = { StringEquals: { "kms:EncryptionContext:aws:ecs:clusterAccount": "111122223333" } };
    expect(statements(policyDocument(ecsKeyStatements(site)))).toEqual([
      {
        Sid: "AllowEcsLogs",
        Effect: "Allow",
        Principal: { Service: "logs.ap-northeast-2.amazonaws.com" },
        Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
        Resource: "*",
        Condition: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:ap-northeast-2:111122223333:log-group:/ecs/*",
          },
        },
      },
      {
        Sid: "AllowFargate",
        Effect: "Allow",
        Principal: { Service: "fargate.amazonaws.com" },
        Action: "kms:GenerateDataKeyWithoutPlaintext",
        Resource: "*",
        Condition: ofThisAccount,
      },
      {
        Sid: "AllowFargateGrants",
        Effect: "Allow",
        Principal: { Service: "fargate.amazonaws.com" },
        Action: "kms:CreateGrant",
        Resource: "*",
        Condition: { ...ofThisAccount, "ForAllValues:StringEquals": { "kms:GrantOperations": ["Decrypt"] } },
      },
    ]);
  });
});
