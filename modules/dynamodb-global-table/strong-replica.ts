import { Construct } from "constructs";
import { Site } from "../site";
import { checkProps } from "./shapes";
import { checkKey, refuseIdleKey, settleKey, TableKeyProps } from "./table-key";
import { checkReplicaPlace } from "./table-place";
import { inRegion, TableRef } from "./table-ref";

export interface StrongReplicaProps extends TableKeyProps {
  /** The table this is a replica of, by `StronglyConsistentTable.refOf`. */
  readonly table: TableRef;
  /** Lets Terraform delete the replica's own key. @default false */
  readonly destroyable?: boolean;
  /** Disables AWS's own deletion protection. @default false */
  readonly withoutDeletionProtection?: boolean;
  /** Disables point-in-time recovery to any second of the last 35 days. @default false */
  readonly withoutPointInTimeRecovery?: boolean;
}

/**
 * Where a {@link StronglyConsistentTable} has a replica, and by which key it is encrypted there. It creates that key, or looks
 * it up. The table creates the replica itself, because AWS adds none later.
 *
 * Site: another than the table's, in the same region set.
 * While the other site is dark: works, reads and writes, as long as the third region answers.
 * On failover: nothing happens; clients use this replica, and nothing is lost.
 * Cost: storage, a write for every write anywhere, the transfer, a key, point-in-time recovery by the GB.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html
 */
export class StrongReplica extends Construct {
  /** ARN of the key it is encrypted with; none for a key of DynamoDB's. */
  readonly kmsKeyArn: string | undefined;
  /** Points to this replica from anywhere. */
  readonly ref: TableRef;
  /** The table it is a replica of. */
  readonly table: TableRef;
  readonly deletionProtection: boolean;
  readonly pointInTimeRecovery: boolean;

  constructor(scope: Construct, id: string, props: StrongReplicaProps) {
    super(scope, id);
    checkProps(this, "StrongReplicaProps", props);
    const { table } = props;
    checkReplicaPlace(this, table);
    refuseIdleKey(this, table, props);
    checkKey(this, props);

    this.kmsKeyArn = table.customerKey ? settleKey(this, table.name, props) : undefined;
    this.ref = inRegion(this, table, Site.of(this).region);
    this.table = table;
    this.deletionProtection = !props.withoutDeletionProtection;
    this.pointInTimeRecovery = !props.withoutPointInTimeRecovery;
  }
}
