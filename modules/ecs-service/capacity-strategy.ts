import { IConstruct } from "constructs";
import { inRange, refuse } from "../core";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html */
const LIMITS = { base: 100_000, weight: 1_000 };

/** How much of a service runs on Fargate Spot, which costs less and is taken back with two minutes' warning. */
export interface Spot {
  /** Tasks that are on demand before any is Spot: what the service cannot do without. */
  readonly onDemandBase: number;
  /**
   * Share of the tasks above the base that are on demand.
   *
   * @default 0
   */
  readonly onDemandWeight?: number;
  /**
   * Share of the tasks above the base that are Spot.
   *
   * @default 1
   */
  readonly spotWeight?: number;
}

export function checkSpot(scope: IConstruct, { onDemandBase, onDemandWeight = 0, spotWeight = 1 }: Spot): void {
  inRange(scope, "spot.onDemandBase", onDemandBase, 0, LIMITS.base);
  inRange(scope, "spot.onDemandWeight", onDemandWeight, 0, LIMITS.weight);
  inRange(scope, "spot.spotWeight", spotWeight, 1, LIMITS.weight);
  if (onDemandBase === 0 && onDemandWeight === 0) {
    refuse(scope, "OnlySpot", "'spot' leaves no task on demand, got 'onDemandBase' 0 and 'onDemandWeight' 0");
  }
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html */
export function capacityStrategy(spot: Spot | undefined) {
  if (spot === undefined) return [{ capacityProvider: "FARGATE", base: 0, weight: 1 }];
  return [
    { capacityProvider: "FARGATE", base: spot.onDemandBase, weight: spot.onDemandWeight ?? 0 },
    { capacityProvider: "FARGATE_SPOT", base: 0, weight: spot.spotWeight ?? 1 },
  ];
}
