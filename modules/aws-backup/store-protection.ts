import { Construct } from "constructs";
import { declareProtection, Duration, Evidence, Figure, RecoveryStep } from "../core";
import { Site } from "../site";
import { BackupPlan } from "./backup-plan";
import { BackupRoleRef } from "./backup-role";
import { PlannedRule } from "./backup-rule";
import { BackedUpStore, BackedUpType, supportOf } from "./resource-types";
import { keptFor } from "./retention";
import { BackupVaultRef } from "./vault-ref";

const PLAN_OPTIONS = "https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html";
const COPIES = "https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html";
const RESTORES = "https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-a-backup.html";

/** Rules that write or copy elsewhere may take the place of those that bring a recovery point here. */
const OVERLAP = "where start windows overlap, only the rule that keeps longer makes a recovery point";
const UNKNOWN_GAP = "the schedule is a cron expression whose 'longestGap' is not given";

/** A selected store. */
interface Selected {
  readonly name: string;
  readonly store: BackedUpStore;
  readonly type: BackedUpType;
  readonly plan: BackupPlan;
  readonly restoreRoles: readonly BackupRoleRef[];
  /** The selection has conditions. */
  readonly tagged: boolean;
}

/** A vault that holds recovery points of a store, and the rules that bring them there. */
interface Reached {
  readonly vault: BackupVaultRef;
  readonly rules: readonly PlannedRule[];
  readonly retention: Duration;
  readonly copied: boolean;
}

/** Lets a selection say of a store what may be lost of it in each vault: one child for each. */
export function declareStore(scope: Construct, selected: Selected): void {
  for (const reached of vaultsOf(selected.plan)) {
    const { vault } = reached;
    const { region, siteName } = Site.of(scope);
    declareProtection(new Construct(scope, `${vault.account}-${vault.region}-${vault.name}`), {
      protection: {
        mechanism: reached.copied ? "AWS Backup copy" : "AWS Backup",
        copiesFrom: region,
        copiesIn: [reached.copied ? vault.region : siteName],
        loss: reached.copied ? lossOfCopy(selected, reached) : lossInOwnVault(selected, reached),
        retention: reached.retention,
        remedy: reached.copied ? "replication" : "a shorter interval or completion window",
      },
      recovery: restore(selected, vault),
      evidence: evidenceOf(selected, reached),
    });
  }
}

/** Every vault that a rule writes or copies into, by its ARN. */
function vaultsOf(plan: BackupPlan): readonly Reached[] {
  const found = new Map<string, Reached>();
  const reach = (vault: BackupVaultRef, rule: PlannedRule, kept: Duration, copied: boolean) => {
    const before = found.get(vault.arn);
    const retention = before?.retention.isLongerThan(kept) ? before.retention : kept;
    found.set(vault.arn, {
      vault,
      rules: [...(before?.rules ?? []), rule],
      retention,
      copied: copied && before?.copied !== false,
    });
  };
  for (const rule of plan.rules) {
    reach(rule.vault, rule, keptFor(rule.retention), false);
    for (const copy of rule.copies) reach(copy.vault, rule, keptFor(copy.retention), true);
  }
  return [...found.values()];
}

/** Continuous backups lose minutes; snapshots what lies between two of them and the completion of the second. */
function lossInOwnVault(selected: Selected, { vault, rules }: Reached): Figure {
  const { continuous } = supportOf(selected.type);
  if (continuous !== undefined && rules.some((rule) => rule.continuous)) return withNotes(continuous, selected);
  const times = timesOf(selected.plan, rules);
  const scattered = selected.plan.rules.some((rule) => rule.vault.arn !== vault.arn);
  if (times === undefined || scattered) {
    return withNotes({ basis: "unknown", source: PLAN_OPTIONS }, selected, scattered ? OVERLAP : UNKNOWN_GAP);
  }
  const [gap, start, completion] = times;
  return withNotes(
    { value: gap.plus(start).plus(completion), basis: "configured", source: PLAN_OPTIONS },
    selected,
    `while every job succeeds: ${gap.toString()} between starts, ${start.toString()} to start, ${completion.toString()} to complete`,
  );
}

