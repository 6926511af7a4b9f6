import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct, IConstruct } from "constructs";
import { checkName, claimName, Duration } from "../core";
import { Site, SITE_NAME } from "../site";
import { AlarmRef, alarmRef } from "./alarm-ref";
import { ALARM, WORKLOAD } from "./names";

/** How long CloudWatch takes to see a switch: one period of its alarm. */
export const SWITCH_PERIOD = Duration.minutes(1);

const NAMESPACE = "DisasterRecovery";

/** The metric that moves a switch: `PutMetricData` with 1 trips it, with 0 resets it, in the switch's own region. */
export interface SwitchMetric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A switch in some site: the alarm a health check watches, and the metric that trips it. */
export interface SwitchRef extends AlarmRef {
  readonly detection: Duration;
  readonly metric: SwitchMetric;
}

/** What tells two switches of one region apart. */
export interface SwitchIdentity {
  readonly kind: "Failover" | "Evacuation";
  readonly workload: string;
  /** Name of the site the switch is about. */
  readonly about: string;
}

/** Points to a switch without creating or reading it. */
export function switchRef(
  scope: IConstruct | string,
  { kind, workload, about }: SwitchIdentity,
  at: { readonly region: string; readonly account: string },
): SwitchRef {
  checkName(scope, "workload", workload, WORKLOAD);
  checkName(scope, "site", about, SITE_NAME);
  const name = `${workload}-${about}-${kind.toLowerCase()}-switch`;
  return {
    ...alarmRef(scope, { name, region: at.region, account: at.account }),
    detection: SWITCH_PERIOD,
    metric: {
      namespace: NAMESPACE,
      metricName: `${kind}Switch`,
      dimensions: { Workload: workload, Site: about },
    },
  };
}

/** An alarm that one data point raises and one lowers; without data it says nothing, and a health check keeps its last state. */
export function createSwitchAlarm(scope: Construct, ref: SwitchRef, tripped: string): CloudwatchMetricAlarm {
  claimName(scope, ALARM, ref.name, Site.of(scope));
  return new CloudwatchMetricAlarm(scope, "Resource", {
    alarmName: ref.name,
    alarmDescription: `Tripped: ${tripped}`,
    ...ref.metric,
    statistic: "Maximum",
    period: SWITCH_PERIOD.inSeconds,
    evaluationPeriods: 1,
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    threshold: 1,
    treatMissingData: "missing",
  });
}
