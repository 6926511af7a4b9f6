/**
 * Proves, from the JSON, how a change of the pattern changes every stack of the shop. It lists new resources, removed resources and
 * changed arguments. A store, key, vault, bucket, zone or network is only ever removed by being forgotten. The live tests prove that
 * the AWS provider makes the same plans.
 */
import { isPrecious } from "../../terraform";
import {
  autoScaling,
  evacuated,
  MultiSite,
  Pattern,
  PilotLight,
  rejoined,
  ssmImage,
  WarmStandby,
  WorkloadProps,
} from "../../stacks";
import { difference, forgotten, resources } from "../support/difference";
import { Synthesised } from "../support/synth";
import { shop, synthPattern } from "../support/workloads";

type Stacks = ReadonlyMap<string, Synthesised>;

const LADDER: readonly Pattern[] = ["backup-restore", "pilot-light", "warm-standby", "multi-site"];
const shops = Object.fromEntries(LADDER.map((pattern) => [pattern, synthPattern(pattern)])) as Record<Pattern, Stacks>;

function changes(from: Pattern, to: Pattern): Record<string, string[]> {
  const found = [...shops[from].keys()].map((stack) => {
    return [stack, difference(shops[from].get(stack)!, shops[to].get(stack)!)] as const;
  });
  return Object.fromEntries(found.filter(([, lines]) => lines.length > 0));
}

/** The parameter that Terraform must replace when a standby changes from a replica to backups, or back. */
const GUARD = ["lifecycle", "name", "value"].map(
  (argument) => `aws_ssm_parameter.ledger_SteppingDownNeeds-steppedDownFrom ${argument}`,
);
const REPLICA = [
  "aws_cloudwatch_log_group.ledger_Instance_Log-postgresql",
  "aws_cloudwatch_log_group.ledger_Instance_Log-upgrade",
  "aws_db_instance.ledger_Instance",
];

test("the history stays valid: a site that was evacuated and rejoined is a normal standby in the other patterns", () => {
  const on = { on: "2027-03-02" };
  const history = [evacuated("tokyo", on), rejoined("tokyo", on)];
  for (const pattern of LADDER) {
    const now = synthPattern(pattern, { history });
    const changed = [...shops[pattern]].flatMap(([stack, before]) => difference(before, now.get(stack)!));
    expect({ pattern, changed }).toEqual({ pattern, changed: [] });
  }
});

test("the stacks of every pattern have the same names", () => {
  for (const pattern of LADDER)
    expect([...shops[pattern].keys()].sort()).toEqual([...shops["pilot-light"].keys()].sort());
});

describe("from backup-restore to pilot-light and back", () => {
  test("a standby gains a replica and its compute at zero, and nothing that is there changes", () => {
    const { "orders-tokyo": tokyo, ...others } = changes("backup-restore", "pilot-light");
    expect(others).toEqual({
      "orders-seoul": ["+ aws_cloudwatch_metric_alarm.FailoverSwitch", ...GUARD],
      "orders-front-door": [
        "+ aws_route53_health_check.Switch-tokyo",
        "+ aws_route53_record.From-seoul_Primary",
        "+ aws_route53_record.From-seoul_Secondary",
        "aws_route53_record.Record alias",
        "aws_route53_record.Record depends_on",
      ],
    });
    expect(tokyo!.filter((line) => !line.startsWith("+ "))).toEqual([
      "aws_db_instance_automated_backups_replication.ledger_Backups depends_on", // made after the replica
      ...GUARD,
    ]);
    const created = tokyo!.filter((line) => line.startsWith("+ "));
    expect(created.filter((line) => /aws_(db|autoscaling_group|lb\.|cloudwatch_metric)/.test(line))).toEqual([
      "+ aws_autoscaling_group.api_Group",
      "+ aws_cloudwatch_metric_alarm.FailoverSwitch",
      "+ aws_cloudwatch_metric_alarm.ledger_Lag",
      "+ aws_db_instance.ledger_Instance",
      "+ aws_lb.api_LoadBalancer",
    ]);
  });

  test("to backups, without steppedDownFrom, fails at the parameter that says how a standby holds a database", () => {
    for (const site of ["orders-seoul", "orders-tokyo"]) {
      const guard = (pattern: Pattern) =>
        resources(shops[pattern].get(site)!).get("aws_ssm_parameter.ledger_SteppingDownNeeds-steppedDownFrom");
      expect(guard("pilot-light")).toMatchObject({
        name: "/orders/ledger/standby-holds-replica",
        lifecycle: { prevent_destroy: false },
      });
      expect(guard("backup-restore")).toMatchObject({
        name: "/orders/ledger/standby-holds-backups",
        lifecycle: { prevent_destroy: true },
      });
    }
  });

  test("with steppedDownFrom, the replica is forgotten, not destroyed", () => {
    const down = synthPattern("backup-restore", { steppedDownFrom: "pilot-light" });
    expect(forgotten(down.get("orders-tokyo")!)).toEqual(REPLICA);
    expect(forgotten(down.get("orders-seoul")!)).toEqual([]);
    const guard = resources(down.get("orders-tokyo")!).get(
      "aws_ssm_parameter.ledger_SteppingDownNeeds-steppedDownFrom",
    );
    expect(guard).toMatchObject({ lifecycle: { prevent_destroy: false } });
  });

  test("nothing else that a standby of a pilot light loses is protected from being deleted", () => {
    const lost = difference(shops["pilot-light"].get("orders-tokyo")!, shops["backup-restore"].get("orders-tokyo")!)
      .filter((line) => line.startsWith("- "))
      .map((line) => line.slice(2));
    const before = resources(shops["pilot-light"].get("orders-tokyo")!);
    const kept = lost.filter((address) => {
      const { enable_deletion_protection, lifecycle } = before.get(address) as {
        enable_deletion_protection?: boolean;
        lifecycle?: { prevent_destroy?: boolean };
      };
      return enable_deletion_protection === true || lifecycle?.prevent_destroy === true;
    });
    expect(kept).toEqual(["aws_db_instance.ledger_Instance"]);
  });
});

