/**
 * Proves everything that is refused of a cluster and a service, where it was written. Does not prove that AWS refuses nothing else.
 */
import { LoadBalancerTarget } from "../../modules/load-balancer";
import { Duration, RefusalCode } from "../../modules/core";
import { registryImage, siteImage } from "../../modules/ecr-replication";
import {
  Container,
  EcsCluster,
  EcsClusterProps,
  FargateService,
  FargateServiceProps,
  parameterValue,
  secretValue,
} from "../../modules/ecs-service";
import { Site } from "../../modules/site";
import { expectRefusal, expectRefusalInSite, SEOUL, TOKYO, TOKYO_ABROAD } from "../support/synth";

const kmsKeyArn = "arn:aws:kms:ap-northeast-2:111122223333:key/1234";
const foreignKey = kmsKeyArn.replace("ap-northeast-2", "ap-northeast-1");
const image = siteImage({ name: "orders/api" }, "1.4.2");
const props: FargateServiceProps = {
  name: "orders-api",
  cluster: EcsCluster.refOf({ ...SEOUL, name: "orders" }),
  containers: { api: { image, ports: [8080] } },
  cpu: 512,
  memoryMiB: 1024,
  capacity: { min: 2, desired: 3, max: 6 },
  kmsKeyArn,
  subnetIds: ["subnet-1", "subnet-2"],
  vpcId: "vpc-1",
};
const target: LoadBalancerTarget = {
  targetGroupArn: "arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:targetgroup/b/1",
  targetType: "ip",
  port: 8080,
  securityGroupId: "sg-1",
  resourceLabel: "app/b/1/targetgroup/b/1",
};
const make = (change: Partial<FargateServiceProps>) => (site: Site) =>
  new FargateService(site, "Api", { ...props, ...change });

type Refused<Change> = readonly [Change, RefusalCode, string | RegExp];

