import { Construct } from "constructs";
import { isKnown, oneOf, plain, refuse } from "../core";

const MONITORING_SECONDS = [0, 1, 5, 10, 15, 30, 60];

/** Whether there is a role for monitoring depends on it. */
export function checkMonitoring(scope: Construct, seconds: number | undefined): void {
  if (seconds === undefined) return;
  const property = "monitoring.intervalSeconds";
  oneOf(scope, property, plain(scope, property, seconds), MONITORING_SECONDS);
}

export function checkInsightsRetention(scope: Construct, days: number): void {
  if (!isKnown(days)) return;
  const months = days / 31;
  if (days !== 7 && days !== 731 && !(Number.isInteger(months) && months >= 1 && months <= 23)) {
    refuse(
      scope,
      "SettingOutOfRange",
      `'monitoring.performanceInsightsRetentionDays' must be 7, 731 or 31 times 1 to 23, got ${days}`,
    );
  }
}
