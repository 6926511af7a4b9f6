import { AutoscalingGroupWarmPool } from "@cdktf/provider-aws/lib/autoscaling-group";
import { IConstruct } from "constructs";
import { inRange, refuse, refuseBoth } from "../core";
import { Image } from "./image";
import { Capacity, isBelow, MAX_INSTANCES } from "../aws-values";
import { MixedInstances } from "./mixed-instances";

/** Instances that have booted before they are needed, in addition to those that serve. */
export interface WarmPool {
  /**
   * Instances made ready, those in service counted too.
   *
   * @default - the group's ceiling
   */
  readonly maxPrepared?: number;
  /**
   * Instances that stay ready however many are in service.
   *
   * @default 0
   */
  readonly min?: number;
  /**
   * Returns instances to the pool when the group shrinks, instead of ending them.
   *
   * @default false
   */
  readonly reuseOnScaleIn?: boolean;
  /**
   * State in which they wait. A stopped instance costs only its volumes, but EC2 needs capacity when it starts. A hibernated instance
   * needs a root volume that holds its memory. A running instance has its capacity already and costs as much as one that serves.
   *
   * @default "Stopped"
   */
  readonly state?: "Hibernated" | "Running" | "Stopped";
}

/** A warm pool for each role: a group with less than its active capacity is a standby's. */
export interface WarmPools {
  /** @default - none */
  readonly active?: WarmPool;
  /** @default - none */
  readonly standby?: WarmPool;
}

/** @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html */
export function checkWarmPools(
  scope: IConstruct,
  pools: WarmPools,
  launched: { readonly image: Image; readonly mixed?: MixedInstances },
): void {
  const { image, mixed } = launched;
  refuseBoth(
    scope,
    { warmPool: true, "mixedInstances.spot": mixed?.spot },
    "leave one of them out: EC2 Auto Scaling keeps no Spot instances ready",
  );
  if (!image.fixed) {
    refuse(
      scope,
      "ConflictingSettings",
      "'warmPool' is set and the image is given by a parameter",
      "give the image by its id: AWS keeps no warm pool for a parameter",
    );
  }
  for (const [role, pool] of Object.entries(pools) as [keyof WarmPools, WarmPool | undefined][]) {
    if (pool !== undefined) checkWarmPool(scope, `warmPool.${role}`, pool);
  }
}

function checkWarmPool(scope: IConstruct, property: string, { min = 0, maxPrepared }: WarmPool): void {
  inRange(scope, `${property}.min`, min, 0, MAX_INSTANCES);
  if (maxPrepared !== undefined) inRange(scope, `${property}.maxPrepared`, maxPrepared, min, MAX_INSTANCES);
}

/** The pool of today's role. */
export function warmPoolOf(
  { active, standby }: WarmPools,
  capacity: Capacity,
  activeCapacity: Capacity,
): WarmPool | undefined {
  return isBelow(capacity, activeCapacity) ? standby : active;
}

/** Whether instances must be able to hibernate. The launch template sets this, and it is the same in each role. */
export function hibernates({ active, standby }: WarmPools = {}): boolean {
  return [active, standby].some((pool) => pool?.state === "Hibernated");
}

/** @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-warm-pools.html */
export function warmPoolConfig(pool: WarmPool): AutoscalingGroupWarmPool {
  return {
    poolState: pool.state ?? "Stopped",
    minSize: pool.min ?? 0,
    maxGroupPreparedCapacity: pool.maxPrepared,
    instanceReusePolicy: { reuseOnScaleIn: pool.reuseOnScaleIn ?? false },
  };
}
