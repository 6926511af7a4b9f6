import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import { partitionOf, refuse } from "../core";
import { HealthCheck, seesLossOf } from "./health-check";
import { checkRecordSet, createRecord, RecordSetProps, SiteAnswer } from "./record-set";
import { checkProps } from "./shapes";

/** Answer of the primary. */
export interface PrimaryAnswer extends SiteAnswer {
  /** Hands over to the secondary when it is unhealthy: on a switch in the secondary's site, on the endpoint, or both. */
  readonly healthCheck: HealthCheck;
  /** Region of the site. */
  readonly region: string;
  /** Name of the site, the record's set identifier. */
  readonly site: string;
}

/** Answer of the secondary. */
export interface SecondaryAnswer extends SiteAnswer {
  /** Name of the site, the record's set identifier. */
  readonly site: string;
}

export interface FailoverRecordsProps extends RecordSetProps {
  /** Answers while its health check is healthy. */
  readonly primary: PrimaryAnswer;
  /** Answers otherwise. With a health check that is unhealthy too, the primary answers again. */
  readonly secondary: SecondaryAnswer;
}

/**
 * A name that one site answers, until its health check turns unhealthy: then another. A failover changes no record.
 *
 * Route 53 knows two answers. For a third site let the secondary be an alias to a name with failover records of its own.
 *
 * Site: any; Route 53 has no region. The state is best kept in a standby.
 * While the other site is dark: answers from the edge, and hands over when the health check says so.
 * On failover: nothing in it changes; a switch is tripped, or an endpoint is seen to fail.
 * Cost: the queries; none for aliases to AWS resources.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-failover.html
 */
export class FailoverRecords extends Construct {
  readonly primary: Route53Record;
  readonly secondary: Route53Record;

  constructor(scope: Construct, id: string, props: FailoverRecordsProps) {
    super(scope, id);
    checkProps(this, "FailoverRecordsProps", props);
    const { primary, secondary } = props;
    if (primary.site === secondary.site) {
      refuse(this, "RepeatedItem", `'${primary.site}' is both primary and secondary`);
    }
    refuseBlindCheck(this, primary);
    checkRecordSet(this, props, { [primary.site]: primary, [secondary.site]: secondary });

    this.primary = createRecord(this, props, { ...primary, id: "Primary", routing: routing("PRIMARY") });
    this.secondary = createRecord(this, props, { ...secondary, id: "Secondary", routing: routing("SECONDARY") });
  }
}

function refuseBlindCheck(records: Construct, { site, region, healthCheck }: PrimaryAnswer): void {
  partitionOf(records, region);
  if (!seesLossOf(region, healthCheck)) {
    refuse(records, "SwitchInLostSite", `the health check of '${site}' rests on alarms in '${region}', its own region`);
  }
}

function routing(type: "PRIMARY" | "SECONDARY") {
  return { failoverRoutingPolicy: { type } };
}
