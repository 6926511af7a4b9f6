import { DataStore } from "../data/store";
import { forget } from "./forget";
import { WorkloadSite } from "../site-props";
import { checkSettings } from "../shapes";

type Part = DataStore | WorkloadSite;

/**
 * A store that the workload gives up: Terraform forgets all of it, in every site, and destroys nothing. Deploy it so once, then take it
 * out of `data`. What it was stays in AWS, unmanaged, to be looked at, moved or deleted by somebody.
 *
 * A store that is taken out without this is planned to be destroyed.
 *
 * @see https://developer.hashicorp.com/terraform/language/block/removed
 */
export function forgotten(store: DataStore): DataStore;
/**
 * A site that the workload gives up: Terraform forgets all that stands in it and destroys nothing; the other sites neither copy to it nor
 * take over from it any more. Deploy it so once, then take it out of `sites`, unless the history names it: then it stays, and costs
 * nothing. Its name is not to be used again.
 *
 * It must not be the home, nor active or answering: fail over, or evacuate it, and record that first.
 *
 * @see https://developer.hashicorp.com/terraform/language/block/removed
 */
export function forgotten(site: WorkloadSite): WorkloadSite;
export function forgotten(part: Part): Part {
  checkSettings("forgotten", "Part", part);
  return "inSite" in part ? forgottenStore(part) : { ...part, forgotten: true };
}

function forgottenStore(store: DataStore): DataStore {
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
