import { IConstruct } from "constructs";
import { inRange, plain, refuse } from "../core";

/** Longest time that RDS, its relatives and ElastiCache keep automated backups. */
const LONGEST_DAYS = 35;

/**
 * Returns the days that automated backups are kept. The number must be known at synth, because it decides what the backups protect
 * against.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 */
export function checkBackupRetention(scope: IConstruct, days: number): number {
  if (plain(scope, "backups.retentionDays", days) === 0) {
    refuse(
      scope,
      "BackupsOff",
      `'backups.retentionDays' must be 1 to ${LONGEST_DAYS}, got 0, which switches automated backups off`,
    );
  }
  return inRange(scope, "backups.retentionDays", days, 1, LONGEST_DAYS);
}
