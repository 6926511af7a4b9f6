/**
 * Proves what is synthesised for selections, and which stores are refused. Does not prove that AWS Backup finds them.
 */
import { BackupSelection as BackupSelectionResource } from "@cdktf/provider-aws/lib/backup-selection";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { TerraformStack } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import {
  BackedUpStore,
  BackedUpType,
  BackupPlan,
  BackupRole,
  BackupRule,
  BackupSelection,
  BackupSelectionProps,
  BackupVault,
  BackupVaultRef,
} from "../../modules/aws-backup";
import { Duration, RefusalCode } from "../../modules/core";
import { GlobalTable } from "../../modules/dynamodb-global-table";
import { SourceDatabase } from "../../modules/rds-read-replica";
import { ReplicaBucket } from "../../modules/s3-replication";
import { Site } from "../../modules/site";
import { expectRefusalInSite, SEOUL, synthInSite, TOKYO, TOKYO_ABROAD } from "../support/synth";

const VAULT = BackupVault.refOf({ ...SEOUL, name: "orders-seoul" });
const TOKYO_VAULT = BackupVault.refOf({ ...TOKYO, name: "orders-tokyo" });
const ROLE = BackupRole.refOf({ ...SEOUL, name: "backup", s3: true });
const HERE = "ap-northeast-2:111122223333";

const LEDGER = SourceDatabase.refOf({ ...SEOUL, identifier: "ledger" });
const CARTS = GlobalTable.refOf({ ...SEOUL, name: "carts" });
const RECEIPTS = ReplicaBucket.refOf({ ...SEOUL, name: "acme-receipts" });

const RULE: BackupRule = { rpo: Duration.hours(6), vault: VAULT, retention: { deleteAfterDays: 35 } };

function select(site: Site, props: Partial<BackupSelectionProps>, rule: Partial<BackupRule> = {}): BackupSelection {
  const plan = new BackupPlan(site, "Plan", { name: "orders", rules: { often: { ...RULE, ...rule } } });
  return new BackupSelection(site, "Selection", { name: "orders", plan, role: ROLE, ...props });
}

const selected = (props: Partial<BackupSelectionProps>) =>
  synthInSite((site) => select(site, props)).only("aws_backup_selection");

