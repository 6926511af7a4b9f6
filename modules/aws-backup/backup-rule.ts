import { BackupPlanRule } from "@cdktf/provider-aws/lib/backup-plan";
import { IConstruct } from "constructs";
import { checkName, checkTags, NameRule, refuse, refuseForeignPartition } from "../core";
import { refuseForeignRef, refuseRepeated, Site } from "../site";
import { checkRetention, lifecycleOf, RecoveryPointRetention, retentionOfCopy } from "./retention";
import { RuleTimes, RuleTiming, timingOf } from "./rule-timing";
import { BackupVaultRef } from "./vault-ref";

/** Where a rule copies its recovery points. */
export interface BackupCopy {
  /** The vault that receives the copies, in another region, another account or both. */
  readonly vault: BackupVaultRef;
  /**
   * How long copies are kept. To keep them permanently although the rule's own recovery points end, set 36,500 days.
   *
   * @default - as long as the rule's own recovery points
   */
  readonly retention?: RecoveryPointRetention;
}

/** When to back up, into which vault, for how long, and where to copy it. One of `schedule` and `rpo` is required. */
export interface BackupRule extends RuleTimes {
  /** How long recovery points are kept. `{}` keeps them permanently. */
  readonly retention: RecoveryPointRetention;
  /** The vault of this site that recovery points are written to. */
  readonly vault: BackupVaultRef;
  /**
   * Backs up S3, RDS, Aurora and SAP HANA continuously, so that `vault` can restore any second of the retention. Other types get snapshots
   * by the schedule. Copies are snapshots as well, so they cannot restore a point in time.
   *
   * @default false
   */
  readonly continuous?: boolean;
  /** Where recovery points are copied to. @default - nowhere */
  readonly copies?: readonly BackupCopy[];
  /** Tags of the recovery points. @default - those AWS Backup takes over from their source */
  readonly recoveryPointTags?: Readonly<Record<string, string>>;
}

/** A rule as decided, which says what a selection's stores may lose. */
export interface PlannedRule extends RuleTiming {
  readonly name: string;
  readonly continuous: boolean;
  readonly copies: readonly Required<BackupCopy>[];
  /** @default - those AWS Backup takes over from their source */
  readonly recoveryPointTags?: Readonly<Record<string, string>>;
  readonly retention: RecoveryPointRetention;
  readonly vault: BackupVaultRef;
}

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRuleInput.html */
const RULE: NameRule = {
  what: "backup rule name",
  min: 1,
  max: 50,
  pattern: /^[a-zA-Z0-9_.-]+$/,
  allowed: "letters, digits, '-', '_' and '.'",
  unique: "region",
  source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRuleInput.html",
};

/** The vault AWS makes in every account; no other account can copy into it. */
const DEFAULT_VAULT = "Default";

export function planRule(scope: IConstruct, name: string, rule: BackupRule): PlannedRule {
  const { continuous = false, copies = [], recoveryPointTags, retention, vault } = rule;
  const property = `rules.${checkName(scope, "rules", name, RULE)}`;
  refuseForeignRef(
    scope,
    `'${property}.vault'`,
    vault,
    "write into a vault of the plan's site, and copy into those of others",
  );
  checkTags(scope, `${property}.recoveryPointTags`, recoveryPointTags);
  const timing = timingOf(scope, property, rule);
  checkRetention(scope, { property: `${property}.retention`, retention, vault, continuous });
  checkCopies(scope, property, rule);
  return {
    name,
    ...timing,
    continuous,
    copies: copies.map((copy) => ({ vault: copy.vault, retention: retentionOfCopy(retention, copy.retention) })),
    recoveryPointTags,
    retention,
    vault,
  };
}

function checkCopies(scope: IConstruct, property: string, { copies = [], retention, vault: own }: BackupRule): void {
  const site = Site.of(scope);
  for (const { vault, retention: given } of copies) {
    refuseForeignPartition(scope, site.region, vault.region);
    if (vault.arn === own.arn) {
      refuse(scope, "CopyToOwnVault", `'${property}.copies' names '${vault.name}', the vault the rule writes into`);
    }
    if (vault.account !== site.account && vault.name === DEFAULT_VAULT) {
      const problem = `'${property}.copies' names the default vault of ${vault.account}`;
      refuse(scope, "CopyNotOffered", problem, "name another vault: AWS copies into no other account's default vault");
    }
    checkRetention(scope, {
      property: `${property}.copies.${vault.name}`,
      retention: retentionOfCopy(retention, given),
      vault,
    });
  }
  const arns = copies.map(({ vault }) => vault.arn);
  refuseRepeated(scope, `${property}.copies`, arns);
}

/** As the provider has it, with what it would fill in. */
export function ruleConfig(rule: PlannedRule): BackupPlanRule {
  return {
    ruleName: rule.name,
    targetVaultName: rule.vault.name,
    schedule: rule.schedule.expression,
    scheduleExpressionTimezone: rule.schedule.timezone,
    startWindow: rule.startWindow.inMinutes,
    completionWindow: rule.completionWindow.inMinutes,
    enableContinuousBackup: rule.continuous,
    lifecycle: lifecycleOf(rule.retention),
    recoveryPointTags: rule.recoveryPointTags && { ...rule.recoveryPointTags },
    copyAction: rule.copies.map(({ vault, retention }) => ({
      destinationVaultArn: vault.arn,
      lifecycle: lifecycleOf(retention),
    })),
  };
}
