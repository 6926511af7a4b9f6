import { IConstruct } from "constructs";

/** Decides who is notified of a site's signals. Alarms, event rules and event subscriptions ask it. */
export interface Notifier {
  /** ARNs that CloudWatch calls when an alarm is raised, and again when it ends. */
  alarmActions(given: readonly string[] | undefined): string[] | undefined;
  /** ARN of the SNS topic that gets the events of a rule, a vault, a subscription or a cache. */
  eventTopic(given: string): string;
}

/** Notifies those whom the user names, and no one else. */
const AS_GIVEN: Notifier = {
  alarmActions: (given) => given && [...given],
  eventTopic: (given) => given,
};

/** The notifier of a construct. Every construct has the same one today. To notify others, change this function. */
export function notifierOf(_scope: IConstruct): Notifier {
  return AS_GIVEN;
}
