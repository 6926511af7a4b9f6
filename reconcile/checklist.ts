import { accountsOf, inOrder, regionsOf, SiteModel, StackFolder, WorkloadModel } from "../terraform";
import { Gone, Verdict } from "./verdict";

/** The steps for the operator, in their order. */
export interface Checklist {
  readonly workloads: readonly Workload[];
  readonly forgotten: readonly Forgotten[];
  /** Stacks to deploy, by stage. The stacks of one stage can be deployed in any order, or in parallel. */
  readonly deploy: readonly (readonly string[])[];
}

interface Workload extends Pick<WorkloadModel, "workload" | "pattern" | "sites"> {
  readonly todo: readonly string[];
}

/** A resource that still exists in AWS and is no longer in Terraform's state. */
export interface Forgotten {
  readonly stack: string;
  readonly address: string;
  /** Undefined if Terraform has forgotten it already. Then only the address is known. */
  readonly id: string | undefined;
  readonly region: string | undefined;
  /** The account that pays for it until you delete it. */
  readonly account: string | undefined;
}

/** @param verdicts by stack; a stack without a plan has none */
export function makeChecklist(stacks: readonly StackFolder[], verdicts: ReadonlyMap<StackFolder, Verdict>): Checklist {
  // settle first what only a person can decide
  const changed = stacks.filter((stack) => {
    const { changes, left } = verdicts.get(stack) ?? { changes: 0, left: [] };
    return changes > 0 && left.length === 0;
  });
  return {
    workloads: workloadsOf(stacks).map((model) => ({ ...model, todo: todoOf(model) })),
    forgotten: stacks.flatMap((stack) => forgottenOf(stack, verdicts.get(stack))),
    deploy: stagesOf(
      stacks,
      changed.map(({ name }) => name),
    ),
  };
}

/** All stacks of a workload describe it equally, except for their own protections. */
function workloadsOf(stacks: readonly StackFolder[]): Omit<Workload, "todo">[] {
  const models = stacks.flatMap(({ model }) => (model === undefined ? [] : [model]));
  const byName = new Map(models.map(({ workload, pattern, sites }) => [workload, { workload, pattern, sites }]));
  return [...byName.values()];
}

function todoOf({ sites }: Omit<Workload, "todo">): string[] {
  const active = sites.filter(({ role }) => role === "active").map(({ name }) => name);
  return sites.flatMap((site) => {
    if (site.role === "detached") return [rebuild(site, active)];
    if (site.role !== "evacuated") return [];
    return [
      `${site.name} is evacuated: once it may answer again, clear its switch and append rejoined("${site.name}", …)`,
    ];
  });
}

function rebuild({ name, region }: SiteModel, active: readonly string[]): string {
  return (
    `${name} is detached: it replicates from no site. Once ${region} is back, look for data that it holds and ${active.join(", ")} lacks. ` +
    `Then append rebuilt("${name}", …) to the history and deploy`
  );
}

/** Resources with a `removed` block: in the program itself, or in the file that `reconcile` writes. */
function forgottenOf(stack: StackFolder, verdict: Verdict | undefined): Forgotten[] {
  const planned = new Map<string, Gone>();
  for (const one of [...(verdict?.removed ?? []), ...(verdict?.forgets ?? [])]) {
    if (!planned.has(one.from)) planned.set(one.from, one);
  }
  const declared = (stack.json.removed ?? []).map(({ from }) => from);
  const told = (verdict?.removed ?? []).filter(({ takenOver }) => !takenOver).map(({ from }) => from);
  const [region, account] = [only(regionsOf(stack)), only(accountsOf(stack))];
  return [...new Set([...declared, ...told])].map((address) => {
    const known = planned.get(address);
    return { stack: stack.name, address, id: known?.id, region: known?.region ?? region, account };
  });
}

function only(values: readonly string[]): string | undefined {
  const different = [...new Set(values)];
  return different.length === 1 ? different[0] : undefined;
}

/** The stacks with something to deploy, in the manifest's order. */
function stagesOf(stacks: readonly StackFolder[], changed: readonly string[]): string[][] {
  const isChanged = new Set(changed);
  const depths = new Map<string, number>();
  for (const { name, dependencies } of inOrder(stacks)) {
    const before = dependencies.reduce((most, one) => Math.max(most, depths.get(one) ?? 0), 0);
    depths.set(name, before + (isChanged.has(name) ? 1 : 0));
  }
  const stages: string[][] = [];
  for (const name of changed) (stages[depths.get(name)! - 1] ??= []).push(name);
  return stages;
}
