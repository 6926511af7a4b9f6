/** The actions that are denied to every role that runs programs or agents, as its policy writes them. */
export const DENY_SWITCHES = {
  Sid: "DenySwitches",
  Effect: "Deny",
  Action: "cloudwatch:PutMetricData",
  Resource: "*",
  Condition: { StringLike: { "cloudwatch:namespace": "DisasterRecovery*" } },
};
