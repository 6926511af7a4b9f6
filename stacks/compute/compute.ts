import { Construct } from "constructs";
import { Capacity } from "../../modules/auto-scaling";
import { plain, refuse, Statement } from "../../modules/core";
import { SiteKey } from "../../modules/kms-keys";
import { Network } from "../../modules/network";
import { Site } from "../../modules/site";
import { DataStore, ReplicatedTable } from "../data/store";
import { RoleTriggers } from "./role-triggers";
import { holdsWrites } from "../history/questions";
import { SiteContract, WorkloadContract } from "../contract";

/** Where a compute is built in one site. */
export interface ComputeInSite {
  /** Construct named after the compute, under the site. */
  readonly scope: Construct;
  /** The compute's name, its key in `compute`. */
  readonly compute: string;
  readonly contract: WorkloadContract;
  readonly site: SiteContract;
  /** The workload's stores, by name. */
  readonly data: Readonly<Record<string, DataStore>>;
  readonly key: SiteKey;
  readonly network: Network;
  /** What replaces compute when the site becomes a standby again. */
  readonly triggers: RoleTriggers;
  /** ARN of the certificate for the front door's name. @default - this compute does not answer the front door */
  readonly certificateArn?: string;
}

/** Where what a compute does with a replicated store is built: in the replication stack of a site. */
export interface ComputeReplication extends Pick<
  ComputeInSite,
  "scope" | "compute" | "contract" | "site" | "triggers"
> {
  /** The tables that stand in the same stack, by name of their store. */
  readonly tables: ReadonlyMap<string, ReplicatedTable>;
}

/** How a compute's load balancer is named in DNS. */
export interface Balancer {
  readonly dnsName: string;
  /** Route 53's zone id of the load balancer, for alias records. */
  readonly zoneId: string;
}

/** What the rest of a site has to know of a compute. */
export interface PlacedCompute {
  /** What requests reach it by. @default - it has no load balancer */
  readonly balancer?: Balancer;
  /** Security group its instances come from. @default - it has no address in the network */
  readonly securityGroupId?: string;
}

/**
 * Something that runs in a workload's sites, at the capacity the pattern gives each.
 *
 * @typeParam S `number` where a standby's capacity is given, `undefined` where it is not
 */
export interface Compute<S extends number | undefined = number | undefined> {
  /** AWS's noun for it: `"auto-scaling"`. */
  readonly kind: string;
  /** @default - it has none of its own: it runs when it is asked to */
  readonly capacity?: WorkloadCapacity<S>;
  /**
   * Whether it stands in a standby of every pattern, as what costs nothing there may.
   *
   * @default false
   */
  readonly costsNothingIdle?: boolean;
  /**
   * Whether no load balancer stands before it, so that it cannot answer a front door.
   *
   * @default false
   */
  readonly unbalanced?: boolean;
  /** Checks what does not depend on a site. Called once, before anything is built. */
  check?(
    scope: Construct,
    compute: string,
    contract: WorkloadContract,
    data: Readonly<Record<string, DataStore>>,
  ): void;
  inSite(at: ComputeInSite): PlacedCompute;
  /** AWS services it reaches over addresses of a site's network, as `Network` names them. Absent where there are none. */
  interfaceEndpoints?(data: Readonly<Record<string, DataStore>>, site: SiteContract): readonly string[];
  /** What it does with a replicated store, beside the store. Absent where it does nothing. */
  replication?(at: ComputeReplication): void;
  /** What the compute needs in the policy of a site's key. */
  keyStatements?(site: Site): readonly Statement[];
}

/** What a compute runs in each role: instances of a group, tasks of a service, initialised instances of a function. */
export interface CapacityByRole<S extends number | undefined = number | undefined> {
  /** What it never goes below where it is active. At least one. */
  readonly active: number;
  /**
   * What it never goes above, in every site.
   *
   * @default - twice `active`
   */
  readonly max?: number;
  /**
   * What it never goes below in a warm standby, which needs it: one to `active`. Other patterns do not take it.
   *
   * @default - none given
   */
  readonly standby?: S;
}

/** {@link CapacityByRole}, in which a warm standby's `standby` is not forgotten. */
export type WorkloadCapacity<S extends number | undefined = number | undefined> = CapacityByRole<S> &
  (S extends number ? { readonly standby: number } : unknown);

/**
 * Checks a capacity against what the pattern means by it.
 *
 * @throws NoCapacity, StandbyAboveActive, MissingSetting, ConflictingSettings, SettingOutOfRange
 */
export function checkCapacity(
  scope: Construct,
  compute: string,
  { active, max = active * 2, standby }: CapacityByRole,
  { policy }: WorkloadContract,
): void {
  for (const [property, value] of Object.entries({ active, max, standby })) {
    if (value === undefined || Number.isInteger(plain(scope, `compute.${compute}.capacity.${property}`, value)))
      continue;
    const problem = `'capacity.${property}' of compute '${compute}' must be a whole number, got ${value}`;
    refuse(scope, "SettingOutOfRange", problem);
  }
  if (active < 1) refuse(scope, "NoCapacity", `compute '${compute}' runs ${active} in the active site`);
  if (max < active) {
    refuse(
      scope,
      "SettingOutOfRange",
      `'capacity.max' of compute '${compute}' must be ${active} or more, what the active site runs, got ${max}`,
    );
  }
  if (policy.compute === "reduced") checkStandby(scope, compute, active, standby);
  else if (standby !== undefined) {
    refuse(
      scope,
      "ConflictingSettings",
      `'capacity.standby' of compute '${compute}' is ${standby}; what a standby runs follows from the pattern`,
      "leave it out, or choose WarmStandby",
    );
  }
}

function checkStandby(scope: Construct, compute: string, active: number, standby: number | undefined): void {
  if (standby === undefined) {
    refuse(
      scope,
      "MissingSetting",
      `'capacity.standby' of compute '${compute}' is not given`,
      `give what a warm standby runs, 1 to ${active}`,
    );
  }
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
export function activeCapacity({ active, max = active * 2 }: CapacityByRole): Capacity {
  return { min: active, desired: active, max };
}

/**
 * What a compute runs in a site. A detached site runs nothing. The ceiling is the same in every role, so that a failover has not to
 * raise it.
 */
export function capacityIn({ policy }: WorkloadContract, { role }: SiteContract, capacity: CapacityByRole): Capacity {
  const { active, standby = active } = capacity;
  const inStandby = { absent: 0, none: 0, reduced: standby, full: active }[policy.compute];
  const running = { active, standby: inStandby, detached: 0, evacuated: inStandby }[role];
  return { ...activeCapacity(capacity), min: running, desired: running };
}

/** Whether a site has what costs something idle. */
export function hasCompute(contract: WorkloadContract, site: SiteContract): boolean {
  return staysInSite(contract, site) || holdsWrites(site);
}

/** Whether a site has what costs something idle in every role. The home keeps it, because its load balancer is protected. */
export function staysInSite({ policy }: WorkloadContract, { home }: SiteContract): boolean {
  return policy.compute !== "absent" || home;
}

/** What stands in a site, by name. */
export function computeIn(
  contract: WorkloadContract,
  site: SiteContract,
  compute: Readonly<Record<string, Compute>>,
): readonly (readonly [name: string, compute: Compute])[] {
  return Object.entries(compute).filter(([, { costsNothingIdle }]) => hasCompute(contract, site) || costsNothingIdle);
}

/** Names of what can answer a front door. */
export function balanced(compute: Readonly<Record<string, Compute>>): readonly string[] {
  return Object.keys(compute).filter((name) => !compute[name]!.unbalanced);
}
