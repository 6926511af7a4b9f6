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

/** What all clusters of a global database are made of alike. Neptune takes connections with TLS alone. */
export interface ClusterProps extends Omit<MemberClusterProps, "unencryptedConnections"> {
  /** The global database. In the stack of the first cluster its `global`, elsewhere `GlobalCluster.refOf(...)`. */
  readonly global: GlobalClusterRef;
  /** Class of the instances that name none: memory-optimised, `db.r5` or newer. */
  readonly instanceClass: InstanceClass;
  /**
   * Lets IAM alone decide who connects: requests are signed. Without it everybody in reach of the port does, for Neptune has no passwords.
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
   * Roles the cluster assumes, for the bulk loader to read buckets, as ARNs.
   *
   * @default - none
   */
  readonly loaderRoleArns?: readonly string[];
  /**
   * Logs published to CloudWatch Logs, each switched on by its parameter: `neptune_enable_audit_log` and
   * `neptune_enable_slow_query_log`, which `parameters` and `staticParameters` may set to something else.
   *
   * @default - both
   */
  readonly logExports?: readonly ClusterLogType[];
  /**
   * Port the cluster listens on, 1150 to 65535. It cannot be changed.
   *
   * @default 8182
   */
  readonly port?: number;
}
