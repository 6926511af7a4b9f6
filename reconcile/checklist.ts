import { accountsOf, inOrder, regionsOf, SiteModel, StackFolder, WorkloadModel } from "../terraform";
import { Gone, Verdict } from "./verdict";

/** What a human does, and in which order. */
export interface Checklist {
  readonly workloads: readonly Workload[];
  readonly forgotten: readonly Forgotten[];
  /** Stacks to deploy; those of one stage in any order, or at once. */
  readonly deploy: readonly (readonly string[])[];
}

interface Workload extends Pick<WorkloadModel, "workload" | "pattern" | "sites"> {
  readonly todo: readonly string[];
}

/** What AWS still has, and Terraform no longer knows. */
export interface Forgotten {
  readonly stack: string;
  readonly address: string;
  /** Undefined where Terraform has forgotten it already: then the address alone says what it was. */
  readonly id: string | undefined;
  readonly region: string | undefined;
  /** Who pays for it until somebody deletes it. */
  readonly account: string | undefined;
}

/** @param verdicts by stack; there is none where there was no plan */
export function makeChecklist(stacks: readonly StackFolder[], verdicts: ReadonlyMap<StackFolder, Verdict>): Checklist {
  // what is left for a human comes first
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

/** Every stack of a workload says the same of it, but for its own protections. */
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
    `${name} is detached, it follows nobody: once ${region} is back, look at what it holds that ${active.join(", ")} has not, ` +
    `then append rebuilt("${name}", …) to the history and deploy`
  );
}

/** What the program forgets itself, and what Terraform is told to forget now. */
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

/** The manifest's order, of the stacks that have something to deploy. */
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