/** AWS bounds no copy, so what is lost with the region is not known, whatever the rule's own bound. */
function lossOfCopy(selected: Selected, { rules }: Reached): Figure {
  const times = timesOf(selected.plan, rules);
  const before =
    times === undefined
      ? UNKNOWN_GAP
      : `${times.reduce((sum, time) => sum.plus(time)).toString()} until a recovery point is complete`;
  const copy = `${before}, and then the time of the copy, for which AWS has no figure`;
  const overlap = rules.length < selected.plan.rules.length ? OVERLAP : undefined;
  return withNotes({ basis: "unknown", source: COPIES }, selected, copy, overlap, supportOf(selected.type).copyNote);
}

/**
 * The shortest gap of the rules, and the longest windows of the plan. An overlapping rule makes the recovery point in its own windows.
 */
function timesOf(plan: BackupPlan, rules: readonly PlannedRule[]): readonly [Duration, Duration, Duration] | undefined {
  const ascending = (times: readonly Duration[]) => [...times].sort((a, b) => a.inSeconds - b.inSeconds);
  const gaps = rules.map(({ schedule }) => schedule.longestGap).filter((gap) => gap !== undefined);
  const [gap] = ascending(gaps);
  if (gap === undefined) return undefined;
  const start = ascending(plan.rules.map(({ startWindow }) => startWindow)).at(-1)!;
  const completion = ascending(plan.rules.map(({ completionWindow }) => completionWindow)).at(-1)!;
  return [gap, start, completion];
}

function withNotes(figure: Figure, { tagged }: Selected, ...notes: readonly (string | undefined)[]): Figure {
  const all = [figure.note, ...notes, tagged ? "as long as it has the selection's tags" : undefined];
  const said = all.filter((note) => note !== undefined);
  return said.length === 0 ? figure : { ...figure, note: said.join("; ") };
}

/** AWS has no figure for a restore. The operator fills in its metadata: the subnets, groups and keys of the site. */
function restore({ name, store, restoreRoles }: Selected, vault: BackupVaultRef): readonly RecoveryStep[] {
  const duration = { basis: "unknown", source: RESTORES } as const;
  const role = restoreRoleOf(vault, restoreRoles);
  return [
    {
      title: `find the newest recovery point of ${name} in ${vault.name}`,
      call: "backup:ListRecoveryPointsByBackupVault",
      parameters: { BackupVaultName: vault.name, ByResourceArn: store.arn },
      duration,
      undo: "nothing to undo",
    },
    {
      title: `read what a restore of ${name} needs`,
      call: "backup:GetRecoveryPointRestoreMetadata",
      parameters: { BackupVaultName: vault.name },
      duration,
      undo: "nothing to undo",
    },
    {
      title: `restore ${name}`,
      call: "backup:StartRestoreJob",
      parameters: { CopySourceTagsToRestoredResource: true, ...(role && { IamRoleArn: role.arn }) },
      duration: { ...duration, note: "it grows with the store; a new resource is made, under a name of its own" },
      undo: "delete the restored resource; the recovery point is not touched",
    },
  ];
}

/** IAM is global, so any role of the account serves; the one of the region belongs to the vault's own site. */
function restoreRoleOf(vault: BackupVaultRef, roles: readonly BackupRoleRef[]): BackupRoleRef | undefined {
  const able = roles.filter(({ restore, account }) => restore && account === vault.account);
  return able.find(({ region }) => region === vault.region) ?? able[0];
}

/** Counts of jobs, by the vault the rule writes into. */
function evidenceOf({ name }: Selected, { rules, copied }: Reached): readonly Evidence[] {
  const { region } = rules[0]!.vault;
  const metrics = copied
    ? { NumberOfCopyJobsFailed: "copies that failed" }
    : { NumberOfBackupJobsFailed: "backups that failed", NumberOfBackupJobsExpired: "backups that never started" };
  const vaults = [...new Set(rules.map(({ vault }) => vault.name))];
  return vaults.flatMap((vault) =>
    Object.entries(metrics).map(([metric, what]) => ({
      title: `${what} in ${vault}, ${name} among them`,
      namespace: "AWS/Backup",
      metric,
      dimensions: { BackupVaultName: vault },
      statistic: "Sum" as const,
      unit: "Count" as const,
      region,
    })),
  );
}
