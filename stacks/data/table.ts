import {
  GlobalTable,
  GlobalTableProps,
  ReplicationLatencyAlarm,
  tableAccess,
  TableDefinition,
  TableRef,
  TableReplica,
} from "../../modules/dynamodb-global-table";
import { othersThan, SiteContract, WorkloadContract } from "../contract";
import { checkSettings } from "../shapes";
import { DataStore, inOneAccount, publish, ReplicatedTable, StoreInSite, StoreReplication } from "./store";

export interface TableOptions
  extends TableDefinition, Pick<GlobalTableProps, "ignoreCapacityChanges" | "ignoreIndexChanges"> {}

/** Kind of a store with a stream of its changes in every site. */
export const TABLE = "table";

/**
 * A DynamoDB global table with a replica in each site. Every replica takes reads and writes at any time, and a failover
 * changes nothing.
 *
 * The table is `<workload>-<store>` in every region, with its name in the SSM parameter `/<workload>/<store>/table`. It
 * is in the replication stacks, because Terraform's provider calls every region of a table.
 */
export function table(options: TableOptions): DataStore {
  checkSettings("table", "TableOptions", options);
  return {
    kind: TABLE,
    access: ({ store, contract, site }) =>
      tableAccess({ access: "READ_WRITE", table: tableRef(store, contract, site), key: site.key }),
    backedUp: tableRef,
    check: inOneAccount(
      "a table",
      "keep the sites of a table in one account: the replicas of a global table lie in one",
    ),
    inSite: (at) => watchTable(at),
    replication: (at) => placeTable(at, options),
  };
}

/** The store's table in a site. */
export function tableRef(store: string, contract: WorkloadContract, { region, account }: SiteContract): TableRef {
  return GlobalTable.refOf({ name: `${contract.name}-${store}`, region, account });
}

/** Creates the table in the home and a replica in every other site. */
function placeTable({ scope, store, contract, site }: StoreReplication, definition: TableOptions): ReplicatedTable {
  if (site.home) {
    const { name } = tableRef(store, contract, site);
    const { ref: table, streamArn } = new GlobalTable(scope, "Table", { ...definition, name, keyRef: site.key });
    return { table, streamArn };
  }
  const peers = othersThan(contract, site).filter(({ home }) => !home);
  const { ref: table } = new TableReplica(scope, "Table", {
    table: tableRef(store, contract, contract.home),
    peers: peers.map((peer) => tableRef(store, contract, peer)),
    keyRef: site.key,
  });
  return { table };
}

/** Watches the table by name, so that it works before the table exists and without any other site. */
function watchTable(at: StoreInSite): void {
  const { scope, store, contract, site } = at;
  for (const other of othersThan(contract, site)) {
    new ReplicationLatencyAlarm(scope, `LagOf-${other.name}`, {
      source: tableRef(store, contract, site),
      destination: tableRef(store, contract, other),
      threshold: contract.objectives.rpo,
    });
  }
  publish(at, "table", tableRef(store, contract, site).name);
}
