/**
 * Proves the JSON of a Neptune global database: the global cluster, its first cluster, a secondary, the alarm, and their
 * recovery. Does not prove that AWS replicates. The long tests show that a failover leaves the next plan empty.
 */
import { NeptuneCluster } from "@cdktf/provider-aws/lib/neptune-cluster";
import { TerraformOutput, TerraformStack, Testing } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import { Duration, protectionsBelow } from "../../modules/core";
import {
  GlobalCluster,
  GlobalClusterProps,
  OriginCluster,
  OriginClusterProps,
  ReplicationLagAlarm,
  ReplicationLagAlarmProps,
  SecondaryCluster,
  SecondaryClusterProps,
} from "../../modules/neptune-global-database";
import { Site } from "../../modules/site";
import { GLOBAL, globalRef, ORIGIN, SECONDARY } from "../support/neptune";
import { KEY } from "../support/rds";
import { Block, SEOUL, Synthesised, synthInSite, TOKYO } from "../support/synth";

const globalCluster = (props: Partial<GlobalClusterProps> = {}) =>
  synthInSite((site) => new GlobalCluster(site, "Global", { ...GLOBAL, ...props }));
const origin = (props: Partial<OriginClusterProps> = {}) =>
  synthInSite((site) => new OriginCluster(site, "Friends", { ...ORIGIN, ...props }));
const secondary = (props: Partial<SecondaryClusterProps> = {}) =>
  synthInSite((site) => new SecondaryCluster(site, "Friends", { ...SECONDARY, ...props }), { ...TOKYO, name: "tokyo" });

const reference = (type: string, attribute: string) =>
  expect.stringMatching(new RegExp(String.raw`^\$\{${type}\.\w+\.${attribute}\}$`)) as string;
const waitsFor = (type: string) => expect.stringMatching(new RegExp(String.raw`^${type}\.`)) as string;
const outputs = (tf: Synthesised) => Object.values(tf.json.output as Record<string, Block>).map(({ value }) => value);

/** Arguments that Terraform ignores: AWS changes them, and the global cluster upgrades the version. */
const IGNORED = ["replication_source_identifier", "global_cluster_identifier", "engine_version"];

const ARN = {
  seoul: "arn:aws:rds:ap-northeast-2:111122223333:cluster:friends-seoul",
  tokyo: "arn:aws:rds:ap-northeast-1:111122223333:cluster:friends-tokyo",
};

/** Arguments that the clusters of both sites have. */
const CLUSTER = {
  provider: "aws",
  engine: "neptune",
  engine_version: "1.4.5.1",
  global_cluster_identifier: "friends",
  apply_immediately: false,
  backup_retention_period: 7,
  copy_tags_to_snapshot: true,
  deletion_protection: true,
  depends_on: [waitsFor("aws_cloudwatch_log_group"), waitsFor("aws_cloudwatch_log_group")],
  enable_cloudwatch_logs_exports: ["audit", "slowquery"],
  iam_database_authentication_enabled: true,
  lifecycle: { prevent_destroy: true, ignore_changes: IGNORED },
  neptune_cluster_parameter_group_name: reference("aws_neptune_cluster_parameter_group", "name"),
  neptune_subnet_group_name: reference("aws_neptune_subnet_group", "name"),
  port: 8182,
  skip_final_snapshot: false,
  storage_encrypted: true,
  timeouts: { create: "24h", update: "12h", delete: "3h" },
  vpc_security_group_ids: [reference("aws_security_group", "id")],
};

/** Arguments that the instances of both sites have. */
const INSTANCE = {
  provider: "aws",
  cluster_identifier: reference("aws_neptune_cluster", "id"),
  engine: "neptune",
  instance_class: "db.r6g.large",
  apply_immediately: false,
  auto_minor_version_upgrade: false,
  neptune_parameter_group_name: reference("aws_neptune_parameter_group", "name"),
  neptune_subnet_group_name: reference("aws_neptune_subnet_group", "name"),
  port: 8182,
  promotion_tier: 1,
  publicly_accessible: false,
  timeouts: { create: "3h", update: "3h", delete: "3h" },
};

