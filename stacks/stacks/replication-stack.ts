import { Construct } from "constructs";
import { computeIn } from "../compute/compute";
import { RoleTriggers } from "../compute/role-triggers";
import { DataStore, ReplicatedTable } from "../data/store";
import { inStore, SiteContract, WorkloadContract } from "../contract";
import { WorkloadProps } from "../props";
import { siteTags, WorkloadStack } from "./workload-stack";

/**
 * How one site's stores are copied to the others: replication configurations, tables and their replicas, secrets; and what
 * reads the streams of tables. It is apart from the site stack because it needs the other sites: S3 checks that destinations
 * exist, and Terraform's provider reads every replica of a table whenever it reads the table. So it may not plan while another
 * site is dark; nothing in a recovery needs it.
 *
 * Site: the one whose stores it copies.
 * While the other site is dark: copying waits; it plans as long as it holds no table.
 * On failover: nothing happens.
 * Cost: the transfer of every change, replicas of tables.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html
 */
export class ReplicationStack extends WorkloadStack {
  /** Whether the stores of a workload need the stack of a site. */
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
