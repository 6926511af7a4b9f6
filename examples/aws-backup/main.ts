/**
 * Backups of a table in Seoul, copied into a locked vault of another account in Tokyo. An attacker who takes over the
 * first account cannot reach them. You restore them without Seoul.
 */
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { App, TerraformStack } from "cdktf";
import * as backup from "../../modules/aws-backup";
import { Duration, policyDocument } from "../../modules/core";
import { GlobalTable } from "../../modules/dynamodb-global-table";
import { SiteKey } from "../../modules/kms-keys";
import { Site, StateBackend } from "../../modules/site";

const TERRAFORM = "arn:aws:iam::444455556666:role/terraform";
const SITES = {
  seoul: { region: "ap-northeast-2", account: "111122223333" },
  tokyo: { region: "ap-northeast-1", account: "444455556666", assumeRole: { roleArn: TERRAFORM } },
};
const LOCK = { mode: "GOVERNANCE", minRetentionDays: 35, maxRetentionDays: 365 } as const;
const KEPT = { name: "carts-tokyo", lock: LOCK, policyAdministrators: [TERRAFORM] };

const app = new App();

/** A stack that holds one site and keeps its state there. */
function siteStack(name: keyof typeof SITES): Site {
  const stack = new TerraformStack(app, `backups-${name}`);
  new StateBackend(stack, { bucket: `acme-tf-${name}`, prefix: name, region: SITES[name].region });
  return new Site(stack, "Default", { ...SITES[name], name });
}

const tokyo = siteStack("tokyo");
new backup.BackupVault(tokyo, "Vault", { ...KEPT, receiveFrom: [SITES.seoul.account] });
const restore = { name: "carts-restore", backup: false, restore: true };
new backup.BackupRole(tokyo, "RestoreRole", restore);

const seoul = siteStack("seoul");
TerraformStack.of(seoul).addDependency(TerraformStack.of(tokyo)); // AWS Backup copies into a vault that exists
new backup.BackupRegionSettings(seoul, "Backup", { optIn: { DynamoDB: true }, fullManagement: { DynamoDB: true } });
const vault = new backup.BackupVault(seoul, "Vault", { name: "carts-seoul", copyTo: [SITES.tokyo.account] }).ref;
const target = backup.BackupVault.refOf({ ...SITES.tokyo, ...LOCK, name: "carts-tokyo" });
const role = new backup.BackupRole(seoul, "BackupRole", { name: "carts-backup" }).ref;
const carts = new GlobalTable(seoul, "Carts", { name: "carts", partitionKey: { name: "customer", type: "S" } }).ref;

const plan = new backup.BackupPlan(seoul, "Plan", {
  name: "carts",
  rules: { often: { rpo: Duration.hours(6), vault, retention: { deleteAfterDays: 35 }, copies: [{ vault: target }] } },
});
const restoreRoles = [backup.BackupRole.refOf({ ...SITES.tokyo, ...restore })];
new backup.BackupSelection(seoul, "Selection", { name: "carts", plan, role, restoreRoles, stores: { carts } });

const { kmsKeyArn } = new SiteKey(seoul, "TopicKey", {
  alias: "carts-backups",
  statements: backup.backupTopicKeyStatements(),
});
const { arn } = new SnsTopic(seoul, "Topic", { name: "carts-backups", kmsMasterKeyId: kmsKeyArn });
new SnsTopicPolicy(seoul, "TopicPolicy", { arn, policy: policyDocument(backup.backupTopicStatements(seoul, arn)) });
new backup.BackupFailureRule(seoul, "Failures", { name: "carts-backup-failures", topicArn: arn });

app.synth();
