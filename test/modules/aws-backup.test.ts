/**
 * Proves what is synthesised for backup vaults, their policies, locks and notifications. Does not prove that AWS Backup enforces a
 * policy or a lock, nor that a copy from another account succeeds.
 */
import { BackupVault as BackupVaultResource } from "@cdktf/provider-aws/lib/backup-vault";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import "cdktf/lib/testing/adapters/jest";
import {
  backupKeyStatements,
  backupTopicKeyStatements,
  backupTopicStatements,
  BackupVault,
  BackupVaultProps,
} from "../../modules/aws-backup";
import { RefusalCode } from "../../modules/core";
import { SiteKey } from "../../modules/kms-keys";
import { Site } from "../../modules/site";
import { Block, expectRefusal, expectRefusalInSite, SEOUL, synth, synthInSite, TOKYO } from "../support/synth";

const OTHER = "444455556666";
const THIRD = "777788889999";
const TOPIC = "arn:aws:sns:ap-northeast-2:111122223333:backups";
const KEY = "arn:aws:kms:ap-northeast-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const vault = (props: Partial<BackupVaultProps> = {}) =>
  synthInSite((site) => new BackupVault(site, "Vault", { name: "orders", ...props }));
const policyOf = (block: Block) => JSON.parse(block.policy as string) as unknown;

const ADMINISTRATOR = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Backup_*";
const KEEP = {
  Sid: "KeepRecoveryPoints",
  Effect: "Deny",
  Principal: "*",
  Action: ["backup:DeleteRecoveryPoint", "backup:DisassociateRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"],
  Resource: "*",
};
const ROOT = {
  Sid: "EnableIamPolicies",
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::111122223333:root" },
  Action: "kms:*",
  Resource: "*",
};
const USE = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"];

