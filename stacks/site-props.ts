import { RegionCode } from "../modules/core";
import { AssumeRole, StateLocation } from "../modules/site";

/** A site as the user writes it. */
export interface WorkloadSite {
  /** Account id, 12 digits. */
  readonly account: string;
  /** Region code. */
  readonly region: RegionCode;
  /** Where the site's stacks keep their state: a bucket of the site's own region. */
  readonly state: StateLocation;
  /**
   * Role to take in the site's account, for its resources and its state.
   *
   * @default - the credentials Terraform runs with
   */
  readonly assumeRole?: AssumeRole;
  /**
   * Addresses of the site's network: a private IPv4 network, /16 to /24. It can never be changed.
   *
   * @default - a /16 of the region's own, the same for every workload
   */
  readonly cidr?: string;
  /** Whether the workload gives the site up; say it with `forgotten(...)`. @default false */
  readonly forgotten?: boolean;
  /**
   * Tags of everything in the site, beside `Workload` and `Site`.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}
