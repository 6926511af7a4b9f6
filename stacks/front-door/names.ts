import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { dependable } from "cdktf";
import { aliasTo, RecordTarget, ZoneRef } from "../../modules/route53-failover";
import { Site } from "../../modules/site";
import { SiteContract, WorkloadContract } from "../contract";
import { firstAnswering, mayAnswer } from "../history/questions";

/** A front door as its records need it. */
export interface Door {
  /** The workload's name: `"orders.example.com"`. */
  readonly name: string;
  readonly contract: WorkloadContract;
  /** Where the records' state is kept. */
  readonly site: Site;
  readonly zone: ZoneRef;
}

/** The name a site itself answers to. */
export function siteName(door: string, { name }: SiteContract): string {
  return `${name}.${door}`;
}

/**
 * The name of a site, or of the active site while that one cannot serve. So recording a failover or an evacuation re-points records and
 * takes none away.
 */
export function answeringName({ name, contract }: Door, site: SiteContract): string {
  return siteName(name, mayAnswer(site) ? site : firstAnswering(contract));
}

/**
 * Another name of the zone. The target's own health does not count: a standby at zero is never healthy, and traffic moves when
 * somebody decides so.
 */
export function anotherName({ zone }: Door, dnsName: string): RecordTarget {
  return aliasTo({ dnsName, zoneId: zone.zoneId }, { evaluateTargetHealth: false });
}

/** A name that answers, and the records that do. */
export interface Answer {
  readonly name: string;
  readonly records: readonly Route53Record[];
}

/**
 * Orders records after those they point to, which Route 53 asks for, and has those go only when nothing points to them any more:
 * the name never lacks an answer.
 */
export function pointTo(records: readonly Route53Record[], { records: targets }: Answer): void {
  if (targets.length === 0) return;
  for (const record of records) record.dependsOn = targets.map(dependable);
  for (const target of targets) target.lifecycle = { createBeforeDestroy: true };
}
