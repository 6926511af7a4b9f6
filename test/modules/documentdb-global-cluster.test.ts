/**
 * Proves the JSON of a DocumentDB global cluster: the global cluster, its first cluster, a secondary, the alarm, and their
 * recovery. Does not prove that AWS replicates, or that it publishes the lag where its guide says so. No test applies it,
 * because the embedded AWS has no DocumentDB. In addition to the JSON, other tests prove only the provider's plans of the
 * example.
 */
import { DocdbCluster } from "@cdktf/provider-aws/lib/docdb-cluster";
import { TerraformStack, Testing } from "cdktf";
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
} from "../../modules/documentdb-global-cluster";
import { MasterUserSecret } from "../../modules/rds-read-replica";
import { Site } from "../../modules/site";
import { GLOBAL, globalRef, ORIGIN, SECONDARY } from "../support/documentdb";
import { KEY } from "../support/rds";
import { synthInSite, TOKYO } from "../support/synth";

const globalCluster = (props: Partial<GlobalClusterProps> = {}) =>
  synthInSite((site) => new GlobalCluster(site, "Global", { ...GLOBAL, ...props }));
const origin = (props: Partial<OriginClusterProps> = {}) =>
  synthInSite((site) => new OriginCluster(site, "Catalog", { ...ORIGIN, ...props }));
const secondary = (props: Partial<SecondaryClusterProps> = {}) =>
  synthInSite((site) => new SecondaryCluster(site, "Catalog", { ...SECONDARY, ...props }), { ...TOKYO, name: "tokyo" });

const reference = (type: string, attribute: string) =>
  expect.stringMatching(new RegExp(String.raw`^\$\{${type}\.\w+\.${attribute}\}$`)) as string;
const waitsFor = (type: string) => expect.stringMatching(new RegExp(String.raw`^${type}\.`)) as string;

/** Arguments that Terraform ignores: AWS changes the first at a detachment, and the global cluster sets the version. */
const IGNORED = ["global_cluster_identifier", "engine_version"];

const ARN = {
  seoul: "arn:aws:rds:ap-northeast-2:111122223333:cluster:catalog-seoul",
  tokyo: "arn:aws:rds:ap-northeast-1:111122223333:cluster:catalog-tokyo",
};

/** Arguments that the clusters of both sites have. */
const CLUSTER = {
  provider: "aws",
  engine: "docdb",
  engine_version: "5.0.0",
  global_cluster_identifier: "catalog",
  apply_immediately: false,
  backup_retention_period: 7,
  db_cluster_parameter_group_name: reference("aws_docdb_cluster_parameter_group", "name"),
  db_subnet_group_name: reference("aws_docdb_subnet_group", "name"),
  deletion_protection: true,
  depends_on: [waitsFor("aws_cloudwatch_log_group"), waitsFor("aws_cloudwatch_log_group")],
  enabled_cloudwatch_logs_exports: ["audit", "profiler"],
  lifecycle: { prevent_destroy: true, ignore_changes: IGNORED },
  port: 27017,
  skip_final_snapshot: false,
  storage_encrypted: true,
  storage_type: "standard",
  timeouts: { create: "24h", update: "12h", delete: "3h" },
  vpc_security_group_ids: [reference("aws_security_group", "id")],
};

/** Arguments that the instances of both sites have. */
const INSTANCE = {
  provider: "aws",
  cluster_identifier: reference("aws_docdb_cluster", "id"),
  engine: "docdb",
  instance_class: "db.r6g.large",
  apply_immediately: false,
  copy_tags_to_snapshot: true,
  enable_performance_insights: true,
  promotion_tier: 1,
  timeouts: { create: "3h", update: "3h", delete: "3h" },
};

