import { Construct } from "constructs";
import { Compute } from "../compute/compute";
import { Workload } from "./workload";
import { WorkloadProps } from "../props";

/** A pilot light runs no compute in a standby: `capacity.standby` cannot be given. */
export type PilotLightProps = WorkloadProps<Compute<undefined>>;

/**
 * A workload with a pilot light in each standby site: live data, network, keys, load balancers, and compute at zero.
 *
 * The construct's id is the workload's name: 1 to 19 lower-case letters, digits and single hyphens.
 *
 * Site: it has two or more; stacks of its own for each.
 * While the other site is dark: every other site's stack plans and applies; of the replication stacks, only those of buckets do. If
 *   us-east-1 is dark, no stack does, because the control planes of IAM and Route 53 are there. The calls of a failover still work.
 * On failover: the operator promotes the standby's databases, scales up its compute and trips its switch. Then you record
 *   `failedOver`. No plan destroys anything.
 * Cost: the standby's storage, replicas, keys and load balancers; no instances of compute.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html
 */
export class PilotLight extends Workload {
  constructor(scope: Construct, id: string, props: PilotLightProps) {
    super(scope, id, "pilot-light", props);
  }
}
