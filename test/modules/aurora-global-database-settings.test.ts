/**
 * Proves what each setting of a cluster becomes, and its groups, scaling and alarm. Does not prove that AWS accepts a parameter, nor
 * that an alarm rings.
 */
import {
  GlobalDatabaseFacts,
  OriginCluster,
  OriginClusterProps,
  ReplicationLagAlarm,
  ReplicationLagAlarmProps,
  SecondaryCluster,
  SecondaryClusterProps,
} from "../../modules/aurora-global-database";
import { Duration } from "../../modules/core";
import { globalRef, MYSQL, ORIGIN, SECONDARY, THREE_REGIONS } from "../support/aurora";
import { KEY } from "../support/rds";
import { synthInSite, TOKYO } from "../support/synth";

const origin = (props: Partial<OriginClusterProps> = {}) =>
  synthInSite((site) => new OriginCluster(site, "Ledger", { ...ORIGIN, ...props }));
const secondary = (props: Partial<SecondaryClusterProps> = {}) =>
  synthInSite((site) => new SecondaryCluster(site, "Ledger", { ...SECONDARY, ...props }), TOKYO);
const clusterParameters = (props: Partial<OriginClusterProps>, facts: Partial<GlobalDatabaseFacts> = {}) =>
  origin({ global: globalRef(facts), ...props }).only("aws_rds_cluster_parameter_group").parameter;

describe("a cluster", () => {
  test.each<[Partial<OriginClusterProps>, Record<string, unknown>]>([
    [{ iamAuthentication: false }, { iam_database_authentication_enabled: false }],
    [{ ioOptimized: true }, { storage_type: "aurora-iopt1" }],
    [
      { logs: { exports: ["postgresql", "iam-db-auth-error"] } },
      { enabled_cloudwatch_logs_exports: ["iam-db-auth-error", "postgresql"] },
    ],
    [{ writeForwarding: true }, { enable_global_write_forwarding: true }],
    [{ global: globalRef(MYSQL) }, { engine: "aurora-mysql", port: 3306, enabled_cloudwatch_logs_exports: ["error"] }],
  ])("with %j", (props, expected) => {
    expect(origin(props).only("aws_rds_cluster")).toMatchObject(expected);
    expect(secondary(props).only("aws_rds_cluster")).toMatchObject(expected);
  });

  test("may be destroyed if a setting says so, and Terraform still ignores the arguments that AWS changes", () => {
    const ignore_changes = [
      "replication_source_identifier",
      "global_cluster_identifier",
      "engine_version",
      "source_region",
    ];
    for (const tf of [origin({ destroyable: true }), secondary({ destroyable: true })]) {
      expect(tf.only("aws_rds_cluster").lifecycle).toEqual({ prevent_destroy: false, ignore_changes });
    }
  });

  test("keeps its logs for the given days, under the given key", () => {
    expect(origin().only("aws_cloudwatch_log_group")).toEqual({
      provider: "aws",
      name: "/aws/rds/cluster/ledger-seoul/postgresql",
      retention_in_days: 90,
    });
    const tf = origin({ logs: { kmsKeyArn: KEY.seoul, retentionDays: 30 } });
    expect(tf.only("aws_cloudwatch_log_group")).toMatchObject({ kms_key_id: KEY.seoul, retention_in_days: 30 });
  });
});

describe("instances", () => {
  test.each<[Partial<SecondaryClusterProps>, Record<string, unknown>]>([
    [{ caCertificate: "rds-ca-ecc384-g1" }, { ca_cert_identifier: "rds-ca-ecc384-g1" }],
    [{ monitoring: { intervalSeconds: 5 } }, { monitoring_interval: 5 }],
    [{ monitoring: { performanceInsightsRetentionDays: 31 } }, { performance_insights_retention_period: 31 }],
  ])("with %j", (props, expected) => {
    expect(secondary(props).only("aws_rds_cluster_instance")).toMatchObject(expected);
  });

  test("without insights and monitoring name neither key nor role", () => {
    const tf = secondary({ monitoring: { performanceInsights: false, intervalSeconds: 0 } });
    const instance = tf.only("aws_rds_cluster_instance");
    expect(instance).toMatchObject({ performance_insights_enabled: false, monitoring_interval: 0 });
    expect(Object.keys(instance).filter((name) => /insights_(kms|ret)|monitoring_role/.test(name))).toEqual([]);
  });
});

describe("Serverless v2", () => {
  const serverless = { instanceClass: "db.serverless" } as const;

  test("scales in a range", () => {
    const tf = origin({ ...serverless, serverlessV2Scaling: { minAcu: 8, maxAcu: 64.5 } });
    expect(tf.only("aws_rds_cluster_instance").instance_class).toBe("db.serverless");
    expect(tf.only("aws_rds_cluster").serverlessv2_scaling_configuration).toEqual({
      min_capacity: 8,
      max_capacity: 64.5,
    });
  });

  test.each([
    [undefined, 300],
    [Duration.hours(1), 3_600],
  ])("of a secondary pauses after %s", (pauseAfter, seconds) => {
    const tf = secondary({ ...serverless, serverlessV2Scaling: { minAcu: 0, maxAcu: 16, pauseAfter } });
    expect(tf.only("aws_rds_cluster").serverlessv2_scaling_configuration).toEqual({
      min_capacity: 0,
      max_capacity: 16,
      seconds_until_auto_pause: seconds,
    });
  });
});

