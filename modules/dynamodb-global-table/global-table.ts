import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { checkTags, claimName, Duration, inRange, madeBy } from "../core";
import { Site } from "../site";
import { checkProps } from "./shapes";
import { CONTENT_ATTRIBUTES } from "./table-content";
import { checkDefinition, definitionArguments, TableDefinition } from "./table-definition";
import { indexCapacity } from "./table-indexes";
import { checkKey, settleKey, TableKeyProps } from "./table-key";
import { TABLE, TableRef, tableRef, TableRefProps } from "./table-ref";
import { checkPolicyName, scale, Scaled } from "./table-scaling";
import { attachSettings, ReplicaSettings } from "./table-settings";

const DEFAULTS = {
  recoveryPeriodDays: 35, // AWS's longest, and AWS's default.
  // If a creation outlasts its limit, Terraform taints the table and the next apply replaces it. The time to fill a table from
  // files, a point in time or another region depends on its data. AWS names no bound.
  timeout: Duration.hours(24),
};

export interface GlobalTableProps extends TableDefinition, TableKeyProps, ReplicaSettings {
  /** Name, the same in every region; unique in each of them, within the account. */
  readonly name: string;
  /** Imports a table that exists under this name. @default false */
  readonly adoptExisting?: boolean;
  /** Lets Terraform delete the table, and its own key. @default false */
  readonly destroyable?: boolean;
  /**
   * Leaves capacities as auto scaling set them. With `false`, a deployment sets the capacity of the table and of every global
   * index to its `min`. You need this to change an on-demand table to `provisioned`. Remove it afterwards, because every
   * deployment would undo the work of auto scaling.
   *
   * @default true in provisioned mode; an on-demand table has no capacities
   */
  readonly ignoreCapacityChanges?: boolean;
  /**
   * Leaves global indexes as they are. In provisioned mode auto scaling changes their capacity, which Terraform cannot
   * ignore for one index, but only for all of them together. `false` lets one deployment add, change or remove an index: it
   * sets every index's capacity to its `min` for a moment. Take it out again afterwards.
   *
   * @default true in provisioned mode, false on demand and with `ignoreCapacityChanges: false`
   */
  readonly ignoreIndexChanges?: boolean;
  /** Days to which a point in time can be gone back here, 1 to 35. @default 35 */
  readonly recoveryPeriodDays?: number;
  /** How long Terraform waits for a table, an index or a change. @default 24 hours */
  readonly timeout?: Duration;
  /** Encrypts every replica with a key of DynamoDB's instead of a customer managed one. @default - customer managed keys */
  readonly withoutCustomerKey?: "AWS_OWNED_KEY" | "AWS_MANAGED_KEY";
}

/**
 * The first table of a global table (version 2019.11.21, multi-Region eventual consistency). It is a complete table. Each
 * {@link TableReplica}, in a stack of its own, adds another that clients read and write in the same way.
 *
 * It has the settings that AWS keeps equal in every replica: keys, indexes, capacity mode, expiry and the kind of encryption.
 * Write capacity, its scaling and the stream are equal too. Replication reads the new and old images of the stream.
 *
 * Terraform ignores the table's `replica` blocks, because replicas are resources of other states. Otherwise the next apply of
 * this state would remove every replica.
 *
 * Site: the home.
 * While the other site is dark: works. Terraform's provider reads every replica when it refreshes the table, so its stack plans
 *   with `-refresh=false` alone until that region is back.
 * On failover: nothing happens; clients use the replica in their own region. Writes that were not replicated arrive when the
 *   region is back.
 * Cost: storage and requests, a key, point-in-time recovery by the GB.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html
 */
export class GlobalTable extends Construct {
  /** The table of a name, without creating it. */
  static refOf(props: TableRefProps): TableRef {
    return tableRef("GlobalTable.refOf", props);
  }

  /** Points to this table from anywhere. */
  readonly ref: TableRef;
  /** ARN of the key it is encrypted with; none for a key of DynamoDB's. */
  readonly kmsKeyArn: string | undefined;
  readonly resource: DynamodbTable;

