import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { createLagAlarm, LagAlarmSettings } from "../joined-clusters";
import { GlobalClusterRef } from "./global-cluster-ref";
import { documentDbEngine } from "./joined-engine";
import { checkProps } from "./shapes";

export interface ReplicationLagAlarmProps extends LagAlarmSettings {
  /** The global cluster it belongs to. */
  readonly global: GlobalClusterRef;
}

/**
 * An alarm on how far a secondary cluster lags behind the one that takes the writes, and on one that reports nothing. AWS publishes
 * the metric in the secondary's region, so the alarm can be seen when the other region is dark.
 *
 * Its Metrics Insights query selects the cluster by name, so the alarm stays the same whichever region the data comes from.
 *
 * Site: one with a cluster of the global cluster.
 * While the other site is dark: works, and is raised.
 * On failover: it stays raised in the site that took over, because there is no lag any more. `active` silences it once you
 *   record the failover.
 * Cost: an alarm on a Metrics Insights query.
 *
 * @see https://docs.aws.amazon.com/documentdb/latest/developerguide/global-clusters-monitor.html
 */
export class ReplicationLagAlarm extends Construct {
  readonly resource: CloudwatchMetricAlarm;

  constructor(scope: Construct, id: string, props: ReplicationLagAlarmProps) {
    super(scope, id);
    checkProps(this, "ReplicationLagAlarmProps", props);
    this.resource = createLagAlarm(this, props, documentDbEngine(this, props.global).lag);
  }

  get alarmArn(): string {
    return this.resource.arn;
  }
}