describe("BackupVault", () => {
  test("defaults", () => {
    const tf = vault();

    expect(tf.types()).toEqual([
      "aws_backup_vault", // the vault
      "aws_backup_vault_policy", // keeps recovery points
      "aws_kms_alias", // the name of its key
      "aws_kms_key", // a key of the site
    ]);
    expect(tf.only("aws_backup_vault")).toEqual({
      provider: "aws",
      name: "orders",
      kms_key_arn: expect.stringMatching(/^\$\{aws_kms_key\.\w+\.arn\}$/) as string,
      lifecycle: { prevent_destroy: true },
    });
    expect(tf.text).toHaveResourceWithProperties(BackupVaultResource, { name: "orders" });
    const { policy, ...attached } = tf.only("aws_backup_vault_policy");
    expect(attached).toEqual({
      provider: "aws",
      backup_vault_name: expect.stringMatching(/^\$\{aws_backup_vault\.\w+\.name\}$/) as string,
    });
    expect(policyOf({ policy: policy! })).toEqual({ Version: "2012-10-17", Statement: [KEEP] });
    expect(tf.only("aws_kms_alias").name).toBe("alias/backup/orders");
    expect(tf.only("aws_kms_key")).toMatchObject({
      description: "backup vault orders",
      lifecycle: { prevent_destroy: true },
    });
    expect(policyOf(tf.only("aws_kms_key"))).toEqual({ Version: "2012-10-17", Statement: [ROOT] });
  });

  test("lets other accounts copy into it, and use its key; its own needs no word", () => {
    const tf = vault({ receiveFrom: [OTHER, SEOUL.account, THIRD] });
    const principal = { AWS: [`arn:aws:iam::${OTHER}:root`, `arn:aws:iam::${THIRD}:root`] };

    expect(policyOf(tf.only("aws_backup_vault_policy"))).toEqual({
      Version: "2012-10-17",
      Statement: [
        KEEP,
        {
          Sid: "ReceiveCopies",
          Effect: "Allow",
          Principal: principal,
          Action: "backup:CopyIntoBackupVault",
          Resource: "*",
        },
      ],
    });
    expect(policyOf(tf.only("aws_kms_key"))).toEqual({
      Version: "2012-10-17",
      Statement: [
        ROOT,
        { Sid: "AllowBackupAccounts", Effect: "Allow", Principal: principal, Action: USE, Resource: "*" },
        {
          Sid: "AllowBackupAccountsGrants",
          Effect: "Allow",
          Principal: principal,
          Action: ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
          Resource: "*",
          Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
        },
      ],
    });
  });

  test("lets the accounts that its recovery points are copied to use its key, each once", () => {
    const shared = (props: Partial<BackupVaultProps>) => {
      const { Statement } = policyOf(vault(props).only("aws_kms_key")) as { Statement: { Principal: object }[] };
      return Statement.slice(1).map(({ Principal }) => Principal);
    };
    const other = { AWS: [`arn:aws:iam::${OTHER}:root`] };
    expect(shared({ copyTo: [OTHER, SEOUL.account] })).toEqual([other, other]);
    expect(shared({ copyTo: [OTHER], receiveFrom: [OTHER] })).toEqual([other, other]);
    expect(policyOf(vault({ copyTo: [OTHER] }).only("aws_backup_vault_policy"))).toEqual({
      Version: "2012-10-17",
      Statement: [KEEP],
    });
  });

  test.each([
    [false, [...KEEP.Action, "backup:DeleteBackupVaultAccessPolicy", "backup:PutBackupVaultAccessPolicy"], [KEEP]],
    [true, ["backup:DeleteBackupVaultAccessPolicy", "backup:PutBackupVaultAccessPolicy"], []],
  ])(
    "lets its administrators alone change its policy, with recovery points deletable: %s",
    (deletable, actions, kept) => {
      const policyAdministrators = [ADMINISTRATOR, "arn:aws:iam::111122223333:root"];
      const tf = vault({ policyAdministrators, recoveryPointsDeletable: deletable });
      expect(policyOf(tf.only("aws_backup_vault_policy"))).toEqual({
        Version: "2012-10-17",
        Statement: [
          ...kept,
          {
            Sid: "KeepPolicy",
            Effect: "Deny",
            Principal: "*",
            Action: actions,
            Resource: "*",
            Condition: { ArnNotLike: { "aws:PrincipalArn": policyAdministrators } },
          },
        ],
      });
    },
  );

  test.each([
    "arn:*:iam::*:role/terraform",
    "arn:aws:iam::1111222233??:user/ops/*",
    "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Backup_*",
    "arn:aws:sts::111122223333:federated-user/ci",
  ])("takes the administrator %s", (administrator) => {
    const policyAdministrators = [`arn:aws:iam::${OTHER}:role/terraform`, administrator];
    const { policy } = vault({ policyAdministrators }).only("aws_backup_vault_policy");
    expect(policy).toContain(JSON.stringify(policyAdministrators));
  });

  test("takes a role of the same stack as an administrator", () => {
    const tf = synthInSite((site) => {
      const { arn } = new IamRole(site, "Administrator", { assumeRolePolicy: "{}" });
      new BackupVault(site, "Vault", { name: "orders", policyAdministrators: [arn] });
    });
    expect(tf.only("aws_backup_vault_policy").policy).toContain("${aws_iam_role.");
  });

  test("can be destroyed, with its key, when it is said", () => {
    const tf = vault({ destroyable: true });
    for (const type of ["aws_backup_vault", "aws_kms_key"]) {
      expect(tf.only(type).lifecycle).toEqual({ prevent_destroy: false });
    }
  });

  test("takes a key of the site", () => {
    const tf = vault({ kmsKeyArn: KEY, tags: { team: "orders" } });
    expect(tf.all("aws_kms_key")).toEqual([]);
    expect(tf.only("aws_backup_vault")).toMatchObject({ kms_key_arn: KEY, tags: { team: "orders" } });
  });

  test("takes a key of the same stack", () => {
    const tf = synthInSite((site) => {
      new BackupVault(site, "Vault", { name: "orders", kmsKeyArn: new SiteKey(site, "Key", { alias: "k" }).kmsKeyArn });
    });
    expect(tf.all("aws_kms_key")).toHaveLength(1);
  });

  test("has no policy if recovery points may be deleted and no account copies into it", () => {
    expect(vault({ recoveryPointsDeletable: true }).types()).not.toContain("aws_backup_vault_policy");
  });

  test("has further statements next to its own", () => {
    const statement = { sid: "NoCopies", principal: "*", actions: ["backup:StartCopyJob"], resources: ["*"] } as const;
    const tf = vault({ policyStatements: [{ ...statement, effect: "Deny" }] });
    expect(policyOf(tf.only("aws_backup_vault_policy"))).toEqual({
      Version: "2012-10-17",
      Statement: [
        KEEP,
        { Sid: "NoCopies", Effect: "Deny", Principal: "*", Action: "backup:StartCopyJob", Resource: "*" },
      ],
    });
  });

  test.each([
    ["governance", { mode: "GOVERNANCE", minRetentionDays: 7 }, { min_retention_days: 7 }],
    [
      "compliance",
      { mode: "COMPLIANCE", changeableForDays: 3, minRetentionDays: 7, maxRetentionDays: 36_500 },
      { changeable_for_days: 3, min_retention_days: 7, max_retention_days: 36_500 },
    ],
  ] as const)("is locked in %s mode", (_, lock, expected) => {
    expect(vault({ lock }).only("aws_backup_vault_lock_configuration")).toEqual({
      provider: "aws",
      backup_vault_name: expect.stringMatching(/^\$\{aws_backup_vault\.\w+\.name\}$/) as string,
      ...expected,
    });
  });

  test.each([
    [undefined, ["COPY_JOB_FAILED", "RECOVERY_POINT_MODIFIED", "S3_BACKUP_OBJECT_FAILED", "S3_RESTORE_OBJECT_FAILED"]],
    [["RESTORE_JOB_COMPLETED"], ["RESTORE_JOB_COMPLETED"]],
  ] as const)("reports %s", (events, expected) => {
    const tf = vault({ notifications: { topicArn: TOPIC, events } });
    expect(tf.only("aws_backup_vault_notifications")).toEqual({
      provider: "aws",
      backup_vault_name: expect.stringMatching(/^\$\{aws_backup_vault\.\w+\.name\}$/) as string,
      backup_vault_events: expected,
      sns_topic_arn: TOPIC,
    });
  });

  test("refOf names what is created", () => {
    const lock = { mode: "GOVERNANCE", minRetentionDays: 7, maxRetentionDays: 90 } as const;
    const tf = synthInSite((site) => {
      const { ref } = new BackupVault(site, "Vault", { name: "orders", lock });
      expect(ref).toEqual(BackupVault.refOf({ ...SEOUL, name: "orders", minRetentionDays: 7, maxRetentionDays: 90 }));
      expect(ref).toEqual({
        name: "orders",
        arn: "arn:aws:backup:ap-northeast-2:111122223333:backup-vault:orders",
        region: "ap-northeast-2",
        account: "111122223333",
        minRetentionDays: 7,
        maxRetentionDays: 90,
      });
    });
    expect(tf.only("aws_backup_vault").name).toBe("orders");
  });

  test("two of them live in one stack, and one name in two regions", () => {
    const tf = synth((scope) => {
      const seoul = new Site(scope, "Seoul", SEOUL);
      new BackupVault(seoul, "One", { name: "one", lock: { mode: "GOVERNANCE" }, notifications: { topicArn: TOPIC } });
      new BackupVault(seoul, "Two", { name: "two", lock: { mode: "GOVERNANCE" }, notifications: { topicArn: TOPIC } });
      new BackupVault(new Site(scope, "Tokyo", TOKYO), "One", { name: "one" });
    });
    expect(tf.all("aws_backup_vault").map(({ provider, name }) => [provider, name])).toEqual([
      ["aws.seoul", "one"],
      ["aws.seoul", "two"],
      ["aws.tokyo", "one"],
    ]);
  });

  test("fails when the name is taken", () => {
    expectRefusalInSite(
      (site) => [new BackupVault(site, "One", { name: "orders" }), new BackupVault(site, "Two", { name: "orders" })],
      "NameTaken",
      "the backup vault name 'orders' is already taken by stack/Site/One",
      "stack/Site/Two",
    );
  });

  test.each<[string, Partial<BackupVaultProps>, RefusalCode, string]>([
    [
      "the name has a dot",
      { name: "a.b" },
      "InvalidName",
      "'name' is not a valid backup vault name, got 'a.b', allowed: letters, digits, '-' and '_'",
    ],
    [
      "no role may change its policy",
      { policyAdministrators: [] },
      "SettingOutOfRange",
      "'policyAdministrators' is empty, so no principal could change the policy",
    ],
    [
      "an administrator is a session",
      { policyAdministrators: [ADMINISTRATOR, "arn:aws:sts::111122223333:assumed-role/terraform/ci"] },
      "InvalidArn",
      "'policyAdministrators[1]' must be the ARN of an IAM role, a user or the root user, got 'arn:aws:sts::111122223333:assumed-role/terraform/ci'",
    ],
    [
      "an administrator is a group",
      { policyAdministrators: ["arn:aws:iam::111122223333:group/platform"] },
      "InvalidArn",
      "'policyAdministrators[0]' must be the ARN of an IAM role, a user or the root user, got 'arn:aws:iam::111122223333:group/platform'",
    ],
    ...[
      "arn:aws:iam:us-east-1:111122223333:role/ci",
      "arn:aws:iam::1111:role/ci",
      "arn:aws:iam::111122223333:role/a b",
    ].map((administrator): [string, Partial<BackupVaultProps>, RefusalCode, string] => [
      `no request can have the ARN ${administrator}`,
      { policyAdministrators: [administrator] },
      "InvalidArn",
      `'policyAdministrators[0]' must be the ARN of an IAM role, a user or the root user, got '${administrator}'`,
    ]),
    [
      "an administrator is of another partition",
      { policyAdministrators: [ADMINISTRATOR, "arn:aws-cn:iam::111122223333:role/terraform"] },
      "ForeignPartition",
      "'policyAdministrators[1]' must be an ARN of partition 'aws', got 'arn:aws-cn:iam::111122223333:role/terraform'",
    ],
    [
      "a role of IAM Identity Center has no path",
      { policyAdministrators: ["arn:aws:iam::111122223333:role/AWSReservedSSO_Backup_*"] },
      "InvalidArn",
      "'policyAdministrators[0]' has no path, and every role of IAM Identity Center has one, got 'arn:aws:iam::111122223333:role/AWSReservedSSO_Backup_*'",
    ],
    [
      "its administrators are all of other accounts",
      { policyAdministrators: [`arn:aws:iam::${OTHER}:role/terraform`, "arn:aws:iam::7*:role/terraform"] },
      "MissingSetting",
      "'policyAdministrators' names no principal of account 111122223333, and AWS lets no other account change the policy",
    ],
    [
      "an administrator is a name",
      { policyAdministrators: ["terraform"] },
      "InvalidArn",
      "'policyAdministrators[0]' must be an ARN, got 'terraform'",
    ],
    [
      "an account copied to is invalid",
      { copyTo: ["4444"] },
      "InvalidAccount",
      "an AWS account id has 12 digits, got '4444'",
    ],
    [
      "an account is invalid",
      { receiveFrom: ["4444"] },
      "InvalidAccount",
      "an AWS account id has 12 digits, got '4444'",
    ],
    [
      "the key is an alias",
      { kmsKeyArn: KEY.replace("key/", "alias/") },
      "InvalidArn",
      `'kmsKeyArn' must be the ARN of a key, got '${KEY.replace("key/", "alias/")}'`,
    ],
    [
      "the key lies in another region",
      { kmsKeyArn: KEY.replace("-2:", "-1:") },
      "KeyInOtherRegion",
      "'kmsKeyArn' is in 'ap-northeast-1', the site is 'ap-northeast-2'",
    ],
    [
      "the topic is invalid",
      { notifications: { topicArn: TOPIC.replace("sns", "sqs") } },
      "InvalidArn",
      `'notifications.topicArn' must be the ARN of an SNS topic, got '${TOPIC.replace("sns", "sqs")}'`,
    ],
    [
      "the topic lies in another region",
      { notifications: { topicArn: TOPIC.replace("-2:", "-1:") } },
      "ArnOfOtherRegion",
      "'notifications.topicArn' is in 'ap-northeast-1', the site is 'ap-northeast-2', got 'arn:aws:sns:ap-northeast-1:111122223333:backups'",
    ],
    [
      "no event is reported",
      { notifications: { topicArn: TOPIC, events: [] } },
      "SettingOutOfRange",
      "'notifications.events' is empty",
    ],
    [
      "a lock in compliance mode has no days of grace",
      { lock: { mode: "COMPLIANCE" } },
      "MissingSetting",
      "'lock.changeableForDays' is not given, and after that time a lock in compliance mode cannot be removed",
    ],
    [
      "a lock in governance mode has them",
      { lock: { mode: "GOVERNANCE", changeableForDays: 3 } },
      "ConflictingSettings",
      "'lock.changeableForDays' makes a lock one in compliance mode, got 'lock.mode' GOVERNANCE",
    ],
    [
      "the grace is too short",
      { lock: { mode: "COMPLIANCE", changeableForDays: 2 } },
      "SettingOutOfRange",
      "'lock.changeableForDays' must be a whole number from 3 to 36500, got 2",
    ],
    [
      "the shortest retention is invalid",
      { lock: { mode: "GOVERNANCE", minRetentionDays: 0 } },
      "SettingOutOfRange",
      "'lock.minRetentionDays' must be a whole number from 1 to 36500, got 0",
    ],
    [
      "the longest retention is shorter than the shortest",
      { lock: { mode: "GOVERNANCE", minRetentionDays: 30, maxRetentionDays: 29 } },
      "SettingOutOfRange",
      "'lock.maxRetentionDays' must be a whole number from 30 to 36500, got 29",
    ],
  ])("fails when %s", (_, props, code, problem) => {
    expectRefusalInSite(
      (site) => new BackupVault(site, "Vault", { name: "orders", ...props }),
      code,
      problem,
      "stack/Site/Vault",
    );
  });

  test("refOf fails when the name is too long", () => {
    expectRefusal(
      () => BackupVault.refOf({ ...SEOUL, name: "a".repeat(51) }),
      "InvalidName",
      /allowed: 2 to 50 characters \(it has 51\)$/,
      "BackupVault.refOf",
    );
  });
});

