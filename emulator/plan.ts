import { changesIn, checkPlan, CommandResult, parseJson, PlanJson, ResourceChange } from "../terraform";

/** One thing Terraform would do. */
export interface PlannedChange {
  readonly address: string;
  readonly type: string;
  /** As Terraform names them. Two of them are a replacement, in this order. */
  readonly actions: ResourceChange["change"]["actions"];
  /** The id it would be imported by. Undefined if nothing is imported. */
  readonly importing: string | undefined;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

export interface Plan {
  /** Resources only. Imports are changes too; data sources and mere moves are not. */
  readonly changes: readonly PlannedChange[];
  /** Names of outputs that would change. */
  readonly outputs: readonly string[];
  /** Whether there is nothing to do at all. */
  readonly clean: boolean;
  /** Terraform's output. */
  readonly text: string;
  readonly seconds: number;
}

/** @param shown the plan as `terraform show -json` printed it; undefined if the plan is empty */
export function readPlan(shown: string | undefined, { code, stdout: text, seconds }: CommandResult): Plan {
  const name = "what Terraform shows";
  const plan = shown === undefined ? undefined : checkPlan(parseJson(Buffer.from(shown), name), name);
  return {
    changes: plan === undefined ? [] : changesIn(plan).flatMap(plannedChange),
    outputs: plan === undefined ? [] : changedOutputs(plan),
    clean: code === 0,
    text,
    seconds,
  };
}

function plannedChange({ address, type, change }: ResourceChange): PlannedChange[] {
  const { importing, before, after } = change;
  const actions = change.actions.filter((action) => action !== "no-op");
  if (actions.length === 0 && importing === undefined) return []; // it only has another address
  return [{ address, type, actions, importing: importing && (importing.id ?? ""), before, after }];
}

function changedOutputs({ output_changes: outputs = {} }: PlanJson): string[] {
  const changed = Object.entries(outputs).filter(([, { actions }]) => actions.some((action) => action !== "no-op"));
  return changed.map(([name]) => name);
}
