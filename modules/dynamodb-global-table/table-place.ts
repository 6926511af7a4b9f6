import { Construct } from "constructs";
import { refuse, refuseForeignPartition } from "../core";
import { refuseForeignRef, refuseOtherAccount, refuseSourceRegion, Site } from "../site";
import { TableRef } from "./table-ref";

/** Refuses a table of another site than the construct that refers to it. */
export function checkPlace(scope: Construct, table: TableRef): void {
  refuseForeignRef(scope, `the table '${table.name}'`, table);
}

/**
 * Refuses a place that no replica of the table can have.
 *
 * Since 2025 AWS has global tables over several accounts, with each replica in an account of its own. The provider, as of 6.25,
 * creates none.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_MA_HowItWorks.html
 */
export function checkReplicaPlace(scope: Construct, table: TableRef): void {
  const { region, account } = Site.of(scope);
  refuseForeignPartition(scope, table.region, region);
  refuseSourceRegion(scope, `'${table.name}'`, [table.region, region]);
  refuseOtherAccount(
    scope,
    `'${table.name}'`,
    [table.account, account],
    "create it under a Site of the table's account, or protect the other account's copy with AWS Backup",
  );
}

/** Refuses what a strongly consistent table does not have. */
export function refuseStrong(scope: Construct, table: TableRef, what: string): void {
  if (table.stronglyConsistent) {
    refuse(scope, "NotWithStrongConsistency", `'${table.name}' is strongly consistent and has no ${what}`);
  }
}
