import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import { checkName, Duration, NameRule, refuse } from "../../modules/core";
import { Site } from "../../modules/site";
import { PlacedCompute } from "../compute/compute";
import { othersThan, siteInOtherAccount, SitePlan, WorkloadPlan } from "../plan";
import { FailoverSwitch, SWITCH_PERIOD } from "./failover-switch";

/** @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html */
const DOMAIN: NameRule = {
  what: "domain name",
  min: 1,
  max: 255,
  pattern: /^([a-z0-9_](-?[a-z0-9_])*)(\.[a-z0-9_](-?[a-z0-9_])*)*$/,
  allowed: "labels of lower-case letters, digits, hyphens and underscores, separated by dots",
  unique: "partition",
  source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html",
};

/**
 * How long resolvers keep the answer of an alias to a load balancer: Route 53 sets it and nobody can change it.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-alias-common.html
 */
const ALIAS_TTL = Duration.seconds(60);

export interface DnsOptions {
  /** The record's name below the zone: `"orders"`. */
  readonly record: string;
  /** Domain of a public hosted zone that stands already: `"example.com"`. */
  readonly zone: string;
  /**
   * The compute that answers.
   *
   * @default - the only one
   */
  readonly compute?: string;
  /**
   * The site, not the home, that keeps the state of the front door. It never changes.
   *
   * @default - the only standby
   */
  readonly stateIn?: string;
  /**
   * Id of the zone.
   *
   * @default - looked up by its domain
   */
  readonly zoneId?: string;
}

/** The name a workload is reached by. */
export interface FrontDoor {
  readonly options: DnsOptions;
  /** The name itself: `"orders.example.com"`. */
  readonly name: string;
  check(workload: Construct, plan: WorkloadPlan, computes: readonly string[]): void;
  /** The compute that answers, of those the workload has. */
  computeOf(computes: readonly string[]): string;
  /** The standby that keeps the front door's state. */
  keeperOf(plan: WorkloadPlan): SitePlan;
  /** Id of the zone, in a stack. */
  zoneIdIn(scope: Construct): string;
  /** ARN of a validated certificate for the name, in a site. */
  certificateInSite(site: Site, plan: WorkloadPlan): string;
  /** What stands in a site: its own name, and in a standby the switch. */
  inSite(site: Site, plan: WorkloadPlan, at: SitePlan, compute: ReadonlyMap<string, PlacedCompute>): void;
}

/**
 * A DNS name that answers with the home's load balancer, until a standby's switch is tripped: then with the standby's. A
 * failover changes no record and needs nothing of the lost region: the switch stands in the standby.
 *
 * Each site also has a name of its own, `<site>.<record>.<zone>`, and a certificate for the workload's name.
 */
export function dns(options: DnsOptions): FrontDoor {
  const name = `${options.record}.${options.zone}`;
  const zoneIds = new WeakMap<Construct, string>();
  const zoneIdIn = (scope: Construct): string => {
    const known = zoneIds.get(scope) ?? findZone(scope, options);
    zoneIds.set(scope, known);
    return known;
  };
  const computeOf = (computes: readonly string[]): string => options.compute ?? computes[0]!;
  return {
    options,
    name,
    computeOf,
    keeperOf: (plan) => {
      const standbys = othersThan(plan, plan.home);
      return standbys.find((standby) => standby.name === options.stateIn) ?? standbys[0]!;
    },
    check: (workload, plan, computes) => check(workload, plan, computes, options),
    zoneIdIn,
    certificateInSite: (site, plan) => createCertificate(site, plan, name, zoneIdIn(site)),
    inSite: (site, plan, at, compute) => {
      nameSite(site, `${at.name}.${name}`, compute.get(computeOf([...compute.keys()]))!, zoneIdIn(site));
      if (!at.home) new FailoverSwitch(site, "FailoverSwitch", { workload: plan.name });
    },
  };
}

function check(workload: Construct, plan: WorkloadPlan, computes: readonly string[], options: DnsOptions): void {
  checkName(workload, "frontDoor.zone", options.zone, DOMAIN);
  checkName(workload, "frontDoor.record", options.record, DOMAIN);
  const { compute } = options;
  if (compute === undefined ? computes.length !== 1 : !computes.includes(compute)) {
    refuse(
      workload,
      "MissingSetting",
      `'frontDoor.compute' is ${compute === undefined ? "not given" : `'${compute}'`}, the workload's computes are ${quoted(computes)}`,
      "name the compute that answers",
    );
  }
  const standbys = othersThan(plan, plan.home).map((standby) => standby.name);
  const { stateIn } = options;
  if (stateIn === undefined ? standbys.length > 1 : !standbys.includes(stateIn)) {
    refuse(
      workload,
      "MissingSetting",
      `'frontDoor.stateIn' is ${stateIn === undefined ? "not given" : `'${stateIn}'`}, the sites beside the home are ${quoted(standbys)}`,
      "name the one that keeps, or so far kept, the state of the front door",
    );
  }
  const foreign = siteInOtherAccount(plan);
  if (foreign !== undefined) {
    refuse(
      workload,
      "FrontDoorAcrossAccounts",
      `'${plan.home.name}' and '${foreign.name}' lie in different accounts, the zone '${options.zone}' in one`,
    );
  }
  const detection = SWITCH_PERIOD.plus(ALIAS_TTL);
  if (detection.isLongerThan(plan.objectives.rto)) {
    refuse(
      workload,
      "RtoNotMet",
      `the switch (${SWITCH_PERIOD.toString()}) and the TTL of the name (${ALIAS_TTL.toString()}) alone take ${detection.toString()}, the RTO is ${plan.objectives.rto.toString()}`,
      `raise the RTO to more than ${detection.toString()}`,
    );
  }
}

function quoted(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.map((name) => `'${name}'`).join(", ");
}

function findZone(scope: Construct, { zone, zoneId }: DnsOptions): string {
  return zoneId ?? new DataAwsRoute53Zone(scope, "Zone", { name: zone, privateZone: false }).zoneId;
}

/**
 * A certificate for the workload's name in the site's region. The validation record is the same for every site of an
 * account, so each writes it over the other's.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
function createCertificate(site: Site, plan: WorkloadPlan, name: string, zoneId: string): string {
  const certificate = new AcmCertificate(site, "Certificate", {
    domainName: name,
    validationMethod: "DNS",
    tags: { Name: `${plan.name}-${site.siteName}` },
    lifecycle: { createBeforeDestroy: true },
  });
  const option = certificate.domainValidationOptions.get(0);
  const record = new Route53Record(site, "CertificateRecord", {
    zoneId,
    name: option.resourceRecordName,
    type: option.resourceRecordType,
    records: [option.resourceRecordValue],
    ttl: 300,
    allowOverwrite: true,
  });
  return new AcmCertificateValidation(site, "CertificateValidation", {
    certificateArn: certificate.arn,
    validationRecordFqdns: [record.fqdn],
  }).certificateArn;
}

function nameSite(site: Site, name: string, target: PlacedCompute, zoneId: string): void {
  new Route53Record(site, "SiteRecord", {
    zoneId,
    name,
    type: "A",
    alias: { name: target.dnsName, zoneId: target.zoneId, evaluateTargetHealth: true },
  });
}
