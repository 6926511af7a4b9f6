/**
 * Proves what is synthesised for a replica, as one and promoted, and which sources are refused. Does not prove that data arrives;
 * that a promotion leaves the next plan empty the live tests show.
 */
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { TerraformStack, Testing } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import { Duration, protectionsBelow } from "../../modules/core";
import {
  DatabaseGroups,
  MasterUserSecret,
  ReadReplica,
  ReadReplicaProps,
  SourceDatabase,
} from "../../modules/rds-read-replica";
import { Site } from "../../modules/site";
import { KEY, NETWORK, REPLICA, SOURCE } from "../support/rds";
import { expectRefusal, SEOUL, synth, synthInSite, TOKYO } from "../support/synth";

function replica(props: Partial<ReadReplicaProps> = {}) {
  return synthInSite((site) => new ReadReplica(site, "Ledger", { ...REPLICA, ...props }), { ...TOKYO, name: "tokyo" });
}

function site(props = TOKYO, id = "Tokyo"): Site {
  return new Site(new TerraformStack(Testing.app(), "stack"), id, props);
}

function groupsIn(where: Site): DatabaseGroups {
  return new DatabaseGroups(where, "Groups", { ...NETWORK, engine: "postgres", engineVersion: "16", name: "ledger" });
}

const reference = (type: string, attribute: string) =>
  expect.stringMatching(new RegExp(String.raw`^\$\{${type}\.\w+\.${attribute}\}$`)) as string;

