import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { madeBy } from "../core";
import { Site } from "../site";
import { checkProps } from "./shapes";
import { createSwitchAlarm, switchRef, SwitchRef, SwitchSettings } from "./switch-alarm";

export interface FailoverSwitchProps extends SwitchSettings {
  /** Name of the workload that fails over: part of the alarm's name, and a dimension of the metric. */
  readonly workload: string;
  /**
   * Whether this site is the one that answers. Then tripping the switch would change nothing, so it is not a step of a recovery.
   *
   * @default false
   */
  readonly answers?: boolean;
  /**
   * Which generation of the site the switch belongs to. A later one has a switch and a metric of its own, which is not tripped.
   *
   * @default 1
   */
  readonly generation?: number;
}

/** Where a failover switch is found. */
export interface FailoverSwitchRefProps extends Omit<FailoverSwitchProps, "answers" | "notify"> {
  readonly account: string;
  readonly region: string;
  /** Name of the site that has the switch, and takes over when it is tripped. */
  readonly site: string;
}

/**
 * The switch that makes this site take over. One data point trips it, and one resets it. Without data it stays as it is, because Route 53
 * keeps the last state it knew. A rebuilt site gets a new switch (`generation`), so you never reset a tripped one. `SetAlarmState` does not
 * move it, because Route 53 reads the alarm's metric, not its state.
 *
 * Trip it in this site's region, with nothing of the lost one:
 * `aws cloudwatch put-metric-data --namespace DisasterRecovery/<workload> --metric-name FailoverSwitch --dimensions
 * Workload=<workload>,Site=<site> --value 1`; reset it with `--value 0`. From generation 2 on the metric has the dimension
 * `Generation=<number>` as well.
 *
 * A health check that is created while the switch is tripped begins healthy: trip the switch again then.
 *
 * Site: each; the one of the site that answers is not used.
 * While the other site is dark: works.
 * On failover: the operator, or the recovery plan, trips it.
 * Cost: an alarm and a custom metric.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html#health-checks-creating-values-cloudwatch
 */
export class FailoverSwitch extends Construct {
  /** The switch of a site, without creating it. */
  static refOf({ workload, site, region, account, generation, namespace }: FailoverSwitchRefProps): SwitchRef {
    const identity = { kind: "Failover", workload, about: site, generation, namespace } as const;
    return switchRef("FailoverSwitch.refOf", identity, { region, account });
  }

  /** Points to this switch from anywhere: for an {@link AlarmHealthCheck}, and for who trips it. */
  readonly ref: SwitchRef;
  readonly resource: CloudwatchMetricAlarm;

  constructor(scope: Construct, id: string, props: FailoverSwitchProps) {
    super(scope, id);
    checkProps(this, "FailoverSwitchProps", props);
    const { workload, answers = false, generation, namespace, notify } = props;
    const site = Site.of(this);
    const ref = switchRef(this, { kind: "Failover", workload, about: site.siteName, generation, namespace }, site);

    const tripped = `${workload} is answered by ${site.siteName}`;
    this.resource = createSwitchAlarm(this, ref, { tripped, answers, notify });
    this.ref = madeBy(ref, this.resource);
  }
}
