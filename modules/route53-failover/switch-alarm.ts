import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct, IConstruct } from "constructs";
import { checkName, claimName, declareProtection, Duration, inRange, RecoveryStep, switchNamespace } from "../core";
import { generationParts } from "../core/internal";
import { ALARM, AlarmNotification, createAlarm } from "../signals";
import { Site, SITE_NAME } from "../site";
import { AlarmRef, alarmRef } from "./alarm-ref";
import { NAMESPACE, WORKLOAD } from "./names";

/** How long CloudWatch takes to see a switch: one period of its alarm. */
export const SWITCH_PERIOD = Duration.minutes(1);

/** No site is rebuilt so often; a typing error is. */
const MOST_GENERATIONS = 9_999;
const CHECKS =
  "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html#health-checks-creating-values-cloudwatch";

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

/** The difference between two switches of one region. */
export interface SwitchIdentity {
  readonly kind: "Failover" | "Evacuation";
  readonly workload: string;
  /** Name of the site the switch is about. */
  readonly about: string;
  /** Generation of that site, a whole number from 1. @default 1 */
  readonly generation?: number;
  /** Namespace of the metric. @default - the workload's own */
  readonly namespace?: string;
}

/** Settings of every switch. */
export interface SwitchSettings extends AlarmNotification {
  /**
   * CloudWatch namespace of the metric that moves the switch. Every role that may write metrics in it may trip the switch. The library
   * denies its own roles to write in namespaces that begin with `DisasterRecovery`. If you choose another namespace, deny it yourself.
   *
   * @default - `DisasterRecovery/<workload>`
   */
  readonly namespace?: string;
}

/** Points to a switch without creating or reading it. */
export function switchRef(
  scope: IConstruct | string,
  { kind, workload, about, generation = 1, namespace = switchNamespace(workload) }: SwitchIdentity,
  at: { readonly region: string; readonly account: string },
): SwitchRef {
  checkName(scope, "workload", workload, WORKLOAD);
  checkName(scope, "site", about, SITE_NAME);
  inRange(scope, "generation", generation, 1, MOST_GENERATIONS);
  checkName(scope, "namespace", namespace, NAMESPACE);
  const first = generation === 1;
  const name = [workload, about, kind.toLowerCase(), "switch", ...generationParts(generation)].join("-");
  return {
    ...alarmRef(scope, { name, region: at.region, account: at.account }),
    detection: SWITCH_PERIOD,
    settings: { namespace },
    metric: {
      namespace,
      metricName: `${kind}Switch`,
      dimensions: { Workload: workload, Site: about, ...(first ? {} : { Generation: `${generation}` }) },
    },
  };
}

/** Purpose of a switch. */
export interface SwitchPurpose extends AlarmNotification {
  /** Effect of the tripped switch. The alarm and the step that trips it show this text. */
  readonly tripped: string;
  /** Whether that is so already: then no recovery trips it. @default false */
  readonly answers?: boolean;
}

/**
 * An alarm that one data point raises and one lowers. Without data it has no state, and a health check keeps its last state.
 */
export function createSwitchAlarm(
  scope: Construct,
  ref: SwitchRef,
  { tripped, answers, notify = [] }: SwitchPurpose,
): CloudwatchMetricAlarm {
  const site = Site.of(scope);
  claimName(scope, ALARM, ref.name, site);
  declareProtection(scope, {
    protection: {
      mechanism: "Route 53 records that answer with another site once a switch is tripped",
      copiesIn: [site.siteName],
      loss: { value: Duration.seconds(0), basis: "configured", source: CHECKS, note: "it holds no data" },
    },
    recovery: answers ? [] : [tripStep(ref, tripped)],
    evidence: [
      {
        title: tripped,
        namespace: ref.metric.namespace,
        metric: ref.metric.metricName,
        dimensions: ref.metric.dimensions,
        statistic: "Maximum",
        unit: "Count",
        region: site.region,
      },
    ],
  });
  return createAlarm(scope, "Resource", {
    alarmName: ref.name,
    alarmDescription: `Tripped: ${tripped}`,
    ...ref.metric,
    statistic: "Maximum",
    period: SWITCH_PERIOD.inSeconds,
    evaluationPeriods: 1,
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    threshold: 1,
    treatMissingData: "missing",
    notify,
  });
}

function tripStep({ metric, detection }: SwitchRef, tripped: string): RecoveryStep {
  const { namespace, metricName, dimensions } = metric;
  return {
    title: `trip the switch: ${tripped}`,
    call: "cloudwatch:PutMetricData",
    parameters: {
      Namespace: namespace,
      MetricData: [
        {
          MetricName: metricName,
          Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
          Value: 1,
        },
      ],
    },
    duration: {
      value: detection,
      basis: "configured",
      source: CHECKS,
      note: "the period of its alarm; the TTL of the name comes on top",
    },
    undo: "the same call with the value 0",
  };
}
