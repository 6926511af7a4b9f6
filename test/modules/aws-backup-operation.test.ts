/**
 * Proves what is synthesised for the roles of AWS Backup, a region's settings and the rule that reports failures. Does not prove that AWS's
 * managed policies suffice, nor that EventBridge delivers an event.
 */
import { BackupRegionSettings as SettingsResource } from "@cdktf/provider-aws/lib/backup-region-settings";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { TerraformStack } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import {
  BackupFailureRule,
  BackupRegionSettings,
  BackupRole,
  BackupRoleProps,
  BackupVault,
  restoreStatements,
} from "../../modules/aws-backup";
import { Site } from "../../modules/site";
import { expectRefusalInSite, SEOUL, synth, synthInSite, TOKYO } from "../support/synth";

const TOPIC = "arn:aws:sns:ap-northeast-2:111122223333:backups";

describe("BackupRole", () => {
  const role = (props: Partial<BackupRoleProps> = {}, place = SEOUL) =>
    synthInSite((site) => new BackupRole(site, "Role", { name: "backup", ...props }), place);
  const policies = (tf: ReturnType<typeof role>) =>
    tf.all("aws_iam_role_policy_attachment").map(({ policy_arn }) => policy_arn);
  const BACKUP = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup";

  test("defaults", () => {
    const tf = role();

    expect(tf.types()).toEqual([
      "aws_iam_role", // the role AWS Backup takes
      "aws_iam_role_policy_attachment", // AWS's policy for backing up
    ]);
    const { assume_role_policy, ...rest } = tf.only("aws_iam_role");
    expect(rest).toEqual({ provider: "aws", name: "backup", description: "AWS Backup" });
    expect(JSON.parse(assume_role_policy as string)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Trust",
          Effect: "Allow",
          Principal: { Service: "backup.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
        },
      ],
    });
    expect(tf.only("aws_iam_role_policy_attachment")).toEqual({
      provider: "aws",
      role: expect.stringMatching(/^\$\{aws_iam_role\.\w+\.name\}$/) as string,
      policy_arn: BACKUP,
    });
    expect(tf.text).toHaveResourceWithProperties(IamRole, { name: "backup" });
  });

  test.each([
    [{ s3: true }, [BACKUP, "arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Backup"]],
    [{ restore: true }, [BACKUP, "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores"]],
    [
      { restore: true, s3: true },
      [
        BACKUP,
        "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores",
        "arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Backup",
        "arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Restore",
      ],
    ],
    [{ backup: false, restore: true }, ["arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores"]],
    [
      { backup: false, restore: true, s3: true },
      [
        "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores",
        "arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Restore",
      ],
    ],
  ])("with %j may do that", (props, expected) => {
    expect(policies(role(props))).toEqual(expected);
  });

  test("has the policies of its partition", () => {
    expect(policies(role({}, { region: "cn-north-1", account: "111122223333" }))).toEqual([
      "arn:aws-cn:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
    ]);
  });

  test("passes the roles that are named, to EC2 alone", () => {
    const app = "arn:aws:iam::111122223333:role/app";
    const tf = role({ restore: true, passRoles: [app], tags: { team: "orders" } });
    const { policy, ...rest } = tf.only("aws_iam_role_policy");
    expect(rest).toMatchObject({ name: "pass-roles" });
    expect(JSON.parse(policy as string)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "PassToRestoredInstances",
          Effect: "Allow",
          Action: "iam:PassRole",
          Resource: app,
          Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
        },
      ],
    });
    expect(tf.only("aws_iam_role").tags).toEqual({ team: "orders" });
  });

  test("refOf names what is created", () => {
    const tf = synthInSite((site) => {
      const { ref } = new BackupRole(site, "Role", { name: "backup", restore: true, s3: true });
      expect(ref).toEqual(BackupRole.refOf({ ...SEOUL, name: "backup", restore: true, s3: true }));
      expect(ref).toEqual({
        name: "backup",
        arn: "arn:aws:iam::111122223333:role/backup",
        region: "ap-northeast-2",
        account: "111122223333",
        backup: true,
        restore: true,
        s3: true,
      });
      expect(BackupRole.refOf({ ...SEOUL, name: "backup" })).toMatchObject({ backup: true, restore: false, s3: false });
      expect(BackupRole.refOf({ ...SEOUL, name: "restore", backup: false, restore: true })).toMatchObject({
        backup: false,
      });
    });
    expect(tf.only("aws_iam_role").name).toBe("backup");
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      new BackupRole(site, "One", { name: "one" });
      new BackupRole(site, "Two", { name: "two" });
    });
    expect(tf.all("aws_iam_role")).toHaveLength(2);
  });

  test("fails when the name is taken in another region of the account", () => {
    expectRefusalInSite(
      (site) => [
        new BackupRole(site, "Role", { name: "backup" }),
        new BackupRole(new Site(TerraformStack.of(site), "Tokyo", TOKYO), "Role", { name: "backup" }),
      ],
      "NameTaken",
      "the IAM role name 'backup' is already taken by stack/Site/Role",
      "stack/Tokyo/Role",
    );
  });

  test("fails when it passes roles and restores nothing", () => {
    expectRefusalInSite(
      (site) => new BackupRole(site, "Role", { name: "backup", passRoles: ["arn:aws:iam::111122223333:role/app"] }),
      "MissingSetting",
      "'passRoles' is given without 'restore'",
      "stack/Site/Role",
    );
  });

  test("fails when it does nothing", () => {
    expectRefusalInSite(
      (site) => new BackupRole(site, "Role", { name: "backup", backup: false }),
      "MissingSetting",
      "'backup' is false and 'restore' is not set",
      "stack/Site/Role",
    );
  });

  test("who restores under it needs three statements", () => {
    const vault = BackupVault.refOf({ ...TOKYO, name: "orders" });
    const role = BackupRole.refOf({ ...SEOUL, name: "restore", restore: true });
    expect(restoreStatements(vault, role)).toEqual([
      { sid: "FindRecoveryPoints", actions: ["backup:ListRecoveryPointsByBackupVault"], resources: [vault.arn] },
      {
        sid: "Restore",
        actions: ["backup:DescribeRestoreJob", "backup:GetRecoveryPointRestoreMetadata", "backup:StartRestoreJob"],
        resources: ["*"],
      },
      {
        sid: "RestoreUnderRole",
        actions: ["iam:PassRole"],
        resources: [role.arn],
        conditions: { StringEquals: { "iam:PassedToService": "backup.amazonaws.com" } },
      },
    ]);
  });
});

