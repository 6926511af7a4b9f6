/**
 * Proves, from the JSON, how recording a failover and a rebuild changes the stacks. It compares changed arguments, new resources
 * and forgotten resources. The live tests prove that the AWS provider plans no destroy and no replacement.
 */
import { dns, failedOver, HistoryEvent, rebuilt } from "../../stacks";
import { difference, forgotten, resources } from "../support/difference";
import { SITES, OSAKA_SITE, synthShop } from "../support/workloads";

const THERE = failedOver("tokyo", { on: "2027-03-02" });
const SEOUL_REBUILT = rebuilt("seoul", { on: "2027-03-09" });
const BACK = failedOver("seoul", { on: "2027-03-16" });
const TOKYO_REBUILT = rebuilt("tokyo", { on: "2027-03-16" });

const steps = [
  [],
  [THERE],
  [THERE, SEOUL_REBUILT],
  [THERE, SEOUL_REBUILT, BACK],
  [THERE, SEOUL_REBUILT, BACK, TOKYO_REBUILT],
];
const shops = steps.map((history: readonly HistoryEvent[]) => synthShop({ history }));

/** The differences in a stack between two steps. */
function changes(from: number, to: number, stack: string): string[] {
  return difference(shops[from]!.get(stack)!, shops[to]!.get(stack)!);
}

function forgottenAt(step: number, stack: string): string[] {
  return forgotten(shops[step]!.get(stack)!);
}

/** The target of each record of the front door. */
function answers(step: number): Record<string, string> {
  const records = [...resources(shops[step]!.get("orders-front-door")!)].filter(([address]) => {
    return address.startsWith("aws_route53_record.");
  });
  return Object.fromEntries(
    records.map(([address, { alias }]) => [address.split(".")[1]!, (alias as { name: string }).name]),
  );
}

const FIRST_GENERATION_OF_SEOUL = [
  "aws_cloudwatch_log_group.ledger_Instance_Log-postgresql",
  "aws_cloudwatch_log_group.ledger_Instance_Log-upgrade",
  "aws_db_instance.ledger_Instance",
];
const REPLICATION = "aws_db_instance_automated_backups_replication.ledger_Backups";
const FIRST_GENERATION_OF_TOKYO = [...FIRST_GENERATION_OF_SEOUL, REPLICATION];

describe("failedOver('tokyo')", () => {
  test("stops the compute of the former active site, and changes no store in it", () => {
    expect(changes(0, 1, "orders-seoul")).toEqual([
      "aws_autoscaling_group.api_Group desired_capacity",
      "aws_autoscaling_group.api_Group lifecycle", // the number is no longer ignored
      "aws_autoscaling_group.api_Group min_size",
    ]);
    const group = resources(shops[1]!.get("orders-seoul")!).get("aws_autoscaling_group.api_Group")!;
    expect(group).toMatchObject({ min_size: 0, desired_capacity: 0, max_size: 12 });
    expect(group.lifecycle).toBeUndefined();
  });

  test("makes the standby the active site: floor, second zone at once, a silent lag alarm", () => {
    expect(changes(0, 1, "orders-tokyo")).toEqual([
      "aws_autoscaling_group.api_Group desired_capacity", // ignored after creation
      "aws_autoscaling_group.api_Group lifecycle", // nothing replaces the group of an active site
      "aws_autoscaling_group.api_Group min_size",
      "aws_cloudwatch_metric_alarm.ledger_Lag metric_query",
      "aws_cloudwatch_metric_alarm.ledger_Lag treat_missing_data",
      "aws_db_instance.ledger_Instance apply_immediately",
      "aws_db_instance.ledger_Instance multi_az",
      "aws_db_instance.ledger_Instance replicate_source_db", // ignored after creation
      "- aws_db_instance_automated_backups_replication.ledger_Backups",
      "aws_lb.api_LoadBalancer enable_deletion_protection",
      "aws_ssm_parameter.ledger_BackupsArn lifecycle",
      "aws_ssm_parameter.ledger_BackupsArn value", // ignored from now on
    ]);
  });

  test.each(["orders-seoul-replication", "orders-tokyo-replication"])("changes nothing in %s", (stack) => {
    expect(changes(0, 1, stack)).toEqual([]);
  });

  test("makes the records of the lost site answer with the active site", () => {
    expect(changes(0, 1, "orders-front-door")).toEqual(["aws_route53_record.From-seoul_Primary alias"]);
    expect(answers(1)).toEqual({
      "From-seoul_Primary": "tokyo.orders.example.com",
      "From-seoul_Secondary": "tokyo.orders.example.com",
      Record: "from-seoul.orders.example.com",
    });
  });

  test("forgets only the backup replication of the lost database", () => {
    for (const stack of shops[1]!.keys()) {
      expect(forgottenAt(1, stack)).toEqual(stack === "orders-tokyo" ? [REPLICATION] : []);
    }
  });
});

