import { NameRule } from "../core";
import { ALARM } from "../signals";

/** @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html */
export const DOMAIN: NameRule = {
  what: "domain name",
  min: 1,
  max: 255,
  pattern: /^([a-z0-9_](-?[a-z0-9_])*)(\.[a-z0-9_](-?[a-z0-9_])*)*$/,
  allowed: "labels of lower-case letters, digits, hyphens and underscores, separated by dots",
  unique: "account",
  source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html",
};

/** A record's name: a domain name, whose first label may be `*`. */
export const RECORD: NameRule = {
  ...DOMAIN,
  what: "record name",
  pattern: /^(\*\.)?([a-z0-9_](-?[a-z0-9_])*)(\.[a-z0-9_](-?[a-z0-9_])*)*$/,
  allowed: "labels of lower-case letters, digits, hyphens and underscores, separated by dots, the first may be '*'",
};

/** The name and type that records with one routing policy share. */
export const RECORD_SET: NameRule = { ...RECORD, what: "set of DNS records" };

/** Part of an alarm's name and of a metric's dimensions. */
export const WORKLOAD: NameRule = {
  ...ALARM,
  what: "workload name",
  max: 200,
  pattern: /^[A-Za-z0-9][\w.-]*$/,
  allowed: "letters, digits, dots, hyphens and underscores, beginning with a letter or digit",
};

/**
 * A metric's namespace. AWS keeps those that begin with `AWS/` for its own services.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Metric.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
 */
export const NAMESPACE: NameRule = {
  what: "CloudWatch namespace",
  min: 1,
  max: 255,
  pattern: /^(?!:|AWS\/)[\x20-\x7e]+$/,
  allowed: "printable characters of ASCII, beginning neither with a colon nor with 'AWS/'",
  unique: "region",
  source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Metric.html",
};

/** A health check has no name of its own: this is its tag `Name`, which the console shows. */
export const HEALTH_CHECK: NameRule = {
  what: "health check name",
  min: 1,
  max: 256,
  pattern: /^[\w .:/=+@-]+$/,
  allowed: "letters, digits, spaces and any of _.:/=+-@",
  unique: "account",
  source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-tagging.html",
};

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-route53recoverycontrol-cluster.html */
export const ROUTING_CONTROL: NameRule = {
  what: "routing control name",
  min: 1,
  max: 64,
  pattern: /^[^\s&<>'";]+$/,
  allowed: "no white space and none of &<>'\";",
  unique: "account",
  source:
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-route53recoverycontrol-cluster.html",
};

/** @see https://docs.aws.amazon.com/global-accelerator/latest/api/API_CreateAccelerator.html */
export const ACCELERATOR: NameRule = {
  what: "accelerator name",
  min: 1,
  max: 64,
  pattern: /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/,
  allowed: "letters, digits, dots and hyphens, beginning and ending with a letter or digit",
  unique: "account",
  source: "https://docs.aws.amazon.com/global-accelerator/latest/api/API_CreateAccelerator.html",
};
