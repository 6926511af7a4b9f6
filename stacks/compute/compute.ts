import { Construct } from "constructs";
import { Capacity } from "../../modules/auto-scaling";
import { refuse, Statement } from "../../modules/core";
import { SiteKey } from "../../modules/kms-keys";
import { Network } from "../../modules/network";
import { Site } from "../../modules/site";
import { everActive, SitePlan, WorkloadPlan } from "../plan";

/** Where a compute is built in one site. */
export interface ComputeInSite {
  /** Construct named after the compute, under the site. */
  readonly scope: Construct;
  /** The compute's name, its key in `compute`. */
  readonly compute: string;
  readonly plan: WorkloadPlan;
  readonly site: SitePlan;
  readonly key: SiteKey;
  readonly network: Network;
  /** ARN of the certificate for the front door's name. @default - this compute does not answer the front door */
  readonly certificateArn?: string;
}

/** What the rest of a site has to know of a compute. */
export interface PlacedCompute {
  /** Security group its instances come from. */
  readonly securityGroupId: string;
  /** DNS name of its load balancer. */
  readonly dnsName: string;
  /** Route 53's zone id of the load balancer, for alias records. */
  readonly zoneId: string;
}

/**
 * Something that runs in a workload's sites, at the capacity the pattern gives each.
 *
 * @typeParam S `number` where a standby's capacity is given, `undefined` where it is not
 */
export interface Compute<S extends number | undefined = number | undefined> {
  /** AWS's noun for it: `"auto-scaling"`. */
  readonly kind: string;
  readonly capacity: WorkloadCapacity<S>;
  /** AWS services it reaches over addresses of the network, as {@link Network} names them. @default - none */
  readonly interfaceEndpoints?: readonly string[];
  /** Checks what does not depend on a site. Called once, before anything is built. */
  check?(scope: Construct, compute: string, plan: WorkloadPlan): void;
  inSite(at: ComputeInSite): PlacedCompute;
  /** What the compute needs in the policy of a site's key. */
  keyStatements?(site: Site): readonly Statement[];
}

/** What a compute runs: instances of a group, tasks of a service. */
export interface WorkloadCapacity<S extends number | undefined = number | undefined> {
  /** What it never goes below where it is active. At least one. */
  readonly active: number;
  /**
   * What it never goes above, in every site.
   *
   * @default - twice `active`
   */
  readonly max?: number;
  /**
   * What it never goes below in a warm standby: one to `active`. Other patterns do not take it.
   *
   * @default - none given
   */
  readonly standby?: S;
}

/**
 * Checks a capacity against what the pattern means by it.
 *
 * @throws NoCapacity, StandbyAboveActive
 */
export function checkCapacity(scope: Construct, compute: string, capacity: WorkloadCapacity): void {
  const { active, max = active * 2, standby } = capacity;
  if (active < 1) refuse(scope, "NoCapacity", `compute '${compute}' runs ${active} in the active site`);
  if (max < active) {
    refuse(
      scope,
      "SettingOutOfRange",
      `'capacity.max' of compute '${compute}' must be ${active} or more, what the active site runs, got ${max}`,
    );
  }
  if (standby === undefined) return;
  if (standby < 1) refuse(scope, "NoCapacity", `compute '${compute}' runs ${standby} in a warm standby`);
  if (standby > active) {
    refuse(
      scope,
      "StandbyAboveActive",
      `compute '${compute}' runs ${standby} in a standby and ${active} in the active site`,
    );
  }
}

/** The most a compute runs in any site: what one is scaled up to must fit below it. */
export function activeCapacity({ active, max = active * 2 }: WorkloadCapacity): Capacity {
  return { min: active, desired: active, max };
}

/** What a compute runs in a site. The ceiling is the same in every role, so that a failover has not to raise it. */
export function capacityIn({ policy }: WorkloadPlan, { role }: SitePlan, capacity: WorkloadCapacity): Capacity {
  const { active, standby = active } = capacity;
  const elsewhere = { absent: 0, none: 0, reduced: standby, full: active };
  const running = role === "active" ? active : elsewhere[policy.compute];
  return { ...activeCapacity(capacity), min: running, desired: running };
}

/** Whether a site has compute at all. What once served is never taken down. */
export function hasCompute({ policy }: WorkloadPlan, site: SitePlan): boolean {
  return policy.compute !== "absent" || everActive(site);
}
