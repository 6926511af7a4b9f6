import { BackupPlan as BackupPlanResource } from "@cdktf/provider-aws/lib/backup-plan";
import { Construct } from "constructs";
import { checkName, checkTags, claimName, makersOf, NameRule, refuse, refuseEmpty } from "../core";
import { Site } from "../site";
import { BackupRule, PlannedRule, planRule, ruleConfig } from "./backup-rule";
import { checkProps } from "./shapes";

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupPlanInput.html */
const PLAN: NameRule = {
  what: "backup plan name",
  min: 1,
  max: 50,
  pattern: /^[a-zA-Z0-9_.-]+$/,
  allowed: "letters, digits, '-', '_' and '.'",
  unique: "region",
  source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupPlanInput.html",
};

export interface BackupPlanProps {
  /** Name; unique in the region of the account. Cannot be changed later. */
  readonly name: string;
  /**
   * The rules by their names. All of them apply to every selected resource. If the start windows of two rules overlap, AWS Backup makes one
   * recovery point. It follows the rule with the longer retention, with the copies of that rule.
   */
  readonly rules: Readonly<Record<string, BackupRule>>;
  /** @default - those of the site */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Backs up EC2 instances with Windows by its Volume Shadow Copy Service, so that applications are consistent. The instances need
   * AWS's VSS components and permissions; without, the backup is made and not consistent.
   *
   * @default false
   */
  readonly windowsVss?: boolean;
}

/**
 * A backup plan: when AWS Backup makes recovery points, how long it keeps them, and the vaults that it copies them to. Vaults can be in
 * other regions and accounts. A {@link BackupSelection} selects the resources.
 *
 * Copies into another account need both accounts in one organization, and cross-account backup turned on in its management
 * account (`aws_backup_global_settings`).
 *
 * Site: that of the stores. It writes into a vault of the same site and copies from there.
 * While the other site is dark: backs up as before. Copies into the dark region fail and are not repeated.
 * On failover: nothing happens. The site that takes over needs its own plan.
 * Cost: the plan is free; every vault's storage, and the transfer of every copy between regions.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/about-backup-plans.html
 */
export class BackupPlan extends Construct {
  readonly planName: string;
  readonly resource: BackupPlanResource;
  /** The rules as decided: their schedules, windows and copies. */
  readonly rules: readonly PlannedRule[];

  constructor(scope: Construct, id: string, props: BackupPlanProps) {
    super(scope, id);
    checkProps(this, "BackupPlanProps", props);
    checkName(this, "name", props.name, PLAN);
    checkTags(this, "tags", props.tags);
    this.rules = planRules(this, props);
    claimName(this, PLAN, props.name, Site.of(this));

    const vaults = this.rules.flatMap(({ vault, copies }) => [vault, ...copies.map((copy) => copy.vault)]);
    this.resource = new BackupPlanResource(this, "Resource", {
      name: props.name,
      rule: this.rules.map(ruleConfig),
      ...(props.windowsVss && {
        advancedBackupSetting: [{ resourceType: "EC2", backupOptions: { WindowsVSS: "enabled" } }],
      }),
      tags: props.tags && { ...props.tags },
      dependsOn: makersOf(this, ...vaults),
    });
    this.planName = props.name;
  }

  get planArn(): string {
    return this.resource.arn;
  }

  get planId(): string {
    return this.resource.id;
  }
}

function planRules(plan: BackupPlan, { rules }: BackupPlanProps): readonly PlannedRule[] {
  const planned = Object.entries(rules).map(([name, rule]) => planRule(plan, name, rule));
  refuseEmpty(plan, "rules", planned, "give the plan at least one rule");
  const continuous = planned.filter((rule) => rule.continuous).map(({ name }) => `'${name}'`);
  if (continuous.length > 1) {
    refuse(
      plan,
      "ConflictingSettings",
      `the rules ${continuous.join(" and ")} all back up continuously`,
      "make one of them continuous: a resource has one continuous backup, and the jobs of the others end with issues",
    );
  }
  return planned;
}
