import { Construct } from "constructs";
import { Compute } from "../compute/compute";
import { Workload } from "./workload";
import { WorkloadProps } from "../props";

/** A warm standby needs `capacity.standby` of every compute: one or more, no more than the active site runs. */
export type WarmStandbyProps = WorkloadProps<Compute<number>>;

/**
 * A workload with a smaller copy of itself running in each standby site. The copy can serve some traffic at once, and all of it when
 * it is scaled up.
 *
 * The construct's id is the workload's name: 1 to 19 lower-case letters, digits and single hyphens.
 *
 * Site: it has two or more; stacks of its own for each.
 * While the other site is dark: every other site's stack plans and applies; of the replication stacks, only those of buckets do. If
 *   us-east-1 is dark, no stack does, because the control planes of IAM and Route 53 are there. The calls of a failover still work.
 * On failover: the operator promotes the standby's databases, trips its switch and scales up its compute. Then you record
 *   `failedOver`. No plan destroys anything.
 * Cost: what a pilot light costs, and the standby's instances.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html
 */
export class WarmStandby extends Workload {
  constructor(scope: Construct, id: string, props: WarmStandbyProps) {
    super(scope, id, "warm-standby", props);
  }
}
