import { LogSettings } from "../aws-values";
import { MemberClusterProps, MemberInstance } from "../joined-clusters";
import { CaCertificate, InstanceClass } from "../rds-read-replica";
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
export interface DocumentDbLogs extends LogSettings {
  /**
   * Logs published to CloudWatch Logs. The parameters `audit_logs` and `profiler` switch them on: `enabled`, unless `parameters`
   * sets another value.
   *
   * @default - both
   */
  readonly exports?: readonly ClusterLogType[];
}

/** Monitoring of the instances of a cluster. */
export interface DocumentDbMonitoring {
  /**
   * Performance Insights, kept for 7 days, under the cluster's key.
   *
   * @default true
   */
  readonly performanceInsights?: boolean;
}

/** Settings that all clusters of a global cluster take. */
export interface ClusterProps extends MemberClusterProps {
  /** The global cluster. In the stack of the first cluster its `global`, elsewhere `GlobalCluster.refOf(...)`. */
  readonly global: GlobalClusterRef;
  /** Class of the instances that set none: memory-optimised, `db.r5` or newer. */
  readonly instanceClass: InstanceClass;
  /**
   * Certificate authority of the instances' server certificates.
   *
   * @default - the account's default
   */
  readonly caCertificate?: CaCertificate;
  /**
   * Logs published to CloudWatch Logs.
   *
   * @default - both, kept for 90 days
   */
  readonly logs?: DocumentDbLogs;
  /**
   * Performance Insights of the instances.
   *
   * @default - on
   */
  readonly monitoring?: DocumentDbMonitoring;
  /**
   * Port the cluster listens on, 1150 to 65535. It cannot be changed.
   *
   * @default 27017
   */
  readonly port?: number;
}
