import { Promotion } from "../emulator";
import { printableLines } from "../modules/core/printable";
import { DarkPlace } from "./stack-facts";

/** The result of a stack while a region was dark, or after its replicas were promoted. */
export type Outcome =
  /** Planned empty, applied a change and took it back, planned empty; after a failover: planned empty. */
  | "empty"
  /** It is a stack of the dark region, so the drill did not plan it. */
  | "dark"
  /** It has replicas of a table, for which DynamoDB asks every region: it waits until the region is back. */
  | "waits"
  /** It asked a control plane in the dark region, such as IAM's in us-east-1. It cannot be planned until the region is back. */
  | "no control plane"
  /** The same, and the workload's recovery is to deploy it. */
  | "cannot recover"
  /** Its plan would create or update. */
  | "changes"
  /** Its plan would destroy or replace. */
  | "destroys"
  /** It asked the dark region. */
  | "needs the dark region"
  /** Terraform failed without a request to the dark region. */
  | "fails";

export interface StackResult {
  readonly stack: string;
  readonly outcome: Outcome;
  /** Regions it asked; `global` for services without one. */
  readonly asked: readonly string[];
  /** The actions of its plan, such as `update aws_db_instance.Ledger`. */
  readonly changes: readonly string[];
  /** Requests that the dark region did not answer: `kms DescribeKey`. */
  readonly unanswered: readonly string[];
  /** Terraform's error. @default - it did not fail */
  readonly fault?: string;
}

/** One region dark. */
export interface Round extends DarkPlace {
  readonly stacks: readonly StackResult[];
}

/** The loss of one region, and the promotion of the replicas of its databases. */
export interface Failover extends Round {
  readonly promoted: readonly Promotion[];
  /** Calls that promoted it, made while the region was dark: `rds PromoteReadReplica in ap-northeast-1`. */
  readonly calls: readonly string[];
}

export interface DrillReport {
  /** The resources that the drill created because stacks look them up. */
  readonly given: readonly string[];
  /** Differences from a deployment to AWS. */
  readonly notes: readonly string[];
  /** Stacks that did not deploy, or whose second plan was not empty. */
  readonly deployment: readonly StackResult[];
  readonly rounds: readonly Round[];
  readonly failovers: readonly Failover[];
  readonly findings: readonly string[];
  /** 0: nothing was found; 1: something was. */
  readonly code: 0 | 1;
}

export type Drilled = Omit<DrillReport, "findings" | "code">;

/** Outcomes of a dark region that are as they should be. */
const AS_IT_SHOULD_BE: readonly Outcome[] = ["empty", "dark", "waits", "no control plane"];

/** Outcomes of a stack that cannot be planned until a control plane answers again. */
const UNPLANNABLE: readonly Outcome[] = ["no control plane", "cannot recover"];

export function conclude(drilled: Drilled): DrillReport {
  const findings = [
    ...drilled.deployment.map((result) => `deployed: ${describe(result)}`),
    ...drilled.rounds.flatMap(findingsOf),
    ...drilled.failovers.flatMap((failover) => {
      // a plan may update resources that the promotion changed, but it may not destroy any
      const wrong = failover.stacks.filter(({ outcome }) => ![...AS_IT_SHOULD_BE, "changes"].includes(outcome));
      return wrong.map((result) => `${failover.site} failed over: ${describe(result)}`);
    }),
  ];
  return { ...drilled, findings, code: findings.length === 0 ? 0 : 1 };
}

function findingsOf({ site, stacks }: Round): string[] {
  const wrong = stacks.filter(({ outcome }) => !AS_IT_SHOULD_BE.includes(outcome));
  const isExplained = stacks.some(({ outcome }) => ["empty", "no control plane"].includes(outcome));
  return [
    ...wrong.map((result) => `${site} dark: ${describe(result)}`),
    ...(isExplained || wrong.length > 0 ? [] : [`${site} dark: no stack is left that plans and applies`]),
  ];
}

