import { busOf, fill } from "./import-id";
import type { ResourceType } from "./resource-type";

/** Alarms, events, logs, topics and queues. */
export const MONITORING: Readonly<Record<string, ResourceType>> = {
  aws_cloudwatch_event_rule: {
    importId: (values) => fill(`${busOf(values)}/{name}`, values),
    replacedBy: ["event_bus_name", "name", "name_prefix"],
    unique: { by: ["name"], within: "region" },
  },
  aws_cloudwatch_event_target: {
    importId: (values) => fill(`${busOf(values)}/{rule}/{target_id}`, values),
    replacedBy: ["event_bus_name", "rule", "target_id"],
  },
  aws_cloudwatch_log_group: {
    worth: "holds data",
    importId: "{name}",
    replacedBy: ["log_group_class", "name", "name_prefix"],
  },
  aws_cloudwatch_metric_alarm: {
    importId: "{alarm_name}",
    replacedBy: ["alarm_name"],
    unique: { by: ["alarm_name"], within: "region" },
  },
  aws_sns_topic: { replacedBy: ["fifo_topic", "name", "name_prefix"] },
  aws_sns_topic_policy: { replacedBy: ["arn"] },
  aws_sqs_queue: { worth: "holds data", replacedBy: ["fifo_queue", "name", "name_prefix"] },
};
