import { DynamodbTableReplicaA } from "@cdktf/provider-aws/lib/dynamodb-table-replica";
import { Construct } from "constructs";
import { checkTags, claimName, declareProtection, Duration, Figure, madeBy, makersOf, Protection } from "../core";
import { Site } from "../site";
import { replicationLatency } from "./replication-latency-alarm";
import { checkProps } from "./shapes";
import { TableClass } from "./table-definition";
import { checkKey, refuseIdleKey, settleKey, TableKeyProps } from "./table-key";
import { checkReplicaPlace, refuseStrong } from "./table-place";
import { inRegion, TABLE, TableRef, tableRef, TableRefProps } from "./table-ref";
import { attachSettings, ReplicaSettings } from "./table-settings";

const HOW_IT_WORKS = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html";

/** The provider turns a replica's point-in-time recovery on or off, with AWS's default of days. */
const RECOVERY_PERIOD = Duration.days(35);

/** A new replica is filled with the whole table; AWS names no bound. */
const TIMEOUT = Duration.hours(24);

/**
 * AWS gives an RPO of "usually a few seconds", and no number. The largest it has printed for a replication latency that is
 * common is 2.5 seconds, between regions of one geographic area.
 */
const USUAL_LOSS: Figure = {
  value: Duration.seconds(3),
  basis: "typical",
  source: HOW_IT_WORKS,
  note: "AWS says 'usually a few seconds', more between distant regions, and commits to nothing; measure ReplicationLatency",
};

export interface TableReplicaProps extends TableKeyProps, ReplicaSettings {
  /** The first table, in its own site. */
  readonly table: TableRef;
  /** Imports a replica that exists. @default false */
  readonly adoptExisting?: boolean;
  /** Lets Terraform remove the replica, with its data in this region and its own key. @default false */
  readonly destroyable?: boolean;
  /** Other replicas of the table, with what is written to them: it is copied here too. @default - none is known of */
  readonly peers?: readonly TableRef[];
  /** A change of it replaces the replica. @default - the table's */
  readonly tableClass?: TableClass;
  /** How long Terraform waits for a new replica, which is filled with the whole table. @default 24 hours */
  readonly timeout?: Duration;
}

/**
 * A replica of a {@link GlobalTable} in another region: the same items, read and written like the first table. The last writer
 * wins where both change an item at once.
 *
 * Terraform adds and reads it through the first table's region, so create it in a replication stack, never in a site's own. AWS
 * deletes no table within 24 hours of adding a replica from it.
 *
 * Site: a standby; for active-active, any other than the table's.
 * While the other site is dark: works, reads and writes; its stack cannot be planned, because it reads both regions.
 * On failover: nothing happens; clients use this replica. Writes that had not arrived do so when the region is back.
 * Cost: storage, a write for every write anywhere, the transfer, a key, point-in-time recovery by the GB.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html
 */
export class TableReplica extends Construct {
  /** The replica of a name, without creating it. */
  static refOf(props: TableRefProps): TableRef {
    return tableRef("TableReplica.refOf", props);
  }

  /** Points to this replica from anywhere. */
  readonly ref: TableRef;
  /** ARN of the key it is encrypted with; none for a key of DynamoDB's. */
  readonly kmsKeyArn: string | undefined;
  readonly resource: DynamodbTableReplicaA;

  constructor(scope: Construct, id: string, props: TableReplicaProps) {
    super(scope, id);
    checkProps(this, "TableReplicaProps", props);
    const { table } = props;
    checkReplicaPlace(this, table);
    refuseStrong(this, table, "replica of its own: all are made with it");
    refuseIdleKey(this, table, props);
    checkKey(this, props);
    checkTags(this, "tags", props.tags);
    claimName(this, TABLE, table.name, Site.of(this));

    this.kmsKeyArn = table.customerKey ? settleKey(this, table.name, props) : undefined;
    this.resource = createReplica(this, props);
    const ref = inRegion(this, table, Site.of(this).region);
    attachSettings(this, ref, this.resource, props);
    protect(this, props);
    this.ref = madeBy(ref, this.resource);
  }

  get tableArn(): string {
    return this.resource.arn;
  }
}

function createReplica(replica: TableReplica, props: TableReplicaProps): DynamodbTableReplicaA {
  const { table, tableClass, timeout = TIMEOUT } = props;
  const limit = `${timeout.inMinutes}m`;
  const resource = new DynamodbTableReplicaA(replica, "Resource", {
    globalTableArn: table.arn,
    kmsKeyArn: replica.kmsKeyArn,
    deletionProtectionEnabled: !props.withoutDeletionProtection,
    pointInTimeRecovery: !props.withoutPointInTimeRecovery,
    tableClassOverride: tableClass,
    tags: props.tags && { ...props.tags },
    timeouts: { create: limit, update: limit },
    dependsOn: makersOf(replica, table),
    lifecycle: { preventDestroy: !props.destroyable },
  });
  if (props.adoptExisting) resource.importFrom(`${table.name}:${table.region}`, Site.of(replica).provider);
  return resource;
}

/** DynamoDB copies writes between the table's region and this one in both directions, and writes to a peer to this region. */
function protect(replica: TableReplica, { table, peers = [], withoutPointInTimeRecovery }: TableReplicaProps): void {
  const here = inRegion(replica, table, Site.of(replica).region);
  const retention = withoutPointInTimeRecovery ? undefined : RECOVERY_PERIOD;
  declareCopy(replica, table, here, retention);
  declareCopy(new Construct(replica, "Return"), here, table);
  for (const peer of peers) declareCopy(new Construct(replica, `From-${peer.region}`), peer, here, retention);
}

function declareCopy(scope: Construct, from: TableRef, to: TableRef, retention?: Duration): void {
  declareProtection(scope, {
    protection: { ...protection(from, to), retention },
    recovery: [], // every replica takes reads and writes at any time: clients are pointed to it
    evidence: [replicationLatency(from, to.region)],
  });
}

function protection(from: TableRef, to: TableRef): Protection {
  return {
    mechanism: "DynamoDB global table, multi-Region eventual consistency",
    copiesFrom: from.region,
    copiesIn: [to.region],
    loss: USUAL_LOSS,
    remedy: "make it a StronglyConsistentTable, which loses nothing, in three regions of one of AWS's region sets",
  };
}