describe("GlobalCluster", () => {
  test("defaults", () => {
    const tf = globalCluster();
    expect(tf.types()).toEqual(["aws_neptune_global_cluster"]); // joins the clusters
    expect(tf.only("aws_neptune_global_cluster")).toEqual({
      provider: "aws",
      global_cluster_identifier: "friends",
      engine: "neptune",
      engine_version: "1.4.5.1",
      deletion_protection: true,
      storage_encrypted: true,
      lifecycle: { prevent_destroy: true },
      timeouts: { create: "1h", update: "3h", delete: "1h" },
    });
  });

  test.each<[Partial<GlobalClusterProps>, Record<string, unknown>]>([
    [{ engineVersion: "1.3.4.0" }, { engine_version: "1.3.4.0" }],
  ])("%j", (props, expected) => {
    expect(globalCluster(props).only("aws_neptune_global_cluster")).toMatchObject(expected);
  });
});

describe("OriginCluster", () => {
  test("defaults", () => {
    const tf = origin();
    expect(tf.types()).toEqual([
      "aws_cloudwatch_log_group", // audit
      "aws_cloudwatch_log_group", // slowquery
      "aws_neptune_cluster", // the cluster
      "aws_neptune_cluster_instance", // its writer
      "aws_neptune_cluster_parameter_group", // its own, with its logs
      "aws_neptune_parameter_group", // of its instances
      "aws_neptune_subnet_group", // subnets
      "aws_security_group", // without ingress
    ]);
    expect(tf.only("aws_neptune_cluster")).toEqual({
      ...CLUSTER,
      cluster_identifier: "friends-seoul",
      final_snapshot_identifier: "friends-seoul-final",
      kms_key_arn: KEY.seoul,
    });
    expect(tf.only("aws_neptune_cluster_instance")).toEqual({ ...INSTANCE, identifier: "friends-seoul-one" });
    expect(tf.text).toHaveResourceWithProperties(NeptuneCluster, { cluster_identifier: "friends-seoul", port: 8182 });
  });
});

describe("SecondaryCluster", () => {
  test("defaults", () => {
    const tf = secondary();
    expect(tf.types()).toEqual([
      "aws_cloudwatch_log_group", // audit
      "aws_cloudwatch_log_group", // slowquery
      "aws_neptune_cluster", // the cluster
      "aws_neptune_cluster_instance", // reads, and becomes the writer
      "aws_neptune_cluster_parameter_group", // its own
      "aws_neptune_parameter_group", // of its instances
      "aws_neptune_subnet_group", // subnets
      "aws_security_group", // without ingress
    ]);
    expect(tf.only("aws_neptune_cluster")).toEqual({
      ...CLUSTER,
      cluster_identifier: "friends-tokyo",
      final_snapshot_identifier: "friends-tokyo-final",
      kms_key_arn: KEY.tokyo,
    });
    expect(tf.only("aws_neptune_cluster_instance")).toEqual({ ...INSTANCE, identifier: "friends-tokyo-one" });
  });
});

describe.each([
  ["OriginCluster", (site: Site) => new OriginCluster(site, "Friends", ORIGIN), SEOUL],
  ["SecondaryCluster", (site: Site) => new SecondaryCluster(site, "Friends", SECONDARY), TOKYO],
] as const)("%s", (_, make, place) => {
  test("gives names and ports", () => {
    const tf = synthInSite((site) => {
      const made = make(site);
      const { clusterArn, dataArn, endpoint, readerEndpoint, securityGroupId } = made;
      const given = { clusterArn, dataArn, endpoint, readerEndpoint, securityGroupId };
      for (const [name, value] of Object.entries(given)) new TerraformOutput(site, name, { value });
      expect([made.port, made.identifier, Object.keys(made.instances)]).toEqual([8182, made.ref.name, ["one"]]);
    }, place);
    expect(outputs(tf)).toEqual([
      reference("aws_neptune_cluster", "arn"),
      expect.stringMatching(
        new RegExp(
          String.raw`^arn:aws:neptune-db:${place.region}:111122223333:\$\{aws_neptune_cluster\.\w+\.cluster_resource_id\}/\*$`,
        ),
      ),
      reference("aws_neptune_cluster", "endpoint"),
      reference("aws_neptune_cluster", "reader_endpoint"),
      reference("aws_security_group", "id"),
    ]);
  });
});

