import { Construct } from "constructs";
import { Capacity } from "../../modules/auto-scaling";
import { plain, refuse, Statement } from "../../modules/core";
import { Site } from "../../modules/site";
import { DataStore, ReplicatedTable } from "../data/store";
import { RoleTriggers } from "./role-triggers";
import { holdsWrites } from "../history/questions";
import { SiteContract, WorkloadContract } from "../contract";
import { KeyInSite, NetworkInSite } from "../site-resources";

/** A compute in one site. */
export interface ComputeInSite {
  /** Construct named after the compute, under the site. */
  readonly scope: Construct;
  /** The compute's name, its key in `compute`. */
  readonly compute: string;
  readonly contract: WorkloadContract;
  readonly site: SiteContract;
  /** The workload's stores, by name. */
  readonly data: Readonly<Record<string, DataStore>>;
  readonly key: KeyInSite;
  readonly network: NetworkInSite;
  /** Triggers that replace compute when the site becomes a standby again. */
  readonly triggers: RoleTriggers;
  /** ARN of the certificate for the front door's name. @default - this compute does not answer the front door */
  readonly certificateArn?: string;
}

/** A compute in the replication stack of a site, where it uses replicated stores. */
export interface ComputeReplication extends Pick<
  ComputeInSite,
  "scope" | "compute" | "contract" | "site" | "triggers"
> {
  /** The tables in the same stack, by name of their store. */
  readonly tables: ReadonlyMap<string, ReplicatedTable>;
}

/** DNS names of a compute's load balancer. */
export interface Balancer {
  readonly dnsName: string;
  /** Route 53's zone id of the load balancer, for alias records. */
  readonly zoneId: string;
}

/** The parts of a compute that the rest of a site needs. */
export interface PlacedCompute {
  /** Its load balancer. @default - it has none */
  readonly balancer?: Balancer;
  /** Security group of its instances. @default - it is not in the network */
  readonly securityGroupId?: string;
}

/**
 * A compute of a workload: it runs in the sites, each at the capacity that the pattern gives it.
 *
 * @typeParam S `number` if `capacity.standby` is set, otherwise `undefined`
 */
export interface Compute<S extends number | undefined = number | undefined> {
  /** AWS's noun for the compute: `"auto-scaling"`. */
  readonly kind: string;
  /** @default - none: it runs only when it is invoked */
  readonly capacity?: WorkloadCapacity<S>;
  /**
   * Whether it is deployed to standbys in every pattern, because it is free when idle.
   *
   * @default false
   */
  readonly costsNothingIdle?: boolean;
  /**
   * Whether it has no load balancer, so that it cannot answer a front door.
   *
   * @default false
   */
  readonly unbalanced?: boolean;
  /** Checks the settings that do not depend on a site. Called once, before anything is created. */
  check?(
    scope: Construct,
    compute: string,
    contract: WorkloadContract,
    data: Readonly<Record<string, DataStore>>,
  ): void;
  inSite(at: ComputeInSite): PlacedCompute;
  /** AWS services for which it needs an interface endpoint, as `Network` names them. Absent if it needs none. */
  interfaceEndpoints?(data: Readonly<Record<string, DataStore>>, site: SiteContract): readonly string[];
  /** Creates its resources next to a replicated store. Absent if it has none. */
  replication?(at: ComputeReplication): void;
  /** Statements that the compute needs in the policy of a site's key. */
  keyStatements?(site: Site): readonly Statement[];
}

/** Capacity of a compute by role: instances of a group, tasks of a service, provisioned concurrency of a function. */
export interface CapacityByRole<S extends number | undefined = number | undefined> {
  /** Minimum in an active site. At least one. */
  readonly active: number;
  /**
   * Maximum in every site.
   *
   * @default - twice `active`
   */
  readonly max?: number;
  /**
   * Minimum in a warm standby, one to `active`. A warm standby needs it; other patterns refuse it.
   *
   * @default - none given
   */
  readonly standby?: S;
}

/** {@link CapacityByRole}, in which a warm standby requires `standby`. */
export type WorkloadCapacity<S extends number | undefined = number | undefined> = CapacityByRole<S> &
  (S extends number ? { readonly standby: number } : unknown);

/** Checks a capacity against the pattern. */
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

/** Capacity of a compute in an active site. */
export function activeCapacity({ active, max = active * 2 }: CapacityByRole): Capacity {
  return { min: active, desired: active, max };
}

/**
 * Capacity of a compute in a site. A detached site runs nothing. The maximum is the same in every role, so that a
 * failover does not raise it.
 */
export function capacityIn({ policy }: WorkloadContract, { role }: SiteContract, capacity: CapacityByRole): Capacity {
  const { active, standby = active } = capacity;
  const inStandby = { absent: 0, none: 0, reduced: standby, full: active }[policy.compute];
  const running = { active, standby: inStandby, detached: 0, evacuated: inStandby }[role];
  return { ...activeCapacity(capacity), min: running, desired: running };
}

/** Whether a site has the computes that cost money when idle. */
export function hasCompute(contract: WorkloadContract, site: SiteContract): boolean {
  return staysInSite(contract, site) || holdsWrites(site);
}

/** Whether a site has those computes in every role. The home keeps them, because its load balancer is protected. */
export function staysInSite({ policy }: WorkloadContract, { home }: SiteContract): boolean {
  return policy.compute !== "absent" || home;
}

/** The computes of a site, by name. */
export function computeIn(
  contract: WorkloadContract,
  site: SiteContract,
  compute: Readonly<Record<string, Compute>>,
): readonly (readonly [name: string, compute: Compute])[] {
  return Object.entries(compute).filter(([, { costsNothingIdle }]) => hasCompute(contract, site) || costsNothingIdle);
}

/** Names of the computes that can answer a front door. */
export function balanced(compute: Readonly<Record<string, Compute>>): readonly string[] {
  return Object.keys(compute).filter((name) => !compute[name]!.unbalanced);
}
