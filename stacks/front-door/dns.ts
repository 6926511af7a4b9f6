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
  /**
   * Domain of an existing public hosted zone in the sites' account: `"example.com"`. A zone of another account cannot
   * be used.
   */
  readonly zone: string;
  /**
   * Name of the compute that answers.
   *
   * @default - the only compute
   */
  readonly compute?: string;
  /**
   * ARNs of the site's SNS topics to notify when a switch in the site is tripped or reset. Each site needs topics in
   * its own region.
   *
   * @default - none
   */
  readonly notify?: OfSite<readonly string[]>;
  /**
   * Site that keeps the state of the front door. It must not be the home, and never changes.
   *
   * @default - the only standby
   */
  readonly stateIn?: string;
  /**
   * Id of the zone.
   *
   * @default - a lookup by the domain, in the account of each site
   */
  readonly zoneId?: string;
}

/** The front door of a workload: its DNS name. */
export interface FrontDoor {
  /** The name: `"orders.example.com"`. */
  readonly name: string;
  check(workload: Construct, contract: WorkloadContract, computes: readonly string[]): void;
  /** Name of the compute that answers, out of the workload's computes. */
  computeOf(computes: readonly string[]): string;
  /** The standby that keeps the front door's state. */
  keeperOf(contract: WorkloadContract): SiteContract;
  /** The zone, in a stack. */
  zoneIn(scope: Construct): ZoneRef;
  /** ARN of a validated certificate for the name, in a site. */
  certificateInSite(site: Site, contract: WorkloadContract): string;
  /** Creates the record and the switches of a site. */
  inSite(site: Site, contract: WorkloadContract, at: SiteContract, balancer: Balancer): void;
}

/**
 * A DNS name for a workload. It answers with the load balancer of the writer until a standby's switch is tripped, then
 * with the standby's. In a multi-site workload it answers with every site that no other site has evacuated. With
 * `BackupRestore` it always answers with the writer.
 *
 * A failover changes no record and needs nothing from the lost region, except with `BackupRestore`. After you record
 * the failover, a deployment of the front door makes the new writer its first answer.
 *
 * Each site also has its own name, `<site>.<record>.<zone>`, and a certificate for the workload's name.
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
      `'frontDoor.stateIn' is ${stateIn === undefined ? "not given" : `'${stateIn}'`}, the sites other than the home are ${quoted(standbys)}`,
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
  if (contract.policy.frontDoor === "simple") return; // it has no switch, and the duration of a deployment is unknown
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
 * Creates the switches of a site. A failover switch makes the front door answer with the site. An evacuation switch
 * takes another site out of the answers. A failover switch is used once: a rebuilt site gets a new one, which is not
 * tripped.
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
