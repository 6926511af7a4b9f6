import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { madeBy, partitionOf, refuse } from "../core";
import { Site } from "../site";
import { checkProps } from "./shapes";
import { createSwitchAlarm, switchRef, SwitchRef, SwitchSettings } from "./switch-alarm";

/** The site an evacuation takes out of the answers. */
export interface EvacuatedSite {
  readonly name: string;
  readonly region: string;
}

export interface EvacuationSwitchProps extends SwitchSettings {
  /** The site this switch takes out of the answers. */
  readonly evacuates: EvacuatedSite;
  /** Name of the workload of the sites: part of the alarm's name, and a dimension of the metric. */
  readonly workload: string;
}

/** Where an evacuation switch is found. */
export interface EvacuationSwitchRefProps {
  readonly account: string;
  /** Name of the site the switch takes out of the answers. */
  readonly evacuates: string;
  /** Region of the site that has the switch. */
  readonly region: string;
  readonly workload: string;
  /** CloudWatch namespace of the metric. @default - `DisasterRecovery/<workload>` */
  readonly namespace?: string;
}

/**
 * If several sites answer, this switch takes another site out of the answers. No record changes. Each of the other sites has one, and any
 * of them may trip its own. The evacuated site's records take a {@link CalculatedHealthCheck} that is healthy while no switch is tripped.
 * With two sites they take the one {@link AlarmHealthCheck}.
 *
 * Trip it in this site's region:
 * `aws cloudwatch put-metric-data --namespace DisasterRecovery/<workload> --metric-name EvacuationSwitch --dimensions
 * Workload=<workload>,Site=<evacuated site> --value 1`; reset it with `--value 0`, where it was tripped.
 *
 * Site: every site but the one it evacuates.
 * While the other site is dark: works, and is what takes the dark site out.
 * On failover: the operator, or the recovery plan, trips it in one site that is left.
 * Cost: an alarm and a custom metric in each site for each other site.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html#health-checks-creating-values-cloudwatch
 */
export class EvacuationSwitch extends Construct {
  /** The switch of a site, without creating it. */
  static refOf({ workload, evacuates, region, account, namespace }: EvacuationSwitchRefProps): SwitchRef {
    const identity = { kind: "Evacuation", workload, about: evacuates, namespace } as const;
    return switchRef("EvacuationSwitch.refOf", identity, { region, account });
  }

  /** Points to this switch from anywhere: for an {@link AlarmHealthCheck}, and for who trips it. */
  readonly ref: SwitchRef;
  readonly resource: CloudwatchMetricAlarm;

  constructor(scope: Construct, id: string, props: EvacuationSwitchProps) {
    super(scope, id);
    checkProps(this, "EvacuationSwitchProps", props);
    const { workload, evacuates, namespace, notify } = props;
    const site = Site.of(this);
    partitionOf(this, evacuates.region);
    if (evacuates.region === site.region) {
      refuse(this, "SwitchInLostSite", `the switch is in '${site.region}', the region that it evacuates`);
    }
    const ref = switchRef(this, { kind: "Evacuation", workload, about: evacuates.name, namespace }, site);

    const tripped = `${evacuates.name} no longer answers for ${workload}`;
    this.resource = createSwitchAlarm(this, ref, { tripped, notify });
    this.ref = madeBy(ref, this.resource);
  }
}