describe("BackupRegionSettings", () => {
  const ignored = (types: readonly string[], which = "opt_in") =>
    types.map((type) => `resource_type_${which}_preference["${type}"]`);
  const UNNAMED = [
    "Aurora",
    "CloudFormation",
    "DSQL",
    "DocumentDB",
    "EC2",
    "EFS",
    "EKS",
    "FSx",
    "Neptune",
    "RDS",
    "Redshift",
    "Redshift Serverless",
    "S3",
    "SAP HANA on Amazon EC2",
    "Storage Gateway",
    "Timestream",
    "VirtualMachine",
  ];

  test("defaults", () => {
    const tf = synthInSite(
      (site) => new BackupRegionSettings(site, "Settings", { optIn: { DynamoDB: true, EBS: false } }),
    );

    expect(tf.types()).toEqual([
      "aws_backup_region_settings", // types that the region opts in to
    ]);
    expect(tf.only("aws_backup_region_settings")).toEqual({
      provider: "aws",
      resource_type_opt_in_preference: { DynamoDB: true, EBS: false },
      lifecycle: { ignore_changes: ignored(UNNAMED) },
    });
    expect(tf.text).toHaveResourceWithProperties(SettingsResource, {
      resource_type_opt_in_preference: { DynamoDB: true, EBS: false },
    });
  });

  test("manages as a whole what is named", () => {
    const tf = synthInSite((site) => {
      new BackupRegionSettings(site, "Settings", { optIn: { DynamoDB: true }, fullManagement: { DynamoDB: true } });
    });
    const { resource_type_management_preference, lifecycle } = tf.only("aws_backup_region_settings");
    expect(resource_type_management_preference).toEqual({ DynamoDB: true });
    expect((lifecycle as { ignore_changes: string[] }).ignore_changes.slice(-3)).toEqual(
      ignored(["CloudFormation", "DSQL", "EFS"], "management"),
    );
  });

  test("two of them live in one stack, in two regions", () => {
    const tf = synth((scope) => {
      for (const [name, place] of [
        ["Seoul", SEOUL],
        ["Tokyo", TOKYO],
      ] as const) {
        new BackupRegionSettings(new Site(scope, name, place), "Settings", { optIn: { EBS: true } });
      }
    });
    expect(tf.all("aws_backup_region_settings")).toHaveLength(2);
  });

  test("fails when the region has them already", () => {
    expectRefusalInSite(
      (site) => [
        new BackupRegionSettings(site, "One", { optIn: { EBS: true } }),
        new BackupRegionSettings(site, "Two", { optIn: { RDS: true } }),
      ],
      "NameTaken",
      "the settings of AWS Backup 'ap-northeast-2' is already taken by stack/Site/One",
      "stack/Site/Two",
    );
  });

  test("fails when nothing is named", () => {
    expectRefusalInSite(
      (site) => new BackupRegionSettings(site, "Settings", { optIn: {} }),
      "MissingSetting",
      "'optIn' is empty",
      "stack/Site/Settings",
    );
  });
});

