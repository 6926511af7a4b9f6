import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { parseArn, refuse, Statement } from "../core";
import { onlyForResources } from "../iam-role";
import { refuseArnOfRegion, Site } from "../site";

/** Refuses what is known not to be an SNS topic of the site. */
export function checkTopic(scope: IConstruct, property: string, topicArn: string): void {
  if (Token.isUnresolved(topicArn)) return;
  const { service } = parseArn(scope, property, topicArn);
  if (service !== "sns")
    refuse(scope, "InvalidArn", `'${property}' must be the ARN of an SNS topic, got '${topicArn}'`);
  refuseArnOfRegion(scope, property, topicArn);
}

/**
 * Lets AWS Backup publish for the vaults of the topic's site, and EventBridge for a {@link BackupFailureRule}: statements of the topic's
 * policy. EventBridge has no condition, because AWS takes none in a topic's policy for it.
 *
 * @param scope anything in the topic's site
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-service-confused-deputy-prevention.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
 */
export function backupTopicStatements(scope: IConstruct, topicArn: string): readonly Statement[] {
  const publish = { actions: ["sns:Publish"], resources: [topicArn] };
  return [
    {
      sid: "AllowBackup",
      principal: { Service: "backup.amazonaws.com" },
      ...publish,
      conditions: onlyForResources(Site.of(scope), "backup", "backup-vault:*"),
    },
    { sid: "AllowBackupEvents", principal: { Service: "events.amazonaws.com" }, ...publish },
  ];
}

/**
 * Lets AWS Backup and EventBridge publish to a topic that a key encrypts: statements of the key. Neither has a condition, because AWS documents
 * none for it.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export function backupTopicKeyStatements(): readonly Statement[] {
  return [
    {
      sid: "AllowEncryptedEvents",
      principal: { Service: ["backup.amazonaws.com", "events.amazonaws.com"] },
      actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
      resources: ["*"],
    },
  ];
}
