import { DataStore } from "../data/store";
import { forget } from "./forget";
import { WorkloadSite } from "../site-props";
import { checkSettings } from "../shapes";

type Part = DataStore | WorkloadSite;

/**
 * Gives up a store. Terraform drops its resources from state, in every site, and destroys nothing. Deploy once with
 * `forgotten`, then remove the store from `data`. The resources stay in AWS, unmanaged: inspect, move or delete them
 * yourself.
 *
 * If you remove a store without `forgotten`, the next plan destroys it.
 *
 * @see https://developer.hashicorp.com/terraform/language/block/removed
 */
export function forgotten(store: DataStore): DataStore;
/**
 * Gives up a site. Terraform drops its resources from state and destroys nothing. The other sites no longer copy to it
 * and no longer take over from it. Deploy once with `forgotten`, then remove the site from `sites`. If the history
 * names the site, keep it: it costs nothing. Never use its name again.
 *
 * It must not be the home, the writer or a site that answers. Fail over or evacuate it first, and record that.
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