describe("statements", () => {
  test("of a key are none for the site's own account", () => {
    synthInSite((site) => {
      expect(backupKeyStatements(site, [SEOUL.account])).toEqual([]);
      expect(backupKeyStatements(site, [OTHER])[0]).toEqual({
        sid: "AllowBackupAccounts",
        principal: { AWS: [`arn:aws:iam::${OTHER}:root`] },
        actions: USE,
        resources: ["*"],
      });
      new SiteKey(site, "Key", { alias: "orders" });
    });
  });

  test("of a topic let AWS Backup publish for the site's vaults, and EventBridge without a condition", () => {
    synthInSite((site) => {
      const publish = { actions: ["sns:Publish"], resources: [TOPIC] };
      expect(backupTopicStatements(site, TOPIC)).toEqual([
        {
          sid: "AllowBackup",
          principal: { Service: "backup.amazonaws.com" },
          ...publish,
          conditions: {
            StringEquals: { "aws:SourceAccount": "111122223333" },
            ArnLike: { "aws:SourceArn": "arn:aws:backup:ap-northeast-2:111122223333:backup-vault:*" },
          },
        },
        { sid: "AllowBackupEvents", principal: { Service: "events.amazonaws.com" }, ...publish },
      ]);
      expect(backupTopicKeyStatements()).toEqual([
        {
          sid: "AllowEncryptedEvents",
          principal: { Service: ["backup.amazonaws.com", "events.amazonaws.com"] },
          actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
          resources: ["*"],
        },
      ]);
      new SiteKey(site, "Key", { alias: "backups" });
    });
  });
});
