import { Construct } from "constructs";
import { Compute } from "../compute/compute";
import { Workload } from "./workload";
import { WorkloadProps } from "../props";

export interface BackupRestoreProps extends WorkloadProps<Compute<undefined>> {
  /**
   * Accepts a site in the region that holds IAM's only control plane: us-east-1, in China cn-north-1. While that region
   * is unavailable, no stack of another site can be planned, so no other site can take over from it.
   *
   * @default false
   */
  readonly acceptUsEast1?: boolean;
  /**
   * The pattern before a step down. Terraform drops the database replicas of the standby sites from state and leaves
   * them running; delete them yourself. Without this setting, a plan that would leave replicas behind fails.
   *
   * @default - the workload did not step down
   */
  readonly steppedDownFrom?: "pilot-light" | "warm-standby" | "multi-site";
}

/**
 * A workload whose standby sites hold copies of its data and run nothing. Buckets and tables are live in every site,
 * because they have no cheaper copy. Databases exist as backups. Networks and keys exist.
 *
 * The construct's id is the workload's name: 1 to 19 lower-case letters, digits and single hyphens.
 *
 * Site: it has two or more; stacks of its own for each.
 * While the other site is dark: every other site's stack plans and applies; of the replication stacks, only those of
 *   buckets do. With us-east-1 dark no stack does, because the control planes of IAM and Route 53 are there.
 * On failover: you record `failedOver` first. Deploying the standby's stack then restores the databases and creates the
 *   compute. Deploying the front door points the name to it. Both need the control planes of IAM and Route 53, which
 *   AWS runs only in us-east-1. Therefore a site there is refused unless `acceptUsEast1` is true.
 * Cost: the standby's storage and keys; no databases, instances or load balancers.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html
 */
export class BackupRestore extends Workload {
  constructor(scope: Construct, id: string, props: BackupRestoreProps) {
    super(scope, id, "backup-restore", props);
  }
}
