/**
 * Proves, from the JSON, which resources a `BackupRestore` workload has in each step of a history. A recorded failover makes
 * Terraform restore databases and create resources in the standby. A resource leaves a stack only by being forgotten.
 */
import { failedOver, forgotten as giveUp, HistoryEvent, Pattern, postgres, rebuilt, WorkloadSite } from "../../stacks";
import { difference, forgotten, resources } from "../support/difference";
import { expectRefusal } from "../support/synth";
import { SHOPS, ShopChange, SITES, synthPattern } from "../support/workloads";
import { Testing } from "cdktf";

const THERE = failedOver("tokyo", { on: "2027-03-02" });
const REBUILT = rebuilt("seoul", { on: "2027-03-09" });
const BACK = failedOver("seoul", { on: "2027-03-16" });
const AGAIN = rebuilt("tokyo", { on: "2027-03-17" });

const HISTORIES: readonly HistoryEvent[][] = [
  [],
  [THERE],
  [THERE, REBUILT],
  [THERE, REBUILT, BACK],
  [THERE, REBUILT, BACK, AGAIN],
];
const steps = HISTORIES.map((history) => synthPattern("backup-restore", { history }));
const at = (step: number, site: string) => steps[step]!.get(`orders-${site}`)!;
const backupsArn = (step: number, site: string) => {
  const found = resources(at(step, site)).get("aws_ssm_parameter.ledger_BackupsArn")!;
  return { name: found.name, value: found.value, ...(found.lifecycle !== undefined && { lifecycle: found.lifecycle }) };
};
const changes = (step: number, site: string) => difference(at(step - 1, site), at(step, site));

describe("on day one", () => {
  test("a standby has a network, a key, groups to restore into, and the backups; nothing that runs", () => {
    const types = new Set(at(0, "tokyo").types());
    for (const there of ["aws_vpc", "aws_kms_key", "aws_db_subnet_group", "aws_s3_bucket"])
      expect(types).toContain(there);
    for (const absent of ["aws_db_instance", "aws_autoscaling_group", "aws_lb"]) {
      expect(types).not.toContain(absent);
    }
    expect(at(0, "tokyo").only("aws_db_instance_automated_backups_replication").source_db_instance_arn).toBe(
      "arn:aws:rds:ap-northeast-2:111122223333:db:orders-ledger-seoul",
    );
  });

  test("the possible data loss of a database is unknown, because AWS publishes no figure for copying its logs", () => {
    const { dr } = at(0, "tokyo").json["//"] as { dr: { estimates: { store: string; verdict: string }[] } };
    expect(dr.estimates.find(({ store }) => store === "ledger")!.verdict).toBe("unknown");
  });
});

describe("failed over", () => {
  test("the standby's stack restores the database from its own backups, and creates the compute", () => {
    expect(at(1, "tokyo").only("aws_db_instance")).toMatchObject({
      identifier: "orders-ledger-tokyo",
      multi_az: true,
      restore_to_point_in_time: {
        source_db_instance_automated_backups_arn: expect.stringMatching(
          /^\$\{aws_ssm_parameter\.ledger_BackupsArn_\w+\.value\}$/,
        ) as string,
        use_latest_restorable_time: true,
      },
      apply_immediately: true, // a restore ignores this argument; the next apply sets it
    });
    expect(at(1, "tokyo").only("aws_autoscaling_group")).toMatchObject({ min_size: 6 });
  });

  test("the restore needs no replication, whose source may be gone: it is forgotten, and a parameter keeps its ARN", () => {
    expect(changes(1, "tokyo").filter((line) => !line.startsWith("+ "))).toEqual([
      "- aws_db_instance_automated_backups_replication.ledger_Backups",
      "aws_ssm_parameter.ledger_BackupsArn lifecycle",
      "aws_ssm_parameter.ledger_BackupsArn value",
    ]);
    expect(forgotten(at(1, "tokyo"))).toEqual(["aws_db_instance_automated_backups_replication.ledger_Backups"]);
    expect(backupsArn(0, "tokyo")).toEqual({
      name: "/orders/ledger/backups",
      value: expect.stringMatching(
        /^\$\{aws_db_instance_automated_backups_replication\.ledger_Backups_\w+\.id\}$/,
      ) as string,
    });
    expect(backupsArn(1, "tokyo")).toEqual({
      name: "/orders/ledger/backups",
      value: "none",
      lifecycle: { ignore_changes: ["value"] },
    });
  });

  test("the former active site keeps all it has, at zero", () => {
    expect(changes(1, "seoul")).toEqual([
      "aws_autoscaling_group.api_Group desired_capacity",
      "aws_autoscaling_group.api_Group lifecycle", // the number is no longer ignored
      "aws_autoscaling_group.api_Group min_size",
    ]);
  });
});

