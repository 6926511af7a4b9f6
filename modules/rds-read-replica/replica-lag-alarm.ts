import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { Duration, inRange, makersOf } from "../core";
import { AlarmNotification, createAlarm } from "../signals";
import { refuseForeignRegion } from "../site";
import { DatabaseRef } from "./database-ref";
import { checkProps } from "./shapes";

const MINUTES = 5;

export interface ReplicaLagAlarmProps extends AlarmNotification {
  /** The replica, in this site. */
  readonly replica: DatabaseRef;
  /**
   * Highest lag: the workload's RPO. While a PostgreSQL source is idle, the lag of its replicas rises to five minutes. A shorter threshold
   * then raises the alarm without a cause.
   */
  readonly threshold: Duration;
  /**
   * Consecutive minutes above the threshold before the alarm is raised, 1 to 1,440.
   *
   * @default 5
   */
  readonly minutes?: number;
  /**
   * Silences the alarm of a promoted replica, which has no lag any more. The alarm itself stays.
   *
   * @default false
   */
  readonly promoted?: boolean;
}

/**
 * An alarm on the lag of a replica. A replica that does not replicate (RDS reports -1) or that reports nothing raises it too. RDS publishes
 * the metric in the replica's region, so the alarm is visible while the source's region is dark.
 *
 * Site: the replica's.
 * While the other site is dark: works, and is raised.
 * On failover: it stays raised, because a promoted instance reports no lag. Record the failover: `promoted` then silences it.
 * Cost: an alarm on one metric and its expression.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.Monitoring.html
 */
export class ReplicaLagAlarm extends Construct {
  readonly resource: CloudwatchMetricAlarm;

  constructor(scope: Construct, id: string, props: ReplicaLagAlarmProps) {
    super(scope, id);
    checkProps(this, "ReplicaLagAlarmProps", props);
    const { replica, threshold, notify = [], promoted = false } = props;
    refuseForeignRegion(this, `the lag metric of '${replica.name}'`, replica.region);
    const minutes = inRange(this, "minutes", props.minutes ?? MINUTES, 1, 1_440);

    this.resource = createAlarm(this, "Resource", {
      alarmName: `${replica.name}-replica-lag`,
      alarmDescription: `${replica.name} lags behind its source more than ${threshold.toString()}, or does not replicate`,
      threshold: threshold.inSeconds,
      evaluationPeriods: minutes,
      datapointsToAlarm: minutes,
      treatMissingData: promoted ? "notBreaching" : "breaching",
      metricQuery: [lagOf(replica), promoted ? silent() : expression(threshold)],
      notify,
      dependsOn: makersOf(this, replica),
    });
  }

  get alarmArn(): string {
    return this.resource.arn;
  }
}

function lagOf(replica: DatabaseRef) {
  return {
    id: "lag",
    metric: {
      namespace: "AWS/RDS",
      metricName: "ReplicaLag",
      dimensions: { DBInstanceIdentifier: replica.name },
      period: 60,
      stat: "Maximum",
    },
  };
}

/** A replica that does not replicate reports -1. No threshold would see it, so the expression replaces it. */
function expression(threshold: Duration) {
  return {
    id: "behind",
    expression: `IF(lag < 0, ${threshold.inSeconds + 1}, lag)`,
    label: "Lag, or one second too many while nothing is replicated",
    returnData: true,
  };
}

/** A promoted instance may go on reporting -1. */
function silent() {
  return { id: "behind", expression: "IF(lag < 0, 0, lag)", label: "Lag, none after the promotion", returnData: true };
}
