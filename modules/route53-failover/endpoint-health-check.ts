import { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import { Construct } from "constructs";
import { Duration, inRange, plain } from "../core";
import { checkEndpoint } from "./endpoint-checks";
import { CHECKER_REGIONS, EndpointHealthCheckProps } from "./endpoint-health-check-props";
import { HealthCheck, HealthInput, nameTags } from "./health-check";
import { checkProps } from "./shapes";

const DEFAULTS = {
  failureThreshold: 3, // AWS's own default
  requestIntervalSeconds: 30, // AWS's own default; 10 is billed on top
} as const;

/**
 * A health check of a public endpoint, asked from several regions: healthy while more than 18 % of the checkers say so.
 *
 * On the primary's records it fails over by itself. You cannot make it fail by hand. If an operator has to decide, join it with a switch in
 * a {@link CalculatedHealthCheck}.
 *
 * Site: any; the checkers are spread over the world.
 * While the other site is dark: sees that its endpoint does not answer.
 * On failover: nothing in it changes.
 * Cost: a health check by the month; HTTPS, a search string, the short interval and latency are each billed on top.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
 */
export class EndpointHealthCheck extends Construct implements HealthCheck {
  readonly input: HealthInput;
  /** Interval times threshold. */
  readonly detection: Duration;
  readonly resource: Route53HealthCheck;

  constructor(scope: Construct, id: string, props: EndpointHealthCheckProps) {
    super(scope, id);
    checkProps(this, "EndpointHealthCheckProps", props);
    const { checkers = {}, inverted = false, failureThreshold = DEFAULTS.failureThreshold } = props;
    const { requestIntervalSeconds = DEFAULTS.requestIntervalSeconds } = checkers;
    const tags = nameTags(this, props.name);
    inRange(this, "failureThreshold", plain(this, "failureThreshold", failureThreshold), 1, 10);
    const asked = checkEndpoint(this, props);

    this.resource = new Route53HealthCheck(this, "Resource", {
      ...asked,
      fqdn: props.domainName,
      ipAddress: props.ipAddress,
      searchString: props.searchString,
      requestInterval: requestIntervalSeconds,
      failureThreshold,
      regions: [...(checkers.regions ?? CHECKER_REGIONS)],
      invertHealthcheck: inverted,
      measureLatency: checkers.latencyMeasured ?? false,
      tags,
      lifecycle: { createBeforeDestroy: true }, // a record is pointed to the next check before this one goes
    });
    this.input = { kind: "endpoint", inverted };
    this.detection = Duration.seconds(requestIntervalSeconds * failureThreshold);
  }

  get healthCheckId(): string {
    return this.resource.id;
  }
}