describe("FargateService", () => {
  test.each<Refused<Partial<FargateServiceProps>>>([
    [{ name: "orders api" }, "InvalidName", /^'name' is not a valid ECS service name, got 'orders api'/],
    [
      { cluster: EcsCluster.refOf({ ...TOKYO, name: "orders" }) },
      "WrongSite",
      "'cluster' is in 'ap-northeast-1' of '111122223333', the site is 'ap-northeast-2' of '111122223333'",
    ],
    [
      { cluster: EcsCluster.refOf({ ...TOKYO_ABROAD, ...{ region: "ap-northeast-2" }, name: "orders" }) },
      "WrongSite",
      "'cluster' is in 'ap-northeast-2' of '444455556666', the site is 'ap-northeast-2' of '111122223333'",
    ],
    [
      { subnetIds: ["subnet-1"] },
      "SettingOutOfRange",
      "'subnetIds' must name subnets of two Availability Zones or more, got 1",
    ],
    [{ subnetIds: ["a", "a"] }, "RepeatedItem", "'subnetIds' names 'a' twice"],
    [
      { kmsKeyArn: foreignKey },
      "ArnOfOtherRegion",
      `'kmsKeyArn' is in 'ap-northeast-1', the site is 'ap-northeast-2', got '${foreignKey}'`,
    ],
    [{ kmsKeyArn: "1234" }, "InvalidArn", "'kmsKeyArn' must be an ARN, got '1234'"],
    [
      { capacity: { min: 2, desired: 1, max: 3 } },
      "SettingOutOfRange",
      "'capacity' must have min <= desired <= max, got min 2, desired 1, max 3",
    ],
    [
      { activeCapacity: { min: -1, desired: 3, max: 6 } },
      "SettingOutOfRange",
      "'activeCapacity.min' must be a whole number from 0 to 10000, got -1",
    ],
    [
      { activeCapacity: { min: 2, desired: 3, max: 9 } },
      "CeilingDiffers",
      "'capacity.max' is 6 and 'activeCapacity.max' is 9",
    ],
    [{ outboundCidrs: ["10.0.0.1/8"] }, "InvalidCidr", /outboundCidrs/],
    [{ outboundCidrs: ["10.0.0.0/8", "10.0.0.0/8"] }, "RepeatedItem", "'outboundCidrs' names '10.0.0.0/8' twice"],
    [{ managedPolicyArns: { A: "arn", B: "arn" } }, "RepeatedItem", "'managedPolicyArns' names 'arn' twice"],
    [
      { ephemeralStorageGiB: 20 },
      "SettingOutOfRange",
      "'ephemeralStorageGiB' must be a whole number from 21 to 200, got 20",
    ],
    [
      { deployment: { maximumPercent: 100 } },
      "SettingOutOfRange",
      "'deployment.maximumPercent' must be a whole number from 101 to 200, got 100",
    ],
    [
      { deployment: { minimumHealthyPercent: 101 } },
      "SettingOutOfRange",
      "'deployment.minimumHealthyPercent' must be a whole number from 0 to 100, got 101",
    ],
    [
      { healthCheckGracePeriod: Duration.days(30_000) },
      "SettingOutOfRange",
      "'healthCheckGracePeriod in seconds' must be a whole number from 0 to 2147483647, got 2592000000",
    ],
    [{ logRetentionDays: 31 }, "SettingOutOfRange", /^'logRetentionDays' must be one of 1, 3, 5, .*, got 31$/],
    [
      { scaling: {} },
      "MissingSetting",
      "neither 'scaling.cpuPercent' nor 'scaling.memoryPercent' nor 'scaling.requestsPerMinute' is given",
    ],
    [
      { scaling: { memoryPercent: 101 } },
      "SettingOutOfRange",
      "'scaling.memoryPercent' must be a whole number from 1 to 100, got 101",
    ],
    [
      { scaling: { requestsPerMinute: 100 } },
      "MissingSetting",
      "'scaling.requestsPerMinute' is given without 'target'",
    ],
    [
      { spot: { onDemandBase: 0 } },
      "OnlySpot",
      "'spot' leaves no task on demand, got 'onDemandBase' 0 and 'onDemandWeight' 0",
    ],
    [
      { spot: { onDemandBase: 1, spotWeight: 0 } },
      "SettingOutOfRange",
      "'spot.spotWeight' must be a whole number from 1 to 1000, got 0",
    ],
    [
      { target: { ...target, targetType: "instance" } },
      "WrongTargetType",
      "'target' takes the type 'instance', and tasks on Fargate are of 'ip'",
    ],
    [
      { target: { ...target, port: 9090 } },
      "MissingSetting",
      "no container listens on the target's port 9090, got ports 8080",
    ],
    [
      { target, containers: { api: { image } } },
      "MissingSetting",
      "no container listens on the target's port 8080, got ports of none",
    ],
    [
      { executeCommand: true },
      "ConflictingSettings",
      "'executeCommand' is set and no container has a 'writableRootFileSystem'",
    ],
  ])("fails on %j", (change, code, problem) => {
    expectRefusalInSite(make(change), code, problem, "stack/Site/Api");
  });

  test.each([
    [300, 512, "'cpu' must be one of 256, 512, 1024, 2048, 4096, 8192, 16384, got 300"],
    [256, 4096, "'memoryMiB' must be 512, or 1024 to 2048 in steps of 1024 for 256 CPU units, got 4096"],
    [512, 512, "'memoryMiB' must be 1024 to 4096 in steps of 1024 for 512 CPU units, got 512"],
    [4096, 31_744, "'memoryMiB' must be 8192 to 30720 in steps of 1024 for 4096 CPU units, got 31744"],
    [8192, 18_432, "'memoryMiB' must be 16384 to 61440 in steps of 4096 for 8192 CPU units, got 18432"],
    [16384, 36_864, "'memoryMiB' must be 32768 to 122880 in steps of 8192 for 16384 CPU units, got 36864"],
  ])("fails on %d CPU units with %d MiB", (cpu, memoryMiB, problem) => {
    expectRefusalInSite(make({ cpu, memoryMiB }), "TaskSizeNotOffered", problem, "stack/Site/Api");
  });

  test("fails when the name is taken", () => {
    expectRefusalInSite(
      (site) => [make({})(site), new FargateService(site, "Two", props)],
      "NameTaken",
      "the task definition family 'orders-api' is already taken by stack/Site/Api",
      "stack/Site/Two",
    );
  });

  test.each([
    [256, 512],
    [256, 2048],
    [16384, 122_880],
  ])("takes %d CPU units with %d MiB", (cpu, memoryMiB) => {
    expectRefusalInSite(
      make({ cpu, memoryMiB, scaling: {} }),
      "MissingSetting",
      "neither 'scaling.cpuPercent' nor 'scaling.memoryPercent' nor 'scaling.requestsPerMinute' is given",
    );
  });
});

