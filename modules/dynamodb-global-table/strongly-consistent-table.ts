import { DynamodbTable, DynamodbTableReplica } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";
import { checkTags, claimName, declareProtection, Duration, Figure, inRange, madeBy, plain, refuse } from "../core";
import { Site } from "../site";
import { checkProps } from "./shapes";
import { StrongReplica } from "./strong-replica";
import { checkDefinition, definitionArguments, TableDefinition } from "./table-definition";
import { checkKey, settleKey, TableKeyProps } from "./table-key";
import { TABLE, TableRef, tableRef } from "./table-ref";
import { attachSettings, ReplicaSettings } from "./table-settings";

const HOW_IT_WORKS = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html";

/**
 * Regions that can hold one strongly consistent table together.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html
 */
const REGION_SETS = [
  ["us-east-1", "us-east-2", "us-west-2"],
  ["eu-central-1", "eu-west-1", "eu-west-2", "eu-west-3"],
  ["ap-northeast-1", "ap-northeast-2", "ap-northeast-3"],
];

/** The first provider with `consistency_mode`, `deletion_protection_enabled` of a replica, and `global_table_witness`. */
const PROVIDER_VERSION = "6.22.0";

/** AWS's longest, and AWS's default.. */
const RECOVERY_PERIOD_DAYS = 35;

const NO_LOSS: Figure = {
  value: Duration.seconds(0),
  basis: "configured",
  source: HOW_IT_WORKS,
  note: "a write succeeds once it is in another region; it fails while two of the three regions are dark",
};

export interface StronglyConsistentTableProps extends TableDefinition, TableKeyProps, ReplicaSettings {
  /** Name, the same in every region; unique in each of them, within the account. */
  readonly name: string;
  /** Two, or one in addition to a witness. They cannot be changed. */
  readonly replicas: readonly StrongReplica[];
  /** Imports a table that exists under this name. @default false */
  readonly adoptExisting?: boolean;
  /** Lets Terraform delete the table with all its replicas, and its own key. @default false */
  readonly destroyable?: boolean;
  /** Days to which a point in time can be gone back in this region, 1 to 35. @default 35 */
  readonly recoveryPeriodDays?: number;
  /** Images of a change that the stream of this region holds. Replication needs no stream. @default - no stream */
  readonly stream?: "KEYS_ONLY" | "NEW_IMAGE" | "OLD_IMAGE" | "NEW_AND_OLD_IMAGES";
  /** Encrypts every replica with a key of DynamoDB's instead of a customer managed one. @default - customer managed keys */
  readonly withoutCustomerKey?: "AWS_OWNED_KEY" | "AWS_MANAGED_KEY";
  /** Region that votes on writes, in addition to one replica. It holds no readable copy. @default - none, with two replicas */
  readonly witnessRegion?: string;
}

/**
 * A global table with multi-Region strong consistency: in three regions of one set, either three replicas or two and a witness.
 * Reads see the last write wherever it was made, and the loss of a region loses nothing. Writes take longer, and may
 * fail with `ReplicatedWriteConflictException`, to be tried again.
 *
 * Such a table has no expiry, no local index and no transaction. DynamoDB adds no replica later, and converts only an empty
 * table. It is on demand: the provider creates the replicas before anything could scale its writes.
 *
 * Table and replicas are one resource, so create it in a replication stack. It needs version 6.22 of the AWS provider, which the
 * stack asks for.
 *
 * Site: the home; each {@link StrongReplica} under its own.
 * While the other site is dark: works, as long as the third region answers. Its stack cannot be planned, because it reads all
 *   regions.
 * On failover: nothing happens; clients use the replica in their own region, and nothing is lost.
 * Cost: storage in each region, a write in each for every write, the transfer, keys, point-in-time recovery by the GB.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html
 */
export class StronglyConsistentTable extends Construct {
  /** The table of a name, or its replica in another region, without creating it. */
  static refOf(props: StronglyConsistentTableRefProps): TableRef {
    return tableRef("StronglyConsistentTable.refOf", { ...props, stronglyConsistent: true });
  }

  /** Points to this table from anywhere. */
  readonly ref: TableRef;
  /** ARN of the key it is encrypted with; none for a key of DynamoDB's. */
  readonly kmsKeyArn: string | undefined;
  readonly resource: DynamodbTable;

  constructor(scope: Construct, id: string, props: StronglyConsistentTableProps) {
    super(scope, id);
    checkProps(this, "StronglyConsistentTableProps", props);
    const { region, account, partition } = Site.of(this);
    const customerKey = !props.withoutCustomerKey;
    const ref = tableRef(this, { name: props.name, region, account, customerKey, stronglyConsistent: true });
    refuseUnsupported(this, props);
    checkDefinition(this, props.name, props);
    checkRegions(this, props);
    props.replicas.forEach((replica) => refuseOtherTable(this, ref, replica));
    checkKey(this, props);
    checkTags(this, "tags", props.tags);
    inRange(this, "recoveryPeriodDays", props.recoveryPeriodDays ?? RECOVERY_PERIOD_DAYS, 1, 35);
    for (const at of [region, ...props.replicas.map(({ ref: there }) => there.region)]) {
      claimName(this, TABLE, props.name, { partition, account, region: at });
    }

    this.kmsKeyArn = customerKey ? settleKey(this, props.name, props) : undefined;
    this.resource = createTable(this, props);
    attachSettings(this, ref, this.resource, props);
    protect(this, region, props);
    Site.of(this).requireProvider(PROVIDER_VERSION);
    this.ref = madeBy(ref, this.resource);
  }

