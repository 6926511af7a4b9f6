import { Statement } from "../core";
import { logGroupsStatement } from "../log-group";
import { Site } from "../site";
import { LOG_GROUP_PREFIX } from "./log-group";

/**
 * Lets Fargate encrypt the disks of a site's tasks with a key. Lets CloudWatch Logs encrypt the logs of this module's clusters and
 * services. Add them to the key's `statements`; without them no task starts.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-create-kms-key.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function ecsKeyStatements(site: Site): readonly Statement[] {
  const fargate = { Service: "fargate.amazonaws.com" };
  const ofThisAccount = { StringEquals: { "kms:EncryptionContext:aws:ecs:clusterAccount": site.account } };
  return [
    logGroupsStatement(site, "AllowEcsLogs", LOG_GROUP_PREFIX),
    {
      sid: "AllowFargate",
      principal: fargate,
      actions: ["kms:GenerateDataKeyWithoutPlaintext"],
      resources: ["*"],
      conditions: ofThisAccount,
    },
    {
      sid: "AllowFargateGrants",
      principal: fargate,
      actions: ["kms:CreateGrant"],
      resources: ["*"],
      conditions: { ...ofThisAccount, "ForAllValues:StringEquals": { "kms:GrantOperations": ["Decrypt"] } },
    },
  ];
}
