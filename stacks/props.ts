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
 * What every pattern asks for.
 *
 * @typeParam C what may run: each pattern takes computes whose capacity it can mean
 */
export interface WorkloadProps<C extends Compute = Compute> {
  /** Data stores by name: lower-case letters and digits, 1 to 12. */
  readonly data: Readonly<Record<string, DataStore>>;
  /** How long the workload may be out of service, and how much of the latest writes may be lost: `{ rto, rpo }`. */
  readonly objectives: Objectives;
  /** Sites by name, home first: lower-case letters and digits, 1 to 12. A site's name never changes. */
  readonly sites: Readonly<Record<string, WorkloadSite>>;
  /**
   * Has AWS Backup back databases and tables up, with a copy in every other site: for when a mistake was replicated. Tables and Aurora
   * clusters need what a region opts in to, once for the account: see `BackupRegionSettings`.
   *
   * @default - what the stores keep by themselves: automated backups, points in time, versions
   */
  readonly backups?: BackupsOptions;
  /**
   * What runs, by name: lower-case letters and digits, 1 to 12.
   *
   * @default - nothing: a workload of data alone
   */
  readonly compute?: Readonly<Record<string, C>>;
  /**
   * The name under which the workload is reached.
   *
   * @default - none
   */
  readonly frontDoor?: FrontDoor;
  /**
   * What happened to the workload, oldest first, in whatever pattern. Appended to, never edited.
   *
   * @default - nothing yet
   */
  readonly history?: readonly HistoryEvent[];
  /**
   * NAT gateways of every site's network, through which what runs there reaches the internet. They are paid for in a standby too, where
   * a failover has no time to make them.
   *
   * @default "none": AWS is reached by endpoints, the internet not at all
   */
  readonly natGateways?: NatGateways;
}

/** What only some patterns ask for. */
export interface PatternProps {
  /** Of {@link BackupRestore}: a site may be in the region of IAM's control plane. @default false */
  readonly acceptUsEast1?: boolean;
  /** Of {@link BackupRestore}: the pattern the workload had before. @default - it did not step down */
  readonly steppedDownFrom?: Pattern;
  /** Of {@link MultiSite}: which site writes what. @default - the active site takes all writes */
  readonly writes?: Writes;
}