describe("BackupSelection", () => {
  test("defaults", () => {
    const tf = synthInSite((site) => select(site, { stores: { ledger: LEDGER, carts: CARTS, receipts: RECEIPTS } }));

    expect(tf.types()).toEqual([
      "aws_backup_plan", // the plan it belongs to
      "aws_backup_selection", // the selected resources
    ]);
    expect(tf.only("aws_backup_selection")).toEqual({
      provider: "aws",
      name: "orders",
      plan_id: expect.stringMatching(/^\$\{aws_backup_plan\.\w+\.id\}$/) as string,
      iam_role_arn: "arn:aws:iam::111122223333:role/backup",
      resources: [LEDGER.arn, CARTS.arn, RECEIPTS.arn],
    });
    expect(tf.text).toHaveResourceWithProperties(BackupSelectionResource, { name: "orders" });
  });

  test("everything of a type, but for some", () => {
    const except = [`arn:aws:ec2:${HERE}:volume/vol-1*`];
    expect(selected({ everyOf: ["EBS", "S3", "Aurora", "DocumentDB"], except })).toMatchObject({
      resources: ["arn:aws:ec2:*:*:volume/*", "arn:aws:s3:::*", "arn:aws:rds:*:*:cluster:*"],
      not_resources: except,
    });
  });

  test("everything with certain tags, in one block", () => {
    const tagged = selected({
      conditions: [
        { tag: "backup", value: "daily" },
        { tag: "tier", value: "gold" },
        { tag: "env", value: "prod*", operator: "StringLike" },
        { tag: "env", value: "prod-x", operator: "StringNotEquals" },
        { tag: "env", value: "*-y", operator: "StringNotLike" },
      ],
    });
    expect(tagged).toMatchObject({
      resources: ["*"],
      condition: [
        {
          string_equals: [
            { key: "aws:ResourceTag/backup", value: "daily" },
            { key: "aws:ResourceTag/tier", value: "gold" },
          ],
          string_like: [{ key: "aws:ResourceTag/env", value: "prod*" }],
          string_not_equals: [{ key: "aws:ResourceTag/env", value: "prod-x" }],
          string_not_like: [{ key: "aws:ResourceTag/env", value: "*-y" }],
        },
      ],
    });
  });

  test("takes the ARN of a resource that does not exist yet, with its type", () => {
    synthInSite((site) => {
      const { arn } = new EbsVolume(site, "Volume", { availabilityZone: "ap-northeast-2a", size: 1 });
      select(site, { stores: { logs: { arn, resourceType: "EBS" } } });
    });
  });

  test("waits for a role of its stack and its policies", () => {
    const tf = synthInSite((site) => {
      const role = new BackupRole(site, "Role", { name: "backup", restore: true });
      select(site, { role: role.ref, stores: { carts: CARTS } });
    });
    expect(tf.only("aws_backup_selection").depends_on).toEqual([
      expect.stringMatching(/^aws_iam_role\./),
      expect.stringMatching(/^aws_iam_role_policy_attachment\.\w*Backup_/),
      expect.stringMatching(/^aws_iam_role_policy_attachment\.\w*Restores_/),
    ]);
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      const plan = new BackupPlan(site, "Plan", { name: "orders", rules: { often: RULE } });
      new BackupSelection(site, "One", { name: "one", plan, role: ROLE, stores: { carts: CARTS } });
      new BackupSelection(site, "Two", { name: "two", plan, role: ROLE, stores: { carts: CARTS } });
    });
    expect(tf.all("aws_backup_selection")).toHaveLength(2);
  });

  test("takes as many ARNs as AWS does", () => {
    const stores = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, n) => [`s${n}`, { arn: `arn:aws:dynamodb:${HERE}:table/t${n}` }]),
      );
    expect(selected({ stores: stores(500) }).resources).toHaveLength(500);
    expect(selected({ stores: stores(29), everyOf: ["EBS"] }).resources).toHaveLength(30);
    for (const [props, problem] of [
      [{ stores: stores(501) }, "'stores' comes to 501 ARNs, AWS takes 500 in a selection"],
      [{ stores: stores(30), everyOf: ["EBS"] }, "'stores' comes to 31 ARNs, AWS takes 30 where one has a wildcard"],
      [
        { everyOf: ["EBS"], except: Array.from({ length: 31 }, (_, n) => `arn:aws:ec2:${HERE}:volume/vol-${n}*`) },
        "'except' comes to 31 ARNs, AWS takes 30 where one has a wildcard",
      ],
    ] as [Partial<BackupSelectionProps>, string][]) {
      expectRefusalInSite((site) => select(site, props), "SettingOutOfRange", problem, "stack/Site/Selection");
    }
  });

  test.each<[string, Partial<BackupSelectionProps>, RefusalCode, string]>([
    [
      "nothing is selected",
      {},
      "MissingSetting",
      "neither 'stores' nor 'everyOf' nor 'conditions' says what is backed up",
    ],
    [
      "the name has a blank",
      { name: "my orders", stores: { carts: CARTS } },
      "InvalidName",
      "'name' is not a valid backup selection name, got 'my orders', allowed: letters, digits, '-', '_' and '.'",
    ],
    [
      "the role is of another account",
      { role: BackupRole.refOf({ ...TOKYO_ABROAD, name: "backup" }), stores: { carts: CARTS } },
      "WrongSite",
      "the role 'backup' is of account '444455556666', the site is of '111122223333'",
    ],
    [
      "the role only restores",
      { role: BackupRole.refOf({ ...SEOUL, name: "restore", backup: false, restore: true }), stores: { carts: CARTS } },
      "MissingSetting",
      "'role' is 'restore', which restores and does not back up",
    ],
    [
      "a role for restores does not restore",
      { restoreRoles: [BackupRole.refOf({ ...SEOUL, name: "backup" })], stores: { carts: CARTS } },
      "MissingSetting",
      "'restoreRoles' names 'backup', which does not restore",
    ],
    [
      "the role may not back up a bucket",
      { role: BackupRole.refOf({ ...SEOUL, name: "backup" }), stores: { receipts: RECEIPTS } },
      "MissingSetting",
      "'stores.receipts' is S3, and the role 'backup' may not back up S3",
    ],
    [
      "the role may not back up buckets",
      { role: BackupRole.refOf({ ...SEOUL, name: "backup" }), everyOf: ["S3"] },
      "MissingSetting",
      "'everyOf' is S3, and the role 'backup' may not back up S3",
    ],
    [
      "a store lies in another region",
      { stores: { carts: GlobalTable.refOf({ ...TOKYO, name: "carts" }) } },
      "WrongSite",
      "'stores.carts' is in 'ap-northeast-1' of '111122223333', the site is 'ap-northeast-2' of '111122223333'",
    ],
    [
      "a store lies in another account",
      { stores: { carts: { arn: "arn:aws:dynamodb:ap-northeast-2:444455556666:table/carts" } } },
      "WrongSite",
      "'stores.carts' is in 'ap-northeast-2' of '444455556666', the site is 'ap-northeast-2' of '111122223333'",
    ],
    [
      "a store has no ARN",
      { stores: { carts: { arn: "carts" } } },
      "InvalidArn",
      "'stores.carts.arn' must be an ARN, got 'carts'",
    ],
  ])("fails when %s", (_, props, code, problem) => {
    expectRefusalInSite((site) => select(site, props), code, problem, "stack/Site/Selection");
  });

  test("fails when the plan is in another site", () => {
    expectRefusalInSite(
      (site) => {
        const plan = new BackupPlan(site, "Plan", { name: "orders", rules: { often: RULE } });
        const tokyo = new Site(TerraformStack.of(site), "Tokyo", TOKYO);
        return new BackupSelection(tokyo, "Selection", { name: "orders", plan, role: ROLE, stores: { carts: CARTS } });
      },
      "WrongSite",
      "'plan' is in stack/Site, the site is stack/Tokyo",
      "stack/Tokyo/Selection",
    );
  });
});