describe("containers", () => {
  const container = (settings: Partial<Container>) => ({ containers: { api: { image, ...settings } } });
  const two = (api: Partial<Container>, other: Partial<Container>) => ({
    containers: { api: { image, ...api }, other: { image, ...other } },
  });
  const elsewhere = "111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/orders/api:1";
  const foreignSecret = "arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:a-AbCdEf";

  test.each<Refused<Pick<FargateServiceProps, "containers">>>([
    [{ containers: {} }, "SettingOutOfRange", "'number of containers' must be a whole number from 1 to 10, got 0"],
    [{ containers: { "a b": { image } } }, "InvalidName", /^'containers' is not a valid container name, got 'a b'/],
    [
      container({ image: registryImage(elsewhere) }),
      "ImageInOtherRegion",
      `the image '${elsewhere}' is in 'ap-northeast-1', the site is 'ap-northeast-2'`,
    ],
    [
      container({ essential: false }),
      "MissingSetting",
      "no container is essential, so nothing would stop a task that has stopped working",
    ],
    [
      container({ ports: [0] }),
      "SettingOutOfRange",
      "'containers.api.ports' must be a whole number from 1 to 65535, got 0",
    ],
    [two({ ports: [80] }, { ports: [80] }), "RepeatedItem", "'containers.ports' names '80' twice"],
    [container({ environment: { "1A": "x" } }), "InvalidName", /^'containers.api' is not a valid environment variable/],
    [
      container({ environment: { A: "x" }, secrets: { A: secretValue("a") } }),
      "RepeatedItem",
      "'containers.api.environment' names 'A' twice",
    ],
    [container({ scratchPaths: ["tmp"] }), "InvalidName", /^'containers.api.scratchPaths' is not a valid path/],
    [container({ scratchPaths: ["/tmp", "/tmp"] }), "RepeatedItem", "'containers.api.scratchPaths' names '/tmp' twice"],
    [
      container({ user: "a b" }),
      "InvalidName",
      "'containers.api.user' must be a user, or user and group with ':', got 'a b'",
    ],
    [
      container({ stopTimeout: Duration.seconds(121) }),
      "SettingOutOfRange",
      "'containers.api.stopTimeout in seconds' must be a whole number from 2 to 120, got 121",
    ],
    [container({ healthCheck: { command: [] } }), "MissingSetting", "'containers.api.healthCheck.command' is empty"],
    [
      container({ healthCheck: { command: ["true"], timeout: Duration.seconds(61) } }),
      "SettingOutOfRange",
      "'containers.api.healthCheck.timeout in seconds' must be a whole number from 2 to 60, got 61",
    ],
    [
      container({ cpu: 513 }),
      "SettingOutOfRange",
      "'containers.api.cpu' must be a whole number from 1 to 512, got 513",
    ],
    [
      two({ memoryMiB: 600 }, { memoryMiB: 600 }),
      "SettingOutOfRange",
      "the 'memoryMiB' of all containers must be at most the task's 1024, got 1200",
    ],
    [
      container({ secrets: { A: secretValue(foreignSecret) } }),
      "ArnOfOtherRegion",
      `'containers.api.secrets.A' is in 'ap-northeast-1', the site is 'ap-northeast-2', got '${foreignSecret}'`,
    ],
    [
      container({ secrets: { A: parameterValue(foreignSecret) } }),
      "InvalidArn",
      `'containers.api.secrets.A' must be an ARN of ssm, got '${foreignSecret}'`,
    ],
    [
      container({ secrets: { A: secretValue("a", { kmsKeyArn: foreignKey }) } }),
      "ArnOfOtherRegion",
      `'containers.api.secrets.A.kmsKeyArn' is in 'ap-northeast-1', the site is 'ap-northeast-2', got '${foreignKey}'`,
    ],
    [
      container({ dependsOn: { other: "START" } }),
      "ContainerDependency",
      "container 'api' depends on 'other', which is not a container of the task",
    ],
    [
      container({ dependsOn: { api: "START" } }),
      "ContainerDependency",
      "container 'api' depends on 'api', which is itself",
    ],
    [
      two({ dependsOn: { other: "HEALTHY" } }, {}),
      "ContainerDependency",
      "container 'api' depends on 'other', which has no health check to be HEALTHY by",
    ],
    [
      two({ dependsOn: { other: "COMPLETE" } }, {}),
      "ContainerDependency",
      "container 'api' depends on 'other', whose end, COMPLETE, ends the task",
    ],
    [
      two({ dependsOn: { other: "SUCCESS" } }, { essential: true }),
      "ContainerDependency",
      "container 'api' depends on 'other', whose end, SUCCESS, ends the task",
    ],
  ])("fails on %j", (change, code, problem) => {
    expectRefusalInSite(make(change), code, problem, "stack/Site/Api");
  });

  test.each(["orders/db-AbCdEf", "a b", ""])("fails when a secret is named '%s'", (name) => {
    expectRefusal(() => secretValue(name), "InvalidName", /^'nameOrArn' is not a valid secret name/, "secretValue");
  });

  test("fails when a parameter's name is invalid", () => {
    expectRefusal(
      () => parameterValue("a//b"),
      "InvalidName",
      /^'nameOrArn' is not a valid SSM parameter/,
      "parameterValue",
    );
  });
});

describe("EcsCluster", () => {
  const cluster = (change: Partial<EcsClusterProps>) => (site: Site) =>
    new EcsCluster(site, "Cluster", { name: "orders", kmsKeyArn, ...change });

  test.each<Refused<Partial<EcsClusterProps>>>([
    [{ name: "or/ders" }, "InvalidName", /^'name' is not a valid ECS cluster name, got 'or\/ders'/],
    [
      { kmsKeyArn: foreignKey },
      "ArnOfOtherRegion",
      `'kmsKeyArn' is in 'ap-northeast-1', the site is 'ap-northeast-2', got '${foreignKey}'`,
    ],
    [{ logRetentionDays: 2 }, "SettingOutOfRange", /^'logRetentionDays' must be one of 1, 3, .*, got 2$/],
  ])("fails on %j", (change, code, problem) => {
    expectRefusalInSite(cluster(change), code, problem, "stack/Site/Cluster");
  });

  test("fails when the name is taken", () => {
    expectRefusalInSite(
      (site) => [cluster({})(site), new EcsCluster(site, "Two", { name: "orders", kmsKeyArn })],
      "NameTaken",
      "the ECS cluster name 'orders' is already taken by stack/Site/Cluster",
      "stack/Site/Two",
    );
  });
});
