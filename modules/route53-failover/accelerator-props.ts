/** Ports an accelerator listens on. */
export interface PortRange {
  readonly from: number;
  /** @default - the one port */
  readonly to?: number;
}

/** Where clients come in. */
export interface AcceleratorListener {
  /** Ports, 1 to 65535, at most 10 ranges. */
  readonly ports: readonly PortRange[];
  /**
   * Whether one client stays with one endpoint (`SOURCE_IP`).
   *
   * @default "NONE"
   */
  readonly clientAffinity?: "NONE" | "SOURCE_IP";
  /** @default "TCP" */
  readonly protocol?: "TCP" | "UDP";
}

/** Something in a site that answers. */
export interface AcceleratorEndpoint {
  /** ARN of a load balancer, allocation id of an Elastic IP address, or id of an instance. */
  readonly endpointId: string;
  /**
   * Whether the endpoint sees the client's address; Elastic IP addresses cannot.
   *
   * @default true
   */
  readonly clientIpPreserved?: boolean;
  /**
   * Share of the site's traffic, of the sum of its endpoints' weights, 0 to 255. With 0 it gets none.
   *
   * @default 128
   */
  readonly weight?: number;
}

/**
 * How endpoints that are no load balancers are checked; load balancers have checks of their own.
 *
 * @see https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoint-groups-health-check-options.html
 */
export interface AcceleratorHealthCheck {
  /** Port that is asked. */
  readonly port: number;
  /** Checks in a row before an endpoint changes its status, 1 to 10. @default 3 */
  readonly failureThreshold?: number;
  /** Seconds between two checks. @default 30 */
  readonly intervalSeconds?: 10 | 30;
  /** Path that is asked for; not for TCP. @default "/" */
  readonly path?: string;
  /** @default "TCP" */
  readonly protocol?: "HTTP" | "HTTPS" | "TCP";
}

/** A site that answers behind an accelerator. */
export interface AcceleratorSite {
  readonly endpoints: readonly AcceleratorEndpoint[];
  readonly region: string;
  /**
   * How endpoints are checked that are no load balancers.
   *
   * @default - TCP on the listener's port, every 30 seconds, 3 in a row
   */
  readonly healthCheck?: AcceleratorHealthCheck;
  /**
   * Percentage of the traffic meant for the site that it gets, 0 to 100; the rest goes to the next nearest. It is changed through
   * us-west-2 alone: a way to move traffic by day, no step of a recovery.
   *
   * @default 100
   */
  readonly trafficDialPercent?: number;
}

export interface AcceleratorProps {
  /** Listeners by a name of your own, which becomes part of addresses. */
  readonly listeners: Readonly<Record<string, AcceleratorListener>>;
  /** Name of the accelerator; unique in the account. */
  readonly name: string;
  /** Sites by name: each is an endpoint group of every listener. */
  readonly sites: Readonly<Record<string, AcceleratorSite>>;
  /**
   * Lets Terraform delete the accelerator. Its addresses, which clients may hold, never come back.
   *
   * @default false
   */
  readonly destroyable?: boolean;
  /**
   * Bucket that takes the flow logs, and a prefix in it.
   *
   * @default - no flow logs
   */
  readonly flowLogs?: { readonly bucket: string; readonly prefix: string };
  /**
   * Addresses clients come in by.
   *
   * @default "IPV4"
   */
  readonly ipAddressType?: "DUAL_STACK" | "IPV4";
}
