import { RegionCode } from "../modules/core";
import { AssumeRole, StateLocation } from "../modules/site";

/** Props of a site. */
export interface WorkloadSite {
  /** Account id, 12 digits. */
  readonly account: string;
  /** Region code. */
  readonly region: RegionCode;
  /** Bucket in the site's own region that keeps the state of the site's stacks. */
  readonly state: StateLocation;
  /**
   * Role that Terraform assumes in the site's account, for its resources and its state.
   *
   * @default - the credentials of Terraform
   */
  readonly assumeRole?: AssumeRole;
  /**
   * Private IPv4 range of the site's network, /16 to /24. It can never be changed.
   *
   * @default - a /16 that depends on the region, the same for every workload
   */
  readonly cidr?: string;
  /** Whether the workload gives up the site; use `forgotten(...)`. @default false */
  readonly forgotten?: boolean;
  /**
   * Tags of every resource in the site, in addition to `Workload` and `Site`.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}
