import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { dependable } from "cdktf";
import { aliasTo, RecordTarget, ZoneRef } from "../../modules/route53-failover";
import { Site } from "../../modules/site";
import { SiteContract, WorkloadContract } from "../contract";
import { firstAnswering, mayAnswer } from "../history/questions";

/** The inputs of the front door's records. */
export interface Door {
  /** The workload's name: `"orders.example.com"`. */
  readonly name: string;
  readonly contract: WorkloadContract;
  /** The site that keeps the records' state. */
  readonly site: Site;
  readonly zone: ZoneRef;
}

/** The name of a site. */
export function siteName(door: string, { name }: SiteContract): string {
  return `${name}.${door}`;
}

/**
 * The name of a site, or of the first answering site if the site may not answer. So recording a failover or an
 * evacuation changes targets of records and destroys no record.
 */
export function answeringName({ name, contract }: Door, site: SiteContract): string {
  return siteName(name, mayAnswer(site) ? site : firstAnswering(contract));
}

/**
 * A target that is another name of the zone. The health of the target does not count, because a standby at zero is
 * never healthy and only an operator moves traffic.
 */
export function anotherName({ zone }: Door, dnsName: string): RecordTarget {
  return aliasTo({ dnsName, zoneId: zone.zoneId }, { evaluateTargetHealth: false });
}

/** A name that answers, with its records. */
export interface Answer {
  readonly name: string;
  readonly records: readonly Route53Record[];
}

/**
 * Orders records after their targets, as Route 53 requires. Terraform destroys a target only when no record points to
 * it, so the name always has an answer.
 */
export function pointTo(records: readonly Route53Record[], { records: targets }: Answer): void {
  if (targets.length === 0) return;
  for (const record of records) record.dependsOn = targets.map(dependable);
  for (const target of targets) target.lifecycle = { createBeforeDestroy: true };
}
