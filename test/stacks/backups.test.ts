/**
 * Proves the configuration of AWS Backup in each site of a workload. Does not prove that its jobs run, nor how long copies take.
 */
import { auroraPostgres, bucket, failedOver, forgotten, rebuilt, Schedule } from "../../stacks";
import { expectRefusal, Synthesised } from "../support/synth";
import { ABROAD_SITE, defineShop, shop, ShopChange, SITES, synthPattern } from "../support/workloads";

const { data } = shop();
const synth = (change: ShopChange = {}) => synthPattern("pilot-light", { backups: {}, ...change });
const resourcesOf = (stack: Synthesised) =>
  (stack.only("aws_backup_selection").resources as string[]).map(
    (arn) => arn.split(":").slice(2, 6).join(":") + ":" + arn.split(":").at(-1)!,
  );

const IAM_DECIDES = {
  Sid: "EnableIamPolicies",
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::111122223333:root" },
  Action: "kms:*",
  Resource: "*",
};

interface PolicyStatement {
  readonly Sid: string;
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}
const policyOf = (policy: unknown) => (JSON.parse(policy as string) as { Statement: PolicyStatement[] }).Statement;
const keyOf = (stack: Synthesised, description: string) =>
  stack.all("aws_kms_key").find((key) => key.description === description)!;

/** AWS's policies of each role of AWS Backup, by the role's name. */
function rolesOf(stack: Synthesised): Record<string, string[]> {
  const { aws_iam_role = {}, aws_iam_role_policy_attachment = {} } = stack.json.resource as Record<
    string,
    Record<string, { name: string; role: string; policy_arn: string; description?: string }>
  >;
  const roles = Object.entries(aws_iam_role).filter(([, { description }]) => description === "AWS Backup");
  return Object.fromEntries(
    roles.map(([id, { name }]) => [
      name,
      Object.values(aws_iam_role_policy_attachment)
        .filter(({ role }) => role === `\${aws_iam_role.${id}.name}`)
        .map(({ policy_arn }) => policy_arn.replace("arn:aws:iam::aws:policy/", "")),
    ]),
  );
}

