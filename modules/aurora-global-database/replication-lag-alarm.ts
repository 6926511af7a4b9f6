import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { Duration, inRange, makersOf, refuse } from "../core";
import { Site } from "../site";
import { lagMetric } from "./cluster-recovery";
import { ClusterRef } from "./cluster-ref";
import { GlobalClusterRef } from "./global-cluster-ref";

const MINUTES = 5;

const PERIOD_SECONDS = 60;

export interface ReplicationLagAlarmProps {
  /** The cluster, in this site. */
  readonly cluster: ClusterRef;
  /** The global database it belongs to. */
  readonly global: GlobalClusterRef;
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
  /**
   * ARNs told of every change, for example of an SNS topic in this site.
   *
   * @default - none
   */
  readonly notify?: readonly string[];
}

/**
 * An alarm on how far a secondary cluster lags behind the one that takes the writes, and on one that reports nothing. AWS publishes
 * the metric in the secondary's region, so the alarm can be seen when the other region is dark.
 *
 * It asks for the cluster by name in a Metrics Insights query: whichever region the data comes from, the alarm stays the same.
 *
 * Site: one with a cluster of the global database.
 * While the other site is dark: works, and is raised.
 * On failover: it stays raised in the site that took over, because there is no lag any more; `active` silences it when the
 *   failover is recorded.
 * Cost: an alarm on a Metrics Insights query.
 *
 * @throws OutsideSite, WrongSite, SettingOutOfRange
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
 */
export class ReplicationLagAlarm extends Construct {
  readonly alarmArn: string;
  readonly resource: CloudwatchMetricAlarm;

  constructor(scope: Construct, id: string, props: ReplicationLagAlarmProps) {
    super(scope, id);
    const { cluster, global, threshold, notify = [], active = false } = props;
    const { region } = Site.of(this);
    if (cluster.region !== region) {
      refuse(
        this,
        "WrongSite",
        `AWS publishes the lag of '${cluster.name}' in ${cluster.region}, the alarm stands in ${region}`,
      );
    }
    const minutes = inRange(this, "minutes", props.minutes ?? MINUTES, 1, 60);

    this.resource = new CloudwatchMetricAlarm(this, "Resource", {
      alarmName: `${cluster.name}-replication-lag`,
      alarmDescription: `${cluster.name} lags in ${global.name} more than ${threshold.toString()}, or does not replicate`,
      comparisonOperator: "GreaterThanThreshold",
      threshold: threshold.inSeconds * 1_000,
      evaluationPeriods: minutes,
      datapointsToAlarm: minutes,
      treatMissingData: active ? "notBreaching" : "breaching",
      metricQuery: [
        {
          id: "lag",
          expression: `SELECT MAX(${lagMetric(this, global)}) FROM "AWS/RDS" WHERE DBClusterIdentifier = '${cluster.name}'`,
          label: "Lag in milliseconds",
          period: PERIOD_SECONDS,
          returnData: true,
        },
      ],
      alarmActions: [...notify],
      okActions: [...notify],
      dependsOn: makersOf(this, cluster),
    });
    this.alarmArn = this.resource.arn;
  }
}
