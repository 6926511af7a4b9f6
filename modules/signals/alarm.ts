import { CloudwatchMetricAlarm, CloudwatchMetricAlarmConfig } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { notifierOf } from "./notifier";

/** Who is notified of an alarm. The props of every alarm extend it. */
export interface AlarmNotification {
  /**
   * ARNs that CloudWatch notifies when the alarm is raised and when it ends, for example of an SNS topic in this site.
   *
   * @default - none
   */
  readonly notify?: readonly string[];
}

/** Settings of an alarm, in the provider's words. The notifier decides the actions. */
export interface AlarmSettings extends Omit<
  CloudwatchMetricAlarmConfig,
  "alarmActions" | "comparisonOperator" | "insufficientDataActions" | "okActions"
> {
  /** @default "GreaterThanThreshold" */
  readonly comparisonOperator?: string;
  /** ARNs of the user's own actions. */
  readonly notify: readonly string[] | undefined;
}

/**
 * Creates an alarm. Every alarm of the library is created here.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
 */
export function createAlarm(scope: Construct, id: string, { notify, ...config }: AlarmSettings): CloudwatchMetricAlarm {
  const actions = notifierOf(scope).alarmActions(notify);
  return new CloudwatchMetricAlarm(scope, id, {
    comparisonOperator: "GreaterThanThreshold",
    ...config,
    alarmActions: actions,
    okActions: actions,
  });
}