describe("a cluster", () => {
  test.each<[Partial<OriginClusterProps>, Record<string, unknown>]>([
    [{ ioOptimized: true }, { storage_type: "iopt1" }],
    [{ logs: { exports: ["slowquery"] } }, { enable_cloudwatch_logs_exports: ["slowquery"] }],
    [{ iamAuthentication: false }, { iam_database_authentication_enabled: false }],
    [{ loaderRoleArns: ["arn:aws:iam::111122223333:role/l"] }, { iam_roles: ["arn:aws:iam::111122223333:role/l"] }],
  ])("with %j", (props, expected) => {
    expect(origin(props).only("aws_neptune_cluster")).toMatchObject(expected);
    expect(secondary(props).only("aws_neptune_cluster")).toMatchObject(expected);
  });

  test("keeps its logs for the given days, under the given key", () => {
    const tf = origin({ logs: { exports: ["audit"], kmsKeyArn: KEY.seoul, retentionDays: 30 } });
    expect(tf.only("aws_cloudwatch_log_group")).toEqual({
      provider: "aws",
      name: "/aws/neptune/friends-seoul/audit",
      kms_key_id: KEY.seoul,
      retention_in_days: 30,
    });
  });
});

describe("instances", () => {
  test.each<[Partial<SecondaryClusterProps>, Record<string, unknown>]>([[{ port: 8183 }, { port: 8183 }]])(
    "with %j",
    (props, expected) => {
      expect(secondary(props).only("aws_neptune_cluster_instance")).toMatchObject(expected);
    },
  );
});

describe("groups", () => {
  test("are the cluster's own, by family", () => {
    const tf = secondary({
      global: globalRef({ engineVersion: "1.3.4.0" }),
      instanceParameters: { neptune_query_timeout: 60_000 },
    });
    expect(tf.only("aws_neptune_cluster_parameter_group")).toEqual({
      provider: "aws",
      name: "friends-tokyo-neptune1-3",
      description: "Cluster parameters of friends-tokyo",
      family: "neptune1.3",
      parameter: [
        { name: "neptune_enable_audit_log", value: "1", apply_method: "pending-reboot" },
        { name: "neptune_enable_slow_query_log", value: "info", apply_method: "immediate" },
      ],
      lifecycle: { create_before_destroy: true },
    });
    expect(tf.only("aws_neptune_parameter_group")).toEqual({
      provider: "aws",
      name: "friends-tokyo-neptune1-3",
      description: "Instance parameters of friends-tokyo",
      family: "neptune1.3",
      parameter: [{ name: "neptune_query_timeout", value: "60000", apply_method: "pending-reboot" }],
      lifecycle: { create_before_destroy: true },
    });
    expect(tf.only("aws_neptune_subnet_group")).toEqual({
      provider: "aws",
      name: "friends-tokyo",
      description: "Subnets of friends-tokyo",
      subnet_ids: ["subnet-a", "subnet-c"],
    });
    expect(tf.only("aws_security_group")).toMatchObject({ name: "friends-tokyo", vpc_id: "vpc-1" });
  });

  test.each<[Partial<OriginClusterProps>, object[]]>([
    [
      { logs: { exports: ["audit"] } },
      [{ name: "neptune_enable_audit_log", value: "1", apply_method: "pending-reboot" }],
    ],
    [
      { parameters: { neptune_enable_slow_query_log: "debug" }, staticParameters: { neptune_enable_audit_log: 0 } },
      [
        { name: "neptune_enable_audit_log", value: "0", apply_method: "pending-reboot" },
        { name: "neptune_enable_slow_query_log", value: "debug", apply_method: "immediate" },
      ],
    ],
  ])("with %j", (props, expected) => {
    expect(origin(props).only("aws_neptune_cluster_parameter_group").parameter).toEqual(expected);
  });
});

