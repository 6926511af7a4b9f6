import { LogSettings } from "../aws-values";
import { Duration } from "../core";
import { MemberClusterProps, MemberInstance } from "../joined-clusters";
import { CaCertificate, DatabaseMonitoring, InstanceClass } from "../rds-read-replica";
import { ClusterLogType } from "./engine";
import { GlobalClusterRef } from "./global-cluster-ref";

/** A DB instance class that Aurora has; of an instance that scales by itself `"db.serverless"`. */
export type ClusterInstanceClass = InstanceClass | "db.serverless";

/** How far Serverless v2 instances scale, in Aurora capacity units (ACUs) of about 2 GiB, in steps of a half. */
export interface ServerlessV2Scaling {
  /** Fewest ACUs. AWS advises 8 or more where the cluster takes the writes. 0 lets the instances of a secondary pause. */
  readonly minAcu: number;
  /** Most ACUs, 1 to 256. */
  readonly maxAcu: number;
  /**
   * Time without a connection after which an instance pauses, 5 minutes to a day. Needs `minAcu: 0`.
   *
   * @default - 5 minutes, with `minAcu: 0`
   */
  readonly pauseAfter?: Duration;
}

/** One instance of a cluster. */
export interface ClusterInstance extends MemberInstance {
  /**
   * DB instance class.
   *
   * @default - the cluster's `instanceClass`
   */
  readonly instanceClass?: ClusterInstanceClass;
}

/** Logs that a cluster publishes to CloudWatch Logs. */
export interface AuroraLogs extends LogSettings {
  /**
   * Logs published to CloudWatch Logs.
   *
   * @default - `error` for Aurora MySQL, `postgresql` for Aurora PostgreSQL
   */
  readonly exports?: readonly ClusterLogType[];
}

/** Settings that all clusters of a global database take. */
export interface ClusterProps extends MemberClusterProps {
  /** The global database. In the stack of the first cluster its `global`, elsewhere `GlobalCluster.refOf(...)`. */
  readonly global: GlobalClusterRef;
  /** Class of the instances that set none: memory-optimised, `db.r5` or newer, or `"db.serverless"`. */
  readonly instanceClass: ClusterInstanceClass;
  /**
   * Certificate authority of the instances' server certificates.
   *
   * @default - the account's default
   */
  readonly caCertificate?: CaCertificate;
  /**
   * Accepts IAM database authentication in addition to passwords.
   *
   * @default true
   */
  readonly iamAuthentication?: boolean;
  /**
   * Dynamic parameters of the instances, which win over the cluster's; a change takes effect at once.
   *
   * @default - AWS's defaults for the version
   */
  readonly instanceParameters?: Readonly<Record<string, string | number>>;
  /**
   * Logs published to CloudWatch Logs.
   *
   * @default - those of the engine, kept for 90 days
   */
  readonly logs?: AuroraLogs;
  /**
   * Enhanced Monitoring and Performance Insights of the instances.
   *
   * @default - every 60 seconds, with Performance Insights
   */
  readonly monitoring?: DatabaseMonitoring;
  /**
   * How far instances of class `"db.serverless"` scale. Without it AWS creates no such instance.
   *
   * @default - none
   */
  readonly serverlessV2Scaling?: ServerlessV2Scaling;
  /**
   * Static parameters of the instances; a change takes effect when they are rebooted.
   *
   * @default - AWS's defaults for the version
   */
  readonly staticInstanceParameters?: Readonly<Record<string, string | number>>;
  /**
   * While this cluster is a secondary, forwards writes that reach it to the cluster that takes the writes.
   *
   * @default false
   */
  readonly writeForwarding?: boolean;
}
