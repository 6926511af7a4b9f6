/**
 * Proves what is synthesised for a function, its recovery steps, and that its role has only the requested permissions. Does not prove that
 * Lambda starts it.
 */
import { LambdaFunction as Lambda } from "@cdktf/provider-aws/lib/lambda-function";
import { TerraformStack, Testing } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import { Duration, protectionsBelow } from "../../modules/core";
import { siteImage } from "../../modules/ecr-replication";
import {
  failureQueue,
  failureTopic,
  FunctionErrorsAlarm,
  FunctionThrottlesAlarm,
  imageCode,
  IteratorAgeAlarm,
  LambdaFunction,
  LambdaFunctionProps,
  lambdaImageStatement,
  lambdaKeyStatements,
  ProvisionedConcurrency,
  zipCode,
} from "../../modules/lambda-function";
import { ReplicaBucket } from "../../modules/s3-replication";
import { Site } from "../../modules/site";
import { CODE, FUNCTION, KEY_ARN, PROPS } from "../support/lambda";
import { DENY_SWITCHES } from "../support/switches";
import { SEOUL, Synthesised, synthInSite, TOKYO } from "../support/synth";

const make = (change: Partial<LambdaFunctionProps> = {}) =>
  synthInSite((site) => new LambdaFunction(site, "Worker", { ...PROPS, ...change }));
const policyOf = (tf: Synthesised) =>
  (JSON.parse(tf.at("Site/Worker/RolePolicy").policy as string) as { Statement: unknown[] }).Statement;

const ARN = "arn:aws:lambda:ap-northeast-2:111122223333:function:orders-worker";
const QUEUE = "arn:aws:sqs:ap-northeast-2:111122223333:failed";
const WRITE_LOGS = {
  Sid: "WriteLogs",
  Effect: "Allow",
  Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
  Resource: "arn:aws:logs:ap-northeast-2:111122223333:log-group:/aws/lambda/orders-worker:*",
};
const INTERFACES = [
  "ec2:AssignPrivateIpAddresses",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:UnassignPrivateIpAddresses",
];

