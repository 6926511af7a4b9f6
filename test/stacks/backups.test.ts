/** Proves what AWS Backup is told in each site of a workload. That its jobs run, and how long copies take, nothing here proves. */
import { auroraPostgres, bucket, failedOver, forgotten, rebuilt, Schedule } from "../../stacks";
import { expectRefusal, Synthesised } from "../support/synth";
import { ABROAD_SITE, defineShop, shop, ShopChange, SITES, synthPattern } from "../support/workloads";

const { data } = shop();
const synth = (change: ShopChange = {}) => synthPattern("pilot-light", { backups: {}, ...change });
const resourcesOf = (stack: Synthesised) =>
  (stack.only("aws_backup_selection").resources as string[]).map(
    (arn) => arn.split(":").slice(2, 6).join(":") + ":" + arn.split(":").at(-1)!,
  );

describe("a workload with backups", () => {
  const stacks = synth();
  const [seoul, tokyo] = [stacks.get("orders-seoul")!, stacks.get("orders-tokyo")!];

  test("has a vault in every site, under the site's key, that nobody deletes from", () => {
    for (const [stack, site] of [
      [seoul, "seoul"],
      [tokyo, "tokyo"],
    ] as const) {
      expect(stack.only("aws_backup_vault")).toMatchObject({
        name: `orders-${site}`,
        kms_key_arn: expect.stringMatching(/^\$\{aws_kms_key\.Key_\w+\.arn\}$/) as string,
        lifecycle: { prevent_destroy: true },
      });
      expect(stack.types()).toContain("aws_backup_vault_policy");
    }
  });

  test("backs databases and tables up once a day where they are written, with a copy in the other site", () => {
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

  test("begins in the site that takes over, goes on in the one that was lost, and ends there once it is rebuilt", () => {
    const lost = [failedOver("tokyo", { on: "2027-03-02" })];
    const after = synth({ history: lost });
    expect(resourcesOf(after.get("orders-tokyo")!)[1]).toContain("orders-ledger-tokyo");
    expect(resourcesOf(after.get("orders-seoul")!)[1]).toContain("orders-ledger-seoul");
    const rebuiltSeoul = synth({ history: [...lost, rebuilt("seoul", { on: "2027-03-09" })] }).get("orders-seoul")!;
    expect(rebuiltSeoul.types().filter((type) => type.startsWith("aws_backup_"))).toEqual([
      "aws_backup_vault", // copies of the active site's backups go on arriving
      "aws_backup_vault_policy",
    ]);
  });

  test("says in the model what a copy may lose: unknown, for AWS has no figure", () => {
    const { dr } = seoul.json["//"] as {
      dr: { protections: { path: string; protection: { mechanism: string; loss: { basis: string } } }[] };
    };
    const copies = dr.protections.filter(({ protection }) => protection.mechanism === "AWS Backup copy");
    expect(copies.map(({ path, protection }) => [path.split("/").at(-2), protection.loss.basis])).toEqual([
      ["carts", "unknown"],
      ["ledger", "unknown"],
    ]);
  });

  test("backs up what it is told, when and for as long as it is told", () => {
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

  test("backs Aurora clusters up by what they are", () => {
    const aurora = synth({ data: { ledger: auroraPostgres({ instanceClass: "db.r6g.large" }) } });
    expect(aurora.get("orders-seoul")!.only("aws_backup_selection").resources).toEqual([
      "arn:aws:rds:ap-northeast-2:111122223333:cluster:orders-ledger-seoul",
    ]);
  });

  test("leaves out what was given up", () => {
    const given = synth({ data: { ...data, ledger: forgotten(data.ledger!) } });
    expect(resourcesOf(given.get("orders-seoul")!)).toHaveLength(1);
  });

  test("lets the other account's backups in, and its vault use the key", () => {
    const sites = { ...SITES, tokyo: ABROAD_SITE };
    const abroad = synth({
      sites,
      data: { receipts: bucket() },
      frontDoor: undefined,
      backups: { stores: ["receipts"] },
    });
    const tokyo = abroad.get("orders-tokyo")!;
    expect(tokyo.only("aws_backup_vault_policy").policy).toContain("111122223333");
    const seoulKey = abroad.get("orders-seoul")!.only("aws_kms_key").policy as string;
    expect(seoulKey).toContain("arn:aws:iam::444455556666:root");
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
