import { Route53Record, Route53RecordConfig } from "@cdktf/provider-aws/lib/route53-record";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { checkName, claimName, Duration, inRange, isKnown, refuse } from "../core";
import { refuseRepeated, Site, SITE_NAME } from "../site";
import { HealthCheck } from "./health-check";
import { refuseOutsideZone, refuseZoneOfOtherAccount, ZoneRef } from "./hosted-zone";
import { RECORD, RECORD_SET } from "./names";
import { RecordTarget } from "./record-target";

/** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html */
const LONGEST_TTL = 2_147_483_647;

const IPV4 = /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?!$)|$)){4}$/;
const IPV6 = /^[0-9a-f:.]*:[0-9a-f:.]*$/i;

const VALUES = {
  A: { allowed: "IPv4 addresses", pattern: IPV4 },
  AAAA: { allowed: "IPv6 addresses", pattern: IPV6 },
  CNAME: { allowed: "one domain name", pattern: RECORD.pattern },
} as const;

/** Settings that all records of one name share. */
export interface RecordSetProps {
  /** The name that is answered, in full: `"orders.example.com"`. */
  readonly name: string;
  /** The zone it lies in: `hostedZone.zone`, `HostedZone.lookup(...)`, or domain and id as Route 53 prints them. */
  readonly zone: ZoneRef;
  /**
   * The objective that detection and the time resolvers keep an answer have to meet together.
   *
   * @default - not compared
   */
  readonly rto?: Duration;
  /**
   * Type of the records. For IPv6 make a second set, of type AAAA.
   *
   * @default "A"
   */
  readonly type?: "A" | "AAAA" | "CNAME";
}

/** Answer of one site. */
export interface SiteAnswer {
  readonly target: RecordTarget;
  /** @default - none */
  readonly healthCheck?: HealthCheck;
}

/** Refuses what Route 53 would refuse of records by site, or what would make a failover late, and claims their name. */
export function checkRecordSet(
  set: Construct,
  props: RecordSetProps,
  answers: Readonly<Record<string, SiteAnswer>>,
): void {
  const { name, zone, type = "A" } = props;
  checkName(set, "name", name, RECORD);
  refuseOutsideZone(set, name, zone);
  refuseZoneOfOtherAccount(set, zone);
  if (type === "CNAME" && name === zone.name) {
    refuse(
      set,
      "ConflictingSettings",
      `'${name}' is the zone itself, which cannot have a CNAME`,
      "use an alias of type A",
    );
  }
  for (const [site, answer] of Object.entries(answers)) {
    checkName(set, "site", site, SITE_NAME);
    checkTarget(set, site, type, answer.target);
    checkRto(set, site, props.rto, answer);
  }
  claimName(set, RECORD_SET, `${type} ${name}`, Site.of(set));
}

function checkTarget(set: Construct, site: string, type: keyof typeof VALUES, { ttl, values }: RecordTarget): void {
  if (values === undefined) return;
  inRange(set, `${site}.ttl`, ttl.inSeconds, 0, LONGEST_TTL);
  if (!isKnown(values)) return; // only an apply could tell
  const { allowed, pattern } = VALUES[type];
  const wrong = values.find((value) => !Token.isUnresolved(value) && !pattern.test(value));
  if (wrong !== undefined || values.length === 0 || (type === "CNAME" && values.length > 1)) {
    const got = wrong === undefined ? `${values.length} of them` : `'${wrong}'`;
    refuse(set, "InvalidRecordValue", `'${site}' answers with ${got}, a record of type ${type} with ${allowed}`);
  }
  refuseRepeated(set, `${site}.values`, values);
}

function checkRto(set: Construct, site: string, rto: Duration | undefined, { target, healthCheck }: SiteAnswer): void {
  const { detection = Duration.seconds(0) } = healthCheck ?? {};
  const whole = detection.plus(target.ttl);
  if (rto !== undefined && whole.isLongerThan(rto)) {
    refuse(
      set,
      "RtoNotMet",
      `'${site}' is left after ${whole.toString()} (detection ${detection.toString()}, TTL ${target.ttl.toString()}), the RTO is ${rto.toString()}`,
      "lower the TTL, or the interval or threshold of the health check, or raise the RTO",
    );
  }
}

/** How Route 53 chooses a record among those of its name. */
type Routing = Pick<Route53RecordConfig, "failoverRoutingPolicy" | "latencyRoutingPolicy" | "weightedRoutingPolicy">;

/** One record of a set, told apart by its site's name. */
export interface SiteRecord extends SiteAnswer {
  readonly id: string;
  readonly routing: Routing;
  readonly site: string;
}

export function createRecord(
  set: Construct,
  { name, zone, type = "A" }: RecordSetProps,
  record: SiteRecord,
): Route53Record {
  const { alias, values, ttl } = record.target;
  return new Route53Record(set, record.id, {
    zoneId: zone.zoneId,
    name,
    type,
    setIdentifier: record.site,
    ...record.routing,
    healthCheckId: record.healthCheck?.healthCheckId,
    ...(alias === undefined
      ? { records: [...(values ?? [])], ttl: ttl.inSeconds }
      : { alias: { name: alias.dnsName, zoneId: alias.zoneId, evaluateTargetHealth: alias.evaluateTargetHealth } }),
  });
}
