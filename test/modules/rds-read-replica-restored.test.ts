/**
 * Proves the JSON of an instance that is restored from replicated backups. Proves that it can replace a promoted replica, and
 * the reverse. That Terraform restores it without the source's region the live tests show.
 */
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { TerraformStack, Testing } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import { protectionsBelow, RefusalCode } from "../../modules/core";
import {
  AutomatedBackupsParameter,
  MasterUserSecret,
  ReadReplica,
  RestoredDatabase,
  RestoredDatabaseProps,
  SourceDatabase,
} from "../../modules/rds-read-replica";
import { Site } from "../../modules/site";
import { KEY, REPLICA } from "../support/rds";
import { expectRefusal, Synthesised, synthInSite, TOKYO } from "../support/synth";

const { source, ...INSTANCE } = REPLICA;

const BACKUPS = "arn:aws:rds:ap-northeast-1:111122223333:auto-backup:ab-abcdefghijklmnopqrstuvwxyz";
const PROPS: RestoredDatabaseProps = { ...INSTANCE, kmsKeyArn: KEY.tokyo, automatedBackupsArn: BACKUPS };

function restored(props: Partial<RestoredDatabaseProps> = {}): Synthesised {
  return synthInSite((site) => new RestoredDatabase(site, "Ledger", { ...PROPS, ...props }), TOKYO);
}

const argumentsOf = (tf: Synthesised) => {
  const { restore_to_point_in_time, replicate_source_db, timeouts, depends_on, multi_az, ...rest } =
    tf.only("aws_db_instance");
  return rest;
};

describe("RestoredDatabase", () => {
  test("defaults: restored to the latest second of the site's backups, in two zones, and never again", () => {
    const tf = restored();
    expect(tf.types()).toEqual([
      "aws_cloudwatch_log_group", // postgresql
      "aws_cloudwatch_log_group", // upgrade
      "aws_db_instance", // the instance
      "aws_db_parameter_group", // requires TLS
      "aws_db_subnet_group", // subnets
      "aws_iam_role", // Enhanced Monitoring
      "aws_iam_role_policy_attachment", // permissions
      "aws_security_group", // no way in
    ]);
    expect(tf.only("aws_db_instance")).toMatchObject({
      restore_to_point_in_time: {
        source_db_instance_automated_backups_arn: BACKUPS,
        use_latest_restorable_time: true,
      },
      multi_az: true,
      kms_key_id: KEY.tokyo,
      timeouts: { create: "24h", update: "12h", delete: "3h" },
      lifecycle: {
        ignore_changes: ["replicate_source_db", "restore_to_point_in_time", "max_allocated_storage"],
        prevent_destroy: true,
      },
    });
    expect(tf.text).toHaveResourceWithProperties(DbInstance, { identifier: "ledger-tokyo" });
  });

  test("is, but for where it came from, what a promoted replica is", () => {
    const promoted = synthInSite((site) => new ReadReplica(site, "Ledger", { ...REPLICA, promoted: true }), TOKYO);
    expect(argumentsOf(restored())).toEqual(argumentsOf(promoted));
  });

  test.each<[Partial<RestoredDatabaseProps>, Record<string, unknown>]>([
    [{ multiAz: false }, { multi_az: false }],
    [{ storageGiB: 200 }, { allocated_storage: 200 }],
    [
      { upgrades: { allowMajorVersion: true }, engineVersion: "16" },
      { allow_major_version_upgrade: true, engine_version: "16" },
    ],
    [{ destroyable: true, backups: { finalSnapshot: false } }, { skip_final_snapshot: true }],
  ])("%j", (props, expected) => {
    expect(restored(props).only("aws_db_instance")).toMatchObject(expected);
  });

  test("takes a password from a secret of its site", () => {
    const tf = synthInSite((site) => {
      const masterUserSecret = new MasterUserSecret(site, "Secret", {
        kmsKeyArn: KEY.tokyo,
        name: "ledger",
        username: "dbadmin",
      });
      new RestoredDatabase(site, "Ledger", { ...PROPS, masterUserSecret });
    }, TOKYO);
    expect(tf.only("aws_db_instance")).toMatchObject({ password_wo_version: 1 });
  });

  test("is a database with backups of its own, that points to itself", () => {
    synthInSite((site) => {
      const database = new RestoredDatabase(site, "Ledger", PROPS);
      expect(protectionsBelow(database).map(({ model }) => model.protection.mechanism)).toEqual([
        "RDS automated backups",
      ]);
      expect(database.ref).toEqual(
        SourceDatabase.refOf({ ...TOKYO, identifier: "ledger-tokyo", engine: "postgres", engineVersion: "16" }),
      );
    }, TOKYO);
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      new RestoredDatabase(site, "One", PROPS);
      new RestoredDatabase(site, "Two", { ...PROPS, identifier: "carts-tokyo" });
    }, TOKYO);
    expect(tf.all("aws_db_instance")).toHaveLength(2);
  });

  test("reads the ARN from a parameter, and needs no live replication", () => {
    const tf = synthInSite((site) => {
      const { automatedBackupsArn } = new AutomatedBackupsParameter(site, "Arn", { name: "/orders/ledger/backups" });
      new RestoredDatabase(site, "Ledger", { ...PROPS, automatedBackupsArn });
    }, TOKYO);
    expect(tf.only("aws_db_instance").restore_to_point_in_time).toEqual({
      source_db_instance_automated_backups_arn: expect.stringMatching(
        /^\$\{aws_ssm_parameter\.\w+\.value\}$/,
      ) as string,
      use_latest_restorable_time: true,
    });
    expect(tf.all("aws_db_instance_automated_backups_replication")).toEqual([]);
  });

  test.each<[Partial<RestoredDatabaseProps>, RefusalCode, string]>([
    [{ kmsKeyArn: KEY.seoul }, "KeyInOtherRegion", "'kmsKeyArn' is in 'ap-northeast-2', the site is 'ap-northeast-1'"],
    [
      { automatedBackupsArn: source.arn },
      "InvalidArn",
      `'automatedBackupsArn' must be the ARN of automated backups, got '${source.arn}'`,
    ],
    [
      { automatedBackupsArn: BACKUPS.replace("northeast-1", "northeast-2") },
      "WrongSite",
      "'automatedBackupsArn' is in 'ap-northeast-2', the site is 'ap-northeast-1'",
    ],
  ])("fails with %j, before anything is made", (props, code, problem) => {
    const tokyo = new Site(new TerraformStack(Testing.app(), "stack"), "Tokyo", TOKYO);
    expectRefusal(
      () => new RestoredDatabase(tokyo, "Ledger", { ...PROPS, ...props }),
      code,
      problem,
      "stack/Tokyo/Ledger",
    );
  });
});
