import { NatGateways } from "../modules/network";
import { Compute } from "./compute/compute";
import { BackupsOptions } from "./data/backups";
import { DataStore } from "./data/store";
import { FrontDoor } from "./front-door/dns";
import { HistoryEvent } from "./history/events";
import { Objectives } from "./objectives";
import { Pattern, Writes } from "./policy";
import { WorkloadSite } from "./site-props";

/**
 * Props that every pattern has.
 *
 * @typeParam C computes that the pattern accepts: only a warm standby takes `capacity.standby`
 */
export interface WorkloadProps<C extends Compute = Compute> {
  /** Data stores by name: lower-case letters and digits, 1 to 12. */
  readonly data: Readonly<Record<string, DataStore>>;
  /** How long the workload may be out of service, and how much of the latest writes may be lost: `{ rto, rpo }`. */
  readonly objectives: Objectives;
  /** Sites by name, home first: lower-case letters and digits, 1 to 12. A site's name never changes. */
  readonly sites: Readonly<Record<string, WorkloadSite>>;
  /**
   * AWS Backup backs up databases and tables, with a copy in every other site. The copies help when a mistake was
   * replicated. Tables and Aurora clusters need an opt-in per region and account: see `BackupRegionSettings`.
   *
   * @default - only the protection of each store: automated backups, point-in-time recovery, versions
   */
  readonly backups?: BackupsOptions;
  /**
   * Computes by name: lower-case letters and digits, 1 to 12.
   *
   * @default - none: a workload of data alone
   */
  readonly compute?: Readonly<Record<string, C>>;
  /**
   * DNS name of the workload.
   *
   * @default - none
   */
  readonly frontDoor?: FrontDoor;
  /**
   * Events of the workload, oldest first, in any pattern. Append to it; never edit it.
   *
   * @default - no events
   */
  readonly history?: readonly HistoryEvent[];
  /**
   * NAT gateways of every site's network. They give the site's computes access to the internet. A standby has and pays
   * for them too, because a failover has no time to create them.
   *
   * @default "none": VPC endpoints lead to AWS, and nothing leads to the internet
   */
  readonly natGateways?: NatGateways;
}

/** Props that only some patterns have. */
export interface PatternProps {
  /** Of {@link BackupRestore}: whether a site may be in the region of IAM's control plane. @default false */
  readonly acceptUsEast1?: boolean;
  /** Of {@link BackupRestore}: the pattern before a step down. @default - the workload did not step down */
  readonly steppedDownFrom?: Pattern;
  /** Of {@link MultiSite}: how the sites share the writes. @default - one site takes all writes */
  readonly writes?: Writes;
}
