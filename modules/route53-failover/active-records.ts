import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import { partitionOf, refuse, refuseEmpty } from "../core";
import { canBeTrippedOutside, HealthCheck } from "./health-check";
import { checkRecordSet, createRecord, RecordSetProps, SiteAnswer, SiteRecord } from "./record-set";

/** The answer of a site that answers next to others. */
export interface ActiveAnswer extends SiteAnswer {
  /** Takes the site out of the answers: on another site's {@link EvacuationSwitch}, alone or in a calculated check. */
  readonly healthCheck: HealthCheck;
  /** Region of the site. */
  readonly region: string;
}

/** Refuses records of sites that answer at once where one of them could not be taken out from outside. */
export function checkActiveRecords(
  records: Construct,
  props: RecordSetProps,
  sites: Readonly<Record<string, ActiveAnswer>>,
): void {
  refuseEmpty(records, "sites", sites, "name the sites that answer");
  for (const [site, { region, healthCheck }] of Object.entries(sites)) {
    partitionOf(records, region);
    if (!canBeTrippedOutside(region, healthCheck)) {
      refuse(
        records,
        "SwitchInLostSite",
        `no operator outside of '${region}' can turn the health check of '${site}', and so take it out of the answers`,
      );
    }
  }
  checkRecordSet(records, props, sites);
}

/** One record for each site, by its name. */
export function createActiveRecords<A extends ActiveAnswer>(
  records: Construct,
  props: RecordSetProps & { readonly sites: Readonly<Record<string, A>> },
  routing: (answer: A) => SiteRecord["routing"],
): ReadonlyMap<string, Route53Record> {
  const created = Object.entries(props.sites).map(([site, answer]) => {
    const { target, healthCheck } = answer;
    return [
      site,
      createRecord(records, props, { id: site, site, target, healthCheck, routing: routing(answer) }),
    ] as const;
  });
  return new Map(created);
}
