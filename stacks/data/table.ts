import { Construct } from "constructs";
import { refuse } from "../../modules/core";
import {
  GlobalTable,
  ReplicationLatencyAlarm,
  TableDefinition,
  TableRef,
  TableReplica,
} from "../../modules/dynamodb-global-table";
import { othersThan, siteInOtherAccount, SitePlan, WorkloadPlan } from "../plan";
import { DataStore, publish, StoreInSite, StoreReplication } from "./store";

export type TableOptions = TableDefinition;

/**
 * A DynamoDB global table: a replica in each site, each read and written like any other at any time; a failover changes nothing.
 *
 * The table is `<workload>-<store>` in every region, published as `/<workload>/<store>/table`. It stands in the replication stacks, for
 * Terraform's provider asks every region of a table about it.
 */
export function table(options: TableOptions): DataStore {
  return {
    kind: "table",
    backedUp: refOf,
    check: refuseOtherAccounts,
    inSite: (at) => watchTable(at),
    replication: (at) => placeTable(at, options),
  };
}

function refuseOtherAccounts(scope: Construct, store: string, plan: WorkloadPlan): void {
  const foreign = siteInOtherAccount(plan);
  if (foreign !== undefined) {
    refuse(
      scope,
      "ReplicaInOtherAccount",
      `store '${store}' is a table, its sites '${plan.home.name}' and '${foreign.name}' lie in different accounts`,
      "keep the sites of a table in one account: the replicas of a global table lie in one",
    );
  }
}

function refOf(store: string, plan: WorkloadPlan, { region, account }: SitePlan): TableRef {
  return GlobalTable.refOf({ name: `${plan.name}-${store}`, region, account });
}

/** In the home the table, in every other site a replica of it. */
function placeTable({ scope, store, plan, site }: StoreReplication, definition: TableOptions): void {
  if (site.home) {
    new GlobalTable(scope, "Table", { ...definition, name: refOf(store, plan, site).name, keyRef: site.key });
  } else {
    const peers = othersThan(plan, site).filter(({ home }) => !home);
    new TableReplica(scope, "Table", {
      table: refOf(store, plan, plan.home),
      peers: peers.map((peer) => refOf(store, plan, peer)),
      keyRef: site.key,
    });
  }
}

/** By name: it works before there is a table, and without any other site. */
function watchTable(at: StoreInSite): void {
  const { scope, store, plan, site } = at;
  for (const other of othersThan(plan, site)) {
    new ReplicationLatencyAlarm(scope, `LagOf-${other.name}`, {
      source: refOf(store, plan, site),
      destination: refOf(store, plan, other),
      threshold: plan.objectives.rpo,
    });
  }
  publish(at, "table", refOf(store, plan, site).name);
}
