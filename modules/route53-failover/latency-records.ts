import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import { refuseRepeated, Site } from "../site";
import { ActiveAnswer, checkActiveRecords, createActiveRecords } from "./active-records";
import { RecordSetProps } from "./record-set";
import { checkProps } from "./shapes";

export interface LatencyRecordsProps extends RecordSetProps {
  /** Answers by site name, which is each record's set identifier; one for each region. */
  readonly sites: Readonly<Record<string, ActiveAnswer>>;
}

/**
 * A name that several sites answer at once, each client with the region it reaches fastest. A site is evacuated by a switch in
 * another; its clients then get the next fastest.
 *
 * Site: any; Route 53 has no region. The state is kept in one of the sites.
 * While the other site is dark: answers with the sites that are healthy, with all if none is.
 * On failover: nothing in it changes; a switch is tripped, or a target is seen to fail.
 * Cost: the queries, which cost more than plain ones; none for aliases to AWS resources.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-latency.html
 */
export class LatencyRecords extends Construct {
  /** By site name. */
  readonly records: ReadonlyMap<string, Route53Record>;

  constructor(scope: Construct, id: string, props: LatencyRecordsProps) {
    super(scope, id);
    checkProps(this, "LatencyRecordsProps", props);
    // Route 53 takes one record of a name for each region
    const regions = Object.values(props.sites).map(({ region }) => region);
    refuseRepeated(this, "sites.region", regions);
    checkActiveRecords(this, props, props.sites);

    for (const region of regions) Site.of(this).requireProviderWith(region);
    this.records = createActiveRecords(this, props, ({ region }) => ({ latencyRoutingPolicy: { region } }));
  }
}
