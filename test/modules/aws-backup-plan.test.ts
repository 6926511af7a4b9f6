/**
 * Proves what is synthesised for backup plans, and which rules are refused. Does not prove that AWS Backup keeps its schedules, nor how
 * long a job or a copy takes.
 */
import { BackupPlan as BackupPlanResource } from "@cdktf/provider-aws/lib/backup-plan";
import "cdktf/lib/testing/adapters/jest";
import { BackupPlan, BackupPlanProps, BackupRule, BackupVault, Schedule } from "../../modules/aws-backup";
import { Duration, RefusalCode } from "../../modules/core";
import { Site } from "../../modules/site";
import { Block, expectRefusalInSite, SEOUL, synth, synthInSite, TOKYO, TOKYO_ABROAD } from "../support/synth";

const VAULT = BackupVault.refOf({ ...SEOUL, name: "orders-seoul" });
const ABROAD = BackupVault.refOf({ ...TOKYO, name: "orders-tokyo" });
const LOCKED = BackupVault.refOf({ ...TOKYO, name: "locked", minRetentionDays: 30, maxRetentionDays: 365 });

const RULE: BackupRule = { schedule: Schedule.daily({ hour: 3 }), vault: VAULT, retention: { deleteAfterDays: 35 } };

const planIn = (site: Site, rule: Partial<BackupRule> = {}, props: Partial<BackupPlanProps> = {}) =>
  new BackupPlan(site, "Plan", { name: "orders", rules: { daily: { ...RULE, ...rule } }, ...props });
const planned = (rule?: Partial<BackupRule>, props?: Partial<BackupPlanProps>) =>
  synthInSite((site) => planIn(site, rule, props)).only("aws_backup_plan");
const ruleOf = (plan: Block) => (plan.rule as Block[])[0]!;

const DAILY = {
  rule_name: "daily",
  target_vault_name: "orders-seoul",
  schedule: "cron(0 3 ? * * *)",
  schedule_expression_timezone: "Etc/UTC",
  start_window: 60,
  completion_window: 10_080,
  enable_continuous_backup: false,
  lifecycle: { delete_after: 35 },
  copy_action: [],
};