describe("rebuilt('seoul')", () => {
  test("creates a new replica next to the old database of the site, and publishes it under the old names", () => {
    expect(changes(1, 2, "orders-seoul")).toEqual(
      [
        "+ aws_cloudwatch_log_group.ledger_Instance2_Log-postgresql",
        "+ aws_cloudwatch_log_group.ledger_Instance2_Log-upgrade",
        "+ aws_cloudwatch_metric_alarm.ledger_Lag2",
        "+ aws_db_instance.ledger_Instance2",
        "+ aws_db_instance_automated_backups_replication.ledger_Backups2",
        "- aws_cloudwatch_log_group.ledger_Instance_Log-postgresql",
        "- aws_cloudwatch_log_group.ledger_Instance_Log-upgrade",
        "- aws_db_instance.ledger_Instance",
        "aws_ssm_parameter.ledger_BackupsArn lifecycle",
        "aws_ssm_parameter.ledger_BackupsArn value",
        "aws_ssm_parameter.ledger_Published-address value",
        "aws_autoscaling_group.api_Group lifecycle", // `Generation` replaces it
        "terraform_data.Generation input",
        "- aws_cloudwatch_metric_alarm.FailoverSwitch",
        "+ aws_cloudwatch_metric_alarm.FailoverSwitch2",
      ].sort(bySign),
    );
    const fresh = resources(shops[2]!.get("orders-seoul")!).get("aws_db_instance.ledger_Instance2")!;
    expect(fresh).toMatchObject({
      identifier: "orders-ledger-seoul-2",
      replicate_source_db: "arn:aws:rds:ap-northeast-1:111122223333:db:orders-ledger-tokyo",
      multi_az: false,
    });
  });

  test("forgets all of the old generation, and nothing else", () => {
    expect(forgottenAt(2, "orders-seoul")).toEqual(FIRST_GENERATION_OF_SEOUL);
    expect(forgottenAt(2, "orders-tokyo")).toEqual([REPLICATION]);
  });

  test("replaces the group that ran while the site was active", () => {
    const group = resources(shops[2]!.get("orders-seoul")!).get("aws_autoscaling_group.api_Group")!;
    expect(group.lifecycle).toEqual({
      ignore_changes: ["desired_capacity"],
      replace_triggered_by: ["terraform_data.Generation"],
    });
    expect(group).toMatchObject({ min_size: 0, desired_capacity: 0, max_size: 12 });
  });

  test("makes the active site the first to answer, until the switch of the rebuilt one is tripped", () => {
    expect(changes(1, 2, "orders-front-door")).toEqual(
      [
        "- aws_route53_health_check.Switch-tokyo",
        "+ aws_route53_health_check.Switch-seoul2",
        "- aws_route53_record.From-seoul_Primary",
        "- aws_route53_record.From-seoul_Secondary",
        "+ aws_route53_record.From-tokyo_Primary",
        "+ aws_route53_record.From-tokyo_Secondary",
        "aws_route53_record.Record alias",
        "aws_route53_record.Record depends_on",
      ].sort(bySign),
    );
    expect(answers(2)).toEqual({
      "From-tokyo_Primary": "tokyo.orders.example.com",
      "From-tokyo_Secondary": "seoul.orders.example.com",
      Record: "from-tokyo.orders.example.com",
    });
    const check = resources(shops[2]!.get("orders-front-door")!).get("aws_route53_health_check.Switch-seoul2")!;
    expect(check).toMatchObject({
      cloudwatch_alarm_name: "orders-seoul-failover-switch-2",
      cloudwatch_alarm_region: "ap-northeast-2",
    });
  });

  test("ends the failover of the other site, and leaves every other stack as it was", () => {
    for (const stack of shops[2]!.keys()) {
      if (["orders-seoul", "orders-front-door"].includes(stack)) continue;
      const over = ["- aws_cloudwatch_metric_alarm.ledger_Lag", "aws_db_instance.ledger_Instance apply_immediately"];
      expect(changes(1, 2, stack)).toEqual(stack === "orders-tokyo" ? over : []);
    }
  });
});

