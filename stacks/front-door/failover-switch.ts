import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { Duration } from "../../modules/core";
import { Site } from "../../modules/site";

/** How long CloudWatch takes to see the switch: one period of the alarm. */
export const SWITCH_PERIOD = Duration.minutes(1);

const NAMESPACE = "DisasterRecovery";
const METRIC = "FailoverSwitch";

/** Name of the alarm behind a standby's switch, by which the front door's health check points to it. */
export function switchAlarmName(workload: string, site: string): string {
  return `${workload}-${site}-failover-switch`;
}

/**
 * The switch that makes the front door answer with this site. One data point trips it, one resets it, and it stays as it is
 * without any: Route 53 keeps the last state it knew.
 *
 * Trip it in the standby's region, with nothing of the lost one:
 * `aws cloudwatch put-metric-data --namespace DisasterRecovery --metric-name FailoverSwitch --dimensions
 * Workload=<workload>,Site=<site> --value 1`; reset it with `--value 0`.
 *
 * Site: each standby; never the home.
 * While the other site is dark: works.
 * On failover: the operator, or the recovery plan, trips it.
 * Cost: an alarm and a custom metric.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html#health-checks-creating-values-cloudwatch
 */
export class FailoverSwitch extends Construct {
  readonly resource: CloudwatchMetricAlarm;

  constructor(scope: Construct, id: string, { workload }: { readonly workload: string }) {
    super(scope, id);
    const site = Site.of(this);
    const dimensions = { Workload: workload, Site: site.siteName };
    this.resource = new CloudwatchMetricAlarm(this, "Resource", {
      alarmName: switchAlarmName(workload, site.siteName),
      alarmDescription: `Tripped: ${workload} is answered by ${site.siteName}`,
      namespace: NAMESPACE,
      metricName: METRIC,
      dimensions,
      statistic: "Maximum",
      period: SWITCH_PERIOD.inSeconds,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 1,
      treatMissingData: "missing", // and the health check keeps its last state
    });
  }
}
