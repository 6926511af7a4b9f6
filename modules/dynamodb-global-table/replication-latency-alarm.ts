import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { Duration, Evidence } from "../core";
import { AlarmNotification, createAlarm } from "../signals";
import { refuseSourceRegion } from "../site";
import { checkProps } from "./shapes";
import { checkPlace, refuseStrong } from "./table-place";
import { TableRef } from "./table-ref";

export interface ReplicationLatencyAlarmProps extends AlarmNotification {
  /** The replica that receives the writes of this site. */
  readonly destination: TableRef;
  /** The table or replica of this site. */
  readonly source: TableRef;
  /** Highest lag: the workload's RPO. */
  readonly threshold: Duration;
}

/**
 * An alarm on the time that a write of this site takes to reach another. DynamoDB publishes the metric in the region of the write, for each
 * receiving region. While that region is dark, the metric is not visible.
 *
 * Site: the one that takes the writes. For a table that takes writes in both sites: both.
 * While the other site is dark: works. No write arrives there, so there may be no data.
 * On failover: nothing happens.
 * Cost: an alarm.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
export class ReplicationLatencyAlarm extends Construct {
  readonly resource: CloudwatchMetricAlarm;

  constructor(scope: Construct, id: string, props: ReplicationLatencyAlarmProps) {
    super(scope, id);
    checkProps(this, "ReplicationLatencyAlarmProps", props);
    const { destination, notify = [], source, threshold } = props;
    checkPlace(this, source);
    refuseStrong(this, source, "replication latency");
    refuseSourceRegion(
      this,
      `'${source.name}'`,
      [source.region, destination.region],
      "point 'destination' to the replica in another region",
    );

    const { namespace, metric, dimensions, statistic, unit } = replicationLatency(source, destination.region);
    this.resource = createAlarm(this, "Resource", {
      alarmName: `${source.name}-to-${destination.region}-replication-latency`,
      alarmDescription: `Writes to ${source.name} reach ${destination.region} later than ${threshold.toString()}`,
      namespace,
      metricName: metric,
      dimensions: { ...dimensions },
      statistic,
      unit,
      period: 60,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      threshold: threshold.inSeconds * 1_000,
      treatMissingData: "notBreaching", // no writes, no lag
      notify,
    });
  }

  get alarmArn(): string {
    return this.resource.arn;
  }
}

/** The metric that shows how far a replica lags behind what is written in a table's region. */
export function replicationLatency(source: TableRef, receivingRegion: string): Evidence {
  return {
    title: `replication lag of ${source.name} in ${receivingRegion}`,
    namespace: "AWS/DynamoDB",
    metric: "ReplicationLatency",
    dimensions: { TableName: source.name, ReceivingRegion: receivingRegion },
    statistic: "Maximum",
    unit: "Milliseconds",
    region: source.region,
  };
}
