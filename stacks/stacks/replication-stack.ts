import { Construct } from "constructs";
import { computeIn } from "../compute/compute";
import { RoleTriggers } from "../compute/role-triggers";
import { DataStore, ReplicatedTable } from "../data/store";
import { inStore, SiteContract, WorkloadContract } from "../contract";
import { WorkloadProps } from "../props";
import { siteTags, WorkloadStack } from "./workload-stack";

/**
 * The replication of one site's stores: replication configurations, tables and their replicas, secrets, and the
 * consumers of table streams. It is separate from the site stack because it needs the other sites. S3 checks that
 * destinations exist, and the AWS provider reads every replica of a table. It may fail to plan while another site is
 * dark. No recovery needs it.
 *
 * Site: the source of the replication.
 * While the other site is dark: replication waits; the stack plans if it holds no table.
 * On failover: nothing happens.
 * Cost: the transfer of every change, and the replicas of tables.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html
 */
export class ReplicationStack extends WorkloadStack {
  /** Whether the stores of a workload need a replication stack in a site. */
  static isNeededBy({ data }: WorkloadProps, site: SiteContract): boolean {
    return Object.values(data).some((store) => replicates(site, store));
  }

  constructor(scope: Construct, contract: WorkloadContract, site: SiteContract, { data, compute = {} }: WorkloadProps) {
    super(scope, `${site.name}-replication`, contract, site, siteTags(site));
    const tables = new Map<string, ReplicatedTable>();
    for (const [store, part] of Object.entries(data)) {
      if (!replicates(site, part)) continue;
      const table = part.replication?.({
        scope: new Construct(this.site, store),
        store,
        ...inStore(contract, site, store),
      });
      if (table !== undefined) tables.set(store, table);
    }
    const triggers = new RoleTriggers(this.site, contract, site);
    for (const [name, part] of computeIn(contract, site, compute)) {
      part.replication?.({ scope: new Construct(this.site, name), compute: name, contract, site, tables, triggers });
    }
  }
}

function replicates({ home }: SiteContract, store: DataStore): boolean {
  return store.replication !== undefined && (home || !store.replicatedByHome);
}
