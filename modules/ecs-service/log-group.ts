import { IConstruct } from "constructs";
import { isKnown, refuse } from "../core";

/** Beginning of every log group name of this module: one statement of the key's policy covers all of them. */
export const LOG_GROUP_PREFIX = "/ecs/";

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

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
