import { DmsEventSubscription } from "@cdktf/provider-aws/lib/dms-event-subscription";
import { Construct } from "constructs";
import { checkName, claimName, refuse, Statement } from "../core";
import { notifierOf } from "../signals";
import { onlyForResources } from "../iam-role";
import { Site } from "../site";
import { localArn, TOPIC } from "./checks";
import { SUBSCRIPTION } from "./names";
import { checkProps } from "./shapes";

/** Kinds of resources that have events. */
export type EventSource = "replication-instance" | "replication-task";

/** Kinds of events. No source has all of them. */
export type EventCategory =
  | "configuration change"
  | "creation"
  | "deletion"
  | "failover"
  | "failure"
  | "low storage"
  | "maintenance"
  | "state change";

/**
 * The events of each source, and those that mean trouble.
 *
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Events.html
 */
const CATEGORIES: Readonly<
  Record<EventSource, { readonly all: readonly EventCategory[]; readonly trouble: readonly EventCategory[] }>
> = {
  "replication-instance": {
    all: ["configuration change", "creation", "deletion", "failover", "failure", "low storage", "maintenance"],
    trouble: ["deletion", "failover", "failure", "low storage", "maintenance"],
  },
  "replication-task": {
    all: ["configuration change", "creation", "deletion", "failure", "state change"],
    trouble: ["deletion", "failure", "state change"],
  },
};

export interface EventSubscriptionProps {
  /** Name; unique in the region of the account. */
  readonly name: string;
  /** Kind of resource whose events are sent. Cannot be changed later. */
  readonly sourceType: EventSource;
  /** ARN of the SNS topic in the site's region. Its policy must let DMS publish, see {@link eventTopicStatement}. */
  readonly topicArn: string;
  /**
   * Events that are sent.
   *
   * @default - those that mean trouble: deletions and failures; for instances also failovers, low storage and maintenance; for tasks also
   * changes of state
   */
  readonly categories?: readonly EventCategory[];
  /**
   * Identifiers of the instances or tasks. Cannot be changed later.
   *
   * @default - all in the region, including future ones
   */
  readonly sourceIds?: readonly string[];
}

/**
 * Sends events of replication instances or tasks to an SNS topic, such as failed, stopped or low on storage.
 *
 * AWS recommends EventBridge for the same events since version 3.4.6 of the engine (source `aws.dms`). A subscription needs no rule.
 *
 * Site: the instance's or task's.
 * While the other site is dark: works.
 * On failover: reports that tasks were stopped.
 * Cost: messages of SNS.
 *
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Events.html
 */
export class EventSubscription extends Construct {
  readonly subscriptionName: string;
  readonly resource: DmsEventSubscription;

  constructor(scope: Construct, id: string, props: EventSubscriptionProps) {
    super(scope, id);
    checkProps(this, "EventSubscriptionProps", props);
    const { categories = CATEGORIES[props.sourceType].trouble, name, sourceIds, sourceType, topicArn } = props;
    checkName(this, "name", name, SUBSCRIPTION);
    localArn(this, "topicArn", topicArn, TOPIC);
    refuseCategories(this, sourceType, categories);
    if (sourceIds?.length === 0) {
      refuse(this, "SettingOutOfRange", "'sourceIds' is empty", "leave it out for all, or name one or more");
    }
    claimName(this, SUBSCRIPTION, name, Site.of(this));

    this.resource = new DmsEventSubscription(this, "Resource", {
      name,
      enabled: true,
      eventCategories: [...categories],
      snsTopicArn: notifierOf(this).eventTopic(topicArn),
      sourceIds: sourceIds && [...sourceIds],
      sourceType,
    });
    this.subscriptionName = name;
  }
}

/** Lets the event subscriptions of a site publish to a topic: a statement of the topic's policy. */
export function eventTopicStatement(site: Site, topicArn: string): Statement {
  return {
    sid: "AllowDmsEvents",
    principal: { Service: "dms.amazonaws.com" },
    actions: ["sns:Publish"],
    resources: [topicArn],
    conditions: onlyForResources(site, "dms", "es:*"),
  };
}

function refuseCategories(scope: EventSubscription, source: EventSource, categories: readonly EventCategory[]): void {
  const { all } = CATEGORIES[source];
  const odd = categories.find((category) => !all.includes(category));
  if (odd !== undefined || categories.length === 0) {
    refuse(
      scope,
      "SettingOutOfRange",
      `'categories' of a ${source} must be some of ${all.join(", ")}, got '${odd ?? "none"}'`,
    );
  }
}
