import { AWS_CALLS } from "./aws-calls";
import { Call, Check, Step } from "./procedures";

/** Faults in the calls of a step: names that the API does not have. They would show only when Step Functions runs the step. */
export function callFaults(step: Step): readonly string[] {
  const errors = step.kind === "call" ? [...(step.errors?.done ?? []), ...(step.errors?.retry ?? [])] : [];
  return [
    ...ownCallsOf(step).flatMap((call) => faultsOfCall(step.id, call, errors)),
    ...checksOf(step).flatMap((check) => faultsOfCheck(step.id, check)),
  ];
}

/** The call that a step makes for its own sake. A step that only waits has none. */
export function ownCallsOf(step: Step): readonly Call[] {
  return step.kind === "wait" ? [] : [step.call];
}

/** The checks of a step. A step that only reads has none. */
export function checksOf(step: Step): readonly Check[] {
  if (step.kind === "read") return [];
  return step.kind === "call" && step.underWay !== undefined ? [step.done, step.underWay] : [step.done];
}

/** Faults in the calls of a check. */
export function faultsOfCheck(step: string, { call, passesOn = [], failsOn = [] }: Check): readonly string[] {
  return faultsOfCall(step, call, [...passesOn, ...failsOn]);
}

function faultsOfCall(step: string, { api, parameters = {} }: Call, errors: readonly string[]): readonly string[] {
  const known = AWS_CALLS[api];
  if (known === undefined) return [`step '${step}' calls '${api}', which is not in the table of AWS calls`];
  const given = Object.keys(parameters);
  return [
    ...without(given, known.parameters).map(
      (name) => `step '${step}' gives '${api}' the parameter '${name}', which it does not have`,
    ),
    ...without(known.required ?? [], given).map(
      (name) => `step '${step}' does not give '${api}' its parameter '${name}'`,
    ),
    ...without(errors, Object.keys(known.errors)).map(
      (name) => `step '${step}' expects the error '${name}', which '${api}' does not have`,
    ),
  ];
}

function without(names: readonly string[], known: readonly string[]): readonly string[] {
  return names.filter((name) => !known.includes(name));
}