describe("groups", () => {
  test("are the cluster's own, by family", () => {
    const tf = secondary({ instanceParameters: { work_mem: 4096 }, staticInstanceParameters: { a: 1 } });
    expect(tf.only("aws_rds_cluster_parameter_group")).toEqual({
      provider: "aws",
      name: "ledger-tokyo-aurora-postgresql16",
      description: "Cluster parameters of ledger-tokyo",
      family: "aurora-postgresql16",
      parameter: [{ name: "rds.force_ssl", value: "1", apply_method: "immediate" }],
      lifecycle: { create_before_destroy: true },
    });
    expect(tf.only("aws_db_parameter_group")).toEqual({
      provider: "aws",
      name: "ledger-tokyo-aurora-postgresql16",
      description: "Instance parameters of ledger-tokyo",
      family: "aurora-postgresql16",
      parameter: [
        { name: "a", value: "1", apply_method: "pending-reboot" },
        { name: "work_mem", value: "4096", apply_method: "immediate" },
      ],
      lifecycle: { create_before_destroy: true },
    });
    expect(tf.only("aws_db_subnet_group")).toMatchObject({
      name: "ledger-tokyo",
      subnet_ids: ["subnet-a", "subnet-c"],
    });
    expect(tf.only("aws_security_group")).toMatchObject({ name: "ledger-tokyo", vpc_id: "vpc-1" });
  });

  test("of Aurora MySQL have its name for TLS, and a family without dots in the name", () => {
    const tf = origin({ global: globalRef(MYSQL) });
    expect(tf.only("aws_rds_cluster_parameter_group")).toMatchObject({
      name: "ledger-seoul-aurora-mysql8-0",
      family: "aurora-mysql8.0",
      parameter: [{ name: "require_secure_transport", value: "ON", apply_method: "immediate" }],
    });
  });

  test.each<[Partial<OriginClusterProps>, Partial<GlobalDatabaseFacts>, object[]]>([
    [{ unencryptedConnections: true }, {}, [{ name: "rds.force_ssl", value: "0", apply_method: "immediate" }]],
    [
      { unencryptedConnections: true },
      MYSQL,
      [{ name: "require_secure_transport", value: "OFF", apply_method: "immediate" }],
    ],
    [
      { parameters: { a: 1 }, staticParameters: { b: "x" } },
      {},
      [
        { name: "a", value: "1", apply_method: "immediate" },
        { name: "b", value: "x", apply_method: "pending-reboot" },
        { name: "rds.force_ssl", value: "1", apply_method: "immediate" },
      ],
    ],
    [
      {},
      { ...THREE_REGIONS, rpo: Duration.minutes(1) },
      [
        { name: "rds.force_ssl", value: "1", apply_method: "immediate" },
        { name: "rds.global_db_rpo", value: "60", apply_method: "immediate" },
      ],
    ],
  ])("with %j and %j", (props, facts, expected) => {
    expect(clusterParameters(props, facts)).toEqual(expected);
  });

  test("an RPO is the same in every site, because each may take the writes", () => {
    const global = globalRef({ ...THREE_REGIONS, rpo: Duration.seconds(20) });
    expect(secondary({ global }).only("aws_rds_cluster_parameter_group").parameter).toContainEqual({
      name: "rds.global_db_rpo",
      value: "20",
      apply_method: "immediate",
    });
  });
});

describe("ReplicationLagAlarm", () => {
  const cluster = SecondaryCluster.refOf({ ...TOKYO, identifier: "ledger-tokyo" });
  const alarm = (props: Partial<ReplicationLagAlarmProps> = {}) =>
    synthInSite((site) => {
      const { alarmArn, resource } = new ReplicationLagAlarm(site, "Lag", {
        cluster,
        global: globalRef(),
        threshold: Duration.seconds(30),
        ...props,
      });
      expect(alarmArn).toBeDefined();
      expect(resource).toBeDefined();
    }, TOKYO).only("aws_cloudwatch_metric_alarm");

  test("defaults", () => {
    expect(alarm()).toEqual({
      provider: "aws",
      alarm_name: "ledger-tokyo-replication-lag",
      alarm_description: "ledger-tokyo lags in ledger more than 30 seconds, or does not replicate",
      comparison_operator: "GreaterThanThreshold",
      threshold: 30_000,
      evaluation_periods: 5,
      datapoints_to_alarm: 5,
      treat_missing_data: "breaching",
      metric_query: [
        {
          id: "lag",
          expression: `SELECT MAX(AuroraGlobalDBRPOLag) FROM "AWS/RDS" WHERE DBClusterIdentifier = 'ledger-tokyo'`,
          label: "Lag in milliseconds",
          period: 60,
          return_data: true,
        },
      ],
      alarm_actions: [],
      ok_actions: [],
    });
  });

  test("of an older Aurora MySQL asks for another metric", () => {
    const global = globalRef({ engine: "aurora-mysql", engineVersion: "8.0.mysql_aurora.3.03.1" });
    expect(JSON.stringify(alarm({ global }).metric_query)).toContain("MAX(AuroraGlobalDBReplicationLag)");
  });
});
