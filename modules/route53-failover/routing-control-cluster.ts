import { Route53RecoverycontrolconfigCluster } from "@cdktf/provider-aws/lib/route53recoverycontrolconfig-cluster";
import { Construct } from "constructs";
import { checkName, claimName } from "../core";
import { Site } from "../site";
import { ROUTING_CONTROL } from "./names";
import { checkProps } from "./shapes";

export interface RoutingControlClusterProps {
  /** Name of the cluster; unique in the account. An account has two at most, unless AWS raises it. */
  readonly name: string;
  /**
   * Lets Terraform delete the cluster. Its endpoints, which runbooks hold, never come back.
   *
   * @default false
   */
  readonly destroyable?: boolean;
}

/**
 * A cluster of Application Recovery Controller: five regional endpoints that turn routing controls on and off, of which two may be
 * lost. One cluster serves many workloads, and can be shared between accounts with Resource Access Manager.
 *
 * Keep the endpoints and the controls' ARNs where the operator can read them without AWS, and try the endpoints in random order.
 * ARNs hold ids of AWS's choice, so there are no refs: other stacks are given them as AWS prints them.
 *
 * Site: any; it is configured through us-west-2.
 * While the other site is dark: any endpoint that answers can turn controls. With us-west-2 dark, nothing can be configured.
 * On failover: nothing in it changes; the operator, or the recovery plan, calls an endpoint.
 * Cost: a high price by the hour, for every hour that the cluster exists: https://aws.amazon.com/application-recovery-controller/pricing/
 *
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/routing-control.html
 */
export class RoutingControlCluster extends Construct {
  readonly resource: Route53RecoverycontrolconfigCluster;

  constructor(scope: Construct, id: string, props: RoutingControlClusterProps) {
    super(scope, id);
    checkProps(this, "RoutingControlClusterProps", props);
    const { name, destroyable } = props;
    checkName(this, "name", name, ROUTING_CONTROL);
    claimName(this, { ...ROUTING_CONTROL, what: "routing control cluster" }, name, Site.of(this));

    this.resource = new Route53RecoverycontrolconfigCluster(this, "Resource", {
      name,
      lifecycle: { preventDestroy: !destroyable },
    });
  }

  get clusterArn(): string {
    return this.resource.arn;
  }

  /** The endpoint of one of the five regions: its URL, and the region to sign for. `index` is 0 to 4. */
  endpoint(index: number): { readonly endpoint: string; readonly region: string } {
    const { endpoint, region } = this.resource.clusterEndpoints.get(index);
    return { endpoint, region };
  }
}
