import { Statement } from "./policy";

/**
 * Prefix of the CloudWatch namespace of every switch. IAM cannot see a metric's dimensions, only its namespace.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-cw-condition-keys-namespace.html
 */
export const SWITCH_NAMESPACES = "DisasterRecovery";

/** The CloudWatch namespace of a workload's switches, unless they have another. */
export function switchNamespace(workload: string): string {
  return `${SWITCH_NAMESPACES}/${workload}`;
}

/**
 * Denies a role to trip or reset the switches of every workload, whatever else lets it write metrics. The library gives it to the roles of
 * instances, tasks and functions. Give it to every other role that runs programs or agents.
 *
 * The operator is `StringLike`: metrics sent over OpenTelemetry have no namespace, and stay allowed.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-cw-condition-keys-namespace.html
 */
export function denySwitches(): Statement {
  return {
    sid: "DenySwitches",
    effect: "Deny",
    actions: ["cloudwatch:PutMetricData"],
    resources: ["*"],
    conditions: { StringLike: { "cloudwatch:namespace": `${SWITCH_NAMESPACES}*` } },
  };
}
