import { IConstruct } from "constructs";
import { oneOf } from "../core";

/** Days for which CloudWatch Logs can keep a log group, if it does not keep it without end. */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/**
 * Refuses a number of days that CloudWatch Logs does not offer. A token passes.
 *
 * @param property the property that the user set
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export function checkLogRetention(scope: IConstruct, days: number, property = "logRetentionDays"): number {
  return oneOf(scope, property, days, LOG_RETENTION_DAYS);
}
