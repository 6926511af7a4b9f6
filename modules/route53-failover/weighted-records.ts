import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import { inRange } from "../core";
import { ActiveAnswer, checkActiveRecords, createActiveRecords } from "./active-records";
import { RecordSetProps } from "./record-set";
import { checkProps } from "./shapes";

/** Answer of a site, and its weight. */
export interface WeightedAnswer extends ActiveAnswer {
  /** The site's share of the answers, of the sum of all weights, 0 to 255. With 0 it answers when no other site is healthy. */
  readonly weight: number;
}

export interface WeightedRecordsProps extends RecordSetProps {
  /** Answers by site name, which is each record's set identifier. */
  readonly sites: Readonly<Record<string, WeightedAnswer>>;
}

/**
 * A name that several sites answer at once, each with its share of the answers. A site is evacuated by a switch in another, not by a
 * change of its weight: records are changed through us-east-1 alone.
 *
 * Site: any; Route 53 has no region. The state is kept in one of the sites.
 * While the other site is dark: answers with the sites that are healthy, with all if none is.
 * On failover: nothing in it changes; a switch is tripped, or a target is seen to fail.
 * Cost: the queries; none for aliases to AWS resources.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html
 */
export class WeightedRecords extends Construct {
  /** By site name. */
  readonly records: ReadonlyMap<string, Route53Record>;

  constructor(scope: Construct, id: string, props: WeightedRecordsProps) {
    super(scope, id);
    checkProps(this, "WeightedRecordsProps", props);
    for (const [site, { weight }] of Object.entries(props.sites)) inRange(this, `${site}.weight`, weight, 0, 255);
    checkActiveRecords(this, props, props.sites);

    this.records = createActiveRecords(this, props, ({ weight }) => ({ weightedRoutingPolicy: { weight } }));
  }
}
