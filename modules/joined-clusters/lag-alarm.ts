import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { Duration, inRange, makersOf, Ref, refuse } from "../core";
import { AlarmNotification, createAlarm } from "../signals";
import { Site } from "../site";
import { ClusterRef } from "./cluster-ref";
import { LagMetric } from "./engine";

const MINUTES = 5;

const PERIOD_SECONDS = 60;

/** What an alarm on a cluster's lag is made of, whatever its engine. */
export interface LagAlarmSettings extends AlarmNotification {
  /** The cluster, in this site. */
  readonly cluster: ClusterRef;
  /** The lag that must not be passed: the workload's RPO. */
  readonly threshold: Duration;
  /**
   * Says that the cluster takes the writes: it has no lag then, and the alarm falls silent instead of being removed.
   *
   * @default false
   */
  readonly active?: boolean;
  /**
   * Minutes in a row the lag has to be passed, 1 to 60.
   *
   * @default 5
   */
  readonly minutes?: number;
}

/**
 * An alarm that asks for a cluster by its name alone: whichever region the data comes from, it stays the same.
 *
 * @throws OutsideSite, WrongSite, SettingOutOfRange
 */
export function createLagAlarm(
  scope: Construct,
  settings: LagAlarmSettings & { readonly global: Ref },
  { metric, source, silence }: LagMetric,
): CloudwatchMetricAlarm {
  const { cluster, global, threshold, notify = [], active = false } = settings;
  const { region } = Site.of(scope);
  if (cluster.region !== region) {
    refuse(
      scope,
      "WrongSite",
      `AWS publishes the lag of '${cluster.name}' in ${cluster.region}, the alarm stands in ${region}`,
    );
  }
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
