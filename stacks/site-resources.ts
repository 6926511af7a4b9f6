import { KeyRef } from "../modules/kms-keys";

/** The key of a site, as stores and compute use it. A `SiteKey` is one. */
export interface KeyInSite {
  /** ARN of the key itself, not of an alias. */
  readonly kmsKeyArn: string;
  /** Points to the key by its alias. */
  readonly ref: KeyRef;
}

/** The network of a site, as stores and compute use it. A `Network` is one. */
export interface NetworkInSite {
  /** Addresses of the VPC. */
  readonly cidr: string;
  /** Subnets without a route from the internet, one for each Availability Zone. */
  readonly privateSubnetIds: readonly string[];
  /** Subnets of internet-facing load balancers. Empty if the workload has no front door. */
  readonly publicSubnetIds: readonly string[];
  readonly vpcId: string;
}
