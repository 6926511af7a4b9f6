/**
 * Proves, from the JSON, how a workload handles settings of an RDS database that AWS does not accept equally everywhere. AWS treats the
 * source, its replicas and the copies of its backups differently. Does not prove that AWS then upgrades or copies.
 */
import { mysql, Pattern, postgres } from "../../stacks";
import { expectRefusal } from "../support/synth";
import { defineShop, synthPattern } from "../support/workloads";

const SIZE = { instanceClass: "db.r6g.large", storageGiB: 20 } as const;

function replicationOfBackups(change: Partial<Parameters<typeof postgres>[0]>) {
  const data = { ledger: postgres({ ...SIZE, ...change }) };
  const stacks = synthPattern("pilot-light", { data });
  const { retention_period, lifecycle } = stacks
    .get("orders-tokyo")!
    .only("aws_db_instance_automated_backups_replication");
  const { backup_retention_period } = stacks.get("orders-seoul")!.only("aws_db_instance");
  return { source: backup_retention_period, copies: retention_period, lifecycle };
}

describe("the retention of replicated backups", () => {
  test("is 7 days, and does not follow the source's", () => {
    expect(replicationOfBackups({ backups: { retentionDays: 14 } })).toEqual({
      source: 14,
      copies: 7,
      lifecycle: { prevent_destroy: true },
    });
  });

  test("has its own setting, which needs destroyable to change, because AWS ends the replication and starts another", () => {
    const kept = { backupsReplicationRetentionDays: 21, destroyable: true };
    expect(replicationOfBackups({ backups: { retentionDays: 14 }, ...kept })).toEqual({
      source: 14,
      copies: 21,
      lifecycle: { prevent_destroy: false },
    });
  });
});

describe("upgrades.allowMajorVersion", () => {
  const allowed = { ...SIZE, upgrades: { allowMajorVersion: true } };

  test.each<[Pattern, (boolean | undefined)[]]>([
    ["pilot-light", [true, true]],
    ["backup-restore", [true]],
  ])("reaches every instance of MySQL (%s)", (pattern, expected) => {
    const stacks = synthPattern(pattern, { data: { ledger: mysql(allowed) } });
    const databases = [...stacks.values()].flatMap((stack) => stack.all("aws_db_instance"));
    expect(databases.map(({ allow_major_version_upgrade }) => allow_major_version_upgrade)).toEqual(expected);
  });

  test("applies to the source of PostgreSQL if it has no replica", () => {
    const stacks = synthPattern("backup-restore", { data: { ledger: postgres(allowed) } });
    expect(stacks.get("orders-seoul")!.only("aws_db_instance").allow_major_version_upgrade).toBe(true);
  });

  test("is refused for PostgreSQL with a replica in another region, which AWS does not upgrade", () => {
    expectRefusal(
      defineShop({ data: { ledger: postgres(allowed) } }),
      "ConflictingSettings",
      "'upgrades.allowMajorVersion' of store 'ledger' is given, and AWS upgrades no PostgreSQL replica of another region",
      "orders",
    );
  });
});
