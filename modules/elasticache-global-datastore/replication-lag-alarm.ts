import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { Duration, inRange, makersOf } from "../core";
import { AlarmNotification, createAlarm } from "../signals";
import { refuseForeignRegion } from "../site";
import { GlobalDatastoreRef } from "./global-datastore-ref";
import { DEFAULTS } from "./group-checks";
import { LAG_METRIC, nodeIds } from "./group-recovery";
import { ReplicationGroupRef } from "./replication-group-ref";
import { checkProps } from "./shapes";

const MINUTES = 5;
const PERIOD_SECONDS = 60;

export interface ReplicationLagAlarmProps extends AlarmNotification {
  /** The global datastore it belongs to. */
  readonly global: GlobalDatastoreRef;
  /** The cluster, in this site. */
  readonly group: ReplicationGroupRef;
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
  /**
   * The cluster's `replicas`.
   *
   * @default 1
   */
  readonly replicas?: number;
}

/**
 * An alarm on the lag of a secondary cluster. A cluster that reports nothing raises it too. AWS reports the lag by node. The alarm uses the
 * highest lag of the first shard's nodes, because any of them may be the primary. With several shards, AWS reports the highest of all.
 *
 * Site: one with a cluster of the global datastore.
 * While the other site is dark: works, and is raised.
 * On failover: it stays raised in the site that took over, because there is no lag any more. Record the failover: `active` then
 *   silences it.
 * Cost: an alarm on one metric for each node.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html
 */
export class ReplicationLagAlarm extends Construct {
  readonly resource: CloudwatchMetricAlarm;

  constructor(scope: Construct, id: string, props: ReplicationLagAlarmProps) {
    super(scope, id);
    checkProps(this, "ReplicationLagAlarmProps", props);
    const { group, global, threshold, notify = [], active = false } = props;
    refuseForeignRegion(this, `the lag metric of '${group.name}'`, group.region);
    const minutes = inRange(this, "minutes", props.minutes ?? MINUTES, 1, 60);
    const replicas = inRange(this, "replicas", props.replicas ?? DEFAULTS.replicas, 1, 5);

    this.resource = createAlarm(this, "Resource", {
      alarmName: `${group.name}-replication-lag`,
      alarmDescription: `${group.name} lags in ${global.name} more than ${threshold.toString()}, or does not replicate`,
      threshold: threshold.inSeconds,
      evaluationPeriods: minutes,
      datapointsToAlarm: minutes,
      treatMissingData: active ? "notBreaching" : "breaching",
      metricQuery: [
        { id: "lag", expression: "MAX(METRICS())", label: "Lag in seconds", returnData: true },
        ...nodeIds({ group, global }, replicas).map(lagOfNode),
      ],
      notify,
      dependsOn: makersOf(this, group),
    });
  }

  get alarmArn(): string {
    return this.resource.arn;
  }
}

function lagOfNode(node: string) {
  const { namespace, metric: metricName } = LAG_METRIC;
  return {
    id: `lag_${node.replace(/-/g, "_")}`,
    metric: {
      namespace,
      metricName,
      dimensions: { CacheClusterId: node },
      period: PERIOD_SECONDS,
      stat: "Maximum",
    },
    returnData: false,
  };
}
