import { inOrder, Procedure, Step } from "../core/model";
import { Placement, State, States, statesOf } from "./step-states";

/** The procedure of one part of a workload. */
export interface PartProcedure {
  /** Name of the part in the names of the states. */
  readonly part: string;
  readonly procedure: Procedure;
}

/** The procedures of a site, by the order in which they have to be done. Those of one list run at the same time. */
export interface PlanProcedures {
  readonly data: readonly PartProcedure[];
  readonly compute: readonly PartProcedure[];
  readonly traffic: readonly PartProcedure[];
}

/** A state machine in the Amazon States Language. */
export interface Definition {
  readonly QueryLanguage: "JSONata";
  readonly StartAt: string;
  readonly States: States;
}

/**
 * Compiles procedures to a state machine: first the data, then the compute, last the traffic. No step sends users to a site before its data
 * and its compute are there.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html
 */
export function definitionOf(procedures: PlanProcedures, partition: string): Definition {
  const stages = (["data", "compute", "traffic"] as const)
    .map((stage) => ({ stage, branches: procedures[stage].flatMap((one) => branchesOf(one, partition)) }))
    .filter(({ branches }) => branches.length > 0);
  const states = stages.map(({ stage, branches }, index): [string, State] => [
    stage,
    { Type: "Parallel", Branches: branches, Output: {}, ...next(stages[index + 1]?.stage) },
  ]);
  if (states.length === 0)
    return { QueryLanguage: "JSONata", StartAt: "Nothing to do", States: { "Nothing to do": { Type: "Succeed" } } };
  return { QueryLanguage: "JSONata", StartAt: stages[0]!.stage, States: Object.fromEntries(states) };
}

function next(stage: string | undefined): State {
  return stage === undefined ? { End: true } : { Next: stage };
}

/** A branch for each group of steps that do not need each other. In a branch, one step follows the other. */
function branchesOf({ part, procedure }: PartProcedure, partition: string): readonly State[] {
  return groupsOf(procedure.steps).map((steps) => branch(steps, { part, partition }));
}

function branch(steps: readonly Step[], at: Placement): State {
  const placed = steps.reduceRight<{ readonly startAt?: string; readonly states: States }>(
    (after, step) => {
      const { startAt, states } = statesOf(step, {
        ...at,
        ...(after.startAt !== undefined && { next: after.startAt }),
      });
      return { startAt, states: { ...states, ...after.states } };
    },
    { states: {} },
  );
  return { StartAt: placed.startAt!, States: placed.states };
}

/** Groups of steps that need each other, each in an order in which a step follows all that it needs. */
function groupsOf(steps: readonly Step[]): readonly (readonly Step[])[] {
  let groups: (readonly Step[])[] = [];
  for (const step of inOrder(steps)) {
    const isNeeded = (group: readonly Step[]) => group.some(({ id }) => step.needs?.includes(id));
    groups = [...groups.filter((group) => !isNeeded(group)), [...groups.filter(isNeeded).flat(), step]];
  }
  return groups;
}
