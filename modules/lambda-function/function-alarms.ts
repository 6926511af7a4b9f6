import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { Duration, Evidence, inRange, makersOf } from "../core";
import { AlarmNotification, createAlarm } from "../signals";
import { countOf, iteratorAgeOf } from "./function-protection";
import { FunctionRef, refuseForeignFunction } from "./function-ref";
import { checkProps } from "./shapes";

export interface FunctionAlarmProps extends AlarmNotification {
  /** Function of the site. */
  readonly function: FunctionRef;
  /**
   * Consecutive minutes above the threshold before the alarm is raised, 1 to 1440.
   *
   * @default 5
   */
  readonly minutes?: number;
}

export interface FunctionCountAlarmProps extends FunctionAlarmProps {
  /**
   * Highest number in a minute that raises no alarm, 0 or more.
   *
   * @default 0
   */
  readonly threshold?: number;
}

export interface IteratorAgeAlarmProps extends FunctionAlarmProps {
  /** Highest age of a record: the workload's RPO, or the RTO of the function's work. */
  readonly threshold: Duration;
}

/**
 * An alarm on invocations of a function's alias that ended in an error.
 *
 * Site: the function's.
 * While the other site is dark: works.
 * On failover: nothing happens. A function that is not invoked has no errors.
 * Cost: an alarm.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export class FunctionErrorsAlarm extends Construct {
  readonly resource: CloudwatchMetricAlarm;

  constructor(scope: Construct, id: string, props: FunctionCountAlarmProps) {
    super(scope, id);
    checkProps(this, "FunctionCountAlarmProps", props);
    this.resource = createCountAlarm(this, props, "Errors");
  }

  get alarmArn(): string {
    return this.resource.arn;
  }
}

/**
 * An alarm on invocations of a function's alias that Lambda throttled, because there was no concurrency left. If the quotas of the regions
 * differ, a failover shows it here first.
 *
 * Site: the function's.
 * While the other site is dark: works.
 * On failover: nothing happens. It is raised if the region's quota is too low for the load.
 * Cost: an alarm.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
 */
export class FunctionThrottlesAlarm extends Construct {
  readonly resource: CloudwatchMetricAlarm;

  constructor(scope: Construct, id: string, props: FunctionCountAlarmProps) {
    super(scope, id);
    checkProps(this, "FunctionCountAlarmProps", props);
    this.resource = createCountAlarm(this, props, "Throttles");
  }

  get alarmArn(): string {
    return this.resource.arn;
  }
}

/**
 * An alarm on the time that records wait in a stream before the function gets them.
 *
 * Site: the function's.
 * While the other site is dark: works.
 * On failover: it may be raised while the function catches up with the stream.
 * Cost: an alarm.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export class IteratorAgeAlarm extends Construct {
  readonly resource: CloudwatchMetricAlarm;

  constructor(scope: Construct, id: string, props: IteratorAgeAlarmProps) {
    super(scope, id);
    checkProps(this, "IteratorAgeAlarmProps", props);
    const { function: target, threshold } = props;
    this.resource = createFunctionAlarm(this, props, {
      metric: iteratorAgeOf(target),
      alarmName: `${target.name}-iterator-age`,
      alarmDescription: `${target.name} reads records of its streams later than ${threshold.toString()}`,
      threshold: threshold.inSeconds * 1_000,
    });
  }

  get alarmArn(): string {
    return this.resource.arn;
  }
}

function createCountAlarm(
  scope: Construct,
  props: FunctionCountAlarmProps,
  metric: "Errors" | "Throttles",
): CloudwatchMetricAlarm {
  const { function: target, threshold = 0 } = props;
  const what = metric.toLowerCase();
  return createFunctionAlarm(scope, props, {
    metric: countOf(target, metric),
    alarmName: `${target.name}-${what}`,
    alarmDescription: `${target.name} has more than ${threshold} ${what} in a minute`,
    threshold: inRange(scope, "threshold", threshold, 0, 1_000_000_000),
  });
}

interface AlarmSettings {
  readonly metric: Evidence;
  readonly alarmName: string;
  readonly alarmDescription: string;
  readonly threshold: number;
}

/** A function that is not invoked reports no data, and the alarm treats missing data as healthy. */
function createFunctionAlarm(
  scope: Construct,
  props: FunctionAlarmProps,
  settings: AlarmSettings,
): CloudwatchMetricAlarm {
  const { function: target, notify = [] } = props;
  refuseForeignFunction(scope, target);
  const minutes = inRange(scope, "minutes", props.minutes ?? 5, 1, 1_440);
  const { metric, ...named } = settings;
  return createAlarm(scope, "Resource", {
    ...named,
    namespace: metric.namespace,
    metricName: metric.metric,
    dimensions: { ...metric.dimensions },
    statistic: metric.statistic,
    period: 60,
    evaluationPeriods: minutes,
    datapointsToAlarm: minutes,
    treatMissingData: "notBreaching",
    notify,
    dependsOn: makersOf(scope, target),
  });
}
