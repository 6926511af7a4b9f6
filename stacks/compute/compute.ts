import { Construct } from "constructs";
import { Statement } from "../../modules/core";
import { SiteKey } from "../../modules/kms-keys";
import { Network } from "../../modules/network";
import { Site } from "../../modules/site";
import { SitePlan, WorkloadPlan } from "../plan";

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

/** Something that runs in a workload's sites, at the capacity the pattern gives each. */
export interface Compute {
  /** AWS's noun for it: `"auto-scaling"`. */
  readonly kind: string;
  /** Checks what does not depend on a site. Called once, before anything is built. */
  check?(scope: Construct, compute: string, plan: WorkloadPlan): void;
  inSite(at: ComputeInSite): PlacedCompute;
  /** What the compute needs in the policy of a site's key. */
  keyStatements?(site: Site): readonly Statement[];
}
