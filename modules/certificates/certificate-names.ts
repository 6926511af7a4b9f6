import { Construct } from "constructs";
import { checkName, inRange, NameRule } from "../core";
import { isWithinZone, refuseOutsideZone, refuseZoneOfOtherAccount, ZoneRef } from "../route53-failover";
import { refuseRepeated } from "../site";

/** @see https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
const ALTERNATIVE_NAME: NameRule = {
  what: "name of a certificate",
  min: 1,
  max: 253,
  pattern: /^(\*\.)?[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/,
  allowed: "labels of lower-case letters, digits and hyphens, separated by dots, the first may be '*'",
  unique: "account",
  source: "https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html",
};

/** The first name is the certificate's common name. */
const DOMAIN_NAME: NameRule = { ...ALTERNATIVE_NAME, max: 64 };

/** AWS raises the quota of 10 to this, at most. @see https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html */
const MOST_NAMES = 100;

/** The names of a certificate and where they are proven. */
export interface CertificateNames {
  readonly domainName: string;
  readonly zone: ZoneRef;
  /** @default - none */
  readonly alternativeNames?: readonly string[];
  /** @default - none */
  readonly furtherZones?: readonly ZoneRef[];
}

/** A name whose record proves it: for itself, and for the wildcard one label below. */
export interface ProvenName {
  /** The name without `*.`. */
  readonly base: string;
  /** The name as the certificate has it. */
  readonly name: string;
  readonly zoneId: string;
}

/** The names that need a record each, in the order they were given. */
export function provenNames(scope: Construct, props: CertificateNames): readonly ProvenName[] {
  const { domainName, alternativeNames = [] } = props;
  checkName(scope, "domainName", domainName, DOMAIN_NAME);
  for (const name of alternativeNames) checkName(scope, "alternativeNames", name, ALTERNATIVE_NAME);
  const names = [domainName, ...alternativeNames];
  inRange(scope, "alternativeNames.length", alternativeNames.length, 0, MOST_NAMES - 1);
  refuseRepeated(scope, "alternativeNames", names);

  const proven = new Map<string, ProvenName>();
  for (const name of names) {
    const base = name.replace(/^\*\./, "");
    if (!proven.has(base)) proven.set(base, { base, name, zoneId: zoneOf(scope, base, props).zoneId });
  }
  return [...proven.values()];
}

/** The zone that answers for a name: the longest domain of those it lies in. */
function zoneOf(scope: Construct, name: string, { zone, furtherZones = [] }: CertificateNames): ZoneRef {
  const parents = [zone, ...furtherZones].filter((candidate) => isWithinZone(name, candidate.name));
  const [nearest = zone] = parents.sort((a, b) => b.name.length - a.name.length);
  refuseOutsideZone(scope, name, nearest);
  refuseZoneOfOtherAccount(scope, nearest);
  return nearest;
}