describe("LambdaFunction", () => {
  test("defaults", () => {
    const tf = make();

    expect(tf.types()).toEqual([
      "aws_cloudwatch_log_group", // encrypted, with a retention
      "aws_iam_role", // the function's own
      "aws_iam_role_policy", // its log and nothing else
      "aws_lambda_alias", // what is invoked
      "aws_lambda_function", // the function
    ]);
    expect(tf.only("aws_lambda_function")).toEqual({
      provider: "aws",
      package_type: "Zip",
      s3_bucket: "acme-builds-seoul",
      s3_key: "orders/1.zip",
      runtime: "nodejs22.x",
      handler: "index.handler",
      function_name: "orders-worker",
      description: "orders-worker",
      role: expect.stringMatching(/^\$\{aws_iam_role\.\w+\.arn\}$/) as string,
      architectures: ["arm64"],
      memory_size: 128,
      timeout: 3,
      ephemeral_storage: { size: 512 },
      logging_config: {
        log_format: "JSON",
        log_group: "/aws/lambda/orders-worker",
        application_log_level: "INFO",
        system_log_level: "INFO",
      },
      tracing_config: { mode: "PassThrough" },
      reserved_concurrent_executions: -1,
      publish: true,
      depends_on: [
        expect.stringMatching(/^aws_cloudwatch_log_group\./) as string,
        expect.stringMatching(/^aws_iam_role_policy\./) as string,
      ],
    });
    expect(tf.only("aws_lambda_alias")).toMatchObject({
      name: "live",
      function_version: expect.stringMatching(/^\$\{aws_lambda_function\.\w+\.version\}$/) as string,
    });
    expect(tf.only("aws_cloudwatch_log_group")).toMatchObject({ kms_key_id: KEY_ARN, retention_in_days: 90 });
    expect(tf.only("aws_iam_role")).toMatchObject({
      name: "orders-worker-ap-northeast-2",
      description: "Function orders-worker",
    });
    expect(tf.only("aws_iam_role").force_detach_policies).toBe(true);
    expect(JSON.parse(tf.only("aws_iam_role").assume_role_policy as string)).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Sid: "Trust", Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
      ],
    });
    expect(policyOf(tf)).toEqual([WRITE_LOGS, DENY_SWITCHES]);
    expect(tf.text).toHaveResourceWithProperties(Lambda, { function_name: "orders-worker" });
  });

  test("plain settings", () => {
    const tf = make({
      architecture: "x86_64",
      description: "Works",
      ephemeralStorageMiB: 1_024,
      logFormat: "Text",
      logRetentionDays: 7,
      memoryMiB: 1_769,
      reservedConcurrency: 0,
      timeout: Duration.minutes(15),
    });
    expect(tf.only("aws_lambda_function")).toMatchObject({
      architectures: ["x86_64"],
      description: "Works",
      ephemeral_storage: { size: 1_024 },
      logging_config: { log_format: "Text", log_group: "/aws/lambda/orders-worker" },
      memory_size: 1_769,
      reserved_concurrent_executions: 0,
      timeout: 900,
    });
    expect(tf.only("aws_cloudwatch_log_group").retention_in_days).toBe(7);
  });

  test("code from a replica of the site, of a version, with layers, from a snapshot", () => {
    const layer = "arn:aws:lambda:ap-northeast-2:111122223333:layer:tools:3";
    const bucket = ReplicaBucket.refOf({ ...SEOUL, name: "acme-builds" });
    const code = zipCode({
      ...CODE.zip!,
      bucket,
      layers: [layer],
      objectVersion: "v1",
      runtime: "python3.13",
      snapStart: true,
    });
    expect(make({ code }).only("aws_lambda_function")).toMatchObject({
      s3_bucket: "acme-builds",
      s3_object_version: "v1",
      layers: [layer],
      snap_start: { apply_on: "PublishedVersions" },
      kms_key_arn: KEY_ARN, // encrypts the snapshot
    });
  });

  test("code from an image of the site's registry", () => {
    const image = siteImage({ name: "orders/worker" }, "1.4.2");
    const plainImage = make({ code: imageCode(image) }).only("aws_lambda_function");
    expect(plainImage).toMatchObject({
      package_type: "Image",
      image_uri: "111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/orders/worker:1.4.2",
    });
    for (const setting of ["image_config", "runtime", "handler", "s3_bucket"])
      expect(plainImage).not.toHaveProperty(setting);
    const start = { command: ["app.handler"], entryPoint: ["/entry"], workingDirectory: "/app" };
    expect(make({ code: imageCode(image, start) }).only("aws_lambda_function").image_config).toEqual({
      command: ["app.handler"],
      entry_point: ["/entry"],
      working_directory: "/app",
    });
  });

  test("an environment is encrypted with the site's key, which the role may use for this function alone", () => {
    const tf = make({ environment: { PLACE: "seoul" } });
    expect(tf.only("aws_lambda_function")).toMatchObject({
      environment: { variables: { PLACE: "seoul" } },
      kms_key_arn: KEY_ARN,
    });
    expect(policyOf(tf)).toEqual([
      WRITE_LOGS,
      {
        Sid: "DecryptEnvironment",
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: KEY_ARN,
        Condition: { StringEquals: { "kms:EncryptionContext:aws:lambda:FunctionArn": ARN } },
      },
      DENY_SWITCHES,
    ]);
  });

  test("a private network is reached from a security group of its own, and the code makes no interfaces", () => {
    const network = { vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"], outboundCidrs: ["10.20.0.0/16"] };
    const tf = make({ network });
    const group = expect.stringMatching(/^\$\{aws_security_group\.\w+\.id\}$/) as string;
    expect(tf.only("aws_lambda_function").vpc_config).toEqual({
      subnet_ids: ["subnet-1", "subnet-2"],
      security_group_ids: [group],
    });
    expect(tf.only("aws_security_group")).toMatchObject({ name: "function-orders-worker", vpc_id: "vpc-1" });
    expect(tf.types()).not.toContain("aws_vpc_security_group_ingress_rule");
    expect(tf.only("aws_vpc_security_group_egress_rule")).toMatchObject({
      cidr_ipv4: "10.20.0.0/16",
      ip_protocol: "-1",
    });
    expect(policyOf(tf)).toEqual([
      WRITE_LOGS,
      { Sid: "ManageInterfaces", Effect: "Allow", Action: INTERFACES, Resource: "*" },
      {
        Sid: "NoInterfacesFromCode",
        Effect: "Deny",
        Action: INTERFACES,
        Resource: "*",
        Condition: { ArnEquals: { "lambda:SourceFunctionArn": ARN } },
      },
      DENY_SWITCHES,
    ]);
    const open = make({ network: { vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"] } });
    expect(open.only("aws_vpc_security_group_egress_rule").cidr_ipv4).toBe("0.0.0.0/0");
  });

  test("asynchronous events that fail go to a queue or topic, with its key", () => {
    const tf = make({ asynchronous: { onFailure: failureQueue(QUEUE, KEY_ARN) }, tracing: true });
    expect(tf.only("aws_lambda_function_event_invoke_config")).toMatchObject({
      qualifier: expect.stringMatching(/^\$\{aws_lambda_alias\.\w+\.name\}$/) as string,
      maximum_event_age_in_seconds: 21_600,
      maximum_retry_attempts: 2,
      destination_config: { on_failure: { destination: QUEUE } },
    });
    expect(tf.only("aws_lambda_function").tracing_config).toEqual({ mode: "Active" });
    expect(policyOf(tf)).toEqual([
      WRITE_LOGS,
      {
        Sid: "WriteTraces",
        Effect: "Allow",
        Action: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
        Resource: "*",
      },
      { Sid: "SendFailures", Effect: "Allow", Action: "sqs:SendMessage", Resource: QUEUE },
      { Sid: "EncryptFailures", Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: KEY_ARN },
      DENY_SWITCHES,
    ]);

    const topic = QUEUE.replace("sqs", "sns");
    const other = make({
      asynchronous: { maximumAge: Duration.minutes(1), maximumRetries: 0, onFailure: failureTopic(topic) },
    });
    expect(policyOf(other)[1]).toEqual({
      Sid: "SendFailures",
      Effect: "Allow",
      Action: "sns:Publish",
      Resource: topic,
    });
    expect(other.only("aws_lambda_function_event_invoke_config")).toMatchObject({
      maximum_event_age_in_seconds: 60,
      maximum_retry_attempts: 0,
    });
    const dropped = make({ asynchronous: {} }).only("aws_lambda_function_event_invoke_config");
    expect(dropped).not.toHaveProperty("destination_config");
  });

  test("statements and managed policies", () => {
    const policyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    const statement = { sid: "Read", actions: ["s3:GetObject"], resources: ["arn:aws:s3:::a/*"] };
    const tf = make({ statements: [statement], managedPolicyArns: { read: policyArn } });
    expect(policyOf(tf)[1]).toEqual({
      Sid: "Read",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::a/*",
    });
    expect(policyOf(tf).at(-1)).toEqual(DENY_SWITCHES);
    expect(policyOf(make({ statements: [statement], mayTripSwitches: true }))).toEqual(policyOf(tf).slice(0, 2));
    expect(tf.at("Site/Worker/ManagedPolicy-read").policy_arn).toBe(policyArn);
    expect(tf.only("aws_lambda_function").depends_on).toHaveLength(3);
  });

  test("invokers are let in for one source, of one account where its ARN names none", () => {
    const invokers = {
      uploads: { service: "s3", sourceArn: "arn:aws:s3:::acme-uploads" },
      topic: { service: "sns", sourceArn: "arn:aws:sns:ap-northeast-2:111122223333:orders" },
    };
    const tf = make({ invokers });
    const common = {
      provider: "aws",
      action: "lambda:InvokeFunction",
      function_name: expect.stringMatching(/^\$\{aws_lambda_alias\.\w+\.function_name\}$/) as string,
      qualifier: expect.stringMatching(/^\$\{aws_lambda_alias\.\w+\.name\}$/) as string,
    };
    expect(tf.at("Site/Worker/Invoker-uploads")).toEqual({
      ...common,
      statement_id: "uploads",
      principal: "s3.amazonaws.com",
      source_arn: "arn:aws:s3:::acme-uploads",
      source_account: "111122223333",
    });
    expect(tf.at("Site/Worker/Invoker-topic")).toEqual({
      ...common,
      statement_id: "topic",
      principal: "sns.amazonaws.com",
      source_arn: invokers.topic.sourceArn,
    });
  });

  test("a function URL is for callers with IAM credentials", () => {
    expect(make({ functionUrl: {} }).only("aws_lambda_function_url")).toMatchObject({
      authorization_type: "AWS_IAM",
      invoke_mode: "BUFFERED",
    });
    const cors = {
      allowOrigins: ["https://example.com"],
      allowCredentials: true,
      allowHeaders: ["x-a"],
      allowMethods: ["POST"],
      exposeHeaders: ["x-b"],
      maxAge: Duration.hours(1),
    };
    expect(make({ functionUrl: { cors, streaming: true } }).only("aws_lambda_function_url")).toMatchObject({
      invoke_mode: "RESPONSE_STREAM",
      cors: {
        allow_origins: ["https://example.com"],
        allow_credentials: true,
        allow_headers: ["x-a"],
        allow_methods: ["POST"],
        expose_headers: ["x-b"],
        max_age: 3_600,
      },
    });
    expect(make({ functionUrl: { cors: { allowOrigins: ["*"] } } }).only("aws_lambda_function_url").cors).toEqual({
      allow_origins: ["*"],
      allow_credentials: false,
      allow_methods: ["GET"],
      max_age: 0,
    });
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      new LambdaFunction(site, "One", PROPS);
      new LambdaFunction(site, "Two", { ...PROPS, name: "orders-other" });
    });
    expect(tf.all("aws_lambda_function")).toHaveLength(2);
  });

  test("refOf names what is created", () => {
    const tf = synthInSite((site) => {
      const { ref } = new LambdaFunction(site, "Worker", PROPS);
      expect(ref).toEqual(FUNCTION);
      expect(ref).toEqual({
        name: "orders-worker",
        arn: ARN,
        aliasArn: `${ARN}:live`,
        aliasName: "live",
        roleName: "orders-worker-ap-northeast-2",
        region: "ap-northeast-2",
        account: "111122223333",
      });
    });
    expect(tf.only("aws_iam_role").name).toBe(FUNCTION.roleName);
    expect(tf.only("aws_lambda_alias").name).toBe(FUNCTION.aliasName);
  });
});

describe("provisioned concurrency", () => {
  const provisioned = { active: true, activeConcurrency: 5 };

  test("is kept in the active site, at the number that was asked for", () => {
    const tf = make({ provisionedConcurrency: provisioned });
    expect(tf.only("aws_lambda_provisioned_concurrency_config")).toEqual({
      provider: "aws",
      function_name: expect.stringMatching(/^\$\{aws_lambda_alias\.\w+\.function_name\}$/) as string,
      qualifier: expect.stringMatching(/^\$\{aws_lambda_alias\.\w+\.name\}$/) as string,
      provisioned_concurrent_executions: 5,
    });
  });

  test("is not in a standby, where an apply finds nothing to take back", () => {
    const standby = { ...provisioned, active: false, scaling: { max: 10 } };
    expect(make({ provisionedConcurrency: standby }).types()).toEqual(make().types());
  });

  test("is fewer in a standby that keeps some, whose number an apply leaves alone", () => {
    const warm = { ...provisioned, active: false, standbyConcurrency: 2 };
    const asked = (tf: Synthesised) => tf.only("aws_lambda_provisioned_concurrency_config");
    expect(asked(make({ provisionedConcurrency: warm }))).toMatchObject({
      provisioned_concurrent_executions: 2,
      lifecycle: { ignore_changes: ["provisioned_concurrent_executions"] },
    });
    const scaled = make({ provisionedConcurrency: { ...warm, scaling: { max: 10 } } });
    expect(scaled.only("aws_appautoscaling_target")).toMatchObject({ min_capacity: 2, max_capacity: 10 });
    expect(asked(make({ provisionedConcurrency: { ...warm, active: true } }))).toMatchObject({
      provisioned_concurrent_executions: 5,
    });
  });

  test("follows its use, and then the number is not Terraform's", () => {
    const tf = make({ provisionedConcurrency: { ...provisioned, scaling: { max: 10, utilizationPercent: 80 } } });
    expect(tf.only("aws_lambda_provisioned_concurrency_config").lifecycle).toEqual({
      ignore_changes: ["provisioned_concurrent_executions"],
    });
    expect(tf.only("aws_appautoscaling_target")).toMatchObject({
      service_namespace: "lambda",
      scalable_dimension: "lambda:function:ProvisionedConcurrency",
      resource_id: expect.stringMatching(/^function:\$\{aws_lambda_alias\.\w+\.function_name\}:\$\{/) as string,
      min_capacity: 5,
      max_capacity: 10,
    });
    expect(tf.only("aws_appautoscaling_policy")).toMatchObject({
      policy_type: "TargetTrackingScaling",
      target_tracking_scaling_policy_configuration: {
        predefined_metric_specification: { predefined_metric_type: "LambdaProvisionedConcurrencyUtilization" },
        target_value: 0.8,
      },
    });
  });

  test("a failover asks for it, and says how that is undone", () => {
    const modelOf = (active?: boolean, more: Partial<ProvisionedConcurrency> = {}) => {
      const site = new Site(new TerraformStack(Testing.app(), "stack"), "Seoul", SEOUL);
      const provisionedConcurrency = active === undefined ? undefined : { active, activeConcurrency: 5, ...more };
      new LambdaFunction(site, "Worker", { ...PROPS, provisionedConcurrency });
      return protectionsBelow(site)[0]!.model;
    };
    const evidence = (metric: string) => ({
      title: `${metric.toLowerCase()} of orders-worker`,
      namespace: "AWS/Lambda",
      metric,
      dimensions: { FunctionName: "orders-worker", Resource: "orders-worker:live" },
      statistic: "Sum",
      unit: "Count",
      region: "ap-northeast-2",
    });
    expect(modelOf(false)).toEqual({
      protection: {
        mechanism: "AWS Lambda function of its own in each site",
        copiesIn: ["seoul"],
        loss: {
          value: Duration.seconds(0),
          basis: "configured",
          source: "https://docs.aws.amazon.com/lambda/latest/dg/security-resilience.html",
          note: "a function keeps nothing; asynchronous events that wait in the other site are not copied",
        },
      },
      recovery: [
        {
          title: "keep instances of the function initialised",
          call: "lambda:PutProvisionedConcurrencyConfig",
          parameters: { FunctionName: "orders-worker", Qualifier: "live", ProvisionedConcurrentExecutions: 5 },
          duration: {
            basis: "unknown",
            source: "https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html",
            note: "AWS publishes no time, and no promise that the region has the capacity; requests are answered meanwhile, after a cold start",
          },
          undo: "DeleteProvisionedConcurrencyConfig",
        },
      ],
      evidence: [evidence("Errors"), evidence("Throttles")],
    });
    expect(modelOf(true).recovery).toEqual([]);
    expect(modelOf().recovery).toEqual([]);
    const [warm] = modelOf(false, { standbyConcurrency: 2 }).recovery;
    expect(warm).toMatchObject({
      call: "lambda:PutProvisionedConcurrencyConfig",
      undo: "PutProvisionedConcurrencyConfig with 2",
    });
    const [scaled] = modelOf(false, { standbyConcurrency: 2, scaling: { max: 10 } }).recovery;
    expect(scaled).toMatchObject({
      title: "raise the floor of the function's initialised instances",
      call: "application-autoscaling:RegisterScalableTarget",
      parameters: {
        ServiceNamespace: "lambda",
        ScalableDimension: "lambda:function:ProvisionedConcurrency",
        ResourceId: "function:orders-worker:live",
        MinCapacity: 5,
        MaxCapacity: 10,
      },
      undo: "RegisterScalableTarget with MinCapacity 2",
    });
  });
});

test("the key and a repository let the site's functions use them", () => {
  const site = new Site(new TerraformStack(Testing.app(), "stack"), "Tokyo", TOKYO);
  expect(lambdaKeyStatements(site)).toEqual([
    {
      sid: "AllowLambdaLogs",
      principal: { Service: "logs.ap-northeast-1.amazonaws.com" },
      actions: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
      resources: ["*"],
      conditions: {
        ArnLike: {
          "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:ap-northeast-1:111122223333:log-group:/aws/lambda/*",
        },
      },
    },
  ]);
  expect(lambdaImageStatement(site)).toEqual({
    sid: "AllowLambda",
    principal: { Service: "lambda.amazonaws.com" },
    actions: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
    conditions: { ArnLike: { "aws:SourceArn": "arn:aws:lambda:ap-northeast-1:111122223333:function:*" } },
  });
});

describe("alarms", () => {
  const common = {
    provider: "aws",
    namespace: "AWS/Lambda",
    dimensions: { FunctionName: "orders-worker", Resource: "orders-worker:live" },
    period: 60,
    evaluation_periods: 5,
    datapoints_to_alarm: 5,
    comparison_operator: "GreaterThanThreshold",
    treat_missing_data: "notBreaching",
    alarm_actions: [],
    ok_actions: [],
  };

  test.each([
    [FunctionErrorsAlarm, "Errors", "errors"],
    [FunctionThrottlesAlarm, "Throttles", "throttles"],
  ] as const)("%p watches the alias", (Alarm, metric, word) => {
    const tf = synthInSite((site) => new Alarm(site, "Alarm", { function: FUNCTION }));
    expect(tf.only("aws_cloudwatch_metric_alarm")).toEqual({
      ...common,
      alarm_name: `orders-worker-${word}`,
      alarm_description: `orders-worker has more than 0 ${word} in a minute`,
      metric_name: metric,
      statistic: "Sum",
      threshold: 0,
    });
    const topic = "arn:aws:sns:ap-northeast-2:111122223333:t";
    const set = synthInSite(
      (site) => new Alarm(site, "Alarm", { function: FUNCTION, minutes: 2, notify: [topic], threshold: 7 }),
    );
    expect(set.only("aws_cloudwatch_metric_alarm")).toMatchObject({
      threshold: 7,
      evaluation_periods: 2,
      datapoints_to_alarm: 2,
      alarm_actions: [topic],
      ok_actions: [topic],
    });
  });

  test("the age of records from streams", () => {
    const tf = synthInSite(
      (site) => new IteratorAgeAlarm(site, "Age", { function: FUNCTION, threshold: Duration.minutes(15) }),
    );
    expect(tf.only("aws_cloudwatch_metric_alarm")).toEqual({
      ...common,
      alarm_name: "orders-worker-iterator-age",
      alarm_description: "orders-worker reads records of its streams later than 15 minutes",
      metric_name: "IteratorAge",
      statistic: "Maximum",
      threshold: 900_000,
    });
  });
});
