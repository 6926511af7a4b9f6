import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { Construct, IConstruct } from "constructs";
import { checkName, claimName, plain, refuse } from "../core";
import { refuseForeignAccount, Site } from "../site";
import { DOMAIN } from "./names";
import { checkProps } from "./shapes";

/** A public hosted zone, as records see it. */
export interface ZoneRef {
  /** The zone's domain: `"example.com"`. */
  readonly name: string;
  /** Id of the zone: as Route 53 prints it, or a value of the same stack. */
  readonly zoneId: string;
  /**
   * Account that owns the zone. Records are refused under a Site of another account. `HostedZone` and its `lookup` set it to
   * the account of their Site.
   *
   * @default - not compared: you answer for it that the records' provider may change the zone
   */
  readonly account?: string;
}

/** The provider whose documentation first has `enable_accelerated_recovery`. */
const PROVIDER_VERSION = "6.25.0";

export interface HostedZoneProps {
  /** The zone's domain: `"example.com"`. */
  readonly name: string;
  /**
   * Has AWS carry changes of the zone's records on from us-west-2, within 60 minutes, when us-east-1 is lost. It has to be on before, costs
   * nothing, and needs version 6.25 of the AWS provider, which its stack then asks for. A failover of ours changes no record; this is for
   * whatever else must.
   *
   * @default false
   * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/accelerated-recovery.html
   */
  readonly acceleratedRecovery?: boolean;
  /**
   * Comment about the purpose of the zone.
   *
   * @default - the domain
   */
  readonly comment?: string;
  /**
   * Id of a reusable delegation set. The zone has its name servers, and so does a zone that you create again.
   *
   * @default - four name servers of Route 53's choice
   */
  readonly delegationSetId?: string;
  /**
   * Lets Terraform delete the zone. A zone that you create again has other name servers. The domain does not resolve until its registrar
   * and every cache know them.
   *
   * @default false
   */
  readonly destroyable?: boolean;
}

/**
 * A public hosted zone. Route 53 answers from the edge; records are changed through us-east-1 alone, which is why a failover changes
 * none.
 *
 * Site: any; Route 53 has no region. Its state is best kept in a standby.
 * While the other site is dark: answers.
 * On failover: nothing happens.
 * Cost: a hosted zone by the month, the queries.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-working-with.html
 */
export class HostedZone extends Construct {
  /** An existing public zone of the site's account, looked up by its domain in every plan. */
  static lookup(scope: Construct, id: string, { name }: { readonly name: string }): ZoneRef {
    const { zoneId } = new DataAwsRoute53Zone(scope, id, {
      name: checkName(scope, "zone", name, DOMAIN),
      privateZone: false,
    });
    return { name, zoneId, account: scope.node.scopes.find(Site.isSite)?.account };
  }

  /** For records in the same stack. */
  readonly zone: ZoneRef;
  /** Name servers. The domain's registrar or the parent zone needs them. */
  readonly nameServers: readonly string[];
  readonly resource: Route53Zone;

  constructor(scope: Construct, id: string, props: HostedZoneProps) {
    super(scope, id);
    checkProps(this, "HostedZoneProps", props);
    const { acceleratedRecovery, name, comment, delegationSetId, destroyable } = props;
    checkName(this, "name", name, DOMAIN);
    claimName(this, { ...DOMAIN, what: "hosted zone" }, name, Site.of(this));

    this.resource = new Route53Zone(this, "Resource", {
      name,
      comment: comment ?? name,
      delegationSetId,
      enableAcceleratedRecovery: acceleratedRecovery,
      forceDestroy: false,
      lifecycle: { preventDestroy: !destroyable },
    });
    if (acceleratedRecovery !== undefined) Site.of(this).requireProvider(PROVIDER_VERSION);
    this.zone = { name, zoneId: this.resource.zoneId, account: Site.of(this).account };
    this.nameServers = this.resource.nameServers;
  }
}

/** Refuses a record whose name its zone does not answer for. */
export function refuseOutsideZone(scope: IConstruct, record: string, zone: ZoneRef): void {
  if (!isWithinZone(record, plain(scope, "zone.name", zone.name))) {
    refuse(scope, "RecordOutsideZone", `'${record}' does not lie in the zone '${zone.name}'`);
  }
}

/**
 * Refuses to write records of a zone that another account owns.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/access-control-overview.html
 */
export function refuseZoneOfOtherAccount(scope: IConstruct, { name, account }: ZoneRef): void {
  if (account === undefined) return;
  refuseForeignAccount(scope, `the zone '${name}'`, account, {
    code: "ZoneInOtherAccount",
    remedy:
      "create the records under a Site of the zone's account. Or pass the zone as { name, zoneId } and give its records a provider of that account",
  });
}

/** Whether a zone's domain is the name itself, or a parent of it. */
export function isWithinZone(record: string, zoneName: string): boolean {
  return record === zoneName || record.endsWith(`.${zoneName}`);
}
