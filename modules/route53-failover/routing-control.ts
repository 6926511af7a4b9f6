import { Route53RecoverycontrolconfigRoutingControl } from "@cdktf/provider-aws/lib/route53recoverycontrolconfig-routing-control";
import { Construct } from "constructs";
import { checkName } from "../core";
import { ROUTING_CONTROL } from "./names";
import { RoutingControlPanelRef } from "./routing-control-panel";
import { checkProps } from "./shapes";

export interface RoutingControlProps {
  /** Name of the control: the site it lets answer, or what it gates. */
  readonly name: string;
  /** The panel it belongs to: a {@link RoutingControlPanel} of the same stack, or its ARNs as AWS prints them. */
  readonly panel: RoutingControlPanelRef;
}

/**
 * An on/off switch that a {@link RoutingControlHealthCheck} follows. A new one is off: turn it on before records take its check. Terraform
 * does not manage its state, so no apply changes it.
 *
 * Site: any; it is configured through us-west-2.
 * While the other site is dark: is turned through any of the cluster's five endpoints that answers.
 * On failover: the operator, or the recovery plan, turns one off and another on, in one call:
 *   `route53-recovery-cluster:UpdateRoutingControlStates`.
 * Cost: none of its own; its cluster is paid for.
 *
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/routing-control.update.html
 */
export class RoutingControl extends Construct {
  readonly resource: Route53RecoverycontrolconfigRoutingControl;

  constructor(scope: Construct, id: string, props: RoutingControlProps) {
    super(scope, id);
    checkProps(this, "RoutingControlProps", props);
    const { name, panel } = props;
    checkName(this, "name", name, ROUTING_CONTROL);

    this.resource = new Route53RecoverycontrolconfigRoutingControl(this, "Resource", {
      name,
      clusterArn: panel.clusterArn,
      controlPanelArn: panel.panelArn,
    });
  }

  get routingControlArn(): string {
    return this.resource.arn;
  }
}
