import { Duration } from "../core";

/**
 * How long resolvers keep the answer of an alias to a load balancer. Route 53 sets it, and it cannot be changed.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html
 */
export const ALIAS_TTL = Duration.seconds(60);

/** AWS's recommended maximum for records with a health check. */
const DEFAULT_TTL = Duration.seconds(60);

/** Target of an alias record: a load balancer, an accelerator, another record of the zone. */
export interface AliasTarget {
  readonly dnsName: string;
  /** Zone id that AWS publishes for the target; the zone's own for another of its records. */
  readonly zoneId: string;
}

export interface AliasOptions {
  /**
   * Whether the record counts as unhealthy while its target is. A load balancer without healthy instances is unhealthy. Set `false` for a
   * standby at zero, and if an operator has to decide.
   */
  readonly evaluateTargetHealth: boolean;
}

/** Answer of one record. Created by {@link aliasTo} or {@link plainValues}. */
export interface RecordTarget {
  /** How long resolvers keep the answer. */
  readonly ttl: Duration;
  /** @default - plain values */
  readonly alias?: AliasTarget & AliasOptions;
  /** @default - an alias */
  readonly values?: readonly string[];
}

/** Answers with the addresses of another AWS resource, for example a `LoadBalancer`. */
export function aliasTo({ dnsName, zoneId }: AliasTarget, { evaluateTargetHealth }: AliasOptions): RecordTarget {
  return { ttl: ALIAS_TTL, alias: { dnsName, zoneId, evaluateTargetHealth } };
}

/** Answers with addresses or, in a CNAME, with one name; resolvers keep it for 60 seconds unless told otherwise. */
export function plainValues(
  values: readonly string[],
  { ttl = DEFAULT_TTL }: { readonly ttl?: Duration } = {},
): RecordTarget {
  return { ttl, values };
}
