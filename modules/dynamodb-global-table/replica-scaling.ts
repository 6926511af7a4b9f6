import { Construct } from "constructs";
import { checkName, makersOf } from "../core";
import { checkProps } from "./shapes";
import { CapacityRange, checkRange } from "./table-capacity";
import { checkPlace } from "./table-place";
import { INDEX, TableRef } from "./table-ref";
import { checkPolicyName, scale, Scaled } from "./table-scaling";

export interface ReplicaScalingProps {
  /** Read capacity of the replica itself. */
  readonly read: CapacityRange;
  /** The replica, as it is pointed to in its own site. */
  readonly table: TableRef;
  /**
   * Imports the scalable targets that exist. AWS copies the scaling of the first table to a new replica. If the site has tags,
   * AWS refuses to register such a target again.
   *
   * @default false
   */
  readonly adoptExisting?: boolean;
  /** Read capacity of global indexes, by name. @default - as AWS keeps it in every replica */
  readonly indexReads?: Readonly<Record<string, CapacityRange>>;
}

/**
 * Read capacity of one replica that differs from the others. Capacity and scaling of reads are the same in every replica until
 * you set them for one. A later change of the first table's reads sets every replica's to the same again.
 *
 * It needs the replica's name alone and reads no other site. The replica must exist: create this in the replication stack, or in
 * the site's own stack once there is a replica. Writes are always the same everywhere: see {@link GlobalTable}.
 *
 * Site: the replica's.
 * While the other site is dark: works; Application Auto Scaling answers in this region.
 * On failover: nothing happens; reads scale up to `max` as they arrive.
 * Cost: the capacity units provisioned here, `min` of them while idle; two alarms for each capacity.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html
 */
export class ReplicaScaling extends Construct {
  constructor(scope: Construct, id: string, props: ReplicaScalingProps) {
    super(scope, id);
    checkProps(this, "ReplicaScalingProps", props);
    checkPlace(this, props.table);
    const scaled = readsOf(this, props);
    scaled.forEach((reads) => checkPolicyName(this, reads));

    const { adoptExisting, table } = props;
    scaled.forEach((reads) => scale(this, reads, { adoptExisting, dependsOn: makersOf(this, table) }));
  }
}

function readsOf(scope: Construct, { indexReads = {}, read, table }: ReplicaScalingProps): readonly Scaled[] {
  checkRange(scope, "read", read);
  const indexes = Object.entries(indexReads).map(([index, range]) => {
    checkName(scope, "an index", index, INDEX);
    checkRange(scope, `indexReads.${index}`, range);
    return { direction: "Read", index, range, table: table.name } as const;
  });
  return [{ direction: "Read", range: read, table: table.name }, ...indexes];
}
