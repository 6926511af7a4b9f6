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

/** Where the checkers are, how often they ask, and whether they measure latency. */
export interface EndpointCheckers {
  /**
   * Shows the latency to the checkers as CloudWatch graphs. A change replaces the check.
   *
   * @default false
   */
  readonly latencyMeasured?: boolean;
  /**
   * Regions of the checkers, three or more.
   *
   * @default - all eight, written out, because a plan without them would remove those that Route 53 fills in
   */
  readonly regions?: readonly CheckerRegion[];
  /**
   * Seconds between two requests of one checker. A change replaces the check.
   *
   * @default 30
   */
  readonly requestIntervalSeconds?: 10 | 30;
}

/** Request that Route 53 sends to an endpoint, and how it judges the answers. */
export interface EndpointHealthCheckProps {
  /** Name shown in the console, the tag `Name`. */
  readonly name: string;
  /**
   * Where the checkers are, and how often they ask.
   *
   * @default - in all eight regions, every 30 seconds
   */
  readonly checkers?: EndpointCheckers;
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
   * Reports healthy while the endpoint is unhealthy. An object that an operator creates can then serve as a switch.
   *
   * @default false
   */
  readonly inverted?: boolean;
  /**
   * Public IPv4 or IPv6 address of the endpoint.
   *
   * @default - the IPv4 addresses of the domain name
   */
  readonly ipAddress?: string;
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
