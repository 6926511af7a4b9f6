import { Condition } from "./conditions";
import { Mechanism } from "./copies";
import { Figure } from "./figures";
import { Path, Scalar } from "./paths";

/** A value in the parameters of a call: what JSON takes, or the output of an earlier step. */
export type Value = Scalar | readonly Value[] | OutputOf | { readonly [member: string]: Value };

/** The output of an earlier step of the same procedure: `{ output: "newest.RecoveryPointArn" }`. */
export interface OutputOf {
  readonly output: string;
}

/** A call of an AWS API. */
export interface Call {
  /** Service and action. The service has the name of the AWS CLI, the action that of the API: `"rds:PromoteReadReplica"`. */
  readonly api: string;
  /** In the names of the API. @default - none */
  readonly parameters?: Readonly<Record<string, Value>>;
}

/** A question to AWS with a yes or a no. It changes nothing. */
export interface Check {
  /** The statement that is true if it passes: `"the instance was promoted"`. */
  readonly title: string;
  readonly call: Call;
  readonly passes: Condition;
  /** Errors of the call that also mean yes, in the names of the API. @default - none */
  readonly passesOn?: readonly string[];
  /** Errors of the call that mean no. All others end the step. @default - none */
  readonly failsOn?: readonly string[];
}

/** How often a step asks whether it is done. */
export interface Polling {
  readonly done: Check;
  /**
   * Seconds before the first question. A service of the RDS family shows `available` for a while after it has taken a change.
   *
   * @default 0
   */
  readonly firstAfterSeconds?: number;
  /** Seconds between two questions. @default 15 */
  readonly everySeconds?: number;
}

/** How often a step asks, with the defaults filled in. */
export function pollingOf({ done, firstAfterSeconds = 0, everySeconds = 15 }: Polling): Required<Polling> {
  return { done, firstAfterSeconds, everySeconds };
}

/** Errors of a call that need an answer other than "a person must look", in the names of the API. */
export interface KnownErrors {
  /** The call was made before, so the step only waits for its end. @default - none */
  readonly done?: readonly string[];
  /** The call succeeds later, so it is repeated. Throttling and errors of a service are repeated in any case. @default - none */
  readonly retry?: readonly string[];
}

/** A statement that lets the recovery plan do one thing. Actions are IAM's, which differ from the names of the API for some services. */
export interface Permission {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** By operator and key, as in a policy. @default - none */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Control planes that live in one region, whatever the region of the call. */
export type ControlPlane = "iam" | "route53" | "cloudfront" | "global-accelerator" | "arc" | "organizations";

/** A place outside the step's own region that has to answer. */
export type Dependence = { readonly region: string } | { readonly controlPlane: ControlPlane };

/** How a person takes a step back, or that this is not possible. */
export type Undo = { readonly by: string } | "one-way";

interface EveryStep {
  /** Unique in the procedure, in kebab case: `"promote"`. */
  readonly id: string;
  /** Its action, for people: `"promote the read replica orders"`. */
  readonly title: string;
  /** Steps of the procedure that are done before. @default - none */
  readonly needs?: readonly string[];
  /** Seconds after which it has failed. */
  readonly withinSeconds: number;
  readonly duration: Figure;
  readonly undo: Undo;
  /** @default - its own region only */
  readonly leansOn?: readonly Dependence[];
}

/** A call that changes something, and the check that shows its end. If the check passes at once, the call is left out. */
export interface CallStep extends EveryStep, Polling {
  readonly kind: "call";
  readonly owner: "recovery-plan";
  readonly call: Call;
  /** True while the change is under way. Then the step only waits. @default - never */
  readonly underWay?: Check;
  /** @default - every error ends the step, except those of a service that is busy */
  readonly errors?: KnownErrors;
  readonly permissions: readonly Permission[];
}

/** A call that reads something for later steps. */
export interface ReadStep extends EveryStep {
  readonly kind: "read";
  readonly owner: "recovery-plan";
  readonly call: Call;
  /** Outputs by name, each with its place in the answer. A missing one ends the step with an error. */
  readonly gives: Readonly<Record<string, Path>>;
  readonly permissions: readonly Permission[];
}

/** A state that AWS or a person reaches without a call of the plan. */
export interface WaitStep extends EveryStep, Polling {
  readonly kind: "wait";
  readonly owner: "aws" | "person";
  readonly permissions: readonly Permission[];
}

/** One step of a procedure. */
export type Step = CallStep | ReadStep | WaitStep;

/** Purpose of a procedure. */
export type Purpose =
  /** Bring the part into service here without the region that served it. */
  | "failover"
  /** Bring it into service here while the other region works, without loss. */
  | "switchover"
  /** Bring an earlier state of the data back. */
  | "restore"
  /** End the service of this site. */
  | "stand-down";

/** How one part is brought into service, or out of it, in one region. Its steps form a graph. */
export interface Procedure {
  readonly for: Purpose;
  /** Region whose endpoints the calls go to. */
  readonly region: string;
  /** The copy that it brings into service. @default - none, the part holds no data */
  readonly uses?: Mechanism;
  /** Checks that have to pass before the first step; a person may go on without. @default - none */
  readonly ready?: readonly Check[];
  /** Permissions of `ready`. @default - none */
  readonly readyPermissions?: readonly Permission[];
  /** Empty if the part is in service at any time. */
  readonly steps: readonly Step[];
}
