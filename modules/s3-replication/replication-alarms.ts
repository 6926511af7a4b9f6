import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { Duration } from "../core";
import { AlarmNotification, createAlarm } from "../signals";
import { refuseForeignRegion } from "../site";
import { BucketRef } from "./bucket-ref";
import { checkProps } from "./shapes";

export interface ReplicationLatencyAlarmProps extends AlarmNotification {
  readonly source: BucketRef;
  readonly destination: BucketRef;
  /** Highest lag: the workload's RPO. */
  readonly threshold: Duration;
  /** Id of the replication rule. @default - the destination's name, as {@link BucketReplication} has it */
  readonly ruleId?: string;
}

/**
 * An alarm on the lag of a replica. S3 publishes the metric in the destination's region, so the alarm is visible while the source's region
 * is dark.
 *
 * Site: the destination's.
 * While the other site is dark: works. Without writes there is no lag and no data.
 * On failover: nothing happens.
 * Cost: an alarm.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/repl-metrics.html
 */
export class ReplicationLatencyAlarm extends Construct {
  readonly resource: CloudwatchMetricAlarm;

  constructor(scope: Construct, id: string, props: ReplicationLatencyAlarmProps) {
    super(scope, id);
    checkProps(this, "ReplicationLatencyAlarmProps", props);
    const { source, destination, threshold, notify = [], ruleId = destination.name } = props;
    refuseForeignRegion(this, `the lag metric of '${destination.name}'`, destination.region);
    this.resource = createAlarm(this, "Resource", {
      alarmName: `${source.name}-to-${destination.name}-replication-latency`,
      alarmDescription: `Objects of ${source.name} reach ${destination.name} later than ${threshold.toString()}`,
      namespace: "AWS/S3",
      metricName: "ReplicationLatency",
      dimensions: { SourceBucket: source.name, DestinationBucket: destination.name, RuleId: ruleId },
      statistic: "Maximum",
      unit: "Seconds",
      period: 60,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      threshold: threshold.inSeconds,
      treatMissingData: "notBreaching", // no writes, no lag
      notify,
    });
  }

  get alarmArn(): string {
    return this.resource.arn;
  }
}
