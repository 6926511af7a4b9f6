/**
 * Proves the JSON of a global database: the global cluster, its first cluster, a secondary, and their recovery. Does not prove
 * that AWS replicates. The emulator's tests show that a failover leaves the next plan empty.
 */
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { TerraformOutput, TerraformStack, Testing } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import {
  GlobalCluster,
  GlobalClusterProps,
  OriginCluster,
  OriginClusterProps,
  SecondaryCluster,
  SecondaryClusterProps,
} from "../../modules/aurora-global-database";
import { Duration, protectionsBelow } from "../../modules/core";
import { MasterUserSecret } from "../../modules/rds-read-replica";
import { Site } from "../../modules/site";
import { GLOBAL, globalRef, MYSQL, ORIGIN, SECONDARY, THREE_REGIONS } from "../support/aurora";
import { KEY } from "../support/rds";
import { Block, SEOUL, Synthesised, synthInSite, TOKYO } from "../support/synth";

const globalCluster = (props: Partial<GlobalClusterProps> = {}) =>
  synthInSite((site) => new GlobalCluster(site, "Global", { ...GLOBAL, ...props }));
const origin = (props: Partial<OriginClusterProps> = {}) =>
  synthInSite((site) => new OriginCluster(site, "Ledger", { ...ORIGIN, ...props }));
const secondary = (props: Partial<SecondaryClusterProps> = {}) =>
  synthInSite((site) => new SecondaryCluster(site, "Ledger", { ...SECONDARY, ...props }), { ...TOKYO, name: "tokyo" });

const reference = (type: string, attribute: string) =>
  expect.stringMatching(new RegExp(String.raw`^\$\{${type}\.\w+\.${attribute}\}$`)) as string;
const outputs = (tf: Synthesised) => Object.values(tf.json.output as Record<string, Block>).map(({ value }) => value);
const waitsFor = (type: string) => expect.stringMatching(new RegExp(String.raw`^${type}\.`)) as string;

/**
 * Arguments that Terraform ignores: AWS changes them, the global cluster upgrades the version, and AWS reads the last only once.
 */
const IGNORED = ["replication_source_identifier", "global_cluster_identifier", "engine_version", "source_region"];

const ARN = {
  seoul: "arn:aws:rds:ap-northeast-2:111122223333:cluster:ledger-seoul",
  tokyo: "arn:aws:rds:ap-northeast-1:111122223333:cluster:ledger-tokyo",
};

/** Arguments that the clusters of both sites have. */
const CLUSTER = {
  provider: "aws",
  engine: "aurora-postgresql",
  engine_version: "16.6",
  global_cluster_identifier: "ledger",
  apply_immediately: false,
  backup_retention_period: 7,
  copy_tags_to_snapshot: true,
  db_cluster_parameter_group_name: reference("aws_rds_cluster_parameter_group", "name"),
  db_subnet_group_name: reference("aws_db_subnet_group", "name"),
  delete_automated_backups: false,
  deletion_protection: true,
  depends_on: [waitsFor("aws_cloudwatch_log_group")],
  enable_global_write_forwarding: false,
  enabled_cloudwatch_logs_exports: ["postgresql"],
  iam_database_authentication_enabled: true,
  lifecycle: { prevent_destroy: true, ignore_changes: IGNORED },
  port: 5432,
  skip_final_snapshot: false,
  storage_encrypted: true,
  timeouts: { create: "24h", update: "12h", delete: "3h" },
  vpc_security_group_ids: [reference("aws_security_group", "id")],
};

/** Arguments that the instances of both sites have. */
const INSTANCE = {
  provider: "aws",
  cluster_identifier: reference("aws_rds_cluster", "id"),
  engine: "aurora-postgresql",
  instance_class: "db.r7g.large",
  apply_immediately: false,
  auto_minor_version_upgrade: false,
  copy_tags_to_snapshot: true,
  db_parameter_group_name: reference("aws_db_parameter_group", "name"),
  db_subnet_group_name: reference("aws_db_subnet_group", "name"),
  depends_on: [waitsFor("aws_iam_role_policy_attachment")],
  monitoring_interval: 60,
  monitoring_role_arn: reference("aws_iam_role", "arn"),
  performance_insights_enabled: true,
  performance_insights_retention_period: 7,
  promotion_tier: 1,
  publicly_accessible: false,
  timeouts: { create: "3h", update: "3h", delete: "3h" },
};

