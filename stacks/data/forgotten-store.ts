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
  return {
    ...store,
    forgotten: true,
    backedUp: undefined,
    inSite: (at) => {
      store.inSite(at);
      forget(at.scope);
    },
    replication:
      store.replication &&
      ((at) => {
        store.replication?.(at);
        forget(at.scope);
        return undefined;
      }),
  };
}
