import { AwsCall } from "./aws-call";
import { AWS_CALLS } from "./aws-calls";
import { Call, Check, Step } from "./procedures";

/** Faults in the calls of a step: names that the API does not have. They would show only when Step Functions runs the step. */
export function callFaults(step: Step): readonly string[] {
  const checks = step.kind === "read" ? [] : [step.done];
  if (step.kind === "call" && step.underWay !== undefined) checks.push(step.underWay);
  const calls = step.kind === "wait" ? [] : [step.call];
  const errors = step.kind === "call" ? [...(step.errors?.done ?? []), ...(step.errors?.retry ?? [])] : [];
  return [
    ...calls.flatMap((call) => faultsOfCall(step.id, call, errors)),
    ...checks.flatMap((check) => faultsOfCheck(step.id, check)),
  ];
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
    ...without(requiredOf(known), given).map((name) => `step '${step}' does not give '${api}' its parameter '${name}'`),
    ...without(errors, Object.keys(known.errors)).map(
      (name) => `step '${step}' expects the error '${name}', which '${api}' does not have`,
    ),
  ];
}

function requiredOf({ required = [] }: AwsCall): readonly string[] {
  return required;
}

function without(names: readonly string[], known: readonly string[]): readonly string[] {
  return names.filter((name) => !known.includes(name));
}
