/**
 * Proves what a selection says of its stores: what may be lost in which vault, how it is restored, what shows it. Does not prove how long a
 * job, a copy or a restore takes.
 */
import {
  BackupPlan,
  BackupRole,
  BackupRoleRef,
  BackupRule,
  BackupSelection,
  BackupSelectionProps,
  BackupVault,
  Schedule,
} from "../../modules/aws-backup";
import { Duration, ProtectionModel, protectionsBelow } from "../../modules/core";
import { GlobalTable } from "../../modules/dynamodb-global-table";
import { SourceDatabase } from "../../modules/rds-read-replica";
import { ReplicaBucket } from "../../modules/s3-replication";
import { Site } from "../../modules/site";
import { SEOUL, synth, synthInSite, TOKYO, TOKYO_ABROAD } from "../support/synth";

const VAULT = BackupVault.refOf({ ...SEOUL, name: "orders-seoul" });
const TOKYO_VAULT = BackupVault.refOf({ ...TOKYO, name: "orders-tokyo" });
const OTHER_ACCOUNT = BackupVault.refOf({ ...TOKYO_ABROAD, name: "orders-abroad" });
const ROLE = BackupRole.refOf({ ...SEOUL, name: "backup", s3: true });
const HERE = "ap-northeast-2:111122223333";

const LEDGER = SourceDatabase.refOf({ ...SEOUL, identifier: "ledger" });
const CARTS = GlobalTable.refOf({ ...SEOUL, name: "carts" });
const RECEIPTS = ReplicaBucket.refOf({ ...SEOUL, name: "acme-receipts" });

const RULE: BackupRule = { rpo: Duration.hours(6), vault: VAULT, retention: { deleteAfterDays: 35 } };

function select(site: Site, props: Partial<BackupSelectionProps>, rule: Partial<BackupRule> = {}): BackupSelection {
  const plan = new BackupPlan(site, "Plan", { name: "orders", rules: { often: { ...RULE, ...rule } } });
  return new BackupSelection(site, "Selection", { name: "orders", plan, role: ROLE, ...props });
}

