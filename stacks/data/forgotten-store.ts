import { Construct } from "constructs";
import { forget } from "../forgotten";
import { DataStore } from "./store";

/**
 * A store that the workload gives up: Terraform forgets all of it, in every site, and destroys nothing. Deploy it so once, then take it
 * out of `data`. What it was stays in AWS, unmanaged, to be looked at, moved or deleted by somebody.
 *
 * A store that is taken out without this is planned to be destroyed.
 *
 * @see https://developer.hashicorp.com/terraform/language/block/removed
 */
export function forgotten(store: DataStore): DataStore {
  const { replication } = store;
  return {
    ...store,
    forgotten: true,
    backedUp: undefined,
    inSite: (at) => {
      store.inSite(at);
      forgetAll(at.scope);
    },
    replication:
      replication &&
      ((at) => {
        replication.call(store, at);
        forgetAll(at.scope);
      }),
  };
}

function forgetAll(store: Construct): void {
  forget(store.node.scope as Construct, store);
}
