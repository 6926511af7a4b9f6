import { Construct } from "constructs";
import { inRange, isKnown, plain, refuse } from "../core";

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const LOG_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const MONITORING_SECONDS = [0, 1, 5, 10, 15, 30, 60];

/** Whether there is a role for monitoring depends on it. @throws TokenForPlainString, SettingOutOfRange */
export function checkMonitoring(scope: Construct, seconds: number | undefined): void {
  if (seconds === undefined) return;
  oneOf(scope, "monitoringIntervalSeconds", plain(scope, "monitoringIntervalSeconds", seconds), MONITORING_SECONDS);
}

/** What the backups protect against depends on it. @throws TokenForPlainString, BackupsOff, SettingOutOfRange */
export function checkRetention(scope: Construct, days: number): number {
  if (plain(scope, "backupRetentionDays", days) === 0) {
    refuse(scope, "BackupsOff", "'backupRetentionDays' must be 1 to 35, got 0, which switches automated backups off");
  }
  return inRange(scope, "backupRetentionDays", days, 1, 35);
}

/** @throws SettingOutOfRange */
export function checkLogRetention(scope: Construct, days: number): void {
  oneOf(scope, "logRetentionDays", days, LOG_DAYS);
}

/** @throws SettingOutOfRange */
export function checkInsightsRetention(scope: Construct, days: number): void {
  if (!isKnown(days)) return;
  const months = days / 31;
  if (days !== 7 && days !== 731 && !(Number.isInteger(months) && months >= 1 && months <= 23)) {
    refuse(
      scope,
      "SettingOutOfRange",
      `'performanceInsightsRetentionDays' must be 7, 731 or 31 times 1 to 23, got ${days}`,
    );
  }
}

function oneOf(scope: Construct, property: string, value: number, allowed: readonly number[]): void {
  if (isKnown(value) && !allowed.includes(value)) {
    refuse(scope, "SettingOutOfRange", `'${property}' must be one of ${allowed.join(", ")}, got ${value}`);
  }
}
