import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct, IConstruct } from "constructs";
import { isKnown, refuse } from "../core";

/** Every log group of this module begins so: one statement of the key's policy lets all of them use it. */
export const LOG_GROUP_PREFIX = "/ecs/";

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const DEFAULT_RETENTION_DAYS = 90;

/** Where containers, or sessions in them, write to. */
export interface LogGroupSettings {
  readonly name: string;
  readonly keyArn: string;
  readonly logRetentionDays?: number;
}

/** @throws SettingOutOfRange */
export function checkRetention(scope: IConstruct, days: number | undefined): void {
  if (days !== undefined && isKnown(days) && !RETENTION_DAYS.includes(days)) {
    const allowed = RETENTION_DAYS.join(", ");
    refuse(
      scope,
      "SettingOutOfRange",
      `'logRetentionDays' is none of CloudWatch's values, got ${days}, allowed: ${allowed}`,
    );
  }
}

export function createLogGroup(scope: Construct, settings: LogGroupSettings): CloudwatchLogGroup {
  return new CloudwatchLogGroup(scope, "LogGroup", {
    name: settings.name,
    kmsKeyId: settings.keyArn,
    retentionInDays: settings.logRetentionDays ?? DEFAULT_RETENTION_DAYS,
  });
}
