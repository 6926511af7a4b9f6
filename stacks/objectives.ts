import { IConstruct } from "constructs";
import { Duration, Figure, Protection, refuse } from "../modules/core";

/** Recovery objectives of a workload. */
export interface Objectives {
  /** Recovery time objective: how long the workload may be out of service. */
  readonly rto: Duration;
  /** Recovery point objective: how much of the latest writes may be lost. */
  readonly rpo: Duration;
}

/** Whether a figure meets an objective. An unknown figure never does. */
export type Verdict = "met" | "not met" | "unknown";

/** The data that a store may lose when the writer is lost, compared with the RPO. */
export interface LossEstimate {
  readonly store: string;
  /** The site that takes over. */
  readonly standby: string;
  readonly mechanism: string;
  readonly loss: Figure;
  readonly verdict: Verdict;
}

export function checkObjectives(scope: IConstruct, objectives: Partial<Objectives> | undefined): void {
  for (const objective of ["rto", "rpo"] as const) {
    if (objectives?.[objective] !== undefined) continue;
    refuse(scope, "MissingObjective", `'objectives.${objective}' is not given`);
  }
}

/**
 * Estimates the loss of a store by its best protection. If no protection has a figure, the verdict is unknown: measure
 * it. An alarm at the RPO watches the lag.
 */
export function estimateLoss(
  scope: IConstruct,
  rpo: Duration,
  store: string,
  standby: string,
  protections: readonly Protection[],
): LossEstimate {
  const known = protections
    .filter(({ loss }) => loss.value !== undefined)
    .sort((a, b) => a.loss.value!.inSeconds - b.loss.value!.inSeconds);
  const best = known[0];
  const unknown = protections.find(({ loss }) => loss.value === undefined);
  if (best !== undefined && !best.loss.value!.isLongerThan(rpo)) {
    return { store, standby, mechanism: best.mechanism, loss: best.loss, verdict: "met" };
  }
  if (unknown !== undefined) {
    return { store, standby, mechanism: unknown.mechanism, loss: unknown.loss, verdict: "unknown" };
  }
  if (best === undefined) {
    refuse(scope, "RpoNotMet", `nothing copies store '${store}' to '${standby}'`, "protect the store, or take it out");
  }
  const { loss, mechanism, remedy } = best;
  refuse(
    scope,
    "RpoNotMet",
    `store '${store}' may lose ${loss.value!.toString()} in '${standby}' (${mechanism}, ${loss.basis}), the RPO is ${rpo.toString()}`,
    remedy === undefined
      ? `raise the RPO to ${loss.value!.toString()}`
      : `${remedy}, or raise the RPO to ${loss.value!.toString()}`,
  );
}