function describe({ stack, outcome, changes, unanswered, fault }: StackResult): string {
  const what = changes.length > 0 ? changes : unanswered;
  const listed = [...what.slice(0, 5), ...(what.length > 5 ? [`${what.length - 5} more`] : [])].join(", ");
  return `${stack} ${[outcome, listed, fault].filter(Boolean).join(": ")}`;
}

/** Renders a report as text: a table of stacks by dark sites, then the findings. */
export function renderReport(report: DrillReport): string {
  const { given, notes, rounds, failovers, findings } = report;
  const promoted = failovers.flatMap((failover) => failover.promoted.map(({ kind, name }) => `${kind} ${name}`));
  const lines = [
    ...table(rounds, failovers),
    ...(given.length > 0 ? [`created because stacks look it up: ${given.join(", ")}`] : []),
    ...(promoted.length > 0 ? [`promoted: ${promoted.join(", ")}`] : []),
    ...failovers.flatMap(changesOf),
    ...rounds.flatMap((round) => unplannable(round, failovers)),
    ...notes.map((note) => `note: ${note}`),
    ...findings.map((finding) => `FOUND ${finding}`),
    sentence(report),
  ];
  return printableLines(lines);
}

function sentence({ findings, rounds, failovers }: DrillReport): string {
  if (findings.length > 0) return counted(findings.length, "finding");
  const planned = rounds.filter(({ stacks }) => !stacks.some(isUnplannable));
  const sites = planned.map(({ site }) => site).join(" and then ");
  const promotions = failovers.flatMap(({ promoted }) => promoted).length;
  const after = `After the promotion${promotions === 1 ? "" : "s"} no plan destroys or replaces anything.`;
  return [
    ...(planned.length > 0
      ? [`With ${sites} dark, every other stack plans, applies and plans empty, and asks nothing of it.`]
      : []),
    ...(promotions > 0 ? [after] : []),
    ...(planned.length === 0 && promotions === 0 ? ["Nothing else was found."] : []),
  ].join(" ");
}

/** Why stacks could not be planned, and that the recovery calls were made nevertheless. */
function unplannable({ site, region, stacks }: Round, failovers: readonly Failover[]): string[] {
  const results = stacks.filter(isUnplannable);
  if (results.length === 0) return [];
  const names = results.map(({ stack }) => stack).join(", ");
  const asked = [...new Set(results.flatMap(({ unanswered }) => unanswered))];
  const services = [...new Set(asked.map((request) => request.split(" ")[0]!))].sort().join(", ");
  const calls = failovers.filter((failover) => failover.region === region).flatMap((failover) => failover.calls);
  return [
    `${site} dark: ${names} cannot be planned while ${region} is dark, because it holds the control planes of: ${services}`,
    `${site} dark: recovery calls made: ${calls.length === 0 ? "none" : calls.join(", ")}`,
  ];
}

/** Whether a stack cannot be planned until a control plane of the dark region answers again. */
export function isUnplannable({ outcome }: StackResult): boolean {
  return UNPLANNABLE.includes(outcome);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function changesOf({ site, stacks }: Failover): string[] {
  const changed = stacks.filter(({ changes }) => changes.length > 0);
  return changed.map(({ stack, changes }) => `${site} failed over, ${stack} would: ${changes.join(", ")}`);
}

function table(rounds: readonly Round[], failovers: readonly Failover[]): string[] {
  const columns = [
    ...rounds.map(({ site, stacks }) => ({ title: `${site} dark`, stacks })),
    ...failovers.map(({ site, stacks }) => ({ title: `${site} failed over`, stacks })),
  ];
  const names = [...new Set(columns.flatMap(({ stacks }) => stacks.map(({ stack }) => stack)))];
  if (names.length === 0) return [];
  const cells = names.map((name) => [name, ...columns.map(({ stacks }) => cell(stacks, name))]);
  const rows = [["stack", ...columns.map(({ title }) => title)], ...cells];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return [
    ...rows.map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    ),
    "",
  ];
}

function cell(stacks: readonly StackResult[], name: string): string {
  const result = stacks.find(({ stack }) => stack === name);
  if (result === undefined || result.outcome === "dark") return "-";
  return result.outcome === "changes" ? counted(result.changes.length, "change") : result.outcome;
}