describe("a type", () => {
  /** A resource of each type, and whether it is copied into another region, into another account. */
  const TYPES: readonly [BackedUpType, string, boolean, boolean][] = [
    ["Aurora", `rds:${HERE}:cluster:a`, true, true],
    ["CloudFormation", `cloudformation:${HERE}:stack/a/1`, true, false],
    ["DSQL", `dsql:${HERE}:cluster/a`, true, true],
    ["DocumentDB", `rds:${HERE}:cluster:a`, true, true],
    ["DynamoDB", `dynamodb:${HERE}:table/a`, true, true],
    ["EBS", `ec2:${HERE}:volume/vol-1`, true, true],
    ["EC2", `ec2:${HERE}:instance/i-1`, true, true],
    ["EFS", `elasticfilesystem:${HERE}:file-system/fs-1`, true, true],
    ["EKS", `eks:${HERE}:cluster/a`, true, true],
    ["FSx", `fsx:${HERE}:file-system/fs-1`, true, true],
    ["FSx for ONTAP", `fsx:${HERE}:volume/fs-1/fsvol-1`, false, false],
    ["Neptune", `rds:${HERE}:cluster:a`, true, true],
    ["RDS", `rds:${HERE}:db:a`, true, true],
    ["RDS Multi-AZ cluster", `rds:${HERE}:cluster:a`, false, false],
    ["Redshift", `redshift:${HERE}:cluster:a`, false, false],
    ["Redshift Serverless", `redshift-serverless:${HERE}:namespace/a`, false, false],
    ["S3", "s3:::a", true, true],
    ["SAP HANA on Amazon EC2", `ssm-sap:${HERE}:HANA/a/DB/b`, true, true],
    ["Storage Gateway", `storagegateway:${HERE}:gateway/sgw-1/volume/vol-1`, true, true],
    ["Timestream", `timestream:${HERE}:database/a/table/b`, true, true],
    ["VirtualMachine", `backup-gateway:${HERE}:vm/vm-1`, true, true],
  ];
  /** The ARN of a cluster is written alike by four services. */
  const storeOf = (type: BackedUpType, arn: string): BackedUpStore => ({
    arn: `arn:aws:${arn}`,
    ...(arn.endsWith(":cluster:a") && !type.startsWith("Redshift") && { resourceType: type }),
  });

  test.each(TYPES)("%s is read from its ARN", (type, arn) => {
    expect(selected({ stores: { it: storeOf(type, arn) } }).resources).toEqual([`arn:aws:${arn}`]);
  });

  test.each(TYPES)("%s is copied where AWS copies it", (type, arn, region, account) => {
    const copyInto = (vault: BackupVaultRef) => (site: Site) =>
      select(site, { stores: { it: storeOf(type, arn) } }, { copies: [{ vault }] });
    const neighbour = BackupVault.refOf({ ...SEOUL, account: "444455556666", name: "beside" });
    for (const [vault, copied, border] of [
      [TOKYO_VAULT, region, "region, got ap-northeast-1"],
      [neighbour, account, "account, got 444455556666"],
    ] as const) {
      if (copied) synthInSite(copyInto(vault));
      else {
        const problem = `'stores.it' is ${type}, which AWS Backup copies into no other ${border}`;
        expectRefusalInSite(copyInto(vault), "CopyNotOffered", problem, "stack/Site/Selection");
      }
    }
  });

  test("is checked where everything of it is selected", () => {
    expectRefusalInSite(
      (site) => select(site, { everyOf: ["Redshift"] }, { copies: [{ vault: TOKYO_VAULT }] }),
      "CopyNotOffered",
      "'everyOf' is Redshift, which AWS Backup copies into no other region, got ap-northeast-1",
    );
  });

  test.each([
    `arn:aws:dynamodb:${HERE}:table/carts/index/byDay`,
    "arn:aws:s3:::acme-receipts/2027/03",
    `arn:aws:sqs:${HERE}:orders`,
    `arn:aws:rds:${HERE}:snapshot:rds-x`,
    `arn:aws:ec2:${HERE}:volume/`,
  ])("fails when the store is %s", (arn) => {
    expectRefusalInSite(
      (site) => select(site, { stores: { it: { arn } } }),
      "ResourceNotBackedUp",
      `'stores.it' is not a resource of AWS Backup, got '${arn}'`,
      "stack/Site/Selection",
    );
  });

  test("fails when a cluster may be of several", () => {
    expectRefusalInSite(
      (site) => select(site, { stores: { it: { arn: `arn:aws:rds:${HERE}:cluster:a` } } }),
      "MissingSetting",
      "'stores.it' needs 'resourceType', got an ARN of Aurora or DocumentDB or Neptune or RDS Multi-AZ cluster",
    );
  });

  test("fails when the ARN is of another", () => {
    expectRefusalInSite(
      (site) => select(site, { stores: { it: { arn: CARTS.arn, resourceType: "EBS" } } }),
      "InvalidArn",
      `'stores.it.arn' must be one of EBS, got '${CARTS.arn}'`,
    );
  });

  test("fails when only an apply would tell", () => {
    expectRefusalInSite(
      (site) => {
        const { arn } = new EbsVolume(site, "Volume", { availabilityZone: "ap-northeast-2a", size: 1 });
        return select(site, { stores: { it: { arn } } });
      },
      "MissingSetting",
      "'stores.it' needs 'resourceType', got an ARN that an apply tells",
    );
  });
});
