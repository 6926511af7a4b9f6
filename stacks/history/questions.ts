import { Generation } from "./site-history";
import { SiteContract, WorkloadContract } from "../contract";

/** The generation a site uses. */
export function currentGeneration({ generations }: Pick<SiteContract, "generations">): Generation {
  return generations[generations.length - 1]!;
}

/** Whether a site takes the writes, or took them when a failover left it behind: until it is rebuilt it keeps what it served with. */
export function servesOrServed(site: SiteContract): boolean {
  return currentGeneration(site).promoted;
}

/** Whether a site takes the writes, or ever took them. */
export function everServed({ generations }: Pick<SiteContract, "generations">): boolean {
  return generations.some(({ promoted }) => promoted);
}

/** Whether a generation follows what takes the writes today. */
export function followsActive({ active }: WorkloadContract, { follows }: Generation): boolean {
  return follows?.site === active.name && follows.generation === currentGeneration(active).number;
}

/** Whether another site was rebuilt to follow what this one holds: a failover to it is over. */
export function isFollowed({ sites }: WorkloadContract, { name, generations }: SiteContract): boolean {
  return sites.some((other) => {
    const { follows } = currentGeneration(other);
    return follows?.site === name && follows.generation === generations.length;
  });
}

/** Whether a site has taken over from another, and no site was rebuilt to follow it yet. */
export function takesOver(contract: WorkloadContract, site: SiteContract): boolean {
  return site === contract.active && currentGeneration(site).follows !== undefined && !isFollowed(contract, site);
}