describe("ReplicationLagAlarm", () => {
  const cluster = SecondaryCluster.refOf({ ...TOKYO, identifier: "friends-tokyo" });
  const alarm = (props: Partial<ReplicationLagAlarmProps> = {}) =>
    synthInSite((site) => {
      const lag = { cluster, global: globalRef(), threshold: Duration.seconds(30) };
      expect(new ReplicationLagAlarm(site, "Lag", { ...lag, ...props }).alarmArn).toBeDefined();
    }, TOKYO).only("aws_cloudwatch_metric_alarm");

  test("asks for the cluster by name, as its own region has it, and takes silence for nothing", () => {
    expect(alarm()).toMatchObject({
      alarm_name: "friends-tokyo-replication-lag",
      threshold: 30_000,
      treat_missing_data: "ignore",
      metric_query: [
        expect.objectContaining({
          expression: `SELECT MAX(GlobalDbProgressLag) FROM SCHEMA("AWS/Neptune", DBClusterIdentifier, SourceRegion) WHERE DBClusterIdentifier = 'friends-tokyo'`,
        }),
      ],
    });
  });
});

describe("the recovery of a cluster", () => {
  const stack = () => new TerraformStack(Testing.app(), "stack");
  const modelOf = (props: Partial<SecondaryClusterProps> = {}) => {
    const tokyo = new Site(stack(), "Tokyo", TOKYO);
    new SecondaryCluster(tokyo, "Friends", { ...SECONDARY, ...props });
    return protectionsBelow(tokyo)[0]!.model;
  };
  const failover = {
    title: "fail friends over to friends-tokyo",
    call: "neptune:FailoverGlobalCluster",
    parameters: { GlobalClusterIdentifier: "friends", TargetDbClusterIdentifier: ARN.tokyo, AllowDataLoss: true },
    duration: {
      basis: "unknown",
      source: "https://docs.aws.amazon.com/neptune/latest/apiref/API_FailoverGlobalCluster.html",
      note: "the user guide says 'in the order of minutes', and still describes detaching by hand",
    },
    undo: "once the former primary follows as a secondary again, switch over to it",
  };

  test("a secondary: the lag, the failover, the metric", () => {
    expect(modelOf()).toEqual({
      protection: {
        mechanism: "Neptune global database",
        copiesIn: ["tokyo"],
        loss: {
          value: Duration.seconds(1),
          basis: "typical",
          source: "https://docs.aws.amazon.com/neptune/latest/userguide/neptune-global-database.html",
          note: "AWS says that the latency is typically under a second, and the loss depends on the lag at that moment",
        },
      },
      recovery: [failover],
      evidence: [
        {
          title: "lag of friends-tokyo behind the cluster that takes the writes",
          namespace: "AWS/Neptune",
          metric: "GlobalDbProgressLag",
          dimensions: { DBClusterIdentifier: "friends-tokyo" },
          statistic: "Maximum",
          unit: "Milliseconds",
          region: "ap-northeast-1",
        },
      ],
    });
  });

  test("a headless one: an instance comes first", () => {
    const [create, then] = modelOf({ headless: true, instances: undefined }).recovery;
    expect(create).toMatchObject({
      call: "neptune:CreateDBInstance",
      parameters: {
        DBInstanceIdentifier: "friends-tokyo-writer",
        DBClusterIdentifier: "friends-tokyo",
        DBInstanceClass: "db.r6g.large",
        DBParameterGroupName: "friends-tokyo-neptune1-4",
        Engine: "neptune",
      },
      duration: { basis: "unknown" },
    });
    expect(then).toEqual(failover);
  });

  test("a switchover has no published figure", () => {
    const { switchover } = new SecondaryCluster(new Site(stack(), "Tokyo", TOKYO), "Friends", SECONDARY);
    expect(switchover.duration).toMatchObject({
      basis: "unknown",
      source: expect.stringContaining("neptune-gdb-disaster-recovery") as string,
    });
  });
});
