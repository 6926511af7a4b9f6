import { Partition } from "../modules/core";
import { KeyRef } from "../modules/kms-keys";
import { Generation, ReadHistory, Role, Succession } from "./history/site-history";
import { HistoryEvent } from "./history/events";
import { Objectives } from "./objectives";
import { Pattern, Policy, Writes } from "./policy";
import { WorkloadSite } from "./site-props";

/** The part of the contract about one site. Plain data, derived from the props and the history. */
export interface SiteContract {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  readonly partition: Partition;
  readonly home: boolean;
  readonly role: Role;
  readonly generations: readonly Generation[];
  readonly cidr: string;
  /** KMS key of the site. */
  readonly key: KeyRef;
  readonly props: WorkloadSite;
}

/** The contract: plain data, known at synth, on which all sites of a workload agree. */
export interface WorkloadContract {
  readonly name: string;
  readonly policy: Policy;
  readonly objectives: Objectives;
  readonly history: readonly HistoryEvent[];
  /**
   * The order of the sites before the last failover. The front door keeps its records in this order until a site is
   * rebuilt.
   */
  readonly succession: Succession;
  /** Histories of the stores that were added later, by name. */
  readonly storeHistories: ReadonlyMap<string, ReadHistory>;
  /** The home, then the others sorted by name, without the sites that were given up. */
  readonly sites: readonly SiteContract[];
  /** Sites that were given up. The history may still name them. */
  readonly forgotten: readonly SiteContract[];
  readonly home: SiteContract;
  /** The site that takes the writes. */
  readonly writer: SiteContract;
  /** The pattern before a step down. @default - the workload did not step down */
  readonly steppedDownFrom?: Pattern;
  /** How the sites of a multi-site workload share the writes. @default - one site takes all writes */
  readonly writes?: Writes;
}

/** The contract for one store, without the events before the store was added. */
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

/** The contract and a site for one store. */
export function inStore(contract: WorkloadContract, { name }: SiteContract, store: string) {
  const own = contractOfStore(contract, store);
  return { contract: own, site: siteNamed(own, name) };
}

/** The contract with the sites that were given up. */
export function withForgottenSites(contract: WorkloadContract): WorkloadContract {
  const [home, ...others] = [...contract.sites, ...contract.forgotten];
  return {
    ...contract,
    sites: [home!, ...others.sort((one, other) => (one.name < other.name ? -1 : 1))],
    forgotten: [],
  };
}

/** A site by name. It may be one that was given up, because a generation may still follow it. */
export function siteNamed(contract: WorkloadContract, name: string): SiteContract {
  return withForgottenSites(contract).sites.find((site) => site.name === name)!;
}

/** All sites but one: it copies to them and can take over from them. */
export function othersThan(contract: WorkloadContract, site: SiteContract): readonly SiteContract[] {
  return contract.sites.filter((other) => other !== site);
}

/** The first site in another account than the home, if any. */
export function siteInOtherAccount(contract: WorkloadContract): SiteContract | undefined {
  return contract.sites.find(({ account }) => account !== contract.home.account);
}
