import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { arn, parseArn, refuse, Statement } from "../core";
import { Site } from "../site";

/**
 * Refuses what is known not to be a key of the site. A vault reports its key by the key's own ARN: an alias would differ from it in
 * every plan, and that difference replaces the vault.
 *
 * @throws InvalidArn, KeyInOtherRegion
 */
export function checkVaultKey(scope: IConstruct, kmsKeyArn: string): void {
  if (Token.isUnresolved(kmsKeyArn)) return;
  const { service, region, resource } = parseArn(scope, "kmsKeyArn", kmsKeyArn);
  if (service !== "kms" || !resource.startsWith("key/")) {
    refuse(scope, "InvalidArn", `'kmsKeyArn' must be a key's own ARN, not that of an alias, got '${kmsKeyArn}'`);
  }
  const site = Site.of(scope);
  if (region !== site.region) {
    const problem = `'kmsKeyArn' must be a key in '${site.region}', got one in '${region}'`;
    refuse(scope, "KeyInOtherRegion", problem, "give a key of the site's own region: a vault uses no key of another");
  }
}

/**
 * Refuses what is known not to be an SNS topic of the site.
 *
 * @throws InvalidArn, ArnOfOtherRegion
 */
export function checkTopic(scope: IConstruct, property: string, topicArn: string): void {
  if (Token.isUnresolved(topicArn)) return;
  const { service, region } = parseArn(scope, property, topicArn);
  if (service !== "sns")
    refuse(scope, "InvalidArn", `'${property}' must be the ARN of an SNS topic, got '${topicArn}'`);
  const site = Site.of(scope);
  if (region !== site.region) {
    const problem = `'${property}' must lie in the site's region '${site.region}', got one in '${region}'`;
    refuse(
      scope,
      "ArnOfOtherRegion",
      problem,
      "give a topic of the site: it has to report while the other region is dark",
    );
  }
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
  const { partition, region, account } = Site.of(scope);
  const publish = { actions: ["sns:Publish"], resources: [topicArn] };
  const vaults = arn({ partition, service: "backup", region, account, resource: "backup-vault:*" });
  return [
    {
      sid: "AllowBackup",
      principal: { Service: "backup.amazonaws.com" },
      ...publish,
      conditions: { StringEquals: { "aws:SourceAccount": account }, ArnLike: { "aws:SourceArn": vaults } },
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
