import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import { SiteCertificate } from "../../modules/certificates";
import { checkName, refuse } from "../../modules/core";
import {
  ALIAS_TTL,
  DOMAIN,
  EvacuationSwitch,
  FailoverSwitch,
  HostedZone,
  SWITCH_PERIOD,
  ZoneRef,
} from "../../modules/route53-failover";
import { Site } from "../../modules/site";
import { Balancer } from "../compute/compute";
import { OfSite } from "../compute/uses";
import { answers, currentGeneration } from "../history/questions";
import { numbered } from "../history/site-history";
import { othersThan, siteInOtherAccount, SiteContract, WorkloadContract } from "../contract";
import { checkSettings } from "../shapes";
import { siteName } from "./names";

export interface DnsOptions {
  /** The record's name below the zone: `"orders"`. */
  readonly record: string;
  /** Domain of an existing public hosted zone of the sites' account, `"example.com"`. A zone of another account cannot be used. */
  readonly zone: string;
  /**
   * The compute that answers.
   *
   * @default - the only one
   */
  readonly compute?: string;
  /**
   * ARNs of the site's SNS topics that hear when a switch there is tripped, and when it is reset. Each site needs topics of its own region.
   *
   * @default - none
   */
  readonly notify?: OfSite<readonly string[]>;
  /**
   * The site, not the home, that keeps the state of the front door. It never changes.
   *
   * @default - the only standby
   */
  readonly stateIn?: string;
  /**
   * Id of the zone.
   *
   * @default - looked up by its domain, in the account of each site
   */
  readonly zoneId?: string;
}

/** The name a workload is reached by. */
export interface FrontDoor {
  /** The name itself: `"orders.example.com"`. */
  readonly name: string;
  check(workload: Construct, contract: WorkloadContract, computes: readonly string[]): void;
  /** The compute that answers, of those the workload has. */
  computeOf(computes: readonly string[]): string;
  /** The standby that keeps the front door's state. */
  keeperOf(contract: WorkloadContract): SiteContract;
  /** The zone, in a stack. */
  zoneIn(scope: Construct): ZoneRef;
  /** ARN of a validated certificate for the name, in a site. */
  certificateInSite(site: Site, contract: WorkloadContract): string;
  /** What stands in a site: its own name, and its switches. */
  inSite(site: Site, contract: WorkloadContract, at: SiteContract, balancer: Balancer): void;
}

/**
 * A DNS name that answers with the active site's load balancer, until a standby's switch is tripped: then with the standby's. In a
 * multi-site workload it answers with every active site that no other site has evacuated. With backup and restore it answers with the
 * active site. A failover changes no record and needs nothing of the lost region, except with backup and restore. Once the failover is
 * recorded, a deployment of the front door makes the new active site its first answer.
 *
 * Each site also has a name of its own, `<site>.<record>.<zone>`, and a certificate for the workload's name.
 */
export function dns(options: DnsOptions): FrontDoor {
  checkSettings("dns", "DnsOptions", options);
  const name = `${options.record}.${options.zone}`;
  const zones = new WeakMap<Construct, ZoneRef>();
  const zoneIn = (scope: Construct): ZoneRef => {
    const known = zones.get(scope) ?? findZone(scope, options);
    zones.set(scope, known);
    return known;
  };
  const computeOf = (computes: readonly string[]): string => options.compute ?? computes[0]!;
  return {
    name,
    computeOf,
    keeperOf: (contract) => {
      const standbys = othersThan(contract, contract.home);
      return standbys.find((standby) => standby.name === options.stateIn) ?? standbys[0]!;
    },
    check: (workload, contract, computes) => check(workload, contract, computes, options),
    zoneIn,
    certificateInSite: (site, contract) => createCertificate(site, contract, name, zoneIn(site)),
    inSite: (site, contract, at, balancer) => {
      nameSite(site, siteName(name, at), balancer, zoneIn(site));
      createSwitches(site, contract, at, options.notify?.(at));
    },
  };
}

