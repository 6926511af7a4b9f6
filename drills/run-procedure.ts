import { AwsError } from "../emulator";
import {
  Call,
  CallStep,
  Check,
  holds,
  isOutput,
  Path,
  Polling,
  pollingOf,
  Procedure,
  ReadStep,
  Step,
  Value,
  valuesAt,
} from "../modules/core/model";

/** AWS, as a procedure asks it. */
export interface Aws {
  /** The answer of an API, in the names of the API. Throws an {@link AwsError} if AWS answers with an error. */
  call(region: string, call: Call): Promise<unknown>;
}

/** The passing of time. A test has one that does not wait. */
export interface Clock {
  /** Seconds since any fixed moment. */
  now(): number;
  sleep(seconds: number): Promise<void>;
}

/** The course of one step. */
export interface StepReport {
  readonly id: string;
  readonly title: string;
  /** `done before`: the step found the end that it works for, and changed nothing. */
  readonly outcome: "done" | "done before" | "failed" | "not reached";
  /** Seconds that it took. */
  readonly seconds: number;
  /** Why it failed. @default - it did not fail */
  readonly fault?: string;
}

/** Errors that every service has at times. A call that ends in one is made again. */
const PASSING =
  /^(Throttling|ThrottlingException|RequestLimitExceeded|ServiceUnavailable|InternalFailure|InternalError)$/;

const RETRY_SECONDS = [2, 4, 8, 16, 30, 30];

/**
 * Runs the steps of a procedure: each as soon as all that it needs is done, independent ones at the same time. After a failed step, no step
 * that needs it begins.
 */
export async function runProcedure(procedure: Procedure, aws: Aws, clock: Clock): Promise<readonly StepReport[]> {
  const run = new Run(procedure, aws, clock);
  return Promise.all(procedure.steps.map((step) => run.reportOf(step)));
}

class Run {
  private readonly reports = new Map<Step, Promise<StepReport>>();
  private readonly outputs = new Map<string, Value>();

  constructor(
    private readonly procedure: Procedure,
    private readonly aws: Aws,
    private readonly clock: Clock,
  ) {}

  /** The report of a step, which runs once. */
  reportOf(step: Step): Promise<StepReport> {
    const known = this.reports.get(step) ?? this.report(step);
    this.reports.set(step, known);
    return known;
  }

  private async report(step: Step): Promise<StepReport> {
    const { id, title, needs = [] } = step;
    const before = this.procedure.steps.filter((other) => needs.includes(other.id));
    const ended = await Promise.all(before.map((other) => this.reportOf(other)));
    if (ended.some(({ outcome }) => outcome !== "done" && outcome !== "done before")) {
      return { id, title, outcome: "not reached", seconds: 0 };
    }
    const began = this.clock.now();
    const seconds = (): number => this.clock.now() - began;
    try {
      const outcome = await this.take(step, began + step.withinSeconds);
      return { id, title, outcome, seconds: seconds() };
    } catch (fault) {
      return { id, title, outcome: "failed", seconds: seconds(), fault: (fault as Error).message };
    }
  }

  private async take(step: Step, end: number): Promise<"done" | "done before"> {
    if (step.kind === "read") await this.read(step, end);
    if (step.kind === "wait") await this.poll(step, end);
    return step.kind === "call" ? this.change(step, end) : "done";
  }

  private async change(step: CallStep, end: number): Promise<"done" | "done before"> {
    if (await this.passes(step.done, end)) return "done before";
    const underWay = step.underWay !== undefined && (await this.passes(step.underWay, end));
    if (!underWay) {
      await this.ask(step.call, end, step.errors?.retry).catch((fault: unknown) => {
        if (!(fault instanceof AwsError && step.errors?.done?.includes(fault.code))) throw fault;
      });
    }
    await this.poll(step, end);
    return "done";
  }

  private async read({ id, call, gives }: ReadStep, end: number): Promise<void> {
    const answer = await this.ask(call, end);
    for (const [name, path] of Object.entries(gives))
      this.outputs.set(`${id}.${name}`, onlyValue(id, name, path, answer));
  }

  private async poll(step: Polling, end: number): Promise<void> {
    const { done, firstAfterSeconds, everySeconds } = pollingOf(step);
    await this.clock.sleep(firstAfterSeconds);
    while (!(await this.passes(done, end))) {
      if (this.clock.now() + everySeconds > end) throw new Error(`not within the time limit: ${done.title}`);
      await this.clock.sleep(everySeconds);
    }
  }

  private async passes({ call, passes, passesOn = [], failsOn = [] }: Check, end: number): Promise<boolean> {
    try {
      return holds(passes, await this.ask(call, end));
    } catch (fault) {
      const code = fault instanceof AwsError ? fault.code : undefined;
      if (code !== undefined && passesOn.includes(code)) return true;
      if (code !== undefined && failsOn.includes(code)) return false;
      throw fault;
    }
  }

  /** Makes a call, and again after an error that passes. */
  private async ask(call: Call, end: number, retried: readonly string[] = []): Promise<unknown> {
    const { parameters = {} } = call;
    const settled = { ...call, parameters: this.settle(parameters) as Record<string, Value> };
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.aws.call(this.procedure.region, settled);
      } catch (fault) {
        const pause = RETRY_SECONDS[attempt];
        const passing = fault instanceof AwsError && (PASSING.test(fault.code) || retried.includes(fault.code));
        if (!passing || pause === undefined || this.clock.now() + pause > end) throw fault;
        await this.clock.sleep(pause);
      }
    }
  }

  /** Replaces outputs by their values. */
  private settle(value: Value): Value {
    if (typeof value !== "object") return value;
    if (isOutput(value)) return this.outputs.get(value.output)!;
    if (Array.isArray(value)) return (value as readonly Value[]).map((item) => this.settle(item));
    return Object.fromEntries(Object.entries(value).map(([member, item]) => [member, this.settle(item)]));
  }
}

function onlyValue(step: string, name: string, path: Path, answer: unknown): Value {
  const values = valuesAt(path, answer);
  if (values.length !== 1) throw new Error(`step '${step}' finds ${values.length} values for '${name}', not one`);
  return values[0] as Value;
}
