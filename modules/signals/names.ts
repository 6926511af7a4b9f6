import { NameRule } from "../core";

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
export const ALARM: NameRule = {
  what: "CloudWatch alarm name",
  min: 1,
  max: 255,
  pattern: /^[\x20-\x7e]+$/,
  allowed: "printable ASCII characters",
  unique: "region",
  source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html",
};

/** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
export const EVENT_RULE: NameRule = {
  what: "EventBridge rule name",
  min: 1,
  max: 64,
  pattern: /^[.\w-]+$/,
  allowed: "letters, digits, '.', '-' and '_'",
  unique: "region",
  source: "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html",
};
