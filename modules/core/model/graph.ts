import { callFaults, checksOf, ownCallsOf } from "./call-faults";
import { atOnce, Figure, inSequence } from "./figures";
import { OutputOf, Procedure, Step, Value } from "./procedures";

/** The steps of a procedure in an order in which each comes after all that it needs. Steps in a circle are left out. */
export function inOrder(steps: readonly Step[]): readonly Step[] {
  const ordered: Step[] = [];
  const done = new Set<string>();
  for (let ready = steps; ready.length > 0;) {
    ready = steps.filter(({ id, needs = [] }) => !done.has(id) && needs.every((need) => done.has(need)));
    ordered.push(...ready);
    ready.forEach(({ id }) => done.add(id));
  }
  return ordered;
}

/** The time from the first step to the last. Independent steps run at the same time, so it is the longest path through the steps. */
export function lengthOf(
  { steps }: Procedure,
  durationOf: (step: Step) => Figure = ({ duration }) => duration,
): Figure {
  const ends = new Map<string, Figure>();
  for (const step of inOrder(steps)) {
    const before = (step.needs ?? []).map((need) => ends.get(need)!);
    ends.set(step.id, inSequence([...(before.length === 0 ? [] : [atOnce(before)]), durationOf(step)]));
  }
  return atOnce([...ends.values()]);
}

/** The faults of a procedure, in sentences without a full stop. Empty if it can run. */
export function faultsOf({ steps }: Procedure): readonly string[] {
  const ids = steps.map(({ id }) => id);
  const ordered = new Set(inOrder(steps));
  const inCircle = steps.filter((step) => !ordered.has(step) && (step.needs ?? []).every((need) => ids.includes(need)));
  return [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `two steps are called '${id}'`),
    ...steps.flatMap((step) => faultsOfStep(step, steps)),
    ...(inCircle.length === 0 ? [] : [`steps wait for each other: ${inCircle.map(({ id }) => `'${id}'`).join(", ")}`]),
  ];
}

function faultsOfStep(step: Step, steps: readonly Step[]): readonly string[] {
  const { id, needs = [], withinSeconds } = step;
  const unknown = needs.filter((need) => !steps.some((other) => other.id === need));
  const given = outputsBefore(step, steps);
  return [
    ...(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) ? [] : [`'${id}' is not a step name in kebab case`]),
    ...(withinSeconds > 0 ? [] : [`step '${id}' has a time limit of ${withinSeconds} s`]),
    ...unknown.map((need) => `step '${id}' needs '${need}', which does not exist`),
    ...outputsUsed(step)
      .filter((output) => !given.has(output))
      .map((output) => `step '${id}' uses '${output}', which no step before it gives`),
    ...(step.permissions.length > 0 ? [] : [`step '${id}' has no permissions`]),
    ...callFaults(step),
  ];
}

/** Names of the outputs of all steps that end before a step begins. */
function outputsBefore(step: Step, steps: readonly Step[]): ReadonlySet<string> {
  const before = new Set<Step>();
  const next = [step];
  for (let one = next.pop(); one !== undefined; one = next.pop()) {
    const needs = one.needs ?? [];
    const givers = steps.filter((other) => needs.includes(other.id) && !before.has(other));
    givers.forEach((giver) => before.add(giver));
    next.push(...givers);
  }
  return new Set(
    [...before].flatMap((one) =>
      one.kind === "read" ? Object.keys(one.gives).map((name) => `${one.id}.${name}`) : [],
    ),
  );
}

/** The outputs that a step's calls are made of. */
export function outputsUsed(step: Step): readonly string[] {
  const calls = [...ownCallsOf(step), ...checksOf(step).map(({ call }) => call)];
  return calls.flatMap(({ parameters = {} }) => Object.values(parameters).flatMap(outputsIn));
}

function outputsIn(value: Value): readonly string[] {
  if (typeof value !== "object") return [];
  if (isOutput(value)) return [value.output];
  return (Array.isArray(value) ? (value as readonly Value[]) : Object.values(value)).flatMap(outputsIn);
}

/** Whether a value is the output of a step. */
export function isOutput(value: Value): value is OutputOf {
  return typeof value === "object" && Object.keys(value).join() === "output";
}