  constructor(scope: Construct, id: string, props: GlobalTableProps) {
    super(scope, id);
    checkProps(this, "GlobalTableProps", props);
    const { region, account } = Site.of(this);
    const ref = tableRef(this, { name: props.name, region, account, customerKey: !props.withoutCustomerKey });
    checkDefinition(this, props.name, props);
    checkKey(this, props);
    checkTags(this, "tags", props.tags);
    inRange(this, "recoveryPeriodDays", props.recoveryPeriodDays ?? DEFAULTS.recoveryPeriodDays, 1, 35);
    const scaled = capacities(props);
    scaled.forEach((capacity) => checkPolicyName(this, capacity));
    claimName(this, TABLE, props.name, Site.of(this));

    this.kmsKeyArn = props.withoutCustomerKey ? undefined : settleKey(this, props.name, props);
    this.resource = createTable(this, props);
    const policies = scaled.map((capacity) => scale(this, capacity, { ...props, dependsOn: [this.resource] }));
    attachSettings(this, ref, this.resource, props);

    // AWS replicates a provisioned table only once its writes are scaled
    const makers: TerraformResource[] = [this.resource, ...policies];
    this.ref = madeBy(ref, ...makers);
  }

  get streamArn(): string {
    return this.resource.streamArn;
  }

  get tableArn(): string {
    return this.resource.arn;
  }
}

function createTable(table: GlobalTable, props: GlobalTableProps): DynamodbTable {
  const { recoveryPeriodDays = DEFAULTS.recoveryPeriodDays, timeout = DEFAULTS.timeout } = props;
  const limit = `${timeout.inMinutes}m`;
  const resource = new DynamodbTable(table, "Resource", {
    name: props.name,
    ...definitionArguments(table, props),
    deletionProtectionEnabled: !props.withoutDeletionProtection,
    pointInTimeRecovery: props.withoutPointInTimeRecovery
      ? { enabled: false }
      : { enabled: true, recoveryPeriodInDays: recoveryPeriodDays },
    serverSideEncryption: encryption(props, table.kmsKeyArn),
    streamEnabled: true,
    streamViewType: "NEW_AND_OLD_IMAGES", // the only one a global table replicates by
    tags: props.tags && { ...props.tags },
    timeouts: { create: limit, update: limit },
    lifecycle: { ignoreChanges: ignored(props), preventDestroy: !props.destroyable },
  });
  if (props.adoptExisting) resource.importFrom(props.name, Site.of(table).provider);
  return resource;
}

function encryption({ withoutCustomerKey }: GlobalTableProps, kmsKeyArn: string | undefined) {
  if (withoutCustomerKey === "AWS_OWNED_KEY") return undefined;
  return { enabled: true, kmsKeyArn };
}

/** Arguments that others change after the creation: other states add replicas, and auto scaling sets capacities. */
function ignored(props: GlobalTableProps): string[] {
  const scaled = props.provisioned !== undefined && (props.ignoreCapacityChanges ?? true);
  const indexed = Object.keys(props.globalIndexes ?? {}).length > 0;
  return [
    "replica",
    ...CONTENT_ATTRIBUTES,
    ...(scaled ? ["read_capacity", "write_capacity"] : []),
    ...((props.ignoreIndexChanges ?? (scaled && indexed)) ? ["global_secondary_index"] : []),
  ];
}

function capacities(table: GlobalTableProps): readonly Scaled[] {
  const indexes = Object.entries(table.globalIndexes ?? {});
  return [
    { index: undefined, provisioned: table.provisioned },
    ...indexes.map(([index, definition]) => ({ index, provisioned: indexCapacity(table, definition) })),
  ].flatMap(({ index, provisioned }): Scaled[] => {
    if (provisioned === undefined) return [];
    return [
      { direction: "Read", range: provisioned.read, table: table.name, index },
      { direction: "Write", range: provisioned.write, table: table.name, index },
    ];
  });
}