describe("the protection of a store", () => {
  const PLAN_OPTIONS = "https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html";
  const COPIES = "https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html";
  const CONTINUOUS = "https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html";
  const RESTORES = "https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-a-backup.html";

  function said(props: Partial<BackupSelectionProps>, rule: Partial<BackupRule> = {}): Map<string, ProtectionModel> {
    const found = new Map<string, ProtectionModel>();
    synthInSite((site) => {
      const selection = select(site, props, rule);
      const start = `${selection.node.path}/Stores/`;
      for (const { path, model } of protectionsBelow(selection)) found.set(path.slice(start.length), model);
    });
    return found;
  }
  const lossOf = (models: Map<string, ProtectionModel>, path: string) => models.get(path)!.protection.loss;
  const OWN = "carts/111122223333-ap-northeast-2-orders-seoul";
  const COPY = "carts/111122223333-ap-northeast-1-orders-tokyo";

  test("in its own vault, and in that of another region", () => {
    const role = BackupRole.refOf({ ...SEOUL, name: "backup", restore: true });
    const models = said(
      { role, stores: { carts: CARTS } },
      { copies: [{ vault: TOKYO_VAULT, retention: { deleteAfterDays: 365 } }] },
    );
    const steps = (vault: string) => [
      {
        title: `find the newest recovery point of carts in ${vault}`,
        call: "backup:ListRecoveryPointsByBackupVault",
        parameters: { BackupVaultName: vault, ByResourceArn: CARTS.arn },
        duration: { basis: "unknown", source: RESTORES },
        undo: "nothing to undo",
      },
      {
        title: "read what a restore of carts needs",
        call: "backup:GetRecoveryPointRestoreMetadata",
        parameters: { BackupVaultName: vault },
        duration: { basis: "unknown", source: RESTORES },
        undo: "nothing to undo",
      },
      {
        title: "restore carts",
        call: "backup:StartRestoreJob",
        parameters: { CopySourceTagsToRestoredResource: true, IamRoleArn: "arn:aws:iam::111122223333:role/backup" },
        duration: {
          basis: "unknown",
          source: RESTORES,
          note: "it grows with the store; a new resource is made, under a name of its own",
        },
        undo: "delete the restored resource; the recovery point is not touched",
      },
    ];
    const metric = (title: string, name: string) => ({
      title,
      namespace: "AWS/Backup",
      metric: name,
      dimensions: { BackupVaultName: "orders-seoul" },
      statistic: "Sum",
      unit: "Count",
      region: "ap-northeast-2",
    });

    expect([...models.keys()]).toEqual([OWN, COPY]);
    expect(models.get(OWN)).toEqual({
      protection: {
        mechanism: "AWS Backup",
        copiesFrom: "ap-northeast-2",
        copiesIn: ["seoul"],
        loss: {
          value: Duration.hours(6),
          basis: "configured",
          source: PLAN_OPTIONS,
          note: "while every job succeeds: 3 hours between starts, 1 hour to start, 2 hours to complete",
        },
        retention: Duration.days(35),
        remedy: "a shorter interval or completion window",
      },
      recovery: steps("orders-seoul"),
      evidence: [
        metric("backups that failed in orders-seoul, carts among them", "NumberOfBackupJobsFailed"),
        metric("backups that never started in orders-seoul, carts among them", "NumberOfBackupJobsExpired"),
      ],
    });
    expect(models.get(COPY)).toEqual({
      protection: {
        mechanism: "AWS Backup copy",
        copiesFrom: "ap-northeast-2",
        copiesIn: ["ap-northeast-1"],
        loss: {
          basis: "unknown",
          source: COPIES,
          note: "6 hours until a recovery point is complete, and then the time of the copy, for which AWS has no figure; the region of the table needs AWS Backup's advanced features for DynamoDB",
        },
        retention: Duration.days(365),
        remedy: "replication",
      },
      recovery: steps("orders-tokyo"),
      evidence: [metric("copies that failed in orders-seoul, carts among them", "NumberOfCopyJobsFailed")],
    });
  });

  test("names no role where the role does not restore, or is of another account", () => {
    const models = said(
      { role: { ...ROLE, restore: true }, stores: { carts: CARTS } },
      { copies: [{ vault: OTHER_ACCOUNT }] },
    );
    const withoutRole = said({ stores: { carts: CARTS } });
    for (const model of [models.get("carts/444455556666-ap-northeast-1-orders-abroad"), withoutRole.get(OWN)]) {
      expect(model!.recovery.at(-1)!.parameters).toEqual({ CopySourceTagsToRestoredResource: true });
    }
  });

  test("names the role that restores in the account of the vault, first of all that of its region", () => {
    const restores = { backup: false, restore: true };
    const here = BackupRole.refOf({ ...SEOUL, name: "restore-seoul", ...restores });
    const there = BackupRole.refOf({ ...TOKYO, name: "restore-tokyo", ...restores });
    const abroad = BackupRole.refOf({ ...TOKYO_ABROAD, name: "restore-abroad", ...restores });
    const rolesOf = (restoreRoles: readonly BackupRoleRef[]) => {
      const copies = [{ vault: TOKYO_VAULT }, { vault: OTHER_ACCOUNT }];
      const models = said({ restoreRoles, stores: { carts: CARTS } }, { copies });
      return [...models.values()].map(({ recovery }) => recovery.at(-1)!.parameters!.IamRoleArn);
    };
    expect(rolesOf([abroad, here, there])).toEqual([here.arn, there.arn, abroad.arn]);
    expect(rolesOf([there])).toEqual([there.arn, there.arn, undefined]);
  });

  test("with continuous backups, in its own vault alone", () => {
    const clusterArn = `arn:aws:rds:${HERE}:cluster:a`;
    const models = said(
      {
        stores: {
          ledger: LEDGER,
          receipts: RECEIPTS,
          orders: { arn: clusterArn, resourceType: "Aurora" },
          hana: { arn: `arn:aws:ssm-sap:${HERE}:HANA/a/DB/b` },
          carts: CARTS,
        },
      },
      { continuous: true, copies: [{ vault: TOKYO_VAULT }] },
    );
    const own = (store: string) => lossOf(models, `${store}/111122223333-ap-northeast-2-orders-seoul`);
    expect(own("ledger")).toEqual({ value: Duration.minutes(5), basis: "typical", source: CONTINUOUS });
    expect(own("receipts")).toEqual({ value: Duration.minutes(15), basis: "typical", source: CONTINUOUS });
    expect(own("orders")).toMatchObject({ value: Duration.minutes(5), basis: "typical" });
    expect(own("hana")).toEqual({ basis: "unknown", source: CONTINUOUS, note: "AWS names no time for SAP HANA" });
    expect(own("carts")).toMatchObject({ value: Duration.hours(6), basis: "configured" });
    expect(lossOf(models, "ledger/111122223333-ap-northeast-1-orders-tokyo")).toEqual({
      basis: "unknown",
      source: COPIES,
      note: "6 hours until a recovery point is complete, and then the time of the copy, for which AWS has no figure; AWS's guide offers no automatic copy of such a database into another region and another account at once",
    });
  });

  test("by a schedule with unknown gaps", () => {
    const models = said(
      { stores: { carts: CARTS } },
      { rpo: undefined, schedule: Schedule.cron("cron(0 5 ? * MON-FRI *)"), copies: [{ vault: TOKYO_VAULT }] },
    );
    const gap = "the schedule is a cron expression whose 'longestGap' is not given";
    expect(lossOf(models, OWN)).toEqual({ basis: "unknown", source: PLAN_OPTIONS, note: gap });
    expect(lossOf(models, COPY).note).toMatch(new RegExp(`^${gap}, and then the time of the copy`));
  });

  test("selected with conditions", () => {
    const models = said({ stores: { carts: CARTS }, conditions: [{ tag: "backup", value: "yes" }] });
    expect(lossOf(models, OWN).note).toMatch(/2 hours to complete; as long as it has the selection's tags$/);
  });

  describe("by several rules", () => {
    const completionWindow = Duration.hours(5);
    const monthly: BackupRule = {
      schedule: Schedule.monthly(1),
      completionWindow,
      vault: VAULT,
      retention: {},
      copies: [{ vault: TOKYO_VAULT }],
    };
    const second = { ...RULE, vault: BackupVault.refOf({ ...SEOUL, name: "second" }), copies: [{ vault: VAULT }] };

    function saidBy(rules: Readonly<Record<string, BackupRule>>): Map<string, ProtectionModel["protection"]> {
      const found = new Map<string, ProtectionModel["protection"]>();
      synthInSite((site) => {
        const plan = new BackupPlan(site, "Plan", { name: "orders", rules });
        const stores = { carts: CARTS };
        const selection = new BackupSelection(site, "Selection", { name: "orders", plan, role: ROLE, stores });
        for (const { path, model } of protectionsBelow(selection)) found.set(path.slice(-12), model.protection);
      });
      return found;
    }

    test("the shortest gap counts, the longest windows and what is kept longest", () => {
      const protections = saidBy({ monthly, often: RULE });
      const { loss, retention } = protections.get("orders-seoul")!;
      expect({ value: loss.value, retention }).toEqual({ value: Duration.hours(9), retention: Duration.days(36_500) });
      expect(protections.get("orders-tokyo")!.loss.note).toMatch(
        /^31 days 6 hours until .*; where start windows overlap, only the rule that keeps longer makes a recovery point;/,
      );
    });

    test("nothing is promised where another rule may take the place of one", () => {
      const protections = saidBy({ second, often: RULE });
      expect([...protections.keys()]).toEqual(
        ["-2-second", "orders-seoul"].map((key) => expect.stringContaining(key) as string),
      );
      expect(protections.get("orders-seoul")).toMatchObject({
        mechanism: "AWS Backup",
        loss: {
          basis: "unknown",
          source: PLAN_OPTIONS,
          note: "where start windows overlap, only the rule that keeps longer makes a recovery point",
        },
      });
      expect(protections.get("orders-seoul")!.loss.value).toBeUndefined();
    });
  });

  test("of the same stores by two plans in two sites", () => {
    synth((scope) => {
      for (const [name, place] of [
        ["Seoul", SEOUL],
        ["Tokyo", TOKYO],
      ] as const) {
        const site = new Site(scope, name, place);
        const vault = BackupVault.refOf({ ...place, name: "backups" });
        select(site, { stores: { carts: GlobalTable.refOf({ ...place, name: "carts" }) } }, { vault });
        expect(protectionsBelow(site).map(({ model }) => model.protection.copiesFrom)).toEqual([place.region]);
      }
    });
  });
});