describe("failed over back, and rebuilt again", () => {
  test("the second generation of the home becomes active like any standby", () => {
    expect(changes(2, 3, "orders-seoul")).toEqual([
      "aws_autoscaling_group.api_Group desired_capacity",
      "aws_autoscaling_group.api_Group lifecycle",
      "aws_autoscaling_group.api_Group min_size",
      "aws_cloudwatch_metric_alarm.ledger_Lag2 metric_query",
      "aws_cloudwatch_metric_alarm.ledger_Lag2 treat_missing_data",
      "aws_db_instance.ledger_Instance2 apply_immediately",
      "aws_db_instance.ledger_Instance2 multi_az",
      "aws_db_instance.ledger_Instance2 replicate_source_db",
      "- aws_db_instance_automated_backups_replication.ledger_Backups2",
      "aws_ssm_parameter.ledger_BackupsArn lifecycle",
      "aws_ssm_parameter.ledger_BackupsArn value",
    ]);
    expect(changes(2, 3, "orders-tokyo")).toEqual([
      "aws_autoscaling_group.api_Group desired_capacity",
      "aws_autoscaling_group.api_Group lifecycle",
      "aws_autoscaling_group.api_Group min_size",
    ]);
  });

  test("the other site gets a second generation that follows the home's", () => {
    const fresh = resources(shops[4]!.get("orders-tokyo")!).get("aws_db_instance.ledger_Instance2")!;
    expect(fresh).toMatchObject({
      identifier: "orders-ledger-tokyo-2",
      replicate_source_db: "arn:aws:rds:ap-northeast-2:111122223333:db:orders-ledger-seoul-2",
    });
    expect(forgottenAt(4, "orders-tokyo")).toEqual(FIRST_GENERATION_OF_TOKYO);
    expect(forgottenAt(4, "orders-seoul")).toEqual([...FIRST_GENERATION_OF_SEOUL, `${REPLICATION}2`]);
  });
});

test("the groups and the master user's secret of a forgotten instance stay", () => {
  const kept = (step: number) =>
    [...resources(shops[step]!.get("orders-seoul")!).keys()].filter((address) => /_(Groups|MasterUser)_/.test(address));
  expect(kept(0)).not.toEqual([]);
  expect(kept(4)).toEqual(kept(0));
});

test("with three sites a failover detaches both others, and each rebuild follows the new active site", () => {
  const sites = { ...SITES, osaka: OSAKA_SITE };
  const frontDoor = dns({ zone: "example.com", record: "orders", stateIn: "tokyo" });
  const history = [THERE, SEOUL_REBUILT, rebuilt("osaka", { on: "2027-03-10" })];
  const stacks = synthShop({ sites, frontDoor, history });
  const sources = ["seoul", "osaka"].map((site) => {
    const [instance] = stacks.get(`orders-${site}`)!.all("aws_db_instance");
    return [instance!.identifier, instance!.replicate_source_db];
  });
  expect(sources).toEqual([
    ["orders-ledger-seoul-2", "arn:aws:rds:ap-northeast-1:111122223333:db:orders-ledger-tokyo"],
    ["orders-ledger-osaka-2", "arn:aws:rds:ap-northeast-1:111122223333:db:orders-ledger-tokyo"],
  ]);
});

/** Additions and removals carry a sign, which {@link difference} does not sort by. */
function bySign(one: string, other: string): number {
  return one.replace(/^[+-] /, "") < other.replace(/^[+-] /, "") ? -1 : 1;
}