describe("GlobalCluster", () => {
  test("defaults", () => {
    const tf = globalCluster();
    expect(tf.types()).toEqual(["aws_docdb_global_cluster"]); // joins the clusters
    expect(tf.only("aws_docdb_global_cluster")).toEqual({
      provider: "aws",
      global_cluster_identifier: "catalog",
      engine: "docdb",
      engine_version: "5.0.0",
      deletion_protection: true,
      storage_encrypted: true,
      lifecycle: { prevent_destroy: true },
      timeouts: { create: "1h", update: "1h", delete: "1h" },
    });
  });

  test.each<[Partial<GlobalClusterProps>, Record<string, unknown>]>([
    [{ engineVersion: "4.0.0" }, { engine_version: "4.0.0" }],
  ])("%j", (props, expected) => {
    expect(globalCluster(props).only("aws_docdb_global_cluster")).toMatchObject(expected);
  });
});

describe("OriginCluster", () => {
  test("defaults", () => {
    const tf = origin();
    expect(tf.types()).toEqual([
      "aws_cloudwatch_log_group", // audit
      "aws_cloudwatch_log_group", // profiler
      "aws_docdb_cluster", // the cluster
      "aws_docdb_cluster_instance", // its writer
      "aws_docdb_cluster_parameter_group", // requires TLS
      "aws_docdb_subnet_group", // subnets
      "aws_secretsmanager_secret", // the master user
      "aws_secretsmanager_secret_version", // its password
      "aws_security_group", // without ingress
    ]);
    expect(tf.only("aws_docdb_cluster")).toEqual({
      ...CLUSTER,
      cluster_identifier: "catalog-seoul",
      final_snapshot_identifier: "catalog-seoul-final",
      kms_key_id: KEY.seoul,
      master_username: "dbadmin",
      master_password_wo: expect.stringMatching(/^\$\{jsondecode\(ephemeral\./) as string,
      master_password_wo_version: 1,
    });
    expect(tf.only("aws_docdb_cluster_instance")).toEqual({
      ...INSTANCE,
      identifier: "catalog-seoul-one",
      performance_insights_kms_key_id: KEY.seoul,
    });
    expect(tf.text).toHaveResourceWithProperties(DocdbCluster, { cluster_identifier: "catalog-seoul", port: 27017 });
  });

  test("its secret bears the global cluster's name and is copied to every secondary region", () => {
    const tf = origin({ username: "boss", passwordVersion: 2 });
    expect(tf.only("aws_secretsmanager_secret")).toMatchObject({
      name: "docdb/catalog",
      kms_key_id: KEY.seoul,
      replica: [{ region: "ap-northeast-1" }],
    });
    expect(tf.only("aws_docdb_cluster")).toMatchObject({ master_username: "boss", master_password_wo_version: 2 });
  });

  test("may be given a secret", () => {
    const tf = synthInSite((site) => {
      const secret = { kmsKeyArn: KEY.seoul, name: "catalog/master", username: "boss" };
      const masterUserSecret = new MasterUserSecret(site, "Master", secret);
      new OriginCluster(site, "Catalog", { ...ORIGIN, masterUserSecret });
    });
    expect(tf.all("aws_secretsmanager_secret")).toHaveLength(1);
    expect(tf.only("aws_docdb_cluster").master_username).toBe("boss");
  });

  test("takes over a cluster with instances and subnet group, and leaves its password alone", () => {
    const tf = origin({
      adoptExisting: { subnetGroupName: "old-subnets" },
      instances: { one: {}, two: { adoptExisting: false } },
    });
    const imported = (tf.json.import as { id: string; to: string }[]).map(({ id, to }) => `${to.split(".")[0]!} ${id}`);
    expect(imported.sort()).toEqual([
      "aws_docdb_cluster catalog-seoul",
      "aws_docdb_cluster_instance catalog-seoul-one",
      "aws_docdb_subnet_group old-subnets",
    ]);
    expect(tf.only("aws_docdb_subnet_group").name).toBe("old-subnets");
    expect(tf.types()).not.toContain("aws_secretsmanager_secret");
    expect(Object.keys(tf.only("aws_docdb_cluster")).filter((name) => name.startsWith("master_"))).toEqual([]);
  });
});

describe("SecondaryCluster", () => {
  test("defaults", () => {
    const tf = secondary();
    expect(tf.types()).toEqual([
      "aws_cloudwatch_log_group", // audit
      "aws_cloudwatch_log_group", // profiler
      "aws_docdb_cluster", // the cluster
      "aws_docdb_cluster_instance", // reads, and becomes the writer
      "aws_docdb_cluster_parameter_group", // its own
      "aws_docdb_subnet_group", // subnets
      "aws_security_group", // without ingress
    ]);
    expect(tf.only("aws_docdb_cluster")).toEqual({
      ...CLUSTER,
      cluster_identifier: "catalog-tokyo",
      final_snapshot_identifier: "catalog-tokyo-final",
      kms_key_id: KEY.tokyo,
    });
    expect(tf.only("aws_docdb_cluster_instance")).toEqual({
      ...INSTANCE,
      identifier: "catalog-tokyo-one",
      performance_insights_kms_key_id: KEY.tokyo,
    });
  });
});

describe("a cluster", () => {
  test.each<[Partial<OriginClusterProps>, Record<string, unknown>]>([
    [{ ioOptimized: true }, { storage_type: "iopt1" }],
    [{ logs: { exports: ["profiler"] } }, { enabled_cloudwatch_logs_exports: ["profiler"] }],
  ])("with %j", (props, expected) => {
    expect(origin(props).only("aws_docdb_cluster")).toMatchObject(expected);
    expect(secondary(props).only("aws_docdb_cluster")).toMatchObject(expected);
  });

  test("keeps its logs for the given days, under the given key", () => {
    const tf = origin({ logs: { exports: ["audit"], kmsKeyArn: KEY.seoul, retentionDays: 30 } });
    expect(tf.only("aws_cloudwatch_log_group")).toEqual({
      provider: "aws",
      name: "/aws/docdb/catalog-seoul/audit",
      kms_key_id: KEY.seoul,
      retention_in_days: 30,
    });
  });
});

describe("instances", () => {
  test.each<[Partial<SecondaryClusterProps>, Record<string, unknown>]>([
    [{ caCertificate: "rds-ca-ecc384-g1" }, { ca_cert_identifier: "rds-ca-ecc384-g1" }],
  ])("with %j", (props, expected) => {
    expect(secondary(props).only("aws_docdb_cluster_instance")).toMatchObject(expected);
  });

  test("without insights name no key", () => {
    const instance = secondary({ monitoring: { performanceInsights: false } }).only("aws_docdb_cluster_instance");
    expect(instance.enable_performance_insights).toBe(false);
    expect(instance).not.toHaveProperty("performance_insights_kms_key_id");
  });
});

describe("groups", () => {
  const parameters = (props: Partial<OriginClusterProps>) =>
    origin(props).only("aws_docdb_cluster_parameter_group").parameter;

  test("are the cluster's own, by family", () => {
    const tf = secondary({ global: globalRef({ engineVersion: "4.0.0" }) });
    expect(tf.only("aws_docdb_cluster_parameter_group")).toEqual({
      provider: "aws",
      name: "catalog-tokyo-docdb4-0",
      description: "Cluster parameters of catalog-tokyo",
      family: "docdb4.0",
      parameter: [
        { name: "audit_logs", value: "enabled", apply_method: "immediate" },
        { name: "profiler", value: "enabled", apply_method: "immediate" },
        { name: "tls", value: "enabled", apply_method: "pending-reboot" },
      ],
      lifecycle: { create_before_destroy: true },
    });
    expect(tf.only("aws_docdb_subnet_group")).toEqual({
      provider: "aws",
      name: "catalog-tokyo",
      description: "Subnets of catalog-tokyo",
      subnet_ids: ["subnet-a", "subnet-c"],
    });
    expect(tf.only("aws_security_group")).toMatchObject({ name: "catalog-tokyo", vpc_id: "vpc-1" });
  });

  test.each<[Partial<OriginClusterProps>, object[]]>([
    [
      { unencryptedConnections: true, logs: { exports: [] } },
      [{ name: "tls", value: "disabled", apply_method: "pending-reboot" }],
    ],
    [
      { parameters: { audit_logs: "all" }, staticParameters: { profiler: "disabled" } },
      [
        { name: "audit_logs", value: "all", apply_method: "immediate" },
        { name: "profiler", value: "disabled", apply_method: "pending-reboot" },
        { name: "tls", value: "enabled", apply_method: "pending-reboot" },
      ],
    ],
  ])("with %j", (props, expected) => {
    expect(parameters(props)).toEqual(expected);
  });
});

describe("ReplicationLagAlarm", () => {
  const cluster = SecondaryCluster.refOf({ ...TOKYO, identifier: "catalog-tokyo" });
  const alarm = (props: Partial<ReplicationLagAlarmProps> = {}) =>
    synthInSite((site) => {
      const lag = { cluster, global: globalRef(), threshold: Duration.seconds(30) };
      expect(new ReplicationLagAlarm(site, "Lag", { ...lag, ...props }).alarmArn).toBeDefined();
    }, TOKYO).only("aws_cloudwatch_metric_alarm");

  test("asks for the cluster by name, and takes silence for lag", () => {
    expect(alarm()).toMatchObject({
      alarm_name: "catalog-tokyo-replication-lag",
      threshold: 30_000,
      treat_missing_data: "breaching",
      metric_query: [
        expect.objectContaining({
          expression: `SELECT MAX(GlobalClusterReplicationLag) FROM "AWS/DocDB" WHERE DBClusterIdentifier = 'catalog-tokyo'`,
        }),
      ],
    });
  });
});

describe("the recovery of a cluster", () => {
  const RECOVERY =
    "https://docs.aws.amazon.com/documentdb/latest/developerguide/global-clusters-disaster-recovery.html";
  const stack = () => new TerraformStack(Testing.app(), "stack");
  const modelOf = (props: Partial<SecondaryClusterProps> = {}) => {
    const tokyo = new Site(stack(), "Tokyo", TOKYO);
    new SecondaryCluster(tokyo, "Catalog", { ...SECONDARY, ...props });
    return protectionsBelow(tokyo)[0]!.model;
  };
  const failover = {
    title: "fail catalog over to catalog-tokyo",
    call: "docdb:FailoverGlobalCluster",
    parameters: { GlobalClusterIdentifier: "catalog", TargetDbClusterIdentifier: ARN.tokyo, AllowDataLoss: true },
    duration: {
      value: Duration.minutes(1),
      basis: "typical",
      source: RECOVERY,
      note: "AWS says that the chosen secondary typically assumes the primary role within a minute",
    },
    undo: "AWS makes the former primary a secondary again once its region is back; then switch over to it",
  };

  test("a secondary: the lag, the failover, the metric", () => {
    expect(modelOf()).toEqual({
      protection: {
        mechanism: "DocumentDB global cluster",
        copiesIn: ["tokyo"],
        loss: {
          value: Duration.seconds(1),
          basis: "typical",
          source: "https://docs.aws.amazon.com/documentdb/latest/developerguide/global-clusters.html",
          note: "AWS says that the latency is typically under a second, and the loss depends on the lag at that moment",
        },
      },
      recovery: [failover],
      evidence: [
        {
          title: "lag of catalog-tokyo behind the cluster that takes the writes",
          namespace: "AWS/DocDB",
          metric: "GlobalClusterReplicationLag",
          dimensions: { DBClusterIdentifier: "catalog-tokyo" },
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
      call: "docdb:CreateDBInstance",
      parameters: {
        DBInstanceIdentifier: "catalog-tokyo-writer",
        DBClusterIdentifier: "catalog-tokyo",
        DBInstanceClass: "db.r6g.large",
        Engine: "docdb",
      },
      duration: { basis: "unknown" },
    });
    expect(then).toEqual(failover);
  });

  test("a switchover has no published figure", () => {
    const { switchover } = new SecondaryCluster(new Site(stack(), "Tokyo", TOKYO), "Catalog", SECONDARY);
    expect(switchover.duration).toMatchObject({ basis: "unknown", source: RECOVERY });
  });
});