  get tableArn(): string {
    return this.resource.arn;
  }
}

/** Facts that identify a strongly consistent table before it exists. */
export interface StronglyConsistentTableRefProps {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  /** @default true */
  readonly customerKey?: boolean;
}

function refuseUnsupported(scope: Construct, props: StronglyConsistentTableProps): void {
  for (const setting of ["timeToLive", "localIndexes", "importFrom", "restoreFrom", "provisioned"] as const) {
    if (props[setting] !== undefined) {
      refuse(
        scope,
        "NotWithStrongConsistency",
        `'${setting}' is given for the strongly consistent table '${props.name}'`,
      );
    }
  }
}

function checkRegions(scope: Construct, { replicas, witnessRegion }: StronglyConsistentTableProps): void {
  if (witnessRegion !== undefined) plain(scope, "witnessRegion", witnessRegion);
  const regions = [Site.of(scope).region, ...replicas.map(({ ref }) => ref.region), witnessRegion].filter(
    (region) => region !== undefined,
  );
  const sets = REGION_SETS.map((set) => set.join(", ")).join("; ");
  const fits = REGION_SETS.some((set) => regions.every((region) => set.includes(region)));
  if (regions.length !== 3 || new Set(regions).size !== 3 || !fits) {
    refuse(
      scope,
      "StrongConsistencyRegions",
      `a strongly consistent table needs three regions of one set, got ${regions.join(", ")}, allowed: ${sets}`,
    );
  }
}

function refuseOtherTable(scope: Construct, table: TableRef, replica: StrongReplica): void {
  const { table: other } = replica;
  if (other.arn !== table.arn || other.customerKey !== table.customerKey || !other.stronglyConsistent) {
    refuse(
      scope,
      "ConflictingSettings",
      `${replica.node.path} is a replica of another table, or of one that is encrypted or copied otherwise`,
      "give it the 'table' that StronglyConsistentTable.refOf returns for this one",
    );
  }
}

function createTable(table: StronglyConsistentTable, props: StronglyConsistentTableProps): DynamodbTable {
  const { recoveryPeriodDays: recoveryPeriodInDays = RECOVERY_PERIOD_DAYS } = props;
  const resource = new DynamodbTable(table, "Resource", {
    name: props.name,
    ...definitionArguments(table, props),
    deletionProtectionEnabled: !props.withoutDeletionProtection,
    globalTableWitness: props.witnessRegion === undefined ? undefined : { regionName: props.witnessRegion },
    pointInTimeRecovery: props.withoutPointInTimeRecovery
      ? { enabled: false }
      : { enabled: true, recoveryPeriodInDays },
    replica: props.replicas.map(replicaBlock),
    serverSideEncryption:
      props.withoutCustomerKey === "AWS_OWNED_KEY" ? undefined : { enabled: true, kmsKeyArn: table.kmsKeyArn },
    streamEnabled: props.stream !== undefined,
    streamViewType: props.stream,
    tags: props.tags && { ...props.tags },
    lifecycle: { preventDestroy: !props.destroyable },
  });
  if (props.adoptExisting) resource.importFrom(props.name, Site.of(table).provider);
  return resource;
}

function replicaBlock(replica: StrongReplica): DynamodbTableReplica {
  return {
    regionName: replica.ref.region,
    consistencyMode: "STRONG",
    deletionProtectionEnabled: replica.deletionProtection,
    kmsKeyArn: replica.kmsKeyArn,
    pointInTimeRecovery: replica.pointInTimeRecovery,
    propagateTags: true, // a replica has no tags of its own
  };
}

/** Every region copies to the other replicas. A witness cannot be read, so it does not count as a copy. */
function protect(table: StronglyConsistentTable, home: string, { replicas }: StronglyConsistentTableProps): void {
  const regions = [home, ...replicas.map(({ ref }) => ref.region)];
  for (const region of regions) {
    declareProtection(region === home ? table : new Construct(table, `From-${region}`), {
      protection: {
        mechanism: "DynamoDB global table, multi-Region strong consistency",
        copiesFrom: region,
        copiesIn: regions.filter((other) => other !== region),
        loss: NO_LOSS,
      },
      recovery: [], // every replica takes reads and writes at any time: clients are pointed to it
      evidence: [], // nothing lags: DynamoDB publishes no ReplicationLatency
    });
  }
}
