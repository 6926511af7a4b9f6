import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  CreateLaunchConfigurationCommand,
  DescribeAutoScalingGroupsCommand,
  DescribePoliciesCommand,
  PutScalingPolicyCommand,
  PutWarmPoolCommand,
  StartInstanceRefreshCommand,
} from "@aws-sdk/client-auto-scaling";
import { CloudWatchClient, DescribeAlarmsCommand, PutCompositeAlarmCommand } from "@aws-sdk/client-cloudwatch";
import {
  CreateReplicationConfigCommand,
  CreateReplicationInstanceCommand,
  CreateReplicationSubnetGroupCommand,
  DatabaseMigrationServiceClient,
  DescribeReplicationInstancesCommand,
  DescribeReplicationsCommand,
  StartReplicationCommand,
} from "@aws-sdk/client-database-migration-service";
import { CreateLaunchTemplateCommand, DescribeSubnetsCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  CreateHealthCheckCommand,
  GetHealthCheckCommand,
  type HealthCheckConfig,
  type HealthCheckRegion,
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  Route53Client,
  UpdateHealthCheckCommand,
  type UpdateHealthCheckCommandInput,
} from "@aws-sdk/client-route-53";
import { callJson } from "../../emulator";
import { PATIENCE_MS, SEOUL, startedEmulator, TOKYO } from "./support";

jest.setTimeout(PATIENCE_MS);

const emulator = startedEmulator();

describe("Route 53", () => {
  test.each<[string, HealthCheckConfig]>([
    [
      "an alarm",
      {
        Type: "CLOUDWATCH_METRIC",
        AlarmIdentifier: { Name: "switch", Region: TOKYO },
        InsufficientDataHealthStatus: "LastKnownStatus",
        Inverted: false,
        Disabled: false,
      },
    ],
    [
      "other checks",
      {
        Type: "CALCULATED",
        ChildHealthChecks: ["9e0c1ff3-1f43-45a5-8c0c-4bd0a0f2a9a5"],
        HealthThreshold: 1,
        Inverted: true,
        Disabled: false,
      },
    ],
    [
      "an HTTPS endpoint",
      {
        Type: "HTTPS",
        FullyQualifiedDomainName: "x.example.com",
        ResourcePath: "/",
        Port: 443,
        RequestInterval: 10,
        FailureThreshold: 3,
        MeasureLatency: true,
        EnableSNI: true,
        Inverted: false,
        Disabled: false,
        Regions: ["eu-west-1", "sa-east-1", "us-east-1"],
      },
    ],
  ])("a health check of %s is answered as it was made", async (_, HealthCheckConfig) => {
    const route53 = new Route53Client(emulator.current.sdkConfig("us-east-1"));
    const { HealthCheck } = await route53.send(
      new CreateHealthCheckCommand({ CallerReference: "1", HealthCheckConfig }),
    );
    const answered = await route53.send(new GetHealthCheckCommand({ HealthCheckId: HealthCheck?.Id }));
    expect(answered.HealthCheck?.HealthCheckConfig).toEqual(HealthCheckConfig);
  });

  test("an endpoint is checked from all regions, unless an update names three or more", async () => {
    const route53 = new Route53Client(emulator.current.sdkConfig("us-east-1"));
    const { HealthCheck } = await route53.send(
      new CreateHealthCheckCommand({
        CallerReference: "regions",
        HealthCheckConfig: { Type: "HTTPS", FullyQualifiedDomainName: "x.example.com" },
      }),
    );
    const HealthCheckId = HealthCheck?.Id;
    const regions = async () => {
      const answered = await route53.send(new GetHealthCheckCommand({ HealthCheckId }));
      return answered.HealthCheck?.HealthCheckConfig?.Regions;
    };
    const update = (input: Partial<UpdateHealthCheckCommandInput>) =>
      route53.send(new UpdateHealthCheckCommand({ HealthCheckId, ...input }));
    const all = [
      ...["ap-northeast-1", "ap-southeast-1", "ap-southeast-2", "eu-west-1"],
      ...["sa-east-1", "us-east-1", "us-west-1", "us-west-2"],
    ];
    expect(await regions()).toEqual(all);

    for (const Regions of [[], ["us-east-1", "us-west-1"]] satisfies HealthCheckRegion[][]) {
      await expect(update({ Regions })).rejects.toMatchObject({ name: "InvalidInput" });
    }
    expect(await regions()).toEqual(all);

    await update({ Regions: ["us-east-1", "us-west-1", "us-west-2"] });
    await update({ FailureThreshold: 5 });
    expect(await regions()).toEqual(["us-east-1", "us-west-1", "us-west-2"]);
    await update({ ResetElements: ["Regions"] });
    expect(await regions()).toEqual(all);
  });

  test("a record can be deleted by its name and created again, and an alias within a zone needs an existing target", async () => {
    const route53 = new Route53Client(emulator.current.sdkConfig("us-east-1"));
    const { HostedZone } = await route53.send(
      new CreateHostedZoneCommand({ Name: "example.com", CallerReference: "2" }),
    );
    const zoneId = HostedZone!.Id!.replace("/hostedzone/", "");
    const record = (name: string) => ({
      Name: `${name}.example.com`,
      Type: "A" as const,
      SetIdentifier: "seoul",
      Weight: 1,
      TTL: 60,
      ResourceRecords: [{ Value: "198.51.100.10" }],
    });
    const change = (Action: "CREATE" | "DELETE", ResourceRecordSet: ResourceRecordSet) =>
      route53.send(
        new ChangeResourceRecordSetsCommand({
          HostedZoneId: zoneId,
          ChangeBatch: { Changes: [{ Action, ResourceRecordSet }] },
        }),
      );
    await change("CREATE", record("one"));
    await change("CREATE", record("other"));
    await change("DELETE", record("one"));
    const { ResourceRecordSets } = await route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: zoneId }));
    expect(ResourceRecordSets!.filter(({ Type }) => Type === "A").map(({ Name }) => Name)).toEqual([
      "other.example.com.",
    ]);
    await change("CREATE", record("one"));
    await change("DELETE", record("one"));
    const alias = (DNSName: string): ResourceRecordSet => ({
      Name: "alias.example.com",
      Type: "A",
      AliasTarget: { DNSName, HostedZoneId: zoneId, EvaluateTargetHealth: false },
    });
    await expect(change("CREATE", alias("one.example.com"))).rejects.toThrow("alias target name was not found");
    await change("CREATE", alias("other.example.com"));
  });
});

