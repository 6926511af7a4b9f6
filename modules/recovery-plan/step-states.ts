import { AWS_CALLS, Call, CallStep, Check, pollingOf, ReadStep, Step, unmodelledError, WaitStep } from "../core/model";
import { argumentsOf, conditionOn, expression, pathIn } from "./expressions";

/** A state in the Amazon States Language. */
export type State = Readonly<Record<string, unknown>>;
export type States = Readonly<Record<string, State>>;

/** The states of one step. The step begins with the first of them. */
export interface StepStates {
  readonly startAt: string;
  readonly states: States;
}

/** How a step is placed in a state machine. */
export interface Placement {
  /** ARN partition: `"aws"`. */
  readonly partition: string;
  /** Name of the part, which begins the names of the states. */
  readonly part: string;
  /** The state after the step. @default - the step ends its branch */
  readonly next?: string;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
const READ_RETRY = {
  ErrorEquals: ["States.ALL"],
  IntervalSeconds: 2,
  BackoffRate: 2,
  MaxDelaySeconds: 30,
  MaxAttempts: 8,
  JitterStrategy: "FULL",
};

/** A call that changes something is repeated for fewer errors than one that only reads. */
const CHANGE_RETRY = {
  IntervalSeconds: 5,
  BackoffRate: 2,
  MaxDelaySeconds: 60,
  MaxAttempts: 6,
  JitterStrategy: "FULL",
};

const CALL_SECONDS = 60;

/** The states of a step. */
export function statesOf(step: Step, at: Placement): StepStates {
  if (step.kind === "read") return read(step, at);
  return step.kind === "wait" ? poll(step, at) : change(step, at);
}

/** Name of the variable that holds an output: `newest.RecoveryPointArn` of `ledger` is `ledger_newest_RecoveryPointArn`. */
function variableOf(part: string, output: string): string {
  return `${part}_${output}`.replace(/\W/g, "_");
}

function read({ id, title, call, gives }: ReadStep, at: Placement): StepStates {
  const name = `${at.part}: ${id}`;
  const outputs = Object.entries(gives).map(([output, path]): [string, string] => [
    variableOf(at.part, `${id}.${output}`),
    expression(pathIn(path)),
  ]);
  return {
    startAt: name,
    states: {
      [name]: {
        ...task(call, at),
        Comment: title,
        Retry: [READ_RETRY],
        Assign: Object.fromEntries(outputs),
        ...after(at),
      },
    },
  };
}

/** Ask whether it is done; if not, whether it is under way; if not, act. Then poll until it is done. */
function change(step: CallStep, at: Placement): StepStates {
  const name = `${at.part}: ${step.id}`;
  const polled = poll(step, at);
  const { done, underWay, errors = {} } = step;
  const asksUnderWay = underWay === undefined ? [] : ask(underWay, `${name}, under way`, polled.startAt, name, at);
  const notDone = underWay === undefined ? name : `${name}, under way`;
  const endOfStep = at.next ?? `${name}, done before`;
  return {
    startAt: `${name}, done before?`,
    states: {
      ...Object.fromEntries(ask(done, `${name}, done before?`, endOfStep, notDone, at)),
      ...(at.next === undefined && { [endOfStep]: { Type: "Succeed" } }),
      ...Object.fromEntries(asksUnderWay),
      [name]: {
        ...task(step.call, at),
        Comment: step.title,
        Retry: [{ ErrorEquals: retried(step.call, errors.retry ?? []), ...CHANGE_RETRY }],
        ...(errors.done !== undefined && {
          Catch: [{ ErrorEquals: spelled(step.call, errors.done), Next: polled.startAt }],
        }),
        Next: polled.startAt,
      },
      ...polled.states,
    },
  };
}

/** Waits for the first look, then asks again and again, as often as the time limit allows. */
function poll(step: CallStep | WaitStep, at: Placement): StepStates {
  const { done, firstAfterSeconds, everySeconds } = pollingOf(step);
  const name = `${at.part}: ${step.id}`;
  const looks = Math.max(1, Math.floor((step.withinSeconds - firstAfterSeconds) / everySeconds));
  const counter = variableOf(at.part, `${step.id}_looks`);
  const [first, look, again, late] = [`${name}, wait`, `${name}, done?`, `${name}, wait again`, `${name}, too late`];
  const end = at.next ?? `${name}, done`;
  return {
    startAt: first,
    states: {
      [first]: { Type: "Wait", Seconds: firstAfterSeconds, Assign: { [counter]: 0 }, Next: look },
      ...Object.fromEntries(ask(done, look, end, `${name}, in time?`, at)),
      [`${name}, in time?`]: {
        Type: "Choice",
        Choices: [{ Condition: expression(`$${counter} >= ${looks}`), Next: late }],
        Default: again,
      },
      [again]: {
        Type: "Wait",
        Seconds: everySeconds,
        Assign: { [counter]: expression(`$${counter} + 1`) },
        Next: look,
      },
      [late]: { Type: "Fail", Error: "NotDoneInTime", Cause: `not within ${step.withinSeconds} s: ${done.title}` },
      ...(at.next === undefined && { [end]: { Type: "Succeed" } }),
    },
  };
}

/** A check: a task, and a choice between the state for yes and the one for no. */
function ask(check: Check, name: string, yes: string, no: string, at: Placement): readonly [string, State][] {
  const answered = variableOf(at.part, name.replace(`${at.part}: `, ""));
  const caught = [
    ...(check.passesOn === undefined ? [] : [{ ErrorEquals: spelled(check.call, check.passesOn), Next: yes }]),
    ...(check.failsOn === undefined ? [] : [{ ErrorEquals: spelled(check.call, check.failsOn), Next: no }]),
  ];
  const expected = [...(check.passesOn ?? []), ...(check.failsOn ?? [])];
  return [
    [
      name,
      {
        ...task(check.call, at),
        Comment: check.title,
        // an error that is an answer is not repeated
        Retry: [
          ...(expected.length === 0 ? [] : [{ ErrorEquals: spelled(check.call, expected), MaxAttempts: 0 }]),
          READ_RETRY,
        ],
        ...(caught.length > 0 && { Catch: caught }),
        Assign: { [answered]: expression(conditionOn(check.passes)) },
        Next: `${name} yes`,
      },
    ],
    [`${name} yes`, { Type: "Choice", Choices: [{ Condition: expression(`$${answered}`), Next: yes }], Default: no }],
  ];
}

function task({ api, parameters = {} }: Call, { partition, part }: Placement): State {
  return {
    Type: "Task",
    Resource: `arn:${partition}:states:::aws-sdk:${AWS_CALLS[api]!.resource}`,
    Arguments: argumentsOf(api, parameters, (output) => variableOf(part, output)),
    TimeoutSeconds: CALL_SECONDS,
    Output: {},
  };
}

function after({ next }: Placement): State {
  return next === undefined ? { End: true } : { Next: next };
}

/** Errors in Step Functions' spelling. */
function spelled({ api }: Call, errors: readonly string[]): readonly string[] {
  return errors.map((error) => AWS_CALLS[api]!.errors[error]!);
}

/** Errors after which a change is tried again: those of the step, no answer, and throttling, which many services do not model. */
function retried(call: Call, errors: readonly string[]): readonly string[] {
  const { service } = AWS_CALLS[call.api]!;
  return [...spelled(call, errors), `${service}.SdkClientException`, unmodelledError(service), "States.Timeout"];
}
