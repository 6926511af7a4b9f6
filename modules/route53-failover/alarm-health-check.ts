import { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import { Construct } from "constructs";
import { Duration, makersOf } from "../core";
import { refuseForeignAccount, Site } from "../site";
import { AlarmRef } from "./alarm-ref";
import { HealthCheck, HealthInput, nameTags } from "./health-check";
import { checkProps } from "./shapes";

/** State of a health check while CloudWatch has too little data for the alarm's state. */
export type InsufficientDataStatus = "Healthy" | "LastKnownStatus" | "Unhealthy";

export interface AlarmHealthCheckProps {
  /** The alarm, in any region of this account: the ref of a switch, or `alarmRef(...)`. */
  readonly alarm: AlarmRef;
  /** Name shown in the console, the tag `Name`. */
  readonly name: string;
  /**
   * The status while CloudWatch has too little data, as when the alarm's region is dark. A new check without data is healthy.
   *
   * @default "LastKnownStatus"
   */
  readonly insufficientDataStatus?: InsufficientDataStatus;
  /**
   * Healthy while the alarm is raised.
   *
   * @default false
   */
  readonly inverted?: boolean;
  /**
   * Values of the alarm whose change makes Route 53 read its settings again. Route 53 copies them once, when the check is created.
   *
   * @default - the namespace of a switch
   */
  readonly triggers?: Readonly<Record<string, string>>;
}

/**
 * A health check on a CloudWatch alarm. Route 53 reads the alarm's metric itself and applies the alarm's settings to it. The state that
 * CloudWatch shows, or that `SetAlarmState` sets, does not count. The alarm must exist first, on a metric of standard resolution and one of
 * the plain statistics.
 *
 * Site: any; the state is best kept where it can be read when the alarm's workload is recovered.
 * While the other site is dark: answers; it keeps its last status for an alarm in the dark region.
 * On failover: nothing in it changes; the alarm is raised.
 * Cost: a health check by the month.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html#health-checks-creating-values-cloudwatch
 */
export class AlarmHealthCheck extends Construct implements HealthCheck {
  readonly input: HealthInput;
  readonly detection?: Duration;
  readonly resource: Route53HealthCheck;

  constructor(scope: Construct, id: string, props: AlarmHealthCheckProps) {
    super(scope, id);
    checkProps(this, "AlarmHealthCheckProps", props);
    const { alarm, insufficientDataStatus = "LastKnownStatus" } = props;
    const tags = nameTags(this, props.name);
    refuseForeignAccount(this, `the alarm '${alarm.name}'`, alarm.account, { code: "AlarmInOtherAccount" });

    Site.of(this).requireProviderWith(alarm.region);
    this.resource = new Route53HealthCheck(this, "Resource", {
      type: "CLOUDWATCH_METRIC",
      cloudwatchAlarmName: alarm.name,
      cloudwatchAlarmRegion: alarm.region,
      insufficientDataHealthStatus: insufficientDataStatus,
      invertHealthcheck: props.inverted,
      triggers: alarm.settings || props.triggers ? { ...alarm.settings, ...props.triggers } : undefined,
      tags,
      lifecycle: { createBeforeDestroy: true }, // a record is pointed to the next check before this one goes
      dependsOn: makersOf(this, alarm),
    });
    this.input = { kind: "alarm", region: alarm.region };
    this.detection = alarm.detection;
  }

  get healthCheckId(): string {
    return this.resource.id;
  }
}
