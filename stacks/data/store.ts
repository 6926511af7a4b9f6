import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";
import { BackedUpStore } from "../../modules/aws-backup";
import { Statement } from "../../modules/core";
import { SiteKey } from "../../modules/kms-keys";
import { Network } from "../../modules/network";
import { SitePlan, WorkloadPlan } from "../plan";

/** Where a store is built in one site. */
export interface StoreInSite {
  /** Construct named after the store, under the site. */
  readonly scope: Construct;
  /** The store's name, its key in `data`. */
  readonly store: string;
  readonly plan: WorkloadPlan;
  readonly site: SitePlan;
  readonly key: SiteKey;
  readonly network: Network;
  /** Security groups of the site's compute, by its name. */
  readonly clients: Readonly<Record<string, string>>;
}

/** Where a store's copies to other sites are built: in the replication stack of one site. */
export interface StoreReplication {
  /** Construct named after the store, under the site. */
  readonly scope: Construct;
  readonly store: string;
  readonly plan: WorkloadPlan;
  readonly site: SitePlan;
}

/** A data store of a workload: how it is built in a site, and how it is copied to others. */
export interface DataStore {
  /** AWS's noun for it: `"bucket"`. */
  readonly kind: string;
  /**
   * Whether Terraform forgets it: it is no longer protected, and no longer has an objective.
   *
   * @default false
   */
  readonly forgotten?: boolean;
  /**
   * Whether only one of its copies takes writes.
   *
   * @default false
   */
  readonly oneWriter?: boolean;
  /** Checks what does not depend on a site. Called once, before anything is built. */
  check?(scope: Construct, store: string, plan: WorkloadPlan): void;
  inSite(at: StoreInSite): void;
  /** What AWS Backup backs up of it in a site that takes, or took, the writes. Absent where it cannot. */
  backedUp?(store: string, plan: WorkloadPlan, site: SitePlan): BackedUpStore;
  /** What needs the other sites to be there. Absent where the site stacks suffice. */
  replication?(at: StoreReplication): void;
  /** What the store needs in the policy of a site's key. */
  keyStatements?(store: string, plan: WorkloadPlan, site: SitePlan): readonly Statement[];
}

/**
 * Publishes what the application in a site has to find, under a name that no failover and no rebuild changes:
 * the SSM parameter `/<workload>/<store>/<what>`.
 */
export function publish(at: StoreInSite, what: string, value: string): void {
  new SsmParameter(at.scope, `Published-${what}`, {
    name: `/${at.plan.name}/${at.store}/${what}`,
    description: `${what} of the ${at.store} of ${at.plan.name} in this site`,
    type: "String",
    value,
  });
}
