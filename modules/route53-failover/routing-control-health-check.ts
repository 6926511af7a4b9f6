import { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import { Construct } from "constructs";
import { HealthCheck, HealthInput, nameTags } from "./health-check";
import { checkProps } from "./shapes";

export interface RoutingControlHealthCheckProps {
  /** Name shown in the console, the tag `Name`. */
  readonly name: string;
  /** ARN of the routing control: of a {@link RoutingControl} in the same stack, or as AWS prints it. */
  readonly routingControlArn: string;
}

/**
 * A health check that is healthy while a routing control is on.
 *
 * Site: any; it follows the control's cluster, which lives in five regions.
 * While the other site is dark: answers, and follows the control.
 * On failover: nothing in it changes; the operator, or the recovery plan, turns controls off and on.
 * Cost: see the price of the control's cluster.
 *
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/routing-control.create-health-check.html
 */
export class RoutingControlHealthCheck extends Construct implements HealthCheck {
  readonly input: HealthInput = { kind: "routing-control" };
  readonly resource: Route53HealthCheck;

  constructor(scope: Construct, id: string, props: RoutingControlHealthCheckProps) {
    super(scope, id);
    checkProps(this, "RoutingControlHealthCheckProps", props);
    const { name, routingControlArn } = props;
    const tags = nameTags(this, name);

    this.resource = new Route53HealthCheck(this, "Resource", {
      type: "RECOVERY_CONTROL",
      routingControlArn,
      tags,
      lifecycle: { createBeforeDestroy: true }, // a record is pointed to the next check before this one goes
    });
  }

  get healthCheckId(): string {
    return this.resource.id;
  }
}