describe("from pilot-light to warm-standby and back", () => {
  test("the floor of a standby changes, and nothing else", () => {
    expect(changes("pilot-light", "warm-standby")).toEqual({
      "orders-tokyo": [
        "aws_autoscaling_group.api_Group desired_capacity", // ignored after creation
        "aws_autoscaling_group.api_Group min_size",
      ],
    });
    const floor = (pattern: Pattern) => shops[pattern].get("orders-tokyo")!.only("aws_autoscaling_group").min_size;
    expect(LADDER.slice(1).map(floor)).toEqual([0, 2, 6]);
  });
});

describe("from warm-standby to multi-site and back", () => {
  test("a standby gets full capacity and a second zone; the front door answers with every site", () => {
    const { "orders-front-door": frontDoor, ...sites } = changes("warm-standby", "multi-site");
    expect(sites).toEqual({
      "orders-seoul": ["+ aws_cloudwatch_metric_alarm.Evacuate-tokyo", "- aws_cloudwatch_metric_alarm.FailoverSwitch"],
      "orders-tokyo": [
        "aws_autoscaling_group.api_Group desired_capacity", // ignored after creation
        "aws_autoscaling_group.api_Group lifecycle", // nothing replaces the group of an active site
        "aws_autoscaling_group.api_Group min_size",
        "+ aws_cloudwatch_metric_alarm.Evacuate-seoul",
        "- aws_cloudwatch_metric_alarm.FailoverSwitch",
        "aws_db_instance.ledger_Instance multi_az",
      ],
    });
    expect(frontDoor).toEqual([
      "- aws_route53_health_check.Switch-tokyo",
      "+ aws_route53_health_check.seoul-StaysFor-tokyo",
      "+ aws_route53_health_check.tokyo-StaysFor-seoul",
      "+ aws_route53_record.EverySite_seoul",
      "+ aws_route53_record.EverySite_tokyo",
      "- aws_route53_record.From-seoul_Primary",
      "- aws_route53_record.From-seoul_Secondary",
      "aws_route53_record.Record alias",
      "aws_route53_record.Record depends_on",
    ]);
  });
});

describe("any pattern after any other, with any history", () => {
  test.each(LADDER.flatMap((from) => LADDER.map((to) => [from, to] as const)))(
    "from %s to %s no store, key, bucket, zone or network goes but by being forgotten",
    (from, to) => {
      const steppedDownFrom = to === "backup-restore" && from !== "backup-restore" ? from : undefined;
      const stacks = steppedDownFrom === undefined ? shops[to] : synthPattern(to, { steppedDownFrom });
      for (const [name, before] of shops[from]) {
        const after = stacks.get(name)!;
        const left = forgotten(after);
        const gone = difference(before, after)
          .filter((line) => line.startsWith("- ") && isPrecious(typeOf(line)))
          .map((line) => line.slice(2));
        expect(gone.filter((address) => !left.includes(address))).toEqual([]);
      }
    },
  );
});

/** `- aws_db_instance.ledger_Instance` */
function typeOf(line: string): string {
  return line.slice(2).split(".")[0]!;
}

describe("a setting that a pattern does not support", () => {
  test("does not compile", () => {
    const { compute: zero, ...rest } = shop();
    // @ts-expect-error a warm standby needs capacity.standby
    const warm: ConstructorParameters<typeof WarmStandby>[2] = { ...rest, compute: zero };
    const api = { image: ssmImage("/acme/api"), instanceType: "m7g.large" };
    // @ts-expect-error nor can it be forgotten where the compute is written
    const inPlace: typeof warm = { ...rest, compute: { api: autoScaling({ ...api, capacity: { active: 6 } }) } };
    const apart = autoScaling({ ...api, capacity: { active: 6, standby: 2 } });
    const good: typeof warm = { ...rest, compute: { apart } };
    // @ts-expect-error a pilot light takes none
    const none: ConstructorParameters<typeof PilotLight>[2] = { ...rest, compute: { apart } };
    // @ts-expect-error a multi-site workload says who writes
    const multi: ConstructorParameters<typeof MultiSite>[2] = { ...rest };
    // @ts-expect-error a pilot light has no say in it
    const pilot: ConstructorParameters<typeof PilotLight>[2] = { ...rest, writes: "local" };
    const all: readonly Partial<WorkloadProps>[] = [warm, inPlace, good, none, multi, pilot];
    expect(all).toHaveLength(6);
  });
});
