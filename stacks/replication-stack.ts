import { Construct } from "constructs";
import { SitePlan, WorkloadPlan } from "./plan";
import { WorkloadProps } from "./workload";
import { siteTags, WorkloadStack } from "./workload-stack";

/**
 * How one site's stores are copied to the others: replication configurations, tables and their replicas. It is apart from the site
 * stack because it needs the other sites: S3 checks that destinations exist, and Terraform's provider reads every replica of a table
 * whenever it reads the table. So it may not plan while another site is dark; nothing in a recovery needs it.
 *
 * Site: the one whose stores it copies.
 * While the other site is dark: copying waits; it plans as long as it holds no table.
 * On failover: nothing happens.
 * Cost: the transfer of every change, replicas of tables.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html
 */
export class ReplicationStack extends WorkloadStack {
  /** Whether the stores of a workload need these stacks at all. */
  static isNeededBy({ data }: WorkloadProps): boolean {
    return Object.values(data).some((store) => store.replication !== undefined);
  }

  constructor(scope: Construct, plan: WorkloadPlan, site: SitePlan, { data }: WorkloadProps) {
    super(scope, `${site.name}-replication`, plan, site, siteTags(site));
    for (const [store, part] of Object.entries(data)) {
      part.replication?.({ scope: new Construct(this.site, store), store, plan, site });
    }
  }
}
