import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { Construct } from "constructs";
import { checkName, checkTags, claimName } from "../core";
import { EVENT_RULE, notifierOf } from "../signals";
import { Site } from "../site";
import { checkTopic } from "./local-arns";
import { checkProps } from "./shapes";

/**
 * Jobs without a complete recovery point or restored resource. Backup and copy jobs report a `state`, restore jobs a `status`.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html
 */
const FAILURES = {
  source: ["aws.backup"],
  "detail-type": ["Backup Job State Change", "Copy Job State Change", "Restore Job State Change"],
  detail: { $or: [{ state: ["ABORTED", "EXPIRED", "FAILED", "PARTIAL"] }, { status: ["ABORTED", "FAILED"] }] },
};

export interface BackupFailureRuleProps {
  /** Name; unique in the region of the account. */
  readonly name: string;
  /** ARN of an SNS topic in the site. Its policy must let EventBridge publish, see {@link backupTopicStatements}. */
  readonly topicArn: string;
  /** @default - those of the site */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * Notifies an SNS topic of every failed, expired, aborted or partial backup, copy and restore job of the site. AWS sends these events on a
 * best-effort basis, every five minutes. An alarm on the metrics of a protection's evidence also sees jobs whose event is lost.
 *
 * Site: that of the plans. A copy is reported in the site of its source.
 * While the other site is dark: works, and reports the copies that fail because of it.
 * On failover: nothing happens.
 * Cost: none for events of AWS. SNS bills the messages.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html
 */
export class BackupFailureRule extends Construct {
  readonly resource: CloudwatchEventRule;

  constructor(scope: Construct, id: string, props: BackupFailureRuleProps) {
    super(scope, id);
    checkProps(this, "BackupFailureRuleProps", props);
    checkName(this, "name", props.name, EVENT_RULE);
    checkTags(this, "tags", props.tags);
    checkTopic(this, "topicArn", props.topicArn);
    claimName(this, EVENT_RULE, props.name, Site.of(this));

    this.resource = new CloudwatchEventRule(this, "Resource", {
      name: props.name,
      description: "Jobs of AWS Backup that failed, expired, were aborted or ended in part",
      eventPattern: JSON.stringify(FAILURES),
      tags: props.tags && { ...props.tags },
    });
    new CloudwatchEventTarget(this, "Target", {
      rule: this.resource.name,
      targetId: "topic",
      arn: notifierOf(this).eventTopic(props.topicArn),
    });
  }

  get ruleArn(): string {
    return this.resource.arn;
  }
}