function check(
  workload: Construct,
  contract: WorkloadContract,
  computes: readonly string[],
  options: DnsOptions,
): void {
  checkName(workload, "frontDoor.zone", options.zone, DOMAIN);
  checkName(workload, "frontDoor.record", options.record, DOMAIN);
  const { compute, record, zone } = options;
  if (record === zone || record.endsWith(`.${zone}`)) {
    refuse(
      workload,
      "InvalidName",
      `'frontDoor.record' is the name below the zone '${zone}', got '${record}'`,
      record === zone ? "give the front door a name below the zone" : `write '${record.slice(0, -zone.length - 1)}'`,
    );
  }
  if (compute === undefined ? computes.length !== 1 : !computes.includes(compute)) {
    refuse(
      workload,
      "MissingSetting",
      `'frontDoor.compute' is ${compute === undefined ? "not given" : `'${compute}'`}, the workload's computes are ${quoted(computes)}`,
      "name the compute that answers",
    );
  }
  const standbys = othersThan(contract, contract.home).map((standby) => standby.name);
  const { stateIn } = options;
  if (stateIn === undefined ? standbys.length > 1 : !standbys.includes(stateIn)) {
    refuse(
      workload,
      "MissingSetting",
      `'frontDoor.stateIn' is ${stateIn === undefined ? "not given" : `'${stateIn}'`}, the sites beside the home are ${quoted(standbys)}`,
      "name the one that keeps, or so far kept, the state of the front door",
    );
  }
  const foreign = siteInOtherAccount(contract);
  if (foreign !== undefined) {
    refuse(
      workload,
      "FrontDoorAcrossAccounts",
      `'${contract.home.name}' and '${foreign.name}' lie in different accounts, the zone '${options.zone}' in one`,
    );
  }
  if (contract.policy.frontDoor === "simple") return; // it has no switch: how long a deployment takes is unknown
  const detection = SWITCH_PERIOD.plus(ALIAS_TTL);
  if (detection.isLongerThan(contract.objectives.rto)) {
    refuse(
      workload,
      "RtoNotMet",
      `the switch (${SWITCH_PERIOD.toString()}) and the TTL of the name (${ALIAS_TTL.toString()}) alone take ${detection.toString()}, the RTO is ${contract.objectives.rto.toString()}`,
      `raise the RTO to more than ${detection.toString()}`,
    );
  }
}

function quoted(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.map((name) => `'${name}'`).join(", ");
}

function findZone(scope: Construct, { zone, zoneId }: DnsOptions): ZoneRef {
  return zoneId === undefined ? HostedZone.lookup(scope, "Zone", { name: zone }) : { name: zone, zoneId };
}

/** A certificate for the workload's name. */
function createCertificate(site: Site, contract: WorkloadContract, domainName: string, zone: ZoneRef): string {
  const name = `${contract.name}-${site.siteName}`;
  return new SiteCertificate(site, "Certificate", { domainName, name, zone }).certificateArn;
}

/**
 * In every site the switch that makes the front door answer with it, or one for each other site that it takes out. A switch is used
 * once: a rebuilt site has a new one, which is not tripped.
 */
function createSwitches(site: Site, contract: WorkloadContract, at: SiteContract, notify?: readonly string[]): void {
  const { frontDoor } = contract.policy;
  if (frontDoor === "failover") {
    const generation = currentGeneration(at);
    new FailoverSwitch(site, numbered("FailoverSwitch", generation), {
      workload: contract.name,
      answers: answers(at),
      generation: generation.number,
      notify,
    });
  }
  if (frontDoor !== "latency") return;
  for (const evacuates of othersThan(contract, at)) {
    new EvacuationSwitch(site, `Evacuate-${evacuates.name}`, { workload: contract.name, evacuates, notify });
  }
}

function nameSite(site: Site, name: string, target: Balancer, { zoneId }: ZoneRef): void {
  new Route53Record(site, "SiteRecord", {
    zoneId,
    name,
    type: "A",
    alias: { name: target.dnsName, zoneId: target.zoneId, evaluateTargetHealth: true },
  });
}
