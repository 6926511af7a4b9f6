/**
 * Proves what is synthesised for a source database. Does not prove that AWS offers a class, a version or a storage size in a region.
 */
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { TerraformStack, Testing } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import { Duration, protectionsBelow } from "../../modules/core";
import {
  DatabaseGroups,
  InstanceClass,
  MasterUserSecret,
  SourceDatabase,
  SourceDatabaseProps,
} from "../../modules/rds-read-replica";
import { Site } from "../../modules/site";
import { KEY, NETWORK, SOURCE } from "../support/rds";
import { SEOUL, synth, synthInSite, TOKYO } from "../support/synth";

function source(props: Partial<SourceDatabaseProps> = {}) {
  return synthInSite((site) => new SourceDatabase(site, "Ledger", { ...SOURCE, ...props }));
}

const reference = (type: string, attribute: string) =>
  expect.stringMatching(new RegExp(String.raw`^\$\{${type}\.\w+\.${attribute}\}$`)) as string;

describe("SourceDatabase", () => {
  test("defaults", () => {
    const tf = source();

    expect(tf.types()).toEqual([
      "aws_cloudwatch_log_group", // postgresql, kept 90 days
      "aws_cloudwatch_log_group", // upgrade
      "aws_db_instance", // the database
      "aws_db_parameter_group", // requires TLS
      "aws_db_subnet_group", // subnets
      "aws_iam_role", // Enhanced Monitoring
      "aws_iam_role_policy_attachment", // permissions
      "aws_secretsmanager_secret", // the master user
      "aws_secretsmanager_secret_version", // the password
      "aws_security_group", // no way in
    ]);
    expect(tf.only("aws_db_instance")).toEqual({
      provider: "aws",
      identifier: "ledger-seoul",
      instance_class: "db.r7g.large",
      allocated_storage: 100,
      allow_major_version_upgrade: false,
      apply_immediately: false,
      auto_minor_version_upgrade: true,
      backup_retention_period: 7,
      copy_tags_to_snapshot: true,
      db_subnet_group_name: reference("aws_db_subnet_group", "name"),
      delete_automated_backups: false,
      deletion_protection: true,
      depends_on: [
        expect.stringMatching(/^aws_iam_role_policy_attachment\./),
        expect.stringMatching(/^aws_cloudwatch_log_group\./),
        expect.stringMatching(/^aws_cloudwatch_log_group\./),
      ],
      enabled_cloudwatch_logs_exports: ["postgresql", "upgrade"],
      engine: "postgres",
      engine_version: "16",
      final_snapshot_identifier: "ledger-seoul-final",
      iam_database_authentication_enabled: true,
      kms_key_id: KEY.seoul,
      lifecycle: { prevent_destroy: true },
      monitoring_interval: 60,
      monitoring_role_arn: reference("aws_iam_role", "arn"),
      multi_az: true,
      parameter_group_name: reference("aws_db_parameter_group", "name"),
      password_wo: expect.stringMatching(/^\$\{jsondecode\(ephemeral\.aws_secretsmanager_secret_version\./) as string,
      password_wo_version: 1,
      performance_insights_enabled: true,
      performance_insights_kms_key_id: KEY.seoul,
      performance_insights_retention_period: 7,
      port: 5432,
      publicly_accessible: false,
      skip_final_snapshot: false,
      storage_encrypted: true,
      storage_type: "gp3",
      timeouts: { create: "3h", update: "12h", delete: "3h" },
      username: "dbadmin",
      vpc_security_group_ids: [reference("aws_security_group", "id")],
    });
    expect(tf.text).toHaveResourceWithProperties(DbInstance, { identifier: "ledger-seoul", multi_az: true });
  });

  test("RDS finds its log groups made, with an end to their logs", () => {
    const tf = source();
    expect(tf.all("aws_cloudwatch_log_group")).toEqual([
      { provider: "aws", name: "/aws/rds/instance/ledger-seoul/postgresql", retention_in_days: 90 },
      { provider: "aws", name: "/aws/rds/instance/ledger-seoul/upgrade", retention_in_days: 90 },
    ]);
  });

  test.each<[Partial<SourceDatabaseProps>, Record<string, unknown>]>([
    [{ upgrades: { allowMajorVersion: true } }, { allow_major_version_upgrade: true }],
    [{ upgrades: { applyImmediately: true } }, { apply_immediately: true }],
    [
      { upgrades: { autoMinorVersion: false }, engineVersion: "16.4" },
      { auto_minor_version_upgrade: false, engine_version: "16.4" },
    ],
    [
      { multiAz: false, availabilityZone: "ap-northeast-2c" },
      { multi_az: false, availability_zone: "ap-northeast-2c" },
    ],
    [{ backups: { retentionDays: 35 } }, { backup_retention_period: 35 }],
    [{ backupWindow: "17:00-17:30" }, { backup_window: "17:00-17:30" }],
    [{ caCertificate: "rds-ca-ecc384-g1" }, { ca_cert_identifier: "rds-ca-ecc384-g1" }],
    [{ databaseName: "ledger" }, { db_name: "ledger" }],
    [{ deletionProtection: false }, { deletion_protection: false }],
    [{ destroyable: true }, { lifecycle: { prevent_destroy: false } }],
    [{ backups: { finalSnapshot: false } }, { skip_final_snapshot: true }],
    [{ iamAuthentication: false }, { iam_database_authentication_enabled: false }],
    [{ logs: { exports: [] } }, { enabled_cloudwatch_logs_exports: [] }],
    [{ maintenanceWindow: "sun:18:00-sun:19:00" }, { maintenance_window: "sun:18:00-sun:19:00" }],
    [{ maxStorageGiB: 200 }, { max_allocated_storage: 200 }],
    [{ monitoring: { intervalSeconds: 1 } }, { monitoring_interval: 1 }],
    [{ passwordVersion: 2 }, { password_wo_version: 2 }],
    [{ monitoring: { performanceInsightsRetentionDays: 93 } }, { performance_insights_retention_period: 93 }],
    [{ storageGiB: 20 }, { allocated_storage: 20, storage_type: "gp3" }],
    [{ storageType: "gp2" }, { storage_type: "gp2" }],
    [
      { storageType: "io1", storageIops: 1000 },
      { storage_type: "io1", iops: 1000 },
    ],
    [
      { storageType: "io2", storageIops: 100_000 },
      { storage_type: "io2", iops: 100_000 },
    ],
    [
      { storageGiB: 400, storageIops: 16_000, storageThroughputMiBps: 4_000 },
      { allocated_storage: 400, iops: 16_000, storage_throughput: 4_000 },
    ],
    [{ username: "ledger" }, { username: "ledger" }],
  ])("%j", (props, expected) => {
    expect(source(props).only("aws_db_instance")).toMatchObject(expected);
  });

  test("a feature that is off has no settings", () => {
    const quiet = source({
      monitoring: { intervalSeconds: 0, performanceInsights: false },
      backups: { finalSnapshot: false },
    });
    const instance = quiet.only("aws_db_instance");
    expect(instance).toMatchObject({ monitoring_interval: 0, performance_insights_enabled: false });
    for (const setting of [
      "monitoring_role_arn",
      "performance_insights_kms_key_id",
      "performance_insights_retention_period",
      "final_snapshot_identifier",
    ]) {
      expect(instance).not.toHaveProperty(setting);
    }
  });

  test.each<[SourceDatabaseProps["engine"], string, InstanceClass, boolean]>([
    ["mysql", "8.4", "db.t4g.small", false],
    ["mariadb", "11.4", "db.t3.micro", false],
    ["postgres", "16", "db.t4g.micro", true],
    ["mysql", "8.4", "db.t4g.medium", true],
  ])("%s %s on %s has Performance Insights by default: %s", (engine, engineVersion, instanceClass, on) => {
    const tf = source({ engine, engineVersion, instanceClass });
    expect(tf.only("aws_db_instance").performance_insights_enabled).toBe(on);
  });

  test("logs go where and for as long as is said", () => {
    const tf = source({
      engine: "mysql",
      engineVersion: "8.0",
      logs: { exports: ["slowquery", "error"], kmsKeyArn: KEY.seoul, retentionDays: 365 },
    });
    expect(tf.only("aws_db_instance").enabled_cloudwatch_logs_exports).toEqual(["error", "slowquery"]);
    expect(tf.at("Site/Ledger/Log-slowquery")).toEqual({
      provider: "aws",
      name: "/aws/rds/instance/ledger-seoul/slowquery",
      kms_key_id: KEY.seoul,
      retention_in_days: 365,
    });
  });

  test("the database uses groups created separately, and they outlive it", () => {
    const tf = synthInSite((site) => {
      const groups = new DatabaseGroups(site, "Groups", {
        ...NETWORK,
        engine: "mysql",
        engineVersion: "8.4",
        name: "g",
        port: 3307,
      });
      const database = new SourceDatabase(site, "Ledger", {
        ...SOURCE,
        engine: "mysql",
        engineVersion: "8.4",
        groups,
        groupSettings: undefined,
      });
      expect(database.groups).toBe(groups);
      expect(database.port).toBe(3307);
    });
    expect(tf.all("aws_db_subnet_group")).toHaveLength(1);
    expect(tf.only("aws_db_instance").port).toBe(3307);
  });

  test("the secret has the instance's key, name and copies", () => {
    const tf = source({ destroyable: true, secretReplicas: { "ap-northeast-1": { kmsKeyArn: KEY.tokyo } } });
    expect(tf.only("aws_secretsmanager_secret")).toMatchObject({
      name: "rds/ledger-seoul",
      kms_key_id: KEY.seoul,
      replica: [{ region: "ap-northeast-1", kms_key_id: KEY.tokyo }],
      lifecycle: { prevent_destroy: false },
    });
  });

  test("a secret created separately names the user", () => {
    const tf = synthInSite((site) => {
      const masterUserSecret = new MasterUserSecret(site, "Master", {
        kmsKeyArn: KEY.seoul,
        name: "s",
        username: "boss",
      });
      const database = new SourceDatabase(site, "Ledger", { ...SOURCE, masterUserSecret });
      expect(database.masterUserSecret).toBe(masterUserSecret);
    });
    expect(tf.only("aws_db_instance").username).toBe("boss");
    expect(tf.only("aws_secretsmanager_secret").name).toBe("s");
  });

  test("RDS may keep the password itself, which the ref tells", () => {
    const tf = synthInSite((site) => {
      const database = new SourceDatabase(site, "Ledger", { ...SOURCE, manageMasterUserPassword: true });
      expect(database.ref.managedMasterPassword).toBe(true);
      expect(database.masterUserSecret).toBeUndefined();
    });
    expect(tf.types()).not.toContain("aws_secretsmanager_secret");
    const instance = tf.only("aws_db_instance");
    expect(instance).toMatchObject({ manage_master_user_password: true, master_user_secret_kms_key_id: KEY.seoul });
    expect(instance).not.toHaveProperty("password_wo");
  });

  test("refOf names what is created", () => {
    const tf = synthInSite((site) => {
      const { ref } = new SourceDatabase(site, "Ledger", SOURCE);
      const facts = { engine: "postgres", engineVersion: "16", managedMasterPassword: false } as const;
      expect(ref).toEqual(SourceDatabase.refOf({ ...SEOUL, identifier: "ledger-seoul", ...facts }));
      expect(ref).toEqual({
        name: "ledger-seoul",
        arn: "arn:aws:rds:ap-northeast-2:111122223333:db:ledger-seoul",
        region: "ap-northeast-2",
        account: "111122223333",
        ...facts,
      });
    });
    expect(tf.only("aws_db_instance").identifier).toBe("ledger-seoul");
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      new SourceDatabase(site, "Ledger", SOURCE);
      new SourceDatabase(site, "Carts", { ...SOURCE, identifier: "carts-seoul" });
    });
    expect(tf.all("aws_db_instance")).toHaveLength(2);
    const { ephemeral } = tf.json as { ephemeral: Record<string, object> };
    expect(Object.values(ephemeral).map((blocks) => Object.keys(blocks).length)).toEqual([2, 2]);
  });

  test("the same identifier lives in two regions", () => {
    const tf = synth((scope) => {
      new SourceDatabase(new Site(scope, "Seoul", SEOUL), "Ledger", SOURCE);
      new SourceDatabase(new Site(scope, "Tokyo", TOKYO), "Ledger", { ...SOURCE, kmsKeyArn: KEY.tokyo });
    });
    expect(tf.all("aws_db_instance").map(({ provider }) => provider)).toEqual(["aws.seoul", "aws.tokyo"]);
  });

  test("says that backups in its own site help against corruption only", () => {
    const site = new Site(new TerraformStack(Testing.app(), "stack"), "Seoul", SEOUL);
    new SourceDatabase(site, "Ledger", { ...SOURCE, backups: { retentionDays: 14 } });
    const [found, ...others] = protectionsBelow(site);

    expect(others).toEqual([]);
    expect(found).toEqual({
      path: "stack/Seoul/Ledger",
      model: {
        protection: {
          mechanism: "RDS automated backups",
          copiesIn: ["seoul"],
          loss: {
            value: Duration.minutes(5),
            basis: "typical",
            source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html",
            note: "RDS uploads the transaction logs every five minutes",
          },
          retention: Duration.days(14),
        },
        recovery: [
          {
            title: "restore the instance to a point in time",
            call: "rds:RestoreDBInstanceToPointInTime",
            parameters: {
              SourceDBInstanceIdentifier: "ledger-seoul",
              TargetDBInstanceIdentifier: "ledger-seoul-restored",
              UseLatestRestorableTime: true,
            },
            duration: {
              basis: "unknown",
              source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html",
              note: "it grows with the storage, which is filled lazily afterwards",
            },
            undo: "delete the restored instance; the one it was restored from is not touched",
          },
        ],
        evidence: [
          {
            title: "free storage of ledger-seoul",
            namespace: "AWS/RDS",
            metric: "FreeStorageSpace",
            dimensions: { DBInstanceIdentifier: "ledger-seoul" },
            statistic: "Minimum",
            unit: "Bytes",
            region: "ap-northeast-2",
          },
          {
            title: "log that a replica of ledger-seoul has not received",
            namespace: "AWS/RDS",
            metric: "OldestReplicationSlotLag",
            dimensions: { DBInstanceIdentifier: "ledger-seoul" },
            statistic: "Maximum",
            unit: "Bytes",
            region: "ap-northeast-2",
          },
        ],
      },
    });
  });

  test("a MySQL source has no replication slots to watch", () => {
    const site = new Site(new TerraformStack(Testing.app(), "stack"), "Seoul", SEOUL);
    new SourceDatabase(site, "Ledger", { ...SOURCE, engine: "mysql", engineVersion: "8.4" });
    expect(protectionsBelow(site)[0]!.model.evidence.map(({ metric }) => metric)).toEqual(["FreeStorageSpace"]);
  });

  test("a long identifier still names its restored copy", () => {
    const site = new Site(new TerraformStack(Testing.app(), "stack"), "Seoul", SEOUL);
    const identifier = `${"a".repeat(53)}-${"b".repeat(9)}`;
    new SourceDatabase(site, "Ledger", { ...SOURCE, identifier, groupSettings: undefined, groups: groupsIn(site) });
    const [step] = protectionsBelow(site)[0]!.model.recovery;
    expect(step!.parameters!.TargetDBInstanceIdentifier).toBe(`${"a".repeat(53)}-restored`);
  });
});

function groupsIn(site: Site, engineVersion = "16"): DatabaseGroups {
  return new DatabaseGroups(site, "Groups", { ...NETWORK, engine: "postgres", engineVersion, name: "groups" });
}
