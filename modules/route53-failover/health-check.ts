import { IConstruct } from "constructs";
import { checkName, Duration } from "../core";
import { HEALTH_CHECK } from "./names";

/** The sources that decide a health check. */
export type HealthInput =
  | { readonly kind: "endpoint"; readonly inverted: boolean }
  | { readonly kind: "alarm"; readonly region: string }
  | { readonly kind: "routing-control" }
  | { readonly kind: "calculated"; readonly children: readonly HealthCheck[]; readonly threshold: number };

/** A health check of Route 53, as records and calculated checks of the same stack see it. */
export interface HealthCheck {
  readonly healthCheckId: string;
  readonly input: HealthInput;
  /** How long it takes to see a change, as configured. @default - unknown, and not counted */
  readonly detection?: Duration;
}

/** The tags of a health check: it has no other name. */
export function nameTags(scope: IConstruct, name: string): { Name: string } {
  return { Name: checkName(scope, "name", name, HEALTH_CHECK) };
}

/**
 * Whether a check turns unhealthy when a region is lost, by itself or by an operator in another region. An alarm in the lost region does
 * not, because its metric ends and the check keeps its state. Route 53 checks endpoints from outside of the region.
 */
export function seesLossOf(region: string, check: HealthCheck): boolean {
  return turns(check, (input) => input.kind === "endpoint" || isDecidedOutside(region, input));
}

/**
 * Whether an operator outside of a region can turn a check unhealthy while the region seems well. An inverted check of an endpoint is a
 * switch.
 */
export function canBeTrippedOutside(region: string, check: HealthCheck): boolean {
  return turns(check, (input) => (input.kind === "endpoint" ? input.inverted : isDecidedOutside(region, input)));
}

function isDecidedOutside(region: string, input: HealthInput): boolean {
  return input.kind === "routing-control" || (input.kind === "alarm" && input.region !== region);
}

/** A calculated check turns when fewer children than its threshold are left to hold it. */
function turns({ input }: HealthCheck, decides: (input: HealthInput) => boolean): boolean {
  if (input.kind !== "calculated") return decides(input);
  const holding = input.children.filter((child) => !turns(child, decides));
  return holding.length < input.threshold;
}
