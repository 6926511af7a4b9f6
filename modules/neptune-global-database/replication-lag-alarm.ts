import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { createLagAlarm, LagAlarmSettings } from "../joined-clusters";
import { GlobalClusterRef } from "./global-cluster-ref";
import { neptuneEngine } from "./joined-engine";
import { checkProps } from "./shapes";

export interface ReplicationLagAlarmProps extends LagAlarmSettings {
  /** The global database it belongs to. */
  readonly global: GlobalClusterRef;
}

/**
 * An alarm on how far a secondary cluster lags behind the one that takes the writes. AWS publishes the metric in the secondary's region
 * too, so the alarm can be seen when the other region is dark.
 *
 * Neptune publishes only values above zero, so missing data proves nothing: the alarm then keeps its state. Its Metrics Insights
 * query selects the cluster by name, so the alarm stays the same whichever region the data comes from.
 *
 * Site: one with a cluster of the global database.
 * While the other site is dark: works; it is raised if the lag was seen to grow.
 * On failover: it keeps its state in the site that took over, because there is no lag any more. `active` silences it once you
 *   record the failover.
 * Cost: an alarm on a Metrics Insights query.
 *
 * @see https://docs.aws.amazon.com/neptune/latest/userguide/neptune-gdb-monitoring.html
 */
export class ReplicationLagAlarm extends Construct {
  readonly resource: CloudwatchMetricAlarm;

  constructor(scope: Construct, id: string, props: ReplicationLagAlarmProps) {
    super(scope, id);
    checkProps(this, "ReplicationLagAlarmProps", props);
    this.resource = createLagAlarm(this, props, neptuneEngine(this, props.global).lag);
  }

  get alarmArn(): string {
    return this.resource.arn;
  }
}
