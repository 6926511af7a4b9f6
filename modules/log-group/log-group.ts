import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";
import { arn, NameRule, Statement } from "../core";
import { Site } from "../site";

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
export const LOG_GROUP: NameRule = {
  what: "log group name",
  min: 1,
  max: 512,
  pattern: /^[\w./#-]+$/,
  allowed: "letters, digits and any of _-/.#",
  unique: "region",
  source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html",
};

/** CloudWatch Logs itself keeps logs without end. */
const DEFAULT_RETENTION_DAYS = 90;

/** How a log group encrypts and keeps logs. The caller checks the days. */
export interface LogGroupSettings {
  /**
   * ARN of the key. Its policy must let CloudWatch Logs use it, see {@link logGroupsStatement}.
   *
   * @default - a key of CloudWatch Logs
   */
  readonly kmsKeyArn: string | undefined;
  /** @default 90 */
  readonly retentionDays: number | undefined;
}

/**
 * Creates a log group. Every log group of the library is created here.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html
 */
export function createLogGroup(
  scope: Construct,
  id: string,
  { name, kmsKeyArn, retentionDays = DEFAULT_RETENTION_DAYS }: LogGroupSettings & { readonly name: string },
): CloudwatchLogGroup {
  return new CloudwatchLogGroup(scope, id, { name, kmsKeyId: kmsKeyArn, retentionInDays: retentionDays });
}

/**
 * Creates the log groups `<prefix>/<log>`, one for each log that a service writes. Otherwise the service creates them, without a key, and
 * keeps the logs without end.
 */
export function createServiceLogGroups(
  scope: Construct,
  logs: readonly string[],
  { prefix, ...settings }: LogGroupSettings & { readonly prefix: string },
): CloudwatchLogGroup[] {
  return logs.map((log) => createLogGroup(scope, `Log-${log}`, { name: `${prefix}/${log}`, ...settings }));
}

/**
 * Lets CloudWatch Logs encrypt the site's log groups whose names begin with a prefix. For the `statements` of their key.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function logGroupsStatement(site: Site, sid: string, prefix: string): Statement {
  return {
    sid,
    principal: { Service: `logs.${site.region}.${site.dnsSuffix}` },
    actions: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    resources: ["*"],
    conditions: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": logGroupArn(site, `${prefix}*`) } },
  };
}

/** ARN of the streams of a log group. The policy of the writing role needs it. */
export function logStreamsArn(site: Site, logGroupName: string): string {
  return logGroupArn(site, `${logGroupName}:*`);
}

function logGroupArn({ partition, region, account }: Site, names: string): string {
  return arn({ partition, service: "logs", region, account, resource: `log-group:${names}` });
}
