import { Partition } from "../modules/core";
import { KeyRef } from "../modules/kms-keys";
import { Generation, ReadHistory, Role, Succession } from "./history/site-history";
import { HistoryEvent } from "./history/events";
import { Objectives } from "./objectives";
import { Pattern, Policy, Writes } from "./policy";
import { WorkloadSite } from "./site-props";

/** A site as all stacks know it: plain data, derived from what the user wrote. */
export interface SiteContract {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  readonly partition: Partition;
  readonly home: boolean;
  readonly role: Role;
  readonly generations: readonly Generation[];
  readonly cidr: string;
  /** The site's own key. */
  readonly key: KeyRef;
  readonly props: WorkloadSite;
}

/** The contract: what all sites of a workload agree on. Nothing in it comes from an apply. */
export interface WorkloadContract {
  readonly name: string;
  readonly policy: Policy;
  readonly objectives: Objectives;
  readonly history: readonly HistoryEvent[];
  /** Who led and who followed when all was last in order: the front door keeps its records until a site is rebuilt. */
  readonly succession: Succession;
  /** What happened to the stores that were added later, by name. */
  readonly storeHistories: ReadonlyMap<string, ReadHistory>;
  /** Home first, the others by name: the order they were written in means nothing. Those that were given up are left out. */
  readonly sites: readonly SiteContract[];
  /** Sites that were given up, which the history may still name. */
  readonly forgotten: readonly SiteContract[];
  readonly home: SiteContract;
  /** The site that takes the writes. */
  readonly writer: SiteContract;
  /** The pattern it had before, where it stepped down. @default - it did not */
  readonly steppedDownFrom?: Pattern;
  /** How the sites of a multi-site workload share the writes. @default - one of them takes all */
  readonly writes?: Writes;
}

/** The contract as it is for a store: what happened before the store was added does not concern it. */
function contractOfStore(contract: WorkloadContract, store: string): WorkloadContract {
  const own = contract.storeHistories.get(store);
  if (own === undefined) return contract;
  const inStore = (site: SiteContract): SiteContract => ({
    ...site,
    generations: own.sites.get(site.name)!.generations,
  });
  const [sites, forgotten] = [contract.sites.map(inStore), contract.forgotten.map(inStore)];
  const named = (name: string) => sites.find((site) => site.name === name)!;
  return { ...contract, sites, forgotten, home: named(contract.home.name), writer: named(contract.writer.name) };
}

/** A site, and the contract, as they are for a store. */
export function inStore(contract: WorkloadContract, { name }: SiteContract, store: string) {
  const own = contractOfStore(contract, store);
  return { contract: own, site: siteNamed(own, name) };
}

/** The contract as it was before sites were given up. */
export function withForgottenSites(contract: WorkloadContract): WorkloadContract {
  const [home, ...others] = [...contract.sites, ...contract.forgotten];
  return {
    ...contract,
    sites: [home!, ...others.sort((one, other) => (one.name < other.name ? -1 : 1))],
    forgotten: [],
  };
}

/** A site by its name, also one that was given up: what followed it still says so. */
export function siteNamed(contract: WorkloadContract, name: string): SiteContract {
  return withForgottenSites(contract).sites.find((site) => site.name === name)!;
}

/** The sites a site copies to or takes over from. */
export function othersThan(contract: WorkloadContract, site: SiteContract): readonly SiteContract[] {
  return contract.sites.filter((other) => other !== site);
}

/** A site that lies in another account than the home, where there is one. */
export function siteInOtherAccount(contract: WorkloadContract): SiteContract | undefined {
  return contract.sites.find(({ account }) => account !== contract.home.account);
}
