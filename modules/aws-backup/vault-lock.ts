import { IConstruct } from "constructs";
import { inRange, refuse } from "../core";
import { LockedRetention } from "./vault-ref";

/** AWS keeps a recovery point for 36,500 days at most, or permanently. */
export const LONGEST_DAYS = 36_500;

/** AWS grants three days at least in which a lock can still be taken back. */
const SHORTEST_GRACE_DAYS = 3;

/**
 * Keeps everybody from deleting recovery points, and from shortening their retention.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
 */
export interface VaultLock extends LockedRetention {
  /**
   * In governance mode a permission lifts the lock. In compliance mode the lock is permanent after `changeableForDays`. Not even the
   * account's root user or AWS can lift it. The vault stays as long as it has a recovery point.
   */
  readonly mode: "GOVERNANCE" | "COMPLIANCE";
  /**
   * Days in which a lock in compliance mode can still be changed or taken back, 3 to 36,500. Required in compliance mode, and only there.
   *
   * @default - none
   */
  readonly changeableForDays?: number;
}

export function checkLock(scope: IConstruct, lock: VaultLock): void {
  const { changeableForDays: grace, maxRetentionDays: longest, minRetentionDays: shortest, mode } = lock;
  if (mode === "COMPLIANCE" && grace === undefined) {
    refuse(
      scope,
      "MissingSetting",
      "'lock.changeableForDays' is not given, and after that time a lock in compliance mode cannot be removed",
      "set it to 3 or more days",
    );
  }
  if (mode === "GOVERNANCE" && grace !== undefined) {
    refuse(
      scope,
      "ConflictingSettings",
      "'lock.changeableForDays' makes a lock one in compliance mode, got 'lock.mode' GOVERNANCE",
      "leave it out, or make the mode COMPLIANCE",
    );
  }
  if (grace !== undefined) inRange(scope, "lock.changeableForDays", grace, SHORTEST_GRACE_DAYS, LONGEST_DAYS);
  if (shortest !== undefined) inRange(scope, "lock.minRetentionDays", shortest, 1, LONGEST_DAYS);
  if (longest !== undefined) inRange(scope, "lock.maxRetentionDays", longest, shortest ?? 1, LONGEST_DAYS);
}
