import { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import { Construct } from "constructs";
import { Duration, inRange, plain } from "../core";
import { checkEndpoint } from "./endpoint-checks";
import { HealthCheck, HealthInput, nameTags } from "./health-check";
import { checkProps } from "./shapes";

/**
 * All regions Route 53 checks endpoints from.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html
 */
export const CHECKER_REGIONS = [
  "ap-northeast-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "eu-west-1",
  "sa-east-1",
  "us-east-1",
  "us-west-1",
  "us-west-2",
] as const;

/** A region Route 53 checks endpoints from. */
export type CheckerRegion = (typeof CHECKER_REGIONS)[number];

const DEFAULTS = {
  failureThreshold: 3, // AWS's own default
  requestIntervalSeconds: 30, // AWS's own default; 10 is billed on top
} as const;

export interface EndpointHealthCheckProps {
  /** Name shown in the console, the tag `Name`. */
  readonly name: string;
  /**
   * Domain name of the endpoint; with `ipAddress`, the name sent in the `Host` header. One of the two is needed.
   *
   * @default - none
   */
  readonly domainName?: string;
  /**
   * Checks in a row that have to fail, or to succeed, before the status changes, 1 to 10.
   *
   * @default 3
   */
  readonly failureThreshold?: number;
  /**
   * Healthy while the endpoint is not: an object that somebody creates becomes a switch.
   *
   * @default false
   */
  readonly inverted?: boolean;
  /**
   * Public IPv4 or IPv6 address of the endpoint.
   *
   * @default - what the domain name resolves to, in IPv4
   */
  readonly ipAddress?: string;
  /**
   * Shows the latency to the checkers as CloudWatch graphs. A change replaces the check.
   *
   * @default false
   */
  readonly latencyMeasured?: boolean;
  /**
   * Path that is asked for, at most 255 characters; not for TCP.
   *
   * @default "/"
   */
  readonly path?: string;
  /**
   * Port of the endpoint, 1 to 65535; needed for TCP.
   *
   * @default - 443 for HTTPS, 80 for HTTP
   */
  readonly port?: number;
  /**
   * How the endpoint is asked. The certificate of an HTTPS endpoint is not validated. A change replaces the check.
   *
   * @default "HTTPS"
   */
  readonly protocol?: "HTTP" | "HTTPS" | "TCP";
  /**
   * Regions of the checkers, three or more.
   *
   * @default - all eight, written out: Route 53 fills them in, and a plan without them would take them away
   */
  readonly regions?: readonly CheckerRegion[];
  /**
   * Seconds between two requests of one checker. A change replaces the check.
   *
   * @default 30
   */
  readonly requestIntervalSeconds?: 10 | 30;
  /**
   * Text that the first 5,120 bytes of the answer's body must hold, 1 to 255 characters; not for TCP.
   *
   * @default - the status code alone decides
   */
  readonly searchString?: string;
  /**
   * Sends the domain name in the TLS handshake (SNI); for HTTPS alone.
   *
   * @default - on for HTTPS with a domain name
   */
  readonly sni?: boolean;
}

/**
 * A health check of a public endpoint, asked from several regions: healthy while more than 18 % of the checkers say so.
 *
 * On the primary's records it fails over by itself. It cannot be made to fail by hand; join it with a switch in a
 * {@link CalculatedHealthCheck} where somebody has to decide.
 *
 * Site: any; the checkers are spread over the world.
 * While the other site is dark: sees that its endpoint does not answer.
 * On failover: nothing in it changes.
 * Cost: a health check by the month; HTTPS, a search string, the short interval and latency are each billed on top.
 *
 * @throws OutsideSite, InvalidName, TokenForPlainString, MissingSetting, ConflictingSettings, SettingOutOfRange, RepeatedItem
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
    const { inverted = false, failureThreshold = DEFAULTS.failureThreshold } = props;
    const { requestIntervalSeconds = DEFAULTS.requestIntervalSeconds } = props;
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
      regions: [...(props.regions ?? CHECKER_REGIONS)],
      invertHealthcheck: inverted,
      measureLatency: props.latencyMeasured ?? false,
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
