import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { checkName, claimName, Duration, refuse } from "../core";
import { ALARM, createAlarm } from "../signals";
import { Site } from "../site";
import { localArn, TOPIC, whole } from "./checks";
import { checkProps } from "./shapes";

const PERIOD_SECONDS = 60; // DMS reports once a minute
const DEFAULTS = { latencyMinutes: 5, silenceMinutes: 15 };
/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const MOST_PERIODS = 1_440;

export interface TaskAlarmsProps {
  /** Highest lag, in whole seconds: the sum of the two latencies. */
  readonly maxLatency: Duration;
  /** Task or serverless replication that replicates changes. */
  readonly task: { readonly taskName: string; readonly metricDimensions: Readonly<Record<string, string>> };
  /**
   * Minutes above `maxLatency` before the alarm is raised, up to 1440.
   *
   * @default 5
   */
  readonly latencyMinutes?: number;
  /**
   * Minutes without a report before the task counts as failed, up to 1440.
   *
   * @default 15
   */
  readonly silenceMinutes?: number;
  /**
   * ARN of an SNS topic in the site's region. CloudWatch notifies it when an alarm is raised and when it ends.
   *
   * @default - no topic is notified
   */
  readonly topicArn?: string;
}

/**
 * Two alarms of a task that replicates changes: its lag is too high, or it does not run.
 *
 * DMS has no metric of failure. A task that failed or was stopped reports no latency. The second alarm is raised if there are no reports. An
 * {@link EventSubscription} reports the cause.
 *
 * Site: the task's.
 * While the other site is dark: both alarms are raised, because the source is not read.
 * On failover: they stay raised while the task is stopped.
 * Cost: two alarms on four metrics, billed by the month.
 *
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Monitoring.html
 */
export class TaskAlarms extends Construct {
  /** Raised if the lag is too high. */
  readonly latency: CloudwatchMetricAlarm;
  /** Raised if the task reports nothing. */
  readonly silence: CloudwatchMetricAlarm;

  constructor(scope: Construct, id: string, props: TaskAlarmsProps) {
    super(scope, id);
    checkProps(this, "TaskAlarmsProps", props);
    const site = Site.of(this);
    const names = alarmNames(this, props);
    const periods = alarmPeriods(this, props);
    if (props.topicArn !== undefined) localArn(this, "topicArn", props.topicArn, TOPIC);
    for (const name of Object.values(names)) claimName(this, ALARM, name, site);

    this.latency = createLatencyAlarm(this, props, { name: names.latency, periods: periods.latency });
    this.silence = createSilenceAlarm(this, props, { name: names.silence, periods: periods.silence });
  }
}

interface Alarm {
  readonly name: string;
  readonly periods: number;
}

function alarmNames(scope: TaskAlarms, { task }: TaskAlarmsProps) {
  return {
    latency: checkName(scope, "task.taskName", `${task.taskName}-dms-latency`, ALARM),
    silence: checkName(scope, "task.taskName", `${task.taskName}-dms-silence`, ALARM),
  };
}

function alarmPeriods(scope: TaskAlarms, props: TaskAlarmsProps) {
  const { latencyMinutes = DEFAULTS.latencyMinutes, maxLatency, silenceMinutes = DEFAULTS.silenceMinutes } = props;
  if (maxLatency.inSeconds < 1) {
    refuse(scope, "SettingOutOfRange", `'maxLatency' must be a second or longer, got ${maxLatency.toString()}`);
  }
  return {
    latency: whole(scope, "latencyMinutes", latencyMinutes, 1, MOST_PERIODS),
    silence: whole(scope, "silenceMinutes", silenceMinutes, 1, MOST_PERIODS),
  };
}

/** The lag of a task is the sum of two latencies. One is from the source to the task, the other from the task to the target. */
function createLatencyAlarm(scope: TaskAlarms, props: TaskAlarmsProps, alarm: Alarm): CloudwatchMetricAlarm {
  return createAlarm(scope, "Latency", {
    ...common(props, alarm),
    alarmDescription: `DMS replication ${props.task.taskName} is more than ${props.maxLatency.toString()} late`,
    threshold: props.maxLatency.inSeconds,
    treatMissingData: "missing", // silence has its own alarm
    metricQuery: [
      latency("source", "CDCLatencySource", props),
      latency("target", "CDCLatencyTarget", props),
      { id: "lag", expression: "source + target", label: "Lag in seconds", returnData: true },
    ],
  });
}

function createSilenceAlarm(scope: TaskAlarms, props: TaskAlarmsProps, alarm: Alarm): CloudwatchMetricAlarm {
  return createAlarm(scope, "Silence", {
    ...common(props, alarm),
    alarmDescription: `DMS replication ${props.task.taskName} does not run`,
    comparisonOperator: "LessThanThreshold",
    threshold: 1,
    treatMissingData: "breaching",
    namespace: "AWS/DMS",
    metricName: "CDCLatencyTarget",
    dimensions: { ...props.task.metricDimensions },
    period: PERIOD_SECONDS,
    statistic: "SampleCount",
  });
}

function common({ topicArn }: TaskAlarmsProps, { name, periods }: Alarm) {
  return {
    alarmName: name,
    evaluationPeriods: periods,
    datapointsToAlarm: periods,
    notify: topicArn === undefined ? undefined : [topicArn],
  };
}

function latency(id: string, metricName: string, { task }: TaskAlarmsProps) {
  return {
    id,
    returnData: false,
    metric: {
      namespace: "AWS/DMS",
      metricName,
      dimensions: { ...task.metricDimensions },
      period: PERIOD_SECONDS,
      stat: "Maximum",
    },
  };
}
