import { Construct } from "constructs";
import { Compute } from "../compute/compute";
import { Writes } from "../policy";
import { Workload } from "./workload";
import { WorkloadProps } from "../props";

export interface MultiSiteProps extends WorkloadProps<Compute<undefined>> {
  /** How the sites share the writes. A store with one writer, such as an RDS database, needs `global`. */
  readonly writes: Writes;
}

/**
 * A workload that answers in every site, each at full capacity. Each user reaches the region with the least latency. A switch in
 * another site evacuates a site, without a change to DNS.
 *
 * The construct's id is the workload's name: 1 to 19 lower-case letters, digits and single hyphens.
 *
 * Site: it has two or more; stacks of its own for each.
 * While the other site is dark: every other site's stack plans and applies; of the replication stacks, only those of buckets do. If
 *   us-east-1 is dark, no stack does, because the control planes of IAM and Route 53 are there. The calls of a failover still work.
 * On failover: the lost site is evacuated. If it was the only writer, the databases of another site are promoted. Then you record
 *   it, and no plan destroys anything.
 * Cost: the whole workload once for each site.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html
 */
export class MultiSite extends Workload {
  constructor(scope: Construct, id: string, props: MultiSiteProps) {
    super(scope, id, "multi-site", props);
  }
}