describe("BackupPlan", () => {
  test("defaults", () => {
    const tf = synthInSite((site) => planIn(site));

    expect(tf.types()).toEqual([
      "aws_backup_plan", // the plan, with its rules
    ]);
    expect(tf.only("aws_backup_plan")).toEqual({ provider: "aws", name: "orders", rule: [DAILY] });
    expect(tf.text).toHaveResourceWithProperties(BackupPlanResource, { name: "orders" });
  });

  test("every setting", () => {
    const plan = planned(
      {
        schedule: Schedule.cron("cron(0 5 ? * MON-FRI *)", { timezone: "Asia/Seoul" }),
        startWindow: Duration.hours(2),
        completionWindow: Duration.hours(3),
        retention: { deleteAfterDays: 400, coldStorageAfterDays: 30, archiveSnapshots: true },
        recoveryPointTags: { tier: "gold" },
        copies: [{ vault: ABROAD }, { vault: LOCKED, retention: { deleteAfterDays: 365 } }],
      },
      { tags: { team: "orders" }, windowsVss: true },
    );
    const archived = { delete_after: 400, cold_storage_after: 30, opt_in_to_archive_for_supported_resources: true };

    expect(plan).toEqual({
      provider: "aws",
      name: "orders",
      advanced_backup_setting: [{ resource_type: "EC2", backup_options: { WindowsVSS: "enabled" } }],
      tags: { team: "orders" },
      rule: [
        {
          ...DAILY,
          schedule: "cron(0 5 ? * MON-FRI *)",
          schedule_expression_timezone: "Asia/Seoul",
          start_window: 120,
          completion_window: 180,
          lifecycle: archived,
          recovery_point_tags: { tier: "gold" },
          copy_action: [
            { destination_vault_arn: ABROAD.arn, lifecycle: archived },
            { destination_vault_arn: LOCKED.arn, lifecycle: { delete_after: 365 } },
          ],
        },
      ],
    });
  });

  test("keeps recovery points without an end permanently", () => {
    expect(ruleOf(planned({ retention: {} })).lifecycle).toBeUndefined();
    expect(ruleOf(planned({ retention: { coldStorageAfterDays: 30 } })).lifecycle).toEqual({ cold_storage_after: 30 });
  });

  test("gives a copy that names no end that of its source, as AWS does", () => {
    const rule = ruleOf(
      planned({
        retention: { deleteAfterDays: 365 },
        copies: [{ vault: ABROAD, retention: { coldStorageAfterDays: 7 } }],
      }),
    );
    expect(rule.copy_action).toEqual([
      { destination_vault_arn: ABROAD.arn, lifecycle: { delete_after: 365, cold_storage_after: 7 } },
    ]);
  });

  test("backs up continuously, and copies for longer than it keeps", () => {
    const rule = ruleOf(planned({ continuous: true, copies: [{ vault: ABROAD, retention: { deleteAfterDays: 90 } }] }));
    expect(rule).toEqual({
      ...DAILY,
      enable_continuous_backup: true,
      copy_action: [{ destination_vault_arn: ABROAD.arn, lifecycle: { delete_after: 90 } }],
    });
  });

  test.each<[Duration, Partial<BackupRule>, string, number, number]>([
    [Duration.hours(4), {}, "cron(0 * ? * * *)", 60, 120],
    [Duration.hours(5), {}, "cron(0 0/2 ? * * *)", 60, 120],
    [Duration.hours(6), {}, "cron(0 0/3 ? * * *)", 60, 120],
    [Duration.hours(24), {}, "cron(0 0/12 ? * * *)", 60, 660],
    [Duration.hours(24), { completionWindow: Duration.hours(10) }, "cron(0 0/12 ? * * *)", 60, 600],
    [Duration.hours(24), { startWindow: Duration.hours(8) }, "cron(0 0/6 ? * * *)", 480, 600],
    [Duration.days(3), {}, "cron(0 0 ? * * *)", 60, 2_820],
  ])("loses %s at most", (rpo, windows, schedule, start, completion) => {
    const rule = ruleOf(planned({ schedule: undefined, rpo, ...windows }));
    expect(rule).toEqual({ ...DAILY, schedule, start_window: start, completion_window: completion });
  });

  test("says what was decided", () => {
    synthInSite((site) => {
      const [rule] = planIn(site, { schedule: undefined, rpo: Duration.hours(6), copies: [{ vault: ABROAD }] }).rules;
      expect(rule).toEqual({
        name: "daily",
        schedule: Schedule.every(Duration.hours(3)),
        startWindow: Duration.hours(1),
        completionWindow: Duration.hours(2),
        continuous: false,
        copies: [{ vault: ABROAD, retention: { deleteAfterDays: 35 } }],
        retention: { deleteAfterDays: 35 },
        vault: VAULT,
      });
    });
  });

  test("waits for the vaults of its stack", () => {
    const tf = synth((scope) => {
      const seoul = new Site(scope, "Seoul", SEOUL);
      const tokyo = new Site(scope, "Tokyo", TOKYO);
      const { ref: vault } = new BackupVault(seoul, "Vault", { name: "orders-seoul" });
      const abroad = new BackupVault(tokyo, "Vault", { name: "orders-tokyo", lock: { mode: "GOVERNANCE" } });
      planIn(seoul, { vault, copies: [{ vault: abroad.ref }] });
    });
    expect(tf.only("aws_backup_plan").depends_on).toEqual([
      expect.stringMatching(/^aws_backup_vault\.Seoul_/),
      expect.stringMatching(/^aws_backup_vault_policy\.Seoul_/),
      expect.stringMatching(/^aws_backup_vault\.Tokyo_/),
      expect.stringMatching(/^aws_backup_vault_policy\.Tokyo_/),
      expect.stringMatching(/^aws_backup_vault_lock_configuration\.Tokyo_/),
    ]);
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      new BackupPlan(site, "One", { name: "one", rules: { daily: RULE } });
      new BackupPlan(site, "Two", { name: "two", rules: { daily: RULE } });
    });
    expect(tf.all("aws_backup_plan")).toHaveLength(2);
  });

  test("fails when the name is taken", () => {
    expectRefusalInSite(
      (site) => [planIn(site), new BackupPlan(site, "Two", { name: "orders", rules: { daily: RULE } })],
      "NameTaken",
      "the backup plan name 'orders' is already taken by stack/Site/Plan",
      "stack/Site/Two",
    );
  });

  test.each<[string, Partial<BackupPlanProps>, RefusalCode, string]>([
    [
      "the name has a blank",
      { name: "my orders" },
      "InvalidName",
      "'name' is not a valid backup plan name, got 'my orders', allowed: letters, digits, '-', '_' and '.'",
    ],
    [
      "a rule's name has a blank",
      { rules: { "every day": RULE } },
      "InvalidName",
      "'rules' is not a valid backup rule name, got 'every day', allowed: letters, digits, '-', '_' and '.'",
    ],
    ["there is no rule", { rules: {} }, "MissingSetting", "'rules' is empty"],
    [
      "two rules are continuous",
      { rules: { one: { ...RULE, continuous: true }, two: RULE, three: { ...RULE, continuous: true } } },
      "ConflictingSettings",
      "the rules 'one' and 'three' all back up continuously",
    ],
  ])("fails when %s", (_, props, code, problem) => {
    expectRefusalInSite((site) => planIn(site, {}, props), code, problem, "stack/Site/Plan");
  });
});

