import { Route53RecoverycontrolconfigControlPanel } from "@cdktf/provider-aws/lib/route53recoverycontrolconfig-control-panel";
import { Construct } from "constructs";
import { checkName } from "../core";
import { ROUTING_CONTROL } from "./names";
import { checkProps } from "./shapes";

/** A panel as its controls and rules see it. */
export interface RoutingControlPanelRef {
  readonly clusterArn: string;
  readonly panelArn: string;
}

export interface RoutingControlPanelProps {
  /** ARN of the cluster: of a {@link RoutingControlCluster} in the same stack, or as AWS prints it. */
  readonly clusterArn: string;
  /** Name of the panel. */
  readonly name: string;
}

/**
 * A group of routing controls that are turned together in one transaction, under common safety rules: one for each workload.
 *
 * Site: any; it is configured through us-west-2.
 * While the other site is dark: works; nothing is configured with us-west-2 dark.
 * On failover: nothing in it changes.
 * Cost: none of its own; its cluster is paid for.
 *
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/routing-control.create-control-panel.html
 */
export class RoutingControlPanel extends Construct implements RoutingControlPanelRef {
  readonly clusterArn: string;
  readonly resource: Route53RecoverycontrolconfigControlPanel;

  constructor(scope: Construct, id: string, props: RoutingControlPanelProps) {
    super(scope, id);
    checkProps(this, "RoutingControlPanelProps", props);
    const { clusterArn, name } = props;
    checkName(this, "name", name, ROUTING_CONTROL);

    this.resource = new Route53RecoverycontrolconfigControlPanel(this, "Resource", { clusterArn, name });
    this.clusterArn = clusterArn;
  }

  get panelArn(): string {
    return this.resource.arn;
  }
}
