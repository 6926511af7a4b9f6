import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { Duration, inRange, makersOf, Ref } from "../core";
import { AlarmNotification, createAlarm } from "../signals";
import { refuseForeignRegion } from "../site";
import { ClusterRef } from "./cluster-ref";
import { LagMetric } from "./engine";

const MINUTES = 5;

const PERIOD_SECONDS = 60;

/** Settings of an alarm on a cluster's lag, for every engine. */
export interface LagAlarmSettings extends AlarmNotification {
  /** The cluster, in this site. */
  readonly cluster: ClusterRef;
  /** Highest lag: the workload's RPO. */
  readonly threshold: Duration;
  /**
   * Silences the alarm of the cluster that takes the writes, which has no lag. The alarm itself stays.
   *
   * @default false
   */
  readonly active?: boolean;
  /**
   * Consecutive minutes above the threshold before the alarm is raised, 1 to 60.
   *
   * @default 5
   */
  readonly minutes?: number;
}

/** Creates an alarm that finds a cluster by its name. It is the same for every region that the data comes from. */
export function createLagAlarm(
  scope: Construct,
  settings: LagAlarmSettings & { readonly global: Ref },
  { metric, source, silence }: LagMetric,
): CloudwatchMetricAlarm {
  const { cluster, global, threshold, notify = [], active = false } = settings;
  refuseForeignRegion(scope, `the lag metric of '${cluster.name}'`, cluster.region);
  const minutes = inRange(scope, "minutes", settings.minutes ?? MINUTES, 1, 60);
  return createAlarm(scope, "Resource", {
    alarmName: `${cluster.name}-replication-lag`,
    alarmDescription: `${cluster.name} lags in ${global.name} more than ${threshold.toString()}, or does not replicate`,
    threshold: threshold.inSeconds * 1_000,
    evaluationPeriods: minutes,
    datapointsToAlarm: minutes,
    treatMissingData: active ? "notBreaching" : silence,
    metricQuery: [
      {
        id: "lag",
        expression: `SELECT MAX(${metric}) FROM ${source} WHERE DBClusterIdentifier = '${cluster.name}'`,
        label: "Lag in milliseconds",
        period: PERIOD_SECONDS,
        returnData: true,
      },
    ],
    notify,
    dependsOn: makersOf(scope, cluster),
  });
}