describe("BackupFailureRule", () => {
  test("defaults", () => {
    const tf = synthInSite((site) => new BackupFailureRule(site, "Failures", { name: "failures", topicArn: TOPIC }));

    expect(tf.types()).toEqual([
      "aws_cloudwatch_event_rule", // the events
      "aws_cloudwatch_event_target", // where they go
    ]);
    const { event_pattern, ...rule } = tf.only("aws_cloudwatch_event_rule");
    expect(rule).toEqual({
      provider: "aws",
      name: "failures",
      description: "Jobs of AWS Backup that failed, expired, were aborted or ended in part",
    });
    expect(JSON.parse(event_pattern as string)).toEqual({
      source: ["aws.backup"],
      "detail-type": ["Backup Job State Change", "Copy Job State Change", "Restore Job State Change"],
      detail: { $or: [{ state: ["ABORTED", "EXPIRED", "FAILED", "PARTIAL"] }, { status: ["ABORTED", "FAILED"] }] },
    });
    expect(tf.only("aws_cloudwatch_event_target")).toEqual({
      provider: "aws",
      rule: expect.stringMatching(/^\$\{aws_cloudwatch_event_rule\.\w+\.name\}$/) as string,
      target_id: "topic",
      arn: TOPIC,
    });
    expect(tf.text).toHaveResourceWithProperties(CloudwatchEventRule, { name: "failures" });
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      new BackupFailureRule(site, "One", { name: "one", topicArn: TOPIC, tags: { team: "orders" } });
      new BackupFailureRule(site, "Two", { name: "two", topicArn: TOPIC });
    });
    expect(tf.all("aws_cloudwatch_event_rule").map(({ tags }) => tags)).toEqual([{ team: "orders" }, undefined]);
  });

  test("fails when the name is taken", () => {
    expectRefusalInSite(
      (site) => ["One", "Two"].map((id) => new BackupFailureRule(site, id, { name: "failures", topicArn: TOPIC })),
      "NameTaken",
      "the EventBridge rule name 'failures' is already taken by stack/Site/One",
      "stack/Site/Two",
    );
  });

  test("fails when the name has a blank", () => {
    expectRefusalInSite(
      (site) => new BackupFailureRule(site, "Failures", { name: "my failures", topicArn: TOPIC }),
      "InvalidName",
      "'name' is not a valid EventBridge rule name, got 'my failures', allowed: letters, digits, '.', '-' and '_'",
    );
  });

  test("fails when the topic lies in another region", () => {
    expectRefusalInSite(
      (site) => new BackupFailureRule(site, "Failures", { name: "f", topicArn: TOPIC.replace("-2:", "-1:") }),
      "ArnOfOtherRegion",
      "'topicArn' is in 'ap-northeast-1', the site is 'ap-northeast-2', got 'arn:aws:sns:ap-northeast-1:111122223333:backups'",
      "stack/Site/Failures",
    );
  });
});
