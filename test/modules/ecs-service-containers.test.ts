/**
 * Proves what containers, their roles and their secrets are synthesised to. Does not prove that an image runs with a read-only root
 * file system.
 */
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Duration } from "../../modules/core";
import { registryImage, siteImage } from "../../modules/ecr-replication";
import {
  Container,
  EcsCluster,
  FargateService,
  FargateServiceProps,
  parameterValue,
  secretValue,
} from "../../modules/ecs-service";
import { DENY_SWITCHES } from "../support/switches";
import { SEOUL, Synthesised, synthInSite } from "../support/synth";

const kmsKeyArn = "arn:aws:kms:ap-northeast-2:111122223333:key/1234";
const otherKey = "arn:aws:kms:ap-northeast-2:111122223333:key/5678";
const image = siteImage({ name: "orders/api" }, "1.4.2");
const props: FargateServiceProps = {
  name: "orders-api",
  cluster: EcsCluster.refOf({ ...SEOUL, name: "orders" }),
  containers: { api: { image } },
  cpu: 1024,
  memoryMiB: 2048,
  capacity: { min: 2, desired: 3, max: 6 },
  kmsKeyArn,
  subnetIds: ["subnet-1", "subnet-2"],
  vpcId: "vpc-1",
};
const make = (change: Partial<FargateServiceProps> = {}) =>
  synthInSite((site) => new FargateService(site, "Api", { ...props, ...change }));
const parsed = (value: unknown) => JSON.parse(value as string) as unknown;
const definitionsOf = (tf: Synthesised) =>
  parsed(tf.only("aws_ecs_task_definition").container_definitions) as Record<string, unknown>[];
const statementsOf = (tf: Synthesised, path: string) =>
  (parsed(tf.at(path).policy) as { Statement: unknown[] }).Statement;

const API = {
  name: "api",
  image: "111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/orders/api:1.4.2",
  essential: true,
  cpu: 0,
  dependsOn: [],
  stopTimeout: 30,
  linuxParameters: { initProcessEnabled: true },
  readonlyRootFilesystem: true,
  portMappings: [],
  environment: [],
  secrets: [],
  mountPoints: [],
  volumesFrom: [],
  systemControls: [],
  logConfiguration: {
    logDriver: "awslogs",
    options: {
      "awslogs-group": "/ecs/orders/orders-api",
      "awslogs-region": "ap-northeast-2",
      "awslogs-stream-prefix": "api",
      mode: "non-blocking",
      "max-buffer-size": "25m",
    },
  },
};

