import { BackupPlanRuleLifecycle } from "@cdktf/provider-aws/lib/backup-plan";
import { IConstruct } from "constructs";
import { Duration, inRange, isKnown, plain, refuse } from "../core";
import { LONGEST_DAYS } from "./vault-lock";
import { BackupVaultRef } from "./vault-ref";

/** A recovery point stays in cold storage for 90 days at least. */
const COLD_DAYS = 90;

/** AWS Backup keeps a continuous backup for 35 days at most. */
const CONTINUOUS_DAYS = 35;

/**
 * How long a recovery point is kept, counted from its creation. For a copy, it counts from the creation of the original.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html
 */
export interface RecoveryPointRetention {
  /**
   * Moves snapshots of EBS to their archive when they would move to cold storage. Needs `coldStorageAfterDays`.
   *
   * @default false
   */
  readonly archiveSnapshots?: boolean;
  /**
   * Days until the move to cold storage, where the type of resource has one; at least 90 days before the deletion. A recovery point in
   * cold storage cannot be copied.
   *
   * @default - never
   */
  readonly coldStorageAfterDays?: number;
  /** Days until the deletion, 1 to 36,500; to 35 where backups are continuous. @default - never */
  readonly deleteAfterDays?: number;
}

/** Bounds of a retention. */
export interface RetentionOf {
  /** The property the retention was given as. */
  readonly property: string;
  readonly retention: RecoveryPointRetention;
  readonly vault: BackupVaultRef;
  /** @default false */
  readonly continuous?: boolean;
}

/** How far back one can go depends on the deletion. */
export function checkRetention(scope: IConstruct, { property, retention, vault, continuous }: RetentionOf): void {
  const { archiveSnapshots, coldStorageAfterDays: cold, deleteAfterDays } = retention;
  const inDays = (setting: string, value: number) => inRange(scope, `${property}.${setting}`, value, 1, LONGEST_DAYS);
  if (deleteAfterDays !== undefined) plain(scope, `${property}.deleteAfterDays`, deleteAfterDays);
  if (continuous) checkContinuous(scope, property, retention);
  if (deleteAfterDays !== undefined) inDays("deleteAfterDays", deleteAfterDays);
  if (cold !== undefined) inDays("coldStorageAfterDays", cold);
  if (cold !== undefined && isKnown(cold) && deleteAfterDays !== undefined && deleteAfterDays < cold + COLD_DAYS) {
    const problem = `'${property}.deleteAfterDays' must be ${cold + COLD_DAYS} or more, got ${deleteAfterDays}`;
    refuse(scope, "SettingOutOfRange", problem, "keep recovery points in cold storage for 90 days at least");
  }
  if (archiveSnapshots && cold === undefined) {
    const problem = `'${property}.archiveSnapshots' is set without 'coldStorageAfterDays'`;
    refuse(scope, "MissingSetting", problem, "say after how many days snapshots are archived");
  }
  checkAgainstLock(scope, property, deleteAfterDays, vault);
}

function checkContinuous(scope: IConstruct, property: string, retention: RecoveryPointRetention): void {
  const { coldStorageAfterDays, deleteAfterDays } = retention;
  if (coldStorageAfterDays !== undefined) {
    const problem = `'${property}.coldStorageAfterDays' is set on a rule with continuous backups, which stay warm`;
    refuse(scope, "ConflictingSettings", problem, "leave it out, or keep snapshots by a rule of their own");
  }
  if (deleteAfterDays === undefined) {
    const problem = `'${property}.deleteAfterDays' is not given on a rule with continuous backups`;
    refuse(scope, "MissingSetting", problem, "set it to 35 days or less: AWS Backup keeps none longer");
  }
  inRange(scope, `${property}.deleteAfterDays`, deleteAfterDays, 1, CONTINUOUS_DAYS);
}

/** A locked vault fails the jobs whose retention its lock does not allow. */
function checkAgainstLock(scope: IConstruct, property: string, days: number | undefined, vault: BackupVaultRef): void {
  const { minRetentionDays: shortest = 1, maxRetentionDays: longest } = vault;
  if ((days ?? Infinity) >= shortest && (longest === undefined || (days ?? Infinity) <= longest)) return;
  const got = days === undefined ? "no 'deleteAfterDays'" : `'deleteAfterDays' ${days}`;
  const allowed = longest === undefined ? `${shortest} days or more` : `${shortest} to ${longest} days`;
  refuse(scope, "RetentionOutsideLock", `'${property}' has ${got}, the vault '${vault.name}' is locked to ${allowed}`);
}

/** In the provider's form; nothing if recovery points are kept permanently. */
export function lifecycleOf(retention: RecoveryPointRetention): BackupPlanRuleLifecycle | undefined {
  const { archiveSnapshots, coldStorageAfterDays, deleteAfterDays } = retention;
  if (coldStorageAfterDays === undefined && deleteAfterDays === undefined) return undefined;
  return {
    ...(coldStorageAfterDays !== undefined && { coldStorageAfter: coldStorageAfterDays }),
    ...(deleteAfterDays !== undefined && { deleteAfter: deleteAfterDays }),
    ...(archiveSnapshots && { optInToArchiveForSupportedResources: true }),
  };
}

/**
 * The retention of a copy. A copy without an end has the retention of its original, even if you keep it permanently.
 */
export function retentionOfCopy(own: RecoveryPointRetention, given?: RecoveryPointRetention): RecoveryPointRetention {
  return given === undefined ? own : { deleteAfterDays: own.deleteAfterDays, ...given };
}

/** How far back one can go: what is never deleted counts for as long as AWS keeps anything. */
export function keptFor({ deleteAfterDays = LONGEST_DAYS }: RecoveryPointRetention): Duration {
  return Duration.days(deleteAfterDays);
}
