/**
 * Proves that the embedded AWS keeps what an ECS service is created and updated with. Does not prove that tasks run.
 */
import { CreateVpcCommand, CreateSubnetCommand, CreateSecurityGroupCommand, EC2Client } from "@aws-sdk/client-ec2";
import { callJson } from "../../emulator";
import { PATIENCE_MS, startedEmulator, TOKYO } from "./support";

jest.setTimeout(PATIENCE_MS);

const emulator = startedEmulator();
const ecs = (action: string, body: unknown) =>
  callJson(emulator.current, `${TOKYO}/ecs`, `AmazonEC2ContainerServiceV20141113.${action}`, body);

/** A cluster, a task definition and what a task is placed in. */
async function placed(): Promise<object> {
  const ec2 = new EC2Client(emulator.current.sdkConfig(TOKYO));
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.21.0.0/16" }));
  const inVpc = { VpcId: Vpc?.VpcId };
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ ...inVpc, CidrBlock: "10.21.0.0/24" }));
  const group = await ec2.send(new CreateSecurityGroupCommand({ ...inVpc, GroupName: "tasks", Description: "tasks" }));
  ec2.destroy();
  await ecs("CreateCluster", { clusterName: "orders" });
  await ecs("RegisterTaskDefinition", {
    family: "api",
    requiresCompatibilities: ["FARGATE"],
    networkMode: "awsvpc",
    cpu: "256",
    memory: "512",
    containerDefinitions: [{ name: "api", image: "api:1", memory: 512 }],
  });
  const awsvpcConfiguration = { subnets: [Subnet?.SubnetId], securityGroups: [group.GroupId] };
  return {
    cluster: "orders",
    serviceName: "api",
    taskDefinition: "api",
    desiredCount: 0,
    networkConfiguration: { awsvpcConfiguration },
  };
}

async function described(): Promise<Record<string, unknown>> {
  const { services } = await ecs("DescribeServices", { cluster: "orders", services: ["api"] });
  return (services as Record<string, unknown>[])[0]!;
}

const SETTINGS = {
  availabilityZoneRebalancing: "ENABLED",
  capacityProviderStrategy: [{ capacityProvider: "FARGATE", base: 1, weight: 1 }],
  deploymentConfiguration: {
    deploymentCircuitBreaker: { enable: true, rollback: true },
    maximumPercent: 150,
    minimumHealthyPercent: 50,
  },
  enableECSManagedTags: true,
  enableExecuteCommand: true,
  healthCheckGracePeriodSeconds: 60,
};

test("a service returns the values it was created with, and no launch type if it has capacity providers", async () => {
  await ecs("CreateService", { ...(await placed()), ...SETTINGS });
  const service = await described();
  expect(service).toMatchObject(SETTINGS);
  expect(service.launchType).toBeUndefined();
});

test("a service that says nothing is answered with AWS's default of rebalancing", async () => {
  await ecs("CreateService", { ...(await placed()), launchType: "FARGATE" });
  expect(await described()).toMatchObject({ launchType: "FARGATE", availabilityZoneRebalancing: "DISABLED" });
});

test("a service is updated, and keeps what an update does not name", async () => {
  await ecs("CreateService", { ...(await placed()), ...SETTINGS });
  const capacityProviderStrategy = [{ capacityProvider: "FARGATE_SPOT", base: 0, weight: 1 }];
  const change = { availabilityZoneRebalancing: "DISABLED", capacityProviderStrategy, desiredCount: 3 };
  await ecs("UpdateService", { cluster: "orders", service: "api", ...change });
  expect(await described()).toMatchObject({ ...SETTINGS, ...change });

  await ecs("UpdateService", { cluster: "orders", service: "api", desiredCount: 1 });
  expect(await described()).toMatchObject({ ...SETTINGS, ...change, desiredCount: 1 });
});