describe("containers", () => {
  test("defaults", () => {
    expect(definitionsOf(make())).toEqual([API]);
  });

  test.each<[Omit<Container, "image">, object]>([
    [{ command: ["serve", "--all"] }, { command: ["serve", "--all"] }],
    [{ cpu: 256 }, { cpu: 256 }],
    [{ entryPoint: ["/bin/api"] }, { entryPoint: ["/bin/api"] }],
    [
      { environment: { SITE: "seoul", LOG: "info" } },
      {
        environment: [
          { name: "LOG", value: "info" },
          { name: "SITE", value: "seoul" },
        ],
      },
    ],
    [
      { healthCheck: { command: ["curl -f localhost || exit 1"] } },
      {
        healthCheck: {
          command: ["CMD-SHELL", "curl -f localhost || exit 1"],
          interval: 30,
          retries: 3,
          startPeriod: 0,
          timeout: 5,
        },
      },
    ],
    [
      {
        healthCheck: {
          command: ["/bin/check", "--deep"],
          interval: Duration.seconds(10),
          retries: 5,
          startPeriod: Duration.minutes(1),
          timeout: Duration.seconds(8),
        },
      },
      {
        healthCheck: {
          command: ["CMD", "/bin/check", "--deep"],
          interval: 10,
          retries: 5,
          startPeriod: 60,
          timeout: 8,
        },
      },
    ],
    [{ memoryMiB: 1024 }, { memory: 1024 }],
    [{ ports: [8080] }, { portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: "tcp" }] }],
    [
      { startTimeout: Duration.minutes(2), stopTimeout: Duration.minutes(2) },
      { startTimeout: 120, stopTimeout: 120 },
    ],
    [{ user: "1000:1000" }, { user: "1000:1000" }],
    [{ workingDirectory: "/srv" }, { workingDirectory: "/srv" }],
    [{ writableRootFileSystem: true }, { readonlyRootFilesystem: false }],
  ])("%j", (settings, expected) => {
    expect(definitionsOf(make({ containers: { api: { image, ...settings } } }))).toEqual([{ ...API, ...expected }]);
  });

  test("scratch folders are volumes of each container", () => {
    const scratchPaths = ["/tmp", "/var/cache/app.d"];
    const tf = make({ containers: { api: { image, scratchPaths }, proxy: { image, scratchPaths: ["/tmp"] } } });
    expect(tf.only("aws_ecs_task_definition").volume).toEqual([
      { name: "api-tmp" },
      { name: "api-var-cache-app-d" },
      { name: "proxy-tmp" },
    ]);
    expect(definitionsOf(tf).map(({ mountPoints }) => mountPoints)).toEqual([
      [
        { sourceVolume: "api-tmp", containerPath: "/tmp", readOnly: false },
        { sourceVolume: "api-var-cache-app-d", containerPath: "/var/cache/app.d", readOnly: false },
      ],
      [{ sourceVolume: "proxy-tmp", containerPath: "/tmp", readOnly: false }],
    ]);
  });

  test("wait for one another", () => {
    const containers: Record<string, Container> = {
      migrate: { image, essential: false },
      proxy: { image: registryImage("public.ecr.aws/envoy/envoy:1"), healthCheck: { command: ["true"] } },
      api: { image, dependsOn: { migrate: "SUCCESS", proxy: "HEALTHY" } },
    };
    const found = definitionsOf(make({ containers }));
    expect(found.map(({ name, essential, dependsOn }) => ({ name, essential, dependsOn }))).toEqual([
      { name: "migrate", essential: false, dependsOn: [] },
      { name: "proxy", essential: true, dependsOn: [] },
      {
        name: "api",
        essential: true,
        dependsOn: [
          { containerName: "migrate", condition: "SUCCESS" },
          { containerName: "proxy", condition: "HEALTHY" },
        ],
      },
    ]);
    expect(found[1]?.image).toBe("public.ecr.aws/envoy/envoy:1");
  });

  test("a shell's own variables reach the shell", () => {
    const command = ["sh", "-c", 'echo "${HOME} %{x}" $PATH'];
    const written = make({ containers: { api: { image, command } } }).only("aws_ecs_task_definition");
    expect(written.container_definitions).toContain('echo \\"$${HOME} %%{x}\\" $PATH');
  });

  test("values that only an apply tells are written by Terraform", () => {
    const tf = synthInSite((site) => {
      const parameter = new SsmParameter(site, "Endpoint", { name: "/orders/endpoint", type: "String" });
      const environment = { ENDPOINT: parameter.arn, HOME: 'a "${quoted}" \\ %{text}' };
      new FargateService(site, "Api", { ...props, containers: { api: { image, environment } } });
    });
    const written = tf.only("aws_ecs_task_definition").container_definitions as string;
    expect(written).toMatch(/^\$\{jsonencode\(\[/);
    expect(written).toContain('"value" = aws_ssm_parameter.');
    expect(written).toContain('"a \\"$${quoted}\\" \\\\ %%{text}"');
  });
});

describe("secrets", () => {
  test("are the site's own, by name", () => {
    const secrets = {
      TOKEN: secretValue("orders/token"),
      PASSWORD: secretValue("orders/database", { jsonKey: "password", kmsKeyArn: otherKey }),
      FLAG: parameterValue("/orders/flag"),
      MODE: parameterValue("mode"),
    };
    const tf = make({ containers: { api: { image, secrets } } });

    const at = "ap-northeast-2:111122223333";
    expect(definitionsOf(tf)[0]?.secrets).toEqual([
      { name: "FLAG", valueFrom: `arn:aws:ssm:${at}:parameter/orders/flag` },
      { name: "MODE", valueFrom: `arn:aws:ssm:${at}:parameter/mode` },
      { name: "PASSWORD", valueFrom: `arn:aws:secretsmanager:${at}:secret:orders/database:password::` },
      { name: "TOKEN", valueFrom: `arn:aws:secretsmanager:${at}:secret:orders/token` },
    ]);
    expect(statementsOf(tf, "Site/Api/ExecutionRolePolicy").slice(2, 5)).toEqual([
      {
        Sid: "ReadSecrets",
        Effect: "Allow",
        Action: "secretsmanager:GetSecretValue",
        Resource: [
          `arn:aws:secretsmanager:${at}:secret:orders/token-??????`,
          `arn:aws:secretsmanager:${at}:secret:orders/database-??????`,
        ],
      },
      {
        Sid: "ReadParameters",
        Effect: "Allow",
        Action: "ssm:GetParameters",
        Resource: [`arn:aws:ssm:${at}:parameter/orders/flag`, `arn:aws:ssm:${at}:parameter/mode`],
      },
      {
        Sid: "DecryptSecrets",
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: [kmsKeyArn, otherKey],
        Condition: {
          StringEquals: {
            "kms:ViaService": ["secretsmanager.ap-northeast-2.amazonaws.com", "ssm.ap-northeast-2.amazonaws.com"],
          },
        },
      },
    ]);
  });

  test("by ARN, and by an ARN that an apply tells", () => {
    const secretArn = "arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:orders/token-AbCdEf";
    const tf = synthInSite((site) => {
      const parameter = new SsmParameter(site, "Flag", { name: "/orders/flag", type: "String" });
      const secrets = { TOKEN: secretValue(secretArn), FLAG: parameterValue(parameter.arn) };
      new FargateService(site, "Api", { ...props, containers: { api: { image, secrets } } });
    });
    expect(statementsOf(tf, "Site/Api/ExecutionRolePolicy").slice(2, 4)).toMatchObject([
      { Sid: "ReadSecrets", Resource: secretArn },
      { Sid: "ReadParameters", Resource: expect.stringMatching(/^\$\{aws_ssm_parameter\.\w+\.arn\}$/) as string },
    ]);
  });
});

describe("roles", () => {
  const TRUST = {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Trust",
        Effect: "Allow",
        Principal: { Service: "ecs-tasks.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": "111122223333" },
          ArnLike: { "aws:SourceArn": "arn:aws:ecs:ap-northeast-2:111122223333:*" },
        },
      },
    ],
  };
  const LOGS = {
    Sid: "WriteLogs",
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: "arn:aws:logs:ap-northeast-2:111122223333:log-group:/ecs/orders/orders-api:*",
  };

  test("one starts tasks, the other may do nothing, and neither may trip a switch", () => {
    const tf = make();
    const roles = ["ExecutionRole", "TaskRole"].map((id) => tf.at(`Site/Api/${id}`));
    expect(roles.map(({ name, description }) => [name, description])).toEqual([
      ["orders-api-execution-ap-northeast-2", "Starts the tasks of orders-api"],
      ["orders-api-task-ap-northeast-2", "Tasks of orders-api"],
    ]);
    for (const { assume_role_policy } of roles) expect(parsed(assume_role_policy)).toEqual(TRUST);
    expect(statementsOf(tf, "Site/Api/ExecutionRolePolicy")).toEqual([
      { Sid: "LogInToRegistry", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
      {
        Sid: "PullImages",
        Effect: "Allow",
        Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        Resource: "arn:aws:ecr:ap-northeast-2:111122223333:repository/orders/api",
      },
      LOGS,
      DENY_SWITCHES,
    ]);
    expect(statementsOf(tf, "Site/Api/TaskRolePolicy")).toEqual([DENY_SWITCHES]);
  });

  test("mayTripSwitches leaves what its statements allow", () => {
    const tf = make({ mayTripSwitches: true });
    expect(() => tf.at("Site/Api/TaskRolePolicy")).toThrow();
    expect(statementsOf(tf, "Site/Api/ExecutionRolePolicy").at(-1)).toEqual(DENY_SWITCHES);
  });

  test("images of other registries need no permission", () => {
    const tf = make({ containers: { api: { image: registryImage("public.ecr.aws/nginx/nginx:1") } } });
    expect(statementsOf(tf, "Site/Api/ExecutionRolePolicy")).toEqual([LOGS, DENY_SWITCHES]);
  });

  test("statements and managedPolicyArns belong to the containers' role and exist before tasks start", () => {
    const read = { sid: "Read", actions: ["s3:GetObject"], resources: ["arn:aws:s3:::acme-media/*"] };
    const tf = make({
      statements: [read],
      managedPolicyArns: { XRay: "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess" },
    });
    expect(statementsOf(tf, "Site/Api/TaskRolePolicy")).toEqual([
      { Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::acme-media/*" },
      DENY_SWITCHES,
    ]);
    expect(tf.at("Site/Api/ManagedPolicy-XRay")).toEqual({
      provider: "aws",
      role: expect.stringMatching(/TaskRole_\w+\.name\}$/) as string,
      policy_arn: "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess",
    });
    expect(tf.only("aws_ecs_service").depends_on).toHaveLength(4);
  });

  test("executeCommand", () => {
    const tf = make({ executeCommand: true, containers: { api: { image, writableRootFileSystem: true } } });
    expect(tf.only("aws_ecs_service").enable_execute_command).toBe(true);
    expect(statementsOf(tf, "Site/Api/TaskRolePolicy")).toEqual([
      {
        Sid: "ExecuteCommand",
        Effect: "Allow",
        Action: [
          "ssmmessages:CreateControlChannel",
          "ssmmessages:CreateDataChannel",
          "ssmmessages:OpenControlChannel",
          "ssmmessages:OpenDataChannel",
        ],
        Resource: "*",
      },
      { Sid: "FindCommandLogs", Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
      {
        Sid: "WriteCommandLogs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: "arn:aws:logs:ap-northeast-2:111122223333:log-group:/ecs/orders:*",
      },
      { Sid: "DecryptCommands", Effect: "Allow", Action: "kms:Decrypt", Resource: kmsKeyArn },
      DENY_SWITCHES,
    ]);
  });
});