describe("CloudWatch", () => {
  test("a composite alarm keeps its rule and its suppressor", async () => {
    const cloudwatch = new CloudWatchClient(emulator.current.sdkConfig(TOKYO));
    const put = {
      AlarmName: "lost",
      AlarmRule: "ALARM(a) AND ALARM(b)",
      ActionsSuppressor: "drill",
      ActionsSuppressorWaitPeriod: 60,
      ActionsSuppressorExtensionPeriod: 120,
    };
    await cloudwatch.send(new PutCompositeAlarmCommand(put));
    const { CompositeAlarms } = await cloudwatch.send(
      new DescribeAlarmsCommand({ AlarmNames: ["lost"], AlarmTypes: ["CompositeAlarm"] }),
    );
    expect(CompositeAlarms).toEqual([expect.objectContaining(put)]);
  });
});

describe("Auto Scaling", () => {
  test("a group keeps its warm-up, and a policy has only the blocks that were put", async () => {
    const autoscaling = new AutoScalingClient(emulator.current.sdkConfig(TOKYO));
    const AutoScalingGroupName = "app";
    await autoscaling.send(
      new CreateLaunchConfigurationCommand({
        LaunchConfigurationName: "app",
        ImageId: "ami-12c6146b",
        InstanceType: "m7g.large",
      }),
    );
    await autoscaling.send(
      new CreateAutoScalingGroupCommand({
        AutoScalingGroupName,
        LaunchConfigurationName: "app",
        MinSize: 0,
        MaxSize: 2,
        AvailabilityZones: [`${TOKYO}a`],
        DefaultInstanceWarmup: 60,
      }),
    );
    const TargetTrackingConfiguration = {
      PredefinedMetricSpecification: { PredefinedMetricType: "ASGAverageCPUUtilization" as const },
      TargetValue: 60,
    };
    await autoscaling.send(
      new PutScalingPolicyCommand({
        AutoScalingGroupName,
        PolicyName: "cpu",
        PolicyType: "TargetTrackingScaling",
        TargetTrackingConfiguration,
      }),
    );
    const { AutoScalingGroups } = await autoscaling.send(new DescribeAutoScalingGroupsCommand({}));
    expect(AutoScalingGroups?.map((group) => group.DefaultInstanceWarmup)).toEqual([60]);
    const { ScalingPolicies } = await autoscaling.send(new DescribePoliciesCommand({ AutoScalingGroupName }));
    expect(ScalingPolicies?.map((policy) => [policy.Enabled, policy.PredictiveScalingConfiguration])).toEqual([
      [true, undefined],
    ]);
  });
});