describe("GlobalCluster", () => {
  test("defaults", () => {
    const tf = globalCluster();
    expect(tf.types()).toEqual(["aws_rds_global_cluster"]); // joins the clusters
    expect(tf.only("aws_rds_global_cluster")).toEqual({
      provider: "aws",
      global_cluster_identifier: "ledger",
      engine: "aurora-postgresql",
      engine_version: "16.6",
      deletion_protection: true,
      storage_encrypted: true,
      lifecycle: { prevent_destroy: true },
      timeouts: { create: "1h", update: "3h", delete: "1h" },
    });
  });

  test.each<[Partial<GlobalClusterProps>, Record<string, unknown>]>([
    [{ databaseName: "ledger" }, { database_name: "ledger" }],
    [MYSQL, { engine: "aurora-mysql", engine_version: "8.0.mysql_aurora.3.08.2" }],
  ])("%j", (props, expected) => {
    expect(globalCluster(props).only("aws_rds_global_cluster")).toMatchObject(expected);
  });

  test("begins with an existing cluster, whose engine, version, encryption and database AWS takes", () => {
    const sourceCluster = OriginCluster.refOf({ ...SEOUL, identifier: "ledger-seoul" });
    expect(globalCluster({ sourceCluster }).only("aws_rds_global_cluster")).toEqual({
      provider: "aws",
      global_cluster_identifier: "ledger",
      source_db_cluster_identifier: ARN.seoul,
      force_destroy: true,
      deletion_protection: true,
      lifecycle: { prevent_destroy: true, ignore_changes: ["database_name"] },
      timeouts: { create: "1h", update: "3h", delete: "1h" },
    });
  });

  test("refOf names what is created, in no region", () => {
    synthInSite((site) => {
      const made = new GlobalCluster(site, "Global", { ...GLOBAL, ...THREE_REGIONS, databaseName: "ledger" });
      expect(made.ref).toEqual(globalRef({ ...THREE_REGIONS, databaseName: "ledger" }));
      expect(made.ref.arn).toBe("arn:aws:rds::111122223333:global-cluster:ledger");
      expect(made.identifier).toBe("ledger");
    });
  });

  test("gives the writer's endpoint, which moves by itself", () => {
    const tf = synthInSite((site) => {
      new TerraformOutput(site, "writer", { value: new GlobalCluster(site, "Global", GLOBAL).writerEndpoint });
    });
    expect(outputs(tf)).toEqual([reference("aws_rds_global_cluster", "endpoint")]);
  });
});

