import { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import { Construct } from "constructs";
import { Duration, inRange, refuse } from "../core";
import { HealthCheck, HealthInput, nameTags } from "./health-check";
import { checkProps } from "./shapes";

/** @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html#limits-api-entities-health-checks */
const MOST_CHILDREN = 255;

export interface CalculatedHealthCheckProps {
  /** The checks it is calculated from, 1 to 255, each once. */
  readonly children: readonly HealthCheck[];
  /** Name shown in the console, the tag `Name`. */
  readonly name: string;
  /**
   * How many children have to be healthy, 1 to all of them.
   *
   * @default - all
   */
  readonly threshold?: number;
}

/**
 * A health check on other health checks: healthy while at least `threshold` of them are. With the default, any one of them turns it
 * unhealthy, which is how each of several sites may evacuate another.
 *
 * Site: any, in the stack of its children.
 * While the other site is dark: answers; Route 53 calculates it at the edge.
 * On failover: nothing in it changes.
 * Cost: a health check by the month, besides its children.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html#health-checks-creating-values-calculated
 */
export class CalculatedHealthCheck extends Construct implements HealthCheck {
  readonly input: HealthInput;
  readonly detection?: Duration;
  readonly resource: Route53HealthCheck;

  constructor(scope: Construct, id: string, props: CalculatedHealthCheckProps) {
    super(scope, id);
    checkProps(this, "CalculatedHealthCheckProps", props);
    const { children } = props;
    const tags = nameTags(this, props.name);
    inRange(this, "children.length", children.length, 1, MOST_CHILDREN);
    const threshold = inRange(this, "threshold", props.threshold ?? children.length, 1, children.length);
    if (new Set(children).size < children.length) refuse(this, "RepeatedItem", "'children' names a health check twice");

    this.resource = new Route53HealthCheck(this, "Resource", {
      type: "CALCULATED",
      childHealthchecks: children.map(({ healthCheckId }) => healthCheckId),
      childHealthThreshold: threshold,
      tags,
      lifecycle: { createBeforeDestroy: true }, // a record is pointed to the next check before this one goes
    });
    this.input = { kind: "calculated", children, threshold };
    this.detection = slowest(children);
  }

  get healthCheckId(): string {
    return this.resource.id;
  }
}

function slowest(children: readonly HealthCheck[]): Duration | undefined {
  const known = children.flatMap(({ detection }) => detection ?? []);
  return known.length === 0 ? undefined : known.reduce((a, b) => (b.isLongerThan(a) ? b : a));
}