describe("rebuilt", () => {
  test("the former active site gets backups of the new one, and its old database is forgotten", () => {
    expect(changes(2, "seoul").filter((line) => line.includes("ledger"))).toEqual([
      "- aws_cloudwatch_log_group.ledger_Instance_Log-postgresql",
      "- aws_cloudwatch_log_group.ledger_Instance_Log-upgrade",
      "- aws_db_instance.ledger_Instance",
      "+ aws_db_instance_automated_backups_replication.ledger_Backups2",
      "aws_ssm_parameter.ledger_BackupsArn lifecycle",
      "aws_ssm_parameter.ledger_BackupsArn value",
      "- aws_ssm_parameter.ledger_Published-address",
      "- aws_ssm_parameter.ledger_Published-port",
    ]);
    expect(forgotten(at(2, "seoul"))).toEqual([
      "aws_cloudwatch_log_group.ledger_Instance_Log-postgresql",
      "aws_cloudwatch_log_group.ledger_Instance_Log-upgrade",
      "aws_db_instance.ledger_Instance",
    ]);
    expect(at(2, "seoul").only("aws_db_instance_automated_backups_replication").source_db_instance_arn).toBe(
      "arn:aws:rds:ap-northeast-1:111122223333:db:orders-ledger-tokyo",
    );
  });
});

describe("failed back", () => {
  test("a second generation is restored next to the first, and the site publishes the second", () => {
    expect(at(3, "seoul").only("aws_db_instance").identifier).toBe("orders-ledger-seoul-2");
    expect(changes(3, "seoul").filter((line) => line.startsWith("- "))).toEqual([
      "- aws_db_instance_automated_backups_replication.ledger_Backups2",
    ]);
    expect(forgotten(at(3, "seoul"))).toContain("aws_db_instance_automated_backups_replication.ledger_Backups2");
    const published = at(3, "seoul")
      .all("aws_ssm_parameter")
      .find(({ name }) => name === "/orders/ledger/address");
    expect(published!.value).toMatch(/^\$\{aws_db_instance\.ledger_Instance2_\w+\.address\}$/);
  });

  test("and rebuilt again, the other site's first generation and the backups it came from are forgotten", () => {
    expect(forgotten(at(4, "tokyo"))).toEqual([
      "aws_cloudwatch_log_group.ledger_Instance_Log-postgresql",
      "aws_cloudwatch_log_group.ledger_Instance_Log-upgrade",
      "aws_db_instance.ledger_Instance",
      "aws_db_instance_automated_backups_replication.ledger_Backups",
    ]);
  });
});

test("a database whose backups are not copied is refused", () => {
  const ledger = postgres({ instanceClass: "db.r6g.large", storageGiB: 20, backupsReplication: false });
  const change: ShopChange = { data: { ledger }, frontDoor: undefined };
  expectRefusal(
    () => SHOPS["backup-restore"](Testing.app(), change),
    "ConflictingSettings",
    "'backupsReplication' of store 'ledger' is false, and the pattern copies only backups",
    "orders",
  );
});

describe("a site in the region of IAM's control plane", () => {
  const site = (region: string): WorkloadSite => {
    return { region, account: "111122223333", state: { bucket: `acme-tf-${region}` } };
  };
  const virginia = site("us-east-1");
  const oregon = site("us-west-2");
  const china = { beijing: site("cn-north-1"), ningxia: site("cn-northwest-1") };
  const define = (pattern: Pattern, change: ShopChange) => () => SHOPS[pattern](Testing.app(), change);

  test.each<[string, Readonly<Record<string, WorkloadSite>>, string]>([
    [
      "as the home",
      { virginia, oregon },
      "site 'virginia' is in us-east-1, which has the only control plane of IAM. A failover from it is a deployment, which fails while us-east-1 is unavailable",
    ],
    [
      "as a standby, which may be the active site one day",
      { oregon, virginia },
      "site 'virginia' is in us-east-1, which has the only control plane of IAM. A failover from it is a deployment, which fails while us-east-1 is unavailable",
    ],
    [
      "in China",
      china,
      "site 'beijing' is in cn-north-1, which has the only control plane of IAM. A failover from it is a deployment, which fails while cn-north-1 is unavailable",
    ],
  ])("fails %s", (_, sites, problem) => {
    expectRefusal(define("backup-restore", { sites }), "FailoverNeedsLostRegion", problem, "orders");
  });

  test("names what to do", () => {
    expect(define("backup-restore", { sites: { virginia, oregon } })).toThrow(
      /; use PilotLight, which fails over by calls in the standby's own region, or choose another region. To keep it, set 'acceptUsEast1' to true$/,
    );
  });

  test.each<[string, Pattern, ShopChange]>([
    ["when it is accepted", "backup-restore", { sites: { virginia, oregon }, acceptUsEast1: true }],
    ["when it is given up", "backup-restore", { sites: { ...SITES, virginia: giveUp(virginia) } }],
    [
      "in GovCloud, of which AWS names none",
      "backup-restore",
      { sites: { west: site("us-gov-west-1"), east: site("us-gov-east-1") } },
    ],
    ["of a pilot light", "pilot-light", { sites: { virginia, oregon } }],
    ["of a warm standby", "warm-standby", { sites: { virginia, oregon } }],
    ["of a multi-site workload", "multi-site", { sites: { virginia, oregon } }],
  ])("passes %s", (_, pattern, change) => {
    expect(define(pattern, { frontDoor: undefined, ...change })).not.toThrow();
  });

  test("changes no stack of other regions when it is accepted", () => {
    const accepted = synthPattern("backup-restore", { acceptUsEast1: true });
    expect([...accepted].map(([name, { text }]) => [name, text])).toEqual(
      [...steps[0]!].map(([name, { text }]) => [name, text]),
    );
  });
});