describe("a workload with backups", () => {
  const stacks = synth();
  const [seoul, tokyo] = [stacks.get("orders-seoul")!, stacks.get("orders-tokyo")!];

  test("has a vault in every site, with its own key, from which no principal can delete", () => {
    for (const [stack, site] of [
      [seoul, "seoul"],
      [tokyo, "tokyo"],
    ] as const) {
      expect(stack.only("aws_backup_vault")).toMatchObject({
        name: `orders-${site}`,
        kms_key_arn: expect.stringMatching(/^\$\{aws_kms_key\.Backups_Vault_Key_\w+\.arn\}$/) as string,
        lifecycle: { prevent_destroy: true },
      });
      expect(stack.types()).toContain("aws_backup_vault_policy");
      expect(stack.types()).not.toContain("aws_backup_vault_lock_configuration");
      expect(policyOf(keyOf(stack, `backup vault orders-${site}`).policy)).toEqual([IAM_DECIDES]);
    }
  });

  test("backs up with a role that only backs up, and restores in every site with one that only restores", () => {
    expect(rolesOf(seoul)).toEqual({
      "orders-seoul-backup": ["service-role/AWSBackupServiceRolePolicyForBackup"],
      "orders-seoul-restore": ["service-role/AWSBackupServiceRolePolicyForRestores"],
    });
    expect(rolesOf(tokyo)).toEqual({
      "orders-tokyo-restore": ["service-role/AWSBackupServiceRolePolicyForRestores"],
    });
    const buckets = synth({ backups: { stores: ["receipts"] } });
    expect(rolesOf(buckets.get("orders-seoul")!)).toEqual({
      "orders-seoul-backup": [
        "service-role/AWSBackupServiceRolePolicyForBackup",
        "AWSBackupServiceRolePolicyForS3Backup",
      ],
      "orders-seoul-restore": [
        "service-role/AWSBackupServiceRolePolicyForRestores",
        "AWSBackupServiceRolePolicyForS3Restore",
      ],
    });
    expect(Object.keys(rolesOf(buckets.get("orders-tokyo")!))).toEqual(["orders-tokyo-restore"]);
    expect(resourcesOf(seoul)).toHaveLength(2);
    expect(seoul.only("aws_backup_selection").iam_role_arn).toBe("arn:aws:iam::111122223333:role/orders-seoul-backup");
  });

  test("says in the model under which role each vault is restored from", () => {
    const { dr } = seoul.json["//"] as {
      dr: { protections: { path: string; recovery: { call: string; parameters: { IamRoleArn?: string } }[] }[] };
    };
    const restores = dr.protections.flatMap(({ path, recovery }) =>
      recovery
        .filter(({ call }) => call === "backup:StartRestoreJob")
        .map(({ parameters }) => [path.split("-").at(-1), parameters.IamRoleArn]),
    );
    expect(new Set(restores.map((restore) => restore.join(" ")))).toEqual(
      new Set(["seoul", "tokyo"].map((site) => `${site} arn:aws:iam::111122223333:role/orders-${site}-restore`)),
    );
  });

  test("locks the vault of every site, for copies too", () => {
    const lock = { mode: "GOVERNANCE", minRetentionDays: 7, maxRetentionDays: 35 } as const;
    const locked = synth({ backups: { lock } });
    for (const site of ["seoul", "tokyo"]) {
      expect(locked.get(`orders-${site}`)!.only("aws_backup_vault_lock_configuration")).toMatchObject({
        min_retention_days: 7,
        max_retention_days: 35,
      });
    }
    for (const [retentionDays, got] of [
      [6, "'deleteAfterDays' 6"],
      [36, "'deleteAfterDays' 36"],
    ] as const) {
      expectRefusal(
        defineShop({ backups: { lock, retentionDays } }),
        "RetentionOutsideLock",
        `'rules.scheduled.retention' has ${got}, the vault 'orders-seoul' is locked to 7 to 35 days`,
        "orders-seoul/Default/Backups/Plan",
      );
    }
  });

  test("lets the named administrators alone change the policies of the vaults", () => {
    const policyAdministrators = ["arn:aws:iam::111122223333:role/terraform"];
    const stacks = synth({ backups: { policyAdministrators } });
    for (const site of ["seoul", "tokyo"]) {
      const statements = policyOf(stacks.get(`orders-${site}`)!.only("aws_backup_vault_policy").policy);
      expect(statements.map(({ Sid, Condition }) => [Sid, Condition])).toEqual([
        ["KeepRecoveryPoints", undefined],
        ["KeepPolicy", { ArnNotLike: { "aws:PrincipalArn": policyAdministrators } }],
      ]);
    }
  });

  test("backs up databases and tables once a day in the site that writes them, with a copy in the other site", () => {
    expect(seoul.only("aws_backup_plan")).toMatchObject({
      name: "orders",
      rule: [
        {
          rule_name: "scheduled",
          schedule: "cron(0 0 ? * * *)",
          lifecycle: { delete_after: 35 },
          copy_action: [
            { destination_vault_arn: "arn:aws:backup:ap-northeast-1:111122223333:backup-vault:orders-tokyo" },
          ],
        },
      ],
    });
    expect(resourcesOf(seoul)).toEqual([
      "dynamodb:ap-northeast-2:111122223333:table/orders-carts:table/orders-carts",
      "rds:ap-northeast-2:111122223333:db:orders-ledger-seoul",
    ]);
    expect(tokyo.types()).not.toContain("aws_backup_plan");
  });

  test("starts in the site that takes over, continues in the lost site, and stops there after its rebuild", () => {
    const lost = [failedOver("tokyo", { on: "2027-03-02" })];
    const after = synth({ history: lost });
    expect(resourcesOf(after.get("orders-tokyo")!)[1]).toContain("orders-ledger-tokyo");
    expect(resourcesOf(after.get("orders-seoul")!)[1]).toContain("orders-ledger-seoul");
    const rebuiltSeoul = synth({ history: [...lost, rebuilt("seoul", { on: "2027-03-09" })] }).get("orders-seoul")!;
    expect(rebuiltSeoul.types().filter((type) => type.startsWith("aws_backup_"))).toEqual([
      "aws_backup_vault", // copies of the active site's backups go on arriving
      "aws_backup_vault_policy",
    ]);
    // AWS Backup takes the role of a recovery point again to delete it, weeks after the plan has gone
    expect(Object.keys(rolesOf(rebuiltSeoul))).toEqual(["orders-seoul-restore", "orders-seoul-backup"]);
    expect(Object.keys(rolesOf(synth({ backups: { stores: [] } }).get("orders-seoul")!))).toContain(
      "orders-seoul-backup",
    );
  });

  test("records an unknown data loss of a copy in the model, because AWS publishes no figure", () => {
    const { dr } = seoul.json["//"] as {
      dr: { protections: { path: string; protection: { mechanism: string; loss: { basis: string } } }[] };
    };
    const copies = dr.protections.filter(({ protection }) => protection.mechanism === "AWS Backup copy");
    expect(copies.map(({ path, protection }) => [path.split("/").at(-2), protection.loss.basis])).toEqual([
      ["carts", "unknown"],
      ["ledger", "unknown"],
    ]);
  });

  test("backs up the given stores, with the given schedule and retention", () => {
    const backups = { stores: ["receipts"], retentionDays: 7, schedule: Schedule.weekly("SUN") };
    const { rule } = synth({ backups }).get("orders-seoul")!.only("aws_backup_plan") as {
      rule: { schedule: string; lifecycle: object }[];
    };
    expect(rule[0]).toMatchObject({
      schedule: expect.stringContaining("SUN") as string,
      lifecycle: { delete_after: 7 },
    });
    const chosen = synth({ backups }).get("orders-seoul")!.only("aws_backup_selection").resources;
    expect(chosen).toEqual(["arn:aws:s3:::orders-receipts-seoul-111122223333"]);
  });

  test("backs up Aurora clusters by their cluster ARN", () => {
    const aurora = synth({ data: { ledger: auroraPostgres({ instanceClass: "db.r6g.large" }) } });
    expect(aurora.get("orders-seoul")!.only("aws_backup_selection").resources).toEqual([
      "arn:aws:rds:ap-northeast-2:111122223333:cluster:orders-ledger-seoul",
    ]);
  });

  test("omits forgotten stores", () => {
    const given = synth({ data: { ...data, ledger: forgotten(data.ledger!) } });
    expect(resourcesOf(given.get("orders-seoul")!)).toHaveLength(1);
  });

  test("lets the other account's backups in, and shares the vault's key, but not the site's", () => {
    const sites = { ...SITES, tokyo: ABROAD_SITE };
    const abroad = synth({
      sites,
      data: { receipts: bucket() },
      frontDoor: undefined,
      backups: { stores: ["receipts"] },
    });
    for (const [site, own, other] of [
      ["seoul", "111122223333", "444455556666"],
      ["tokyo", "444455556666", "111122223333"],
    ] as const) {
      const stack = abroad.get(`orders-${site}`)!;
      const root = { AWS: [`arn:aws:iam::${other}:root`] };
      const received = policyOf(stack.only("aws_backup_vault_policy").policy).at(-1)!;
      expect([received.Sid, received.Principal]).toEqual(["ReceiveCopies", root]);
      const shared = policyOf(keyOf(stack, `backup vault orders-${site}`).policy);
      expect(shared.map(({ Sid, Principal }) => [Sid, Principal])).toEqual([
        ["EnableIamPolicies", { AWS: `arn:aws:iam::${own}:root` }],
        ["AllowBackupAccounts", root],
        ["AllowBackupAccountsGrants", root],
      ]);
      const sids = policyOf(keyOf(stack, `orders in ${site}`).policy).map(({ Sid }) => Sid);
      expect(sids).not.toContain("AllowBackupAccounts");
      expect(sids).not.toContain("AllowBackupAccountsGrants");
    }
  });
});

test("without them there is no vault", () => {
  expect(synthPattern("pilot-light").get("orders-seoul")!.types()).not.toContain("aws_backup_vault");
});

test("an unknown store is refused", () => {
  expectRefusal(
    defineShop({ backups: { stores: ["ledgers"] } }),
    "MissingSetting",
    "'backups.stores' names 'ledgers', what can be backed up is carts, ledger, receipts",
    "orders",
  );
});
