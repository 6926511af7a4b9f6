import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { Construct, IConstruct } from "constructs";
import { checkName, claimName, declareProtection, Duration, inRange, makersOf, refuse, refuseNone } from "../core";
import { EVENT_RULE } from "../signals";
import { refuseForeignArn, Site } from "../site";
import { checkActivity, isStandby, partLifecycle, SourceActivity, switchLifecycle } from "./activity";
import { FunctionRef, refuseForeignFunction } from "./function-ref";
import { checkProps } from "./shapes";

const DEFAULT_BUS = "default";

/** EventBridge's own, written out so that no plan drifts. */
const DEFAULTS = { maximumAgeSeconds: 86_400, maximumRetries: 185 };

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html */
const SCHEDULE = /^(rate\(\d+ (minutes?|hours?|days?)\)|cron\(\S+( \S+){5}\))$/;

export interface EventRuleProps extends SourceActivity {
  /** Function of the site: `fn.ref`, or `LambdaFunction.refOf`. */
  readonly function: FunctionRef;
  /** Name; unique on its bus in the region of the account. */
  readonly name: string;
  /**
   * ARN of a standard SQS queue of the site for events the function could not be given. Its policy must let EventBridge send.
   *
   * @default - they are dropped
   */
  readonly deadLetterQueueArn?: string;
  /**
   * Name of the bus of the site whose events are meant.
   *
   * @default "default"
   */
  readonly eventBusName?: string;
  /**
   * Pattern of the events that invoke the function.
   *
   * @default - none: `schedule` does
   */
  readonly eventPattern?: object;
  /**
   * Input of the function.
   *
   * @default - the event
   */
  readonly input?: object | readonly unknown[];
  /**
   * How long an event is tried, 1 minute to 24 hours.
   *
   * @default Duration.hours(24)
   */
  readonly maximumAge?: Duration;
  /**
   * How often an event is tried again, 0 to 185.
   *
   * @default 185
   */
  readonly maximumRetries?: number;
  /**
   * When the function is invoked, in UTC: `rate(5 minutes)`, `cron(0 5 * * ? *)`.
   *
   * @default - `eventPattern` says
   */
  readonly schedule?: string;
}

/**
 * Invokes a function with events of EventBridge, or at certain times: a nightly job that must not run in two sites.
 *
 * Site: that of the function; one in each.
 * While the other site is dark: works, with the events of this region.
 * On failover: the recovery plan switches it on (`EnableRule`), and no apply switches it off again. To record the failover, set `active`
 *   here and `detached` in the other site. Events that were due while no rule was enabled are not delivered later.
 * Cost: none for schedules and events of AWS; the function's.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules.html
 */
export class EventRule extends Construct {
  readonly resource: CloudwatchEventRule;

  constructor(scope: Construct, id: string, props: EventRuleProps) {
    super(scope, id);
    checkProps(this, "EventRuleProps", props);
    checkRule(this, props);
    claimName(this, EVENT_RULE, ruleKey(props), Site.of(this));

    this.resource = createRule(this, props);
    invoke(this, props);
    declareRule(this, props);
  }

  get ruleArn(): string {
    return this.resource.arn;
  }
}

/** A name is unique per bus. */
function ruleKey({ eventBusName = DEFAULT_BUS, name }: EventRuleProps): string {
  return eventBusName === DEFAULT_BUS ? name : `${eventBusName}/${name}`;
}

function checkRule(scope: IConstruct, props: EventRuleProps): void {
  const { deadLetterQueueArn, eventBusName = DEFAULT_BUS, schedule } = props;
  checkName(scope, "name", props.name, EVENT_RULE);
  refuseForeignFunction(scope, props.function);
  checkActivity(scope, props);
  refuseNone(scope, { eventPattern: props.eventPattern, schedule }, "give one of them: it says when to invoke");
  if (schedule !== undefined) checkSchedule(scope, schedule, eventBusName);
  if (deadLetterQueueArn !== undefined) refuseForeignArn(scope, "deadLetterQueueArn", deadLetterQueueArn, ["sqs"]);
  if (props.maximumAge !== undefined) inRange(scope, "maximumAge in seconds", props.maximumAge.inSeconds, 60, 86_400);
  if (props.maximumRetries !== undefined) inRange(scope, "maximumRetries", props.maximumRetries, 0, 185);
}