describe("ReadReplica", () => {
  test("defaults", () => {
    const tf = replica();

    expect(tf.types()).toEqual([
      "aws_cloudwatch_log_group", // postgresql
      "aws_cloudwatch_log_group", // upgrade
      "aws_db_instance", // the replica
      "aws_db_parameter_group", // requires TLS
      "aws_db_subnet_group", // subnets
      "aws_iam_role", // Enhanced Monitoring
      "aws_iam_role_policy_attachment", // permissions
      "aws_security_group", // no way in
    ]);
    expect(tf.only("aws_db_instance")).toEqual({
      provider: "aws",
      identifier: "ledger-tokyo",
      instance_class: "db.r7g.large",
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
      final_snapshot_identifier: "ledger-tokyo-final",
      iam_database_authentication_enabled: true,
      kms_key_id: KEY.tokyo,
      lifecycle: {
        ignore_changes: ["replicate_source_db", "restore_to_point_in_time", "max_allocated_storage"],
        prevent_destroy: true,
      },
      monitoring_interval: 60,
      monitoring_role_arn: reference("aws_iam_role", "arn"),
      multi_az: false,
      parameter_group_name: reference("aws_db_parameter_group", "name"),
      performance_insights_enabled: true,
      performance_insights_kms_key_id: KEY.tokyo,
      performance_insights_retention_period: 7,
      port: 5432,
      publicly_accessible: false,
      replicate_source_db: "arn:aws:rds:ap-northeast-2:111122223333:db:ledger-seoul",
      skip_final_snapshot: false,
      storage_encrypted: true,
      storage_type: "gp3",
      timeouts: { create: "24h", update: "12h", delete: "3h" },
      vpc_security_group_ids: [reference("aws_security_group", "id")],
    });
    expect(tf.text).toHaveResourceWithProperties(DbInstance, { identifier: "ledger-tokyo", storage_encrypted: true });
  });

  test.each<[Partial<ReadReplicaProps>, Record<string, unknown>]>([
    [{ multiAz: true }, { multi_az: true }],
    [{ storageGiB: 200 }, { allocated_storage: 200 }],
    [
      { maxStorageGiB: 200 },
      {
        max_allocated_storage: 200,
        lifecycle: { ignore_changes: ["replicate_source_db", "restore_to_point_in_time"], prevent_destroy: true },
      },
    ],
    [
      { storageType: "io2", storageIops: 3000 },
      { storage_type: "io2", iops: 3000 },
    ],
    [
      { storageIops: 16_000, storageThroughputMiBps: 600 },
      { iops: 16_000, storage_throughput: 600 },
    ],
    [{ destroyable: true, backups: { finalSnapshot: false } }, { skip_final_snapshot: true }],
    [{ backups: { retentionDays: 14 } }, { backup_retention_period: 14 }],
  ])("%j", (props, expected) => {
    expect(replica(props).only("aws_db_instance")).toMatchObject(expected);
  });

  test("waits for a source of the same stack, and for none that a name points to", () => {
    const tf = synth((scope) => {
      const source = new SourceDatabase(new Site(scope, "Seoul", SEOUL), "Ledger", SOURCE);
      const tokyo = new Site(scope, "Tokyo", TOKYO);
      new ReadReplica(tokyo, "Ledger", { ...REPLICA, source: source.ref });
    });
    expect(tf.at("Tokyo/Ledger/Resource").depends_on).toContainEqual(
      expect.stringMatching(/^aws_db_instance\.Seoul_Ledger_/),
    );
    expect(JSON.stringify(replica().only("aws_db_instance").depends_on)).not.toContain("aws_db_instance.");
  });

  test("refOf names what is created", () => {
    const tf = synthInSite((tokyo) => {
      const { ref } = new ReadReplica(tokyo, "Ledger", REPLICA);
      const facts = { engine: "postgres", engineVersion: "16" } as const;
      expect(ref).toEqual(ReadReplica.refOf({ ...TOKYO, identifier: "ledger-tokyo", ...facts }));
      expect(ref.arn).toBe("arn:aws:rds:ap-northeast-1:111122223333:db:ledger-tokyo");
    }, TOKYO);
    expect(tf.only("aws_db_instance").identifier).toBe("ledger-tokyo");
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((tokyo) => {
      new ReadReplica(tokyo, "One", REPLICA);
      new ReadReplica(tokyo, "Two", { ...REPLICA, identifier: "ledger-tokyo-2" });
    }, TOKYO);
    expect(tf.all("aws_db_instance")).toHaveLength(2);
  });

  test("says how it protects, how it is promoted, and what shows its lag", () => {
    const tokyo = site();
    new ReadReplica(tokyo, "Ledger", { ...REPLICA, backups: { retentionDays: 14 }, backupWindow: "17:00-17:30" });

    expect(protectionsBelow(tokyo).map(({ model }) => model)).toEqual([
      {
        protection: {
          mechanism: "RDS cross-Region read replica",
          copiesIn: ["tokyo"],
          loss: {
            basis: "unknown",
            source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.XRgn.html",
            note: "replication is asynchronous and AWS publishes no lag; ReplicaLag shows it",
          },
          remedy: "Aurora Global Database, which AWS says lags less than a second typically",
        },
        recovery: [
          {
            title: "promote the read replica ledger-tokyo",
            call: "rds:PromoteReadReplica",
            parameters: {
              DBInstanceIdentifier: "ledger-tokyo",
              BackupRetentionPeriod: 14,
              PreferredBackupWindow: "17:00-17:30",
            },
            duration: {
              basis: "unknown",
              source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.Promote.html",
              note: "several minutes or longer, with a reboot; not while the replica is backed up",
            },
            undo: "a promoted replica never follows again; make a replica of it beside the former source",
          },
        ],
        evidence: [
          {
            title: "lag of ledger-tokyo behind ledger-seoul",
            namespace: "AWS/RDS",
            metric: "ReplicaLag",
            dimensions: { DBInstanceIdentifier: "ledger-tokyo" },
            statistic: "Maximum",
            unit: "Seconds",
            region: "ap-northeast-1",
          },
          {
            title: "free storage of ledger-tokyo",
            namespace: "AWS/RDS",
            metric: "FreeStorageSpace",
            dimensions: { DBInstanceIdentifier: "ledger-tokyo" },
            statistic: "Minimum",
            unit: "Bytes",
            region: "ap-northeast-1",
          },
        ],
      },
    ]);
  });

  test("the promotion it asks for has the backups it is configured with", () => {
    const tokyo = site();
    new ReadReplica(tokyo, "Ledger", REPLICA);
    const [step] = protectionsBelow(tokyo)[0]!.model.recovery;
    expect(step!.parameters).toEqual({ DBInstanceIdentifier: "ledger-tokyo", BackupRetentionPeriod: 7 });
  });
});

