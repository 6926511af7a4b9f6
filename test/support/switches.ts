/** What every role that runs programs or agents is denied, as its policy writes it. */
export const DENY_SWITCHES = {
  Sid: "DenySwitches",
  Effect: "Deny",
  Action: "cloudwatch:PutMetricData",
  Resource: "*",
  Condition: { StringLike: { "cloudwatch:namespace": "DisasterRecovery*" } },
};