function checkSchedule(scope: IConstruct, schedule: string, eventBusName: string): void {
  if (!SCHEDULE.test(schedule)) {
    refuse(
      scope,
      "InvalidSchedule",
      `'schedule' is neither a rate nor six fields of cron, got '${schedule}'`,
      "write it as EventBridge has it: rate(5 minutes), cron(0 5 * * ? *)",
    );
  }
  if (eventBusName !== DEFAULT_BUS) {
    const remedy = "leave 'eventBusName' out: EventBridge schedules on the default bus alone";
    refuse(scope, "ConflictingSettings", `'schedule' is set and 'eventBusName' is '${eventBusName}'`, remedy);
  }
}

function createRule(rule: EventRule, props: EventRuleProps): CloudwatchEventRule {
  const { active, eventBusName = DEFAULT_BUS, eventPattern, name, schedule } = props;
  return new CloudwatchEventRule(rule, "Resource", {
    name,
    description: `Invokes ${props.function.name}`,
    eventBusName,
    eventPattern: eventPattern && JSON.stringify(eventPattern),
    scheduleExpression: schedule,
    state: active ? "ENABLED" : "DISABLED",
    lifecycle: switchLifecycle(props, "state"),
  });
}

function invoke(rule: EventRule, props: EventRuleProps): void {
  const { deadLetterQueueArn, function: target, input, maximumAge, maximumRetries } = props;
  const { name, aliasName, aliasArn } = target;
  const dependsOn = makersOf(rule, target);
  const permission = new LambdaPermission(rule, "Permission", {
    statementId: `rule-${ruleKey(props).replace(/[^\w-]/g, "-")}`,
    action: "lambda:InvokeFunction",
    functionName: name,
    qualifier: aliasName,
    principal: "events.amazonaws.com",
    sourceArn: rule.ruleArn,
    dependsOn,
  });
  new CloudwatchEventTarget(rule, "Target", {
    rule: rule.resource.name,
    eventBusName: rule.resource.eventBusName,
    targetId: "function",
    arn: aliasArn,
    input: input && JSON.stringify(input),
    retryPolicy: {
      maximumEventAgeInSeconds: maximumAge?.inSeconds ?? DEFAULTS.maximumAgeSeconds,
      maximumRetryAttempts: maximumRetries ?? DEFAULTS.maximumRetries,
    },
    deadLetterConfig: deadLetterQueueArn === undefined ? undefined : { arn: deadLetterQueueArn },
    dependsOn: [permission],
    lifecycle: partLifecycle(props), // a rule that has targets cannot be deleted
  });
}

function declareRule(rule: EventRule, props: EventRuleProps): void {
  const { eventBusName = DEFAULT_BUS, name } = props;
  const { region, siteName } = Site.of(rule);
  const source = "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EnableRule.html";
  const step = {
    title: `let ${props.function.name} get the events of ${name}`,
    call: "events:EnableRule",
    parameters: { Name: name, EventBusName: eventBusName },
    duration: {
      basis: "unknown",
      source,
      note: "AWS allows a short time for changes to take effect, and gives no figure",
    },
    undo: "DisableRule",
  } as const;
  declareProtection(rule, {
    protection: {
      mechanism: "EventBridge rule of its own in each site",
      copiesIn: [siteName],
      loss: {
        value: Duration.seconds(0),
        basis: "configured",
        source: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules.html",
        note: "events of the other site are not copied, and what was due meanwhile is not made up for",
      },
    },
    recovery: isStandby(props) ? [step] : [],
    evidence: [
      {
        title: `events of ${name} that did not reach the function`,
        namespace: "AWS/Events",
        metric: "FailedInvocations",
        dimensions: eventBusName === DEFAULT_BUS ? { RuleName: name } : { EventBusName: eventBusName, RuleName: name },
        statistic: "Sum",
        unit: "Count",
        region,
      },
    ],
  });
}