describe("ReadReplica in its source's region", () => {
  const inSeoul = (where: Site): ReadReplicaProps => ({
    ...REPLICA,
    identifier: "ledger-reads",
    inSourceRegion: true,
    groupSettings: undefined,
    groups: groupsIn(where),
    kmsKeyArn: undefined,
  });

  test("names its source by identifier, and leaves subnet group and key to it", () => {
    const tf = synthInSite((where) => {
      new ReadReplica(where, "Reads", { ...inSeoul(where), availabilityZone: "ap-northeast-2c" });
    });
    const instance = tf.only("aws_db_instance");
    expect(instance).toMatchObject({
      replicate_source_db: "ledger-seoul",
      availability_zone: "ap-northeast-2c",
      storage_encrypted: true,
    });
    for (const setting of ["db_subnet_group_name", "kms_key_id", "performance_insights_kms_key_id"]) {
      expect(instance).not.toHaveProperty(setting);
    }
  });

  test("may have a key of its own", () => {
    const tf = synthInSite((where) => {
      new ReadReplica(where, "Reads", { ...inSeoul(where), kmsKeyArn: KEY.seoul });
    });
    expect(tf.only("aws_db_instance").kms_key_id).toBe(KEY.seoul);
  });

  test("says that it lies there", () => {
    const seoul = site(SEOUL, "Seoul");
    new ReadReplica(seoul, "Reads", inSeoul(seoul));
    expect(protectionsBelow(seoul)[0]!.model.protection).toMatchObject({
      mechanism: "RDS read replica in the source's region",
      copiesIn: ["seoul"],
    });
  });

  test("fails when it is not said", () => {
    const seoul = site(SEOUL, "Seoul");
    expectRefusal(
      () => new ReadReplica(seoul, "Reads", { ...inSeoul(seoul), inSourceRegion: false }),
      "ReplicaInSourceRegion",
      "'ledger-seoul' and its copy are both in 'ap-northeast-2'",
      "stack/Seoul/Reads",
    );
  });

  test("fails when it is said in another", () => {
    expectRefusal(
      () => new ReadReplica(site(), "Ledger", { ...REPLICA, inSourceRegion: true }),
      "ConflictingSettings",
      "'inSourceRegion' is given, and the source lies in 'ap-northeast-2'",
      "stack/Tokyo/Ledger",
    );
  });

  test("fails with groups of its own", () => {
    const seoul = site(SEOUL, "Seoul");
    expectRefusal(
      () => new ReadReplica(seoul, "Reads", { ...inSeoul(seoul), groups: undefined, groupSettings: NETWORK }),
      "ConflictingSettings",
      "'groupSettings' would make a second subnet group in the source's region, where AWS takes the source's",
      "stack/Seoul/Reads",
    );
  });

  test("fails as its own source", () => {
    const seoul = site(SEOUL, "Seoul");
    expectRefusal(
      () => new ReadReplica(seoul, "Reads", { ...inSeoul(seoul), identifier: "ledger-seoul" }),
      "ConflictingSettings",
      "'ledger-seoul' is named as its own source",
      "stack/Seoul/Reads",
    );
  });
});

describe("ReadReplica, promoted", () => {
  test("loses its source and nothing else: the version stays AWS's, and Terraform still cannot promote", () => {
    const [before, after] = [replica(), replica({ promoted: true })].map((tf) => tf.only("aws_db_instance"));
    const { replicate_source_db, ...rest } = before!;
    expect(replicate_source_db).toBeDefined();
    expect(after).toEqual(rest);
  });

  test("may get its own password", () => {
    const tf = synthInSite((tokyo) => {
      const masterUserSecret = new MasterUserSecret(tokyo, "Master", {
        kmsKeyArn: KEY.tokyo,
        name: "rds/ledger-tokyo",
        username: "dbadmin",
      });
      new ReadReplica(tokyo, "Ledger", { ...REPLICA, promoted: true, masterUserSecret });
    }, TOKYO);
    expect(tf.only("aws_db_instance")).toMatchObject({
      password_wo: expect.stringMatching(/^\$\{jsondecode\(ephemeral\./) as string,
      password_wo_version: 1,
    });
  });

  test("of MySQL may be moved to another major version before its source", () => {
    const source = SourceDatabase.refOf({
      ...SEOUL,
      identifier: "ledger-seoul",
      engine: "mysql",
      engineVersion: "8.0",
    });
    const upgrade = { engine: "mysql", engineVersion: "8.4", upgrades: { allowMajorVersion: true }, source } as const;
    expect(replica(upgrade).only("aws_db_instance")).toMatchObject({
      allow_major_version_upgrade: true,
      engine_version: "8.4",
      replicate_source_db: source.arn,
    });
  });

  test("may be moved to another major version", () => {
    const tf = replica({ promoted: true, upgrades: { allowMajorVersion: true }, engineVersion: "17" });
    expect(tf.only("aws_db_instance")).toMatchObject({ allow_major_version_upgrade: true, engine_version: "17" });
    expect(tf.only("aws_db_parameter_group").family).toBe("postgres17");
  });

  test("no longer waits for its source, nor counts as its replica", () => {
    const tf = synth((scope) => {
      const source = new SourceDatabase(new Site(scope, "Seoul", SEOUL), "Ledger", SOURCE);
      const tokyo = new Site(scope, "Tokyo", TOKYO);
      for (let count = 1; count <= 6; count++) {
        const identifier = `ledger-tokyo-${count}`;
        new ReadReplica(tokyo, identifier, { ...REPLICA, identifier, source: source.ref, promoted: true });
      }
    });
    expect(tf.at("Tokyo/ledger-tokyo-1/Resource").depends_on).not.toContainEqual(
      expect.stringMatching(/^aws_db_instance\./),
    );
  });

  test("protects against corruption by its own backups", () => {
    const tokyo = site();
    new ReadReplica(tokyo, "Ledger", { ...REPLICA, promoted: true });
    expect(protectionsBelow(tokyo).map(({ model }) => model.protection)).toEqual([
      {
        mechanism: "RDS automated backups",
        copiesIn: ["tokyo"],
        loss: expect.objectContaining({ value: Duration.minutes(5), basis: "typical" }) as object,
        retention: Duration.days(7),
      },
    ]);
  });
});