describe("OriginCluster", () => {
  test("defaults", () => {
    const tf = origin();
    expect(tf.types()).toEqual([
      "aws_cloudwatch_log_group", // postgresql
      "aws_db_parameter_group", // of its instances
      "aws_db_subnet_group", // subnets
      "aws_iam_role", // Enhanced Monitoring
      "aws_iam_role_policy_attachment", // permissions
      "aws_rds_cluster", // the cluster
      "aws_rds_cluster_instance", // its writer
      "aws_rds_cluster_parameter_group", // requires TLS
      "aws_secretsmanager_secret", // the master user
      "aws_secretsmanager_secret_version", // its password
      "aws_security_group", // without ingress
    ]);
    expect(tf.only("aws_rds_cluster")).toEqual({
      ...CLUSTER,
      cluster_identifier: "ledger-seoul",
      final_snapshot_identifier: "ledger-seoul-final",
      kms_key_id: KEY.seoul,
      master_username: "dbadmin",
      master_password_wo: expect.stringMatching(/^\$\{jsondecode\(ephemeral\./) as string,
      master_password_wo_version: 1,
    });
    expect(tf.only("aws_rds_cluster_instance")).toEqual({
      ...INSTANCE,
      identifier: "ledger-seoul-one",
      performance_insights_kms_key_id: KEY.seoul,
    });
    expect(tf.text).toHaveResourceWithProperties(RdsCluster, { cluster_identifier: "ledger-seoul", port: 5432 });
  });

  test("its secret bears the global database's name and is copied to every secondary region", () => {
    const tf = origin({ global: globalRef(THREE_REGIONS), username: "boss", passwordVersion: 2, destroyable: true });
    expect(tf.only("aws_secretsmanager_secret")).toMatchObject({
      name: "rds/ledger",
      kms_key_id: KEY.seoul,
      replica: [{ region: "ap-northeast-1" }, { region: "ap-northeast-3" }],
      lifecycle: { prevent_destroy: false },
    });
    expect(tf.only("aws_rds_cluster")).toMatchObject({ master_username: "boss", master_password_wo_version: 2 });
    const secretReplicas = { "ap-northeast-1": { kmsKeyArn: KEY.tokyo } };
    expect(origin({ secretReplicas }).only("aws_secretsmanager_secret").replica).toEqual([
      { region: "ap-northeast-1", kms_key_id: KEY.tokyo },
    ]);
  });

  test("may be given a secret", () => {
    const tf = synthInSite((site) => {
      const secret = { kmsKeyArn: KEY.seoul, name: "ledger/master", username: "boss" };
      const masterUserSecret = new MasterUserSecret(site, "Master", secret);
      new OriginCluster(site, "Ledger", { ...ORIGIN, masterUserSecret });
    });
    expect(tf.all("aws_secretsmanager_secret")).toHaveLength(1);
    expect(tf.only("aws_rds_cluster").master_username).toBe("boss");
  });

  test("makes the database that the global one names", () => {
    expect(origin({ global: globalRef({ databaseName: "ledger" }) }).only("aws_rds_cluster").database_name).toBe(
      "ledger",
    );
  });

  test("takes over a cluster with instances and subnet group, and leaves its password alone", () => {
    const tf = origin({
      adoptExisting: { subnetGroupName: "old-subnets" },
      global: globalRef({ databaseName: "ledger" }),
      instances: { one: {}, two: { adoptExisting: false } },
    });
    const imported = (tf.json.import as { id: string; to: string }[]).map(({ id, to }) => `${to.split(".")[0]!} ${id}`);
    expect(imported.sort()).toEqual([
      "aws_db_subnet_group old-subnets",
      "aws_rds_cluster ledger-seoul",
      "aws_rds_cluster_instance ledger-seoul-one",
    ]);
    expect(tf.only("aws_db_subnet_group").name).toBe("old-subnets");
    expect(tf.types()).not.toContain("aws_secretsmanager_secret");
    expect(Object.keys(tf.only("aws_rds_cluster")).filter((name) => /^master_|^database_name/.test(name))).toEqual([]);
  });
});

describe("SecondaryCluster", () => {
  test("defaults", () => {
    const tf = secondary();
    expect(tf.types()).toEqual([
      "aws_cloudwatch_log_group", // postgresql
      "aws_db_parameter_group", // of its instances
      "aws_db_subnet_group", // subnets
      "aws_iam_role", // Enhanced Monitoring
      "aws_iam_role_policy_attachment", // permissions
      "aws_rds_cluster", // the cluster
      "aws_rds_cluster_instance", // reads, and becomes the writer
      "aws_rds_cluster_parameter_group", // its own
      "aws_security_group", // without ingress
    ]);
    expect(tf.only("aws_rds_cluster")).toEqual({
      ...CLUSTER,
      cluster_identifier: "ledger-tokyo",
      final_snapshot_identifier: "ledger-tokyo-final",
      kms_key_id: KEY.tokyo,
      source_region: "ap-northeast-2",
    });
    expect(tf.only("aws_rds_cluster_instance")).toEqual({
      ...INSTANCE,
      identifier: "ledger-tokyo-one",
      performance_insights_kms_key_id: KEY.tokyo,
    });
  });

  test("is created from the home, or from where the writes are taken then", () => {
    const global = globalRef(THREE_REGIONS);
    const tf = secondary({ global, sourceRegion: "ap-northeast-3" });
    expect(tf.only("aws_rds_cluster").source_region).toBe("ap-northeast-3");
  });
});

describe("the recovery of a cluster", () => {
  const RECOVERY =
    "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html";
  const stack = () => new TerraformStack(Testing.app(), "stack");
  const modelOf = (props: Partial<SecondaryClusterProps> = {}) => {
    const tokyo = new Site(stack(), "Tokyo", TOKYO);
    new SecondaryCluster(tokyo, "Ledger", { ...SECONDARY, ...props });
    return protectionsBelow(tokyo)[0]!.model;
  };
  const failover = {
    title: "fail ledger over to ledger-tokyo",
    call: "rds:FailoverGlobalCluster",
    parameters: { GlobalClusterIdentifier: "ledger", TargetDbClusterIdentifier: ARN.tokyo, AllowDataLoss: true },
    duration: { basis: "unknown", source: RECOVERY, note: "AWS says 'typically within a few minutes'" },
    undo: "AWS makes the former primary a secondary again once its region is back; then switch over to it",
  };

  test("a secondary: the lag, the failover, the metric", () => {
    expect(modelOf()).toEqual({
      protection: {
        mechanism: "Aurora Global Database",
        copiesIn: ["tokyo"],
        loss: {
          value: Duration.seconds(1),
          basis: "typical",
          source: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html",
          note: "AWS says that the lag is typically under a second",
        },
        remedy: "'rpo' of the global database ('maxLoss' in a workload), with two secondary regions or more",
      },
      recovery: [failover],
      evidence: [
        {
          title: "lag of ledger-tokyo behind the cluster that takes the writes",
          namespace: "AWS/RDS",
          metric: "AuroraGlobalDBRPOLag",
          dimensions: { DBClusterIdentifier: "ledger-tokyo" },
          statistic: "Maximum",
          unit: "Milliseconds",
          region: "ap-northeast-1",
        },
      ],
    });
  });

  test("an older Aurora MySQL has another metric", () => {
    const global = globalRef({ engine: "aurora-mysql", engineVersion: "8.0.mysql_aurora.3.03.1" });
    expect(modelOf({ global }).evidence[0]!.metric).toBe("AuroraGlobalDBReplicationLag");
    expect(modelOf({ global: globalRef(MYSQL) }).evidence[0]!.metric).toBe("AuroraGlobalDBRPOLag");
  });

  test("an RPO bounds the loss", () => {
    const { loss, remedy } = modelOf({ global: globalRef({ ...THREE_REGIONS, rpo: Duration.minutes(1) }) }).protection;
    expect({ loss, remedy }).toEqual({
      loss: {
        value: Duration.minutes(1),
        basis: "configured",
        source: RECOVERY,
        note: "of the secondary that is least behind; rds.global_db_rpo stops commits beyond it",
      },
      remedy: undefined,
    });
  });

  test("a headless one: an instance comes first", () => {
    const [create, then] = modelOf({ headless: true, instances: undefined }).recovery;
    expect(create).toEqual({
      title: "create an instance in ledger-tokyo, which has none",
      call: "rds:CreateDBInstance",
      parameters: {
        DBInstanceIdentifier: "ledger-tokyo-writer",
        DBClusterIdentifier: "ledger-tokyo",
        DBInstanceClass: "db.r7g.large",
        DBParameterGroupName: "ledger-tokyo-aurora-postgresql16",
        Engine: "aurora-postgresql",
        PubliclyAccessible: false,
      },
      duration: {
        basis: "unknown",
        source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
        note: "and the class may be short while many recover; wait until the instance is available",
      },
      undo: "delete the instance; the cluster keeps its data",
    });
    expect(then).toEqual(failover);
  });

  test("both clusters can be failed and switched over to", () => {
    const seoul = new OriginCluster(new Site(stack(), "Seoul", SEOUL), "Ledger", ORIGIN);
    const tokyo = new SecondaryCluster(new Site(stack(), "Tokyo", TOKYO), "Ledger", SECONDARY);
    expect(tokyo.failover).toEqual(failover);
    expect(tokyo.switchover).toEqual({
      title: "switch ledger over to ledger-tokyo",
      call: "rds:SwitchoverGlobalCluster",
      parameters: { GlobalClusterIdentifier: "ledger", TargetDbClusterIdentifier: ARN.tokyo },
      duration: {
        basis: "unknown",
        source: RECOVERY,
        note: "in proportion to the lag, for all data arrives first",
      },
      undo: "switch over to the cluster that took the writes before",
    });
    expect(seoul.failover.parameters).toMatchObject({ TargetDbClusterIdentifier: ARN.seoul });
    expect(seoul.switchover.parameters).toMatchObject({ TargetDbClusterIdentifier: ARN.seoul });
  });
});
