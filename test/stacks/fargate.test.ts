/** Proves what containers of a workload are in each site and pattern. That AWS's provider accepts it the provider tests show. */
import { Testing } from "cdktf";
import { failedOver, fargate, Pattern, secretValue, siteImage, WarmStandby } from "../../stacks";
import { difference } from "../support/difference";
import { expectRefusal, synthApp, Synthesised } from "../support/synth";
import { shop, ShopChange, SHOPS } from "../support/workloads";

const API = {
  cpu: 512,
  memoryMiB: 1024,
  containers: {
    api: {
      image: siteImage({ name: "orders/api" }, "1.4.2"),
      ports: [8080],
      secrets: { DATABASE: secretValue("orders/ledger/master-user") },
    },
  },
} as const;

const { compute: _, ...rest } = shop();

function synth(pattern: Exclude<Pattern, "warm-standby">, change: ShopChange = {}) {
  const compute = { api: fargate({ ...API, capacity: { active: 6 } }) };
  return synthApp((app) => SHOPS[pattern](app, { ...change, compute })).stacks;
}

const warm = synthApp((app) => {
  const api = fargate({ ...API, capacity: { active: 6, standby: 2 }, scaling: { cpuPercent: 60 } });
  return new WarmStandby(app, "orders", { ...rest, compute: { api } });
}).stacks;

const tasks = (stack: Synthesised) => {
  const { min_capacity, max_capacity } = stack.only("aws_appautoscaling_target");
  return [stack.only("aws_ecs_service").desired_count, min_capacity, max_capacity];
};

describe("containers on Fargate", () => {
  const light = synth("pilot-light");
  const [seoul, tokyo] = [light.get("orders-seoul")!, light.get("orders-tokyo")!];

  test("run at full number in the active site, at none in a pilot light's standby, fewer in a warm one's", () => {
    expect([seoul, tokyo, warm.get("orders-tokyo")!].map(tasks)).toEqual([
      [6, 6, 12],
      [0, 0, 12],
      [2, 2, 12],
    ]);
    expect(tasks(synth("multi-site").get("orders-tokyo")!)).toEqual([6, 6, 12]);
  });

  test("start from the registry of their own site", () => {
    const image = (stack: Synthesised) =>
      (JSON.parse(stack.only("aws_ecs_task_definition").container_definitions as string) as { image: string }[])[0]!
        .image;
    expect([seoul, tokyo].map(image)).toEqual([
      "111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/orders/api:1.4.2",
      "111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/orders/api:1.4.2",
    ]);
  });

  test("reach registry, logs and secrets over endpoints of the site's network, without a NAT gateway", () => {
    for (const [stack, region] of [
      [seoul, "ap-northeast-2"],
      [tokyo, "ap-northeast-1"],
    ] as const) {
      const services = stack.all("aws_vpc_endpoint").map(({ service_name }) => service_name);
      expect(services.sort()).toEqual(
        ["dynamodb", "ecr.api", "ecr.dkr", "logs", "s3", "secretsmanager", "ssm"].map(
          (service) => `com.amazonaws.${region}.${service}`,
        ),
      );
      expect(stack.types()).not.toContain("aws_nat_gateway");
    }
  });

  test("reach the endpoints for commands in containers, if those are allowed", () => {
    const compute = {
      api: fargate({
        ...API,
        containers: { api: { ...API.containers.api, writableRootFileSystem: true } },
        executeCommand: true,
        capacity: { active: 6 },
      }),
    };
    const { stacks } = synthApp((app) => SHOPS["pilot-light"](app, { compute }));
    const services = stacks
      .get("orders-tokyo")!
      .all("aws_vpc_endpoint")
      .map(({ service_name }) => service_name);
    expect(services.sort()).toEqual(
      ["dynamodb", "ecr.api", "ecr.dkr", "kms", "logs", "s3", "secretsmanager", "ssm", "ssmmessages"].map(
        (service) => `com.amazonaws.ap-northeast-1.${service}`,
      ),
    );
  });

  test("let Fargate and CloudWatch Logs use the site's key", () => {
    const { Statement } = JSON.parse(tokyo.only("aws_kms_key").policy as string) as { Statement: { Sid: string }[] };
    expect(Statement.map(({ Sid }) => Sid)).toEqual(
      expect.arrayContaining(["AllowEcsLogs", "AllowFargate", "AllowFargateGrants"]),
    );
  });

  test("are there only once a site is active, with backup and restore, and stay", () => {
    const down = synth("backup-restore");
    expect(
      down
        .get("orders-tokyo")!
        .types()
        .filter((type) => /ecs|lb|endpoint$/.test(type)),
    ).toEqual([
      "aws_vpc_endpoint", // DynamoDB
      "aws_vpc_endpoint", // S3
    ]);
    const after = synth("backup-restore", { history: [failedOver("tokyo", { on: "2027-03-02" })] });
    expect(tasks(after.get("orders-tokyo")!)).toEqual([6, 6, 12]);
    expect(tasks(after.get("orders-seoul")!)).toEqual([0, 0, 12]);
  });

  test("change a floor, and the load balancer's protection, when they are failed over", () => {
    const after = synth("pilot-light", { history: [failedOver("tokyo", { on: "2027-03-02" })] });
    const changes = difference(tokyo, after.get("orders-tokyo")!).filter((line) => line.includes(".api_"));
    expect(changes).toEqual([
      "aws_appautoscaling_target.api_Service_ScalableTarget lifecycle",
      "aws_appautoscaling_target.api_Service_ScalableTarget min_capacity",
      "aws_ecs_service.api_Service desired_count", // ignored after creation
      "aws_ecs_service.api_Service lifecycle", // nothing replaces the service of an active site
      "aws_lb.api_LoadBalancer enable_deletion_protection",
    ]);
  });
});

describe("a capacity is refused", () => {
  const capacity = (numbers: { active: number; standby: number; max?: number }) => () =>
    new WarmStandby(Testing.app(), "other", {
      ...rest,
      frontDoor: undefined,
      compute: { api: fargate({ ...API, capacity: numbers }) },
    });

  test.each([
    [
      { active: 6 } as { active: number; standby: number },
      "MissingSetting",
      "'capacity.standby' of compute 'api' is not given",
    ],
    [{ active: 6, standby: 0 }, "NoCapacity", "compute 'api' runs 0 in a warm standby"],
    [{ active: 6, standby: 7 }, "StandbyAboveActive", "compute 'api' runs 7 in a standby and 6 in the active site"],
    [
      { active: 6, standby: 2, max: 5 },
      "SettingOutOfRange",
      "'capacity.max' of compute 'api' must be 6 or more, what the active site runs, got 5",
    ],
  ] as const)("%j", (numbers, code, problem) => {
    expectRefusal(capacity(numbers), code, problem, "other");
  });
});
