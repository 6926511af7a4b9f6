import { Construct } from "constructs";
import { Compute } from "../compute/compute";
import { Workload } from "./workload";
import { WorkloadProps } from "../props";

export interface BackupRestoreProps extends WorkloadProps<Compute<undefined>> {
  /**
   * Accepts a site in the region that holds IAM's only control plane: us-east-1, in China cn-north-1. While that region is
   * unavailable, no stack of another site can be planned, so no other site can take over from it.
   *
   * @default false
   */
  readonly acceptUsEast1?: boolean;
  /**
   * The pattern the workload had before, when that kept replicas of databases in the standby sites: they are forgotten, and run on
   * until somebody deletes them. Without it, no plan that would leave them behind succeeds.
   *
   * @default - it had none, or a backup-restore
   */
  readonly steppedDownFrom?: "pilot-light" | "warm-standby" | "multi-site";
}

/**
 * A workload whose standby sites hold copies of its data and nothing that runs: buckets and tables are live in every site, since they
 * have no cheaper copy; databases are there as backups; networks and keys stand ready.
 *
 * The construct's id is the workload's name: 1 to 19 lower-case letters, digits and single hyphens.
 *
 * Site: it has two or more; stacks of its own for each.
 * While the other site is dark: every other site's stack plans and applies; of the replication stacks only those of buckets do. With
 *   us-east-1 dark none does, because IAM's and Route 53's control planes are there.
 * On failover: `failedOver` is recorded first; deploying the standby's stack then restores the databases and creates the compute, and
 *   deploying the front door's points the name to it. Both need the control planes of IAM and Route 53, which AWS runs in us-east-1
 *   alone, so a site there is refused unless `acceptUsEast1` is true.
 * Cost: the standby's storage and keys; no databases, instances or load balancers.
 *
 * @throws WorkloadOutsideApp, TooFewSites, SameSite, SharedStateBucket, MissingObjective, InvalidDuration, MissingSetting,
 *   UnknownSetting, WrongType, RpoNotMet, RtoNotMet, InvalidName, NameTaken, UnknownRegion, ForeignPartition, InvalidAccount, OverlappingCidrs,
 *   UnknownSite, ForgottenSiteInUse, FailedOverToActive, RebuiltNotDetached, HistoryOutOfOrder, StillEvacuated,
 *   FrontDoorAcrossAccounts, NoCapacity, FailoverNeedsLostRegion, and what the modules of its parts throw
 * @see https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html
 */
export class BackupRestore extends Workload {
  constructor(scope: Construct, id: string, props: BackupRestoreProps) {
    super(scope, id, "backup-restore", props);
  }
}
