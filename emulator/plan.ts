import { CommandResult } from "../terraform";

type Action = "create" | "read" | "update" | "delete" | "forget";

/** One thing Terraform would do. */
export interface PlannedChange {
  readonly address: string;
  readonly type: string;
  /** As Terraform names them; two of them are a replacement, in this order. */
  readonly actions: readonly Action[];
  /** The id it would be imported by; undefined when nothing is imported. */
  readonly importing: string | undefined;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

export interface Plan {
  /** Resources only, without reads; imports are changes too. */
  readonly changes: readonly PlannedChange[];
  /** Names of outputs that would change. */
  readonly outputs: readonly string[];
  /** Whether there is nothing to do at all. */
  readonly clean: boolean;
  /** What Terraform printed. */
  readonly text: string;
  readonly seconds: number;
}

interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly type: string;
    readonly change: {
      readonly actions: readonly (Action | "no-op")[];
      readonly before: Record<string, unknown> | null;
      readonly after: Record<string, unknown> | null;
      readonly importing?: { readonly id?: string };
    };
  }[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly string[] }>>;
}

export function readPlan(json: string, result: CommandResult): Plan {
  const plan = JSON.parse(json) as PlanJson;
  const changes = (plan.resource_changes ?? []).map(({ address, type, change }): PlannedChange => {
    const actions = change.actions.filter((action): action is Action => action !== "no-op");
    return {
      address,
      type,
      actions,
      importing: change.importing && (change.importing.id ?? ""),
      before: change.before,
      after: change.after,
    };
  });
  const outputs = Object.entries(plan.output_changes ?? {}).filter(([, { actions }]) =>
    actions.some((action) => action !== "no-op"),
  );
  return {
    changes: changes.filter(
      ({ actions, importing }) => (actions.length > 0 && actions[0] !== "read") || importing !== undefined,
    ),
    outputs: outputs.map(([name]) => name),
    clean: result.code === 0,
    text: result.stdout,
    seconds: result.seconds,
  };
}