describe("a group whose image is given by a parameter", () => {
  const AutoScalingGroupName = "app";
  const client = () => new AutoScalingClient(emulator.current.sdkConfig(TOKYO));

  async function createGroup(ImageId: string): Promise<void> {
    const { LaunchTemplate } = await new EC2Client(emulator.current.sdkConfig(TOKYO)).send(
      new CreateLaunchTemplateCommand({
        LaunchTemplateName: "app",
        LaunchTemplateData: { ImageId, InstanceType: "m7g.large" },
      }),
    );
    await client().send(
      new CreateAutoScalingGroupCommand({
        AutoScalingGroupName,
        LaunchTemplate: { LaunchTemplateId: LaunchTemplate!.LaunchTemplateId, Version: "1" },
        MinSize: 0,
        MaxSize: 2,
        AvailabilityZones: [`${TOKYO}a`],
      }),
    );
  }
  const refresh = (Preferences: { SkipMatching?: boolean; AutoRollback?: boolean }) =>
    client().send(new StartInstanceRefreshCommand({ AutoScalingGroupName, Preferences }));
  const warm = () => client().send(new PutWarmPoolCommand({ AutoScalingGroupName, MinSize: 1 }));

  test("is refreshed without comparing, and has no warm pool", async () => {
    await createGroup("resolve:ssm:/acme/api");
    await expect(refresh({ SkipMatching: true })).rejects.toMatchObject({ name: "ValidationError" });
    await expect(refresh({ AutoRollback: true })).rejects.toMatchObject({ name: "ValidationError" });
    expect(await refresh({ SkipMatching: false })).toMatchObject({ InstanceRefreshId: expect.any(String) as string });
    await expect(warm()).rejects.toMatchObject({ name: "ValidationError" });
  });

  test("by id has both", async () => {
    await createGroup("ami-12c6146b");
    await refresh({ SkipMatching: true, AutoRollback: true });
    await warm();
  });
});

describe("DMS", () => {
  test("a replication instance is in its subnet group, and its creation time is a number", async () => {
    const dms = new DatabaseMigrationServiceClient(emulator.current.sdkConfig(TOKYO));
    const { Subnets = [] } = await new EC2Client(emulator.current.sdkConfig(TOKYO)).send(
      new DescribeSubnetsCommand({}),
    );
    const SubnetIds = Subnets.map(({ SubnetId = "" }) => SubnetId).sort();
    await dms.send(
      new CreateReplicationSubnetGroupCommand({
        ReplicationSubnetGroupIdentifier: "ledger",
        ReplicationSubnetGroupDescription: "x",
        SubnetIds,
      }),
    );
    await dms.send(
      new CreateReplicationInstanceCommand({
        ReplicationInstanceIdentifier: "ledger",
        ReplicationInstanceClass: "dms.r6i.large",
        ReplicationSubnetGroupIdentifier: "ledger",
      }),
    );
    const { ReplicationInstances = [] } = await dms.send(new DescribeReplicationInstancesCommand({}));
    expect(
      ReplicationInstances.map((instance) =>
        instance.ReplicationSubnetGroup?.Subnets?.map(({ SubnetIdentifier }) => SubnetIdentifier),
      ),
    ).toEqual([SubnetIds]);
    expect(ReplicationInstances[0]?.InstanceCreateTime).toBeInstanceOf(Date);
  });

  test("a serverless replication is created and started", async () => {
    const dms = new DatabaseMigrationServiceClient(emulator.current.sdkConfig(TOKYO));
    const { ReplicationConfig } = await dms.send(
      new CreateReplicationConfigCommand({
        ReplicationConfigIdentifier: "ledger",
        SourceEndpointArn: "arn:source",
        TargetEndpointArn: "arn:target",
        ComputeConfig: { MaxCapacityUnits: 16 },
        ReplicationType: "cdc",
        TableMappings: "{}",
      }),
    );
    const ReplicationConfigArn = ReplicationConfig?.ReplicationConfigArn;
    const status = async (): Promise<unknown> =>
      (await dms.send(new DescribeReplicationsCommand({}))).Replications?.map(({ Status }) => Status);
    expect(await status()).toEqual(["created"]);
    await dms.send(new StartReplicationCommand({ ReplicationConfigArn, StartReplicationType: "start-replication" }));
    expect(await status()).toEqual(["running"]);
  });
});

describe("Application Auto Scaling", () => {
  test("a target has its tags", async () => {
    const call = (operation: string, body: unknown): Promise<Record<string, unknown>> =>
      callJson(emulator.current, `${SEOUL}/application-autoscaling`, `AnyScaleFrontendService.${operation}`, body);
    const target = {
      ServiceNamespace: "dynamodb",
      ResourceId: "table/carts",
      ScalableDimension: "dynamodb:table:ReadCapacityUnits",
      MinCapacity: 1,
      MaxCapacity: 2,
      Tags: { site: "seoul" },
    };
    const { ScalableTargetARN: ResourceARN } = await call("RegisterScalableTarget", target);
    expect(await call("ListTagsForResource", { ResourceARN })).toEqual({ Tags: { site: "seoul" } });
  });
});
