import { LogSettings } from "../aws-values";
import { MemberClusterProps, MemberInstance } from "../joined-clusters";
import { InstanceClass } from "../rds-read-replica";
import { ClusterLogType } from "./engine";
import { GlobalClusterRef } from "./global-cluster-ref";

/** One instance of a cluster. */
export interface ClusterInstance extends MemberInstance {
  /**
   * DB instance class.
   *
   * @default - the cluster's `instanceClass`
   */
  readonly instanceClass?: InstanceClass;
}

/** Logs that a cluster publishes to CloudWatch Logs. */
export interface NeptuneLogs extends LogSettings {
  /**
   * Logs published to CloudWatch Logs. The parameters `neptune_enable_audit_log` and `neptune_enable_slow_query_log` switch them
   * on. `parameters` and `staticParameters` may set other values.
   *
   * @default - both
   */
  readonly exports?: readonly ClusterLogType[];
}

/** Settings that all clusters of a global database take. Neptune accepts only connections with TLS. */
export interface ClusterProps extends Omit<MemberClusterProps, "unencryptedConnections"> {
  /** The global database. In the stack of the first cluster its `global`, elsewhere `GlobalCluster.refOf(...)`. */
  readonly global: GlobalClusterRef;
  /** Class of the instances that set none: memory-optimised, `db.r5` or newer. */
  readonly instanceClass: InstanceClass;
  /**
   * Accepts only requests that are signed with IAM. Without it every client that reaches the port can connect, because Neptune
   * has no passwords.
   *
   * @default true
   */
  readonly iamAuthentication?: boolean;
  /**
   * Parameters of the instances; a change takes effect when they are rebooted.
   *
   * @default - AWS's defaults for the version
   */
  readonly instanceParameters?: Readonly<Record<string, string | number>>;
  /**
   * ARNs of roles that the cluster assumes, with which the bulk loader reads buckets.
   *
   * @default - none
   */
  readonly loaderRoleArns?: readonly string[];
  /**
   * Logs published to CloudWatch Logs.
   *
   * @default - both, kept for 90 days
   */
  readonly logs?: NeptuneLogs;
  /**
   * Port the cluster listens on, 1150 to 65535. It cannot be changed.
   *
   * @default 8182
   */
  readonly port?: number;
}
