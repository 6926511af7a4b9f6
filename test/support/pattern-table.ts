import { auroraPostgres, Pattern } from "../../stacks";
import { POLICIES, Policy } from "../../stacks/policy";
import { StackModel } from "../../stacks/stacks/model";
import { RESOURCE_TYPES } from "../../terraform";
import { Synthesised } from "./synth";
import { synthPattern } from "./workloads";

const TITLES: Readonly<Record<Pattern, string>> = {
  "backup-restore": "`BackupRestore`",
  "pilot-light": "`PilotLight`",
  "warm-standby": "`WarmStandby`",
  "multi-site": "`MultiSite`",
};

const COMPUTE: Readonly<Record<Policy["compute"], string>> = {
  absent: "not there until it is active",
  none: "there, at none",
  reduced: "`capacity.standby`",
  full: "as many as in every site",
};
const DATABASE: Readonly<Record<Policy["database"], string>> = { backups: "its backups", replica: "a read replica" };
const FRONT_DOOR: Readonly<Record<Policy["frontDoor"], string>> = {
  simple: "the active site",
  failover: "the active site, until a standby's switch is tripped",
  latency: "every site that no other has evacuated",
};

interface Column {
  readonly policy: Policy;
  readonly standby: Synthesised;
  readonly replication: Synthesised;
  readonly model: StackModel;
  /** Instances of an Aurora cluster. */
  readonly aurora: number;
}

/** The README's table of patterns, from the policy table and what the shop synthesises to in each. */
export function patternTable(): string {
  const columns = Object.values(POLICIES).map(columnOf);
  const rows: readonly (readonly [string, (column: Column) => string])[] = [
    ["instances or tasks in a standby", ({ policy }) => COMPUTE[policy.compute]],
    [
      "an RDS database in a standby",
      ({ policy }) => `${DATABASE[policy.database]}${policy.databaseMultiAz ? " in two zones" : ""}`,
    ],
    [
      "an Aurora cluster in a standby",
      ({ aurora }) => (aurora === 0 ? "storage, no instance" : `${aurora} of 2 instances`),
    ],
    ["tables and buckets in a standby", ({ standby, replication }) => liveStores(standby, replication)],
    ["the name is answered by", ({ policy }) => FRONT_DOOR[policy.frontDoor]],
    ["a failover calls", ({ model, policy }) => calls(model, policy)],
    ...["receipts", "carts", "ledger"].map(
      (store) => [LOSS[store]!, ({ model }: Column) => loss(model, store)] as const,
    ),
    ["paid for in a standby while idle", ({ standby, replication }) => costs(standby, replication)],
  ];
  const lines = rows.map(([title, cell]) => `| ${[title, ...columns.map(cell)].join(" | ")} |`);
  const titles = columns.map(({ policy }) => TITLES[policy.pattern]);
  return [`| | ${titles.join(" | ")} |`, `| --- |${" --- |".repeat(titles.length)}`, ...lines].join("\n");
}

function columnOf(policy: Policy): Column {
  const stacks = synthPattern(policy.pattern);
  const standby = stacks.get("orders-tokyo")!;
  const { dr: model } = standby.json["//"] as unknown as { dr: StackModel };
  const data = { ledger: auroraPostgres({ instanceClass: "db.r6g.large" }) };
  const withAurora = synthPattern(policy.pattern, { data, frontDoor: undefined }).get("orders-tokyo")!;
  return {
    policy,
    standby,
    replication: stacks.get("orders-tokyo-replication")!,
    model,
    aurora: withAurora.all("aws_rds_cluster_instance").length,
  };
}

const LOSS: Readonly<Record<string, string>> = {
  receipts: "a bucket may lose",
  carts: "a table may lose",
  ledger: "an RDS database may lose",
};

function liveStores(standby: Synthesised, replication: Synthesised): string {
  const live = [standby.all("aws_s3_bucket"), replication.all("aws_dynamodb_table_replica")];
  return live.every(({ length }) => length === 1) ? "live" : "not there";
}

/** Of the steps that a standby's own constructs name; restoring from backups is for when replicas copied a mistake. */
function calls({ protections }: StackModel, { database }: Policy): string {
  const steps = protections
    .filter(({ protection }) => database === "backups" || !protection.mechanism.includes("backups"))
    .flatMap(({ recovery }) => recovery.map(({ call }) => call))
    .filter((call) => call !== "none");
  return steps.length === 0
    ? "nothing"
    : [...new Set(steps)]
        .sort()
        .map((call) => `\`${call}\``)
        .join(", ");
}

/** The figures as Terraform's JSON has them: seconds. */
function loss({ estimates }: StackModel, store: string): string {
  const { loss: figure } = estimates.find((estimate) => estimate.store === store)!;
  const seconds = figure.value as unknown as number | undefined;
  if (seconds === undefined) return "unknown: AWS publishes no figure";
  return `${seconds >= 60 ? `${seconds / 60} min` : `${seconds} s`} (${figure.basis})`;
}

function costs(...stacks: readonly Synthesised[]): string {
  const found = Object.entries(RESOURCE_TYPES).filter(([type]) => stacks.some((stack) => runs(stack, type)));
  return found
    .flatMap(([, { idleCost }]) => idleCost ?? [])
    .sort()
    .join(", ");
}

function runs(stack: Synthesised, type: string): boolean {
  const found = stack.all(type);
  return type === "aws_autoscaling_group" ? found.some(({ min_size }) => min_size !== 0) : found.length > 0;
}