describe("a rule", () => {
  test.each<[string, Partial<BackupRule>, RefusalCode, string | RegExp]>([
    [
      "its vault lies elsewhere",
      { vault: ABROAD },
      "WrongSite",
      "'rules.daily.vault' is in 'ap-northeast-1' of '111122223333', the site is 'ap-northeast-2' of '111122223333'",
    ],
    [
      "it has neither schedule nor RPO",
      { schedule: undefined },
      "MissingSetting",
      "neither 'rules.daily.schedule' nor 'rules.daily.rpo' is given",
    ],
    [
      "it has both",
      { rpo: Duration.hours(6) },
      "ConflictingSettings",
      "'rules.daily.schedule' and 'rules.daily.rpo' are both given",
    ],
    [
      "the start window is too short",
      { startWindow: Duration.minutes(59) },
      "SettingOutOfRange",
      "'rules.daily.startWindow' must be from 1 hour to 36500 days, got 59 minutes",
    ],
    [
      "the completion window is less than an hour longer",
      { startWindow: Duration.hours(2), completionWindow: Duration.minutes(179) },
      "SettingOutOfRange",
      "'rules.daily.completionWindow' must be from 3 hours to 36500 days, got 2 hours 59 minutes",
    ],
    [
      "a window is longer than 100 years",
      { completionWindow: Duration.days(36_501) },
      "SettingOutOfRange",
      "'rules.daily.completionWindow' must be from 2 hours to 36500 days, got 36501 days",
    ],
    [
      "the RPO is shorter than AWS can",
      { schedule: undefined, rpo: Duration.minutes(239) },
      "RpoNotMet",
      "'rules.daily.rpo' must be 4 hours or longer: an interval of 1 hour and both windows, got 3 hours 59 minutes",
    ],
    [
      "the RPO is shorter than the windows",
      { schedule: undefined, rpo: Duration.hours(6), completionWindow: Duration.hours(5) },
      "RpoNotMet",
      /^'rules\.daily\.rpo' must be 7 hours or longer: .*, got 6 hours$/,
    ],
    [
      "it keeps for no day",
      { retention: { deleteAfterDays: 0 } },
      "SettingOutOfRange",
      "'rules.daily.retention.deleteAfterDays' must be a whole number from 1 to 36500, got 0",
    ],
    [
      "cold storage begins on no day",
      { retention: { coldStorageAfterDays: 0 } },
      "SettingOutOfRange",
      "'rules.daily.retention.coldStorageAfterDays' must be a whole number from 1 to 36500, got 0",
    ],
    [
      "cold storage lasts less than 90 days",
      { retention: { coldStorageAfterDays: 30, deleteAfterDays: 119 } },
      "SettingOutOfRange",
      "'rules.daily.retention.deleteAfterDays' must be 120 or more, got 119",
    ],
    [
      "snapshots are archived on no day",
      { retention: { archiveSnapshots: true } },
      "MissingSetting",
      "'rules.daily.retention.archiveSnapshots' is set without 'coldStorageAfterDays'",
    ],
    [
      "continuous backups are kept longer than 35 days",
      { continuous: true, retention: { deleteAfterDays: 36 } },
      "SettingOutOfRange",
      "'rules.daily.retention.deleteAfterDays' must be a whole number from 1 to 35, got 36",
    ],
    [
      "continuous backups have no end",
      { continuous: true, retention: {} },
      "MissingSetting",
      "'rules.daily.retention.deleteAfterDays' is not given on a rule with continuous backups",
    ],
    [
      "continuous backups grow cold",
      { continuous: true, retention: { coldStorageAfterDays: 1, deleteAfterDays: 35 } },
      "ConflictingSettings",
      "'rules.daily.retention.coldStorageAfterDays' is set on a rule with continuous backups, which stay warm",
    ],
    [
      "its retention is below the vault's lock",
      { vault: { ...VAULT, minRetentionDays: 60 } },
      "RetentionOutsideLock",
      "'rules.daily.retention' has 'deleteAfterDays' 35, the vault 'orders-seoul' is locked to 60 days or more",
    ],
    [
      "a copy's retention is above the vault's lock",
      { copies: [{ vault: LOCKED, retention: { deleteAfterDays: 366 } }] },
      "RetentionOutsideLock",
      "'rules.daily.copies.locked' has 'deleteAfterDays' 366, the vault 'locked' is locked to 30 to 365 days",
    ],
    [
      "a copy has no end in a vault whose lock sets one",
      { retention: {}, copies: [{ vault: LOCKED }] },
      "RetentionOutsideLock",
      "'rules.daily.copies.locked' has no 'deleteAfterDays', the vault 'locked' is locked to 30 to 365 days",
    ],
    [
      "it copies into its own vault",
      { copies: [{ vault: VAULT }] },
      "CopyToOwnVault",
      "'rules.daily.copies' names 'orders-seoul', the vault the rule writes into",
    ],
    [
      "it copies twice into one vault",
      { copies: [{ vault: ABROAD }, { vault: ABROAD }] },
      "RepeatedItem",
      `'rules.daily.copies' names '${ABROAD.arn}' twice`,
    ],
    [
      "it copies into another account's default vault",
      { copies: [{ vault: BackupVault.refOf({ ...TOKYO_ABROAD, name: "Default" }) }] },
      "CopyNotOffered",
      "'rules.daily.copies' names the default vault of 444455556666",
    ],
    [
      "it copies into another partition",
      { copies: [{ vault: BackupVault.refOf({ region: "cn-north-1", account: SEOUL.account, name: "orders" }) }] },
      "ForeignPartition",
      "'ap-northeast-2' lies in partition aws, 'cn-north-1' in aws-cn",
    ],
  ])("fails when %s", (_, rule, code, problem) => {
    expectRefusalInSite((site) => planIn(site, rule), code, problem, "stack/Site/Plan");
  });

  test("copies into the account's own default vault, and into another vault of its region", () => {
    const copies = [
      { vault: BackupVault.refOf({ ...TOKYO, name: "Default" }) },
      { vault: BackupVault.refOf({ ...SEOUL, name: "orders-second" }) },
    ];
    expect(ruleOf(planned({ copies })).copy_action).toHaveLength(2);
  });
});
