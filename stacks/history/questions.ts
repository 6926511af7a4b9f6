import { SiteContract, WorkloadContract } from "../contract";
import { Generation } from "./site-history";

/**
 * Whether the front door sends users to a site. In a multi-site workload several sites answer; otherwise only the
 * writer does.
 */
export function answers({ role }: Pick<SiteContract, "role">): boolean {
  return role === "active";
}

/** Whether the front door may send users to a site, now or after a failover to it. */
export function mayAnswer({ role }: Pick<SiteContract, "role">): boolean {
  return role === "active" || role === "standby";
}

/** The writer if it answers, otherwise the first site that does. It does the work that only one site may do. */
export function firstAnswering({ writer, sites }: WorkloadContract): SiteContract {
  return answers(writer) ? writer : sites.find(answers)!;
}

/** The generation a site uses. */
export function currentGeneration({ generations }: Pick<SiteContract, "generations">): Generation {
  return generations[generations.length - 1]!;
}

/** Whether the current generation of a site takes the writes, or took them until a failover left the site behind. */
export function holdsWrites(site: SiteContract): boolean {
  return currentGeneration(site).promoted;
}

/** Whether any generation of a site takes the writes, or ever took them. */
export function everWrote({ generations }: Pick<SiteContract, "generations">): boolean {
  return generations.some(({ promoted }) => promoted);
}

/** Whether a generation follows the current generation of the writer. */
export function followsWriter({ writer }: WorkloadContract, { follows }: Generation): boolean {
  return follows?.site === writer.name && follows.generation === currentGeneration(writer).number;
}

/** Whether another site was rebuilt to follow this one. Then a failover to this site is complete. */
export function isFollowed({ sites }: WorkloadContract, { name, generations }: SiteContract): boolean {
  return sites.some((other) => {
    const { follows } = currentGeneration(other);
    return follows?.site === name && follows.generation === generations.length;
  });
}

/** Whether a site has taken over from another, and no site was rebuilt to follow it. */
export function takesOver(contract: WorkloadContract, site: SiteContract): boolean {
  return site === contract.writer && currentGeneration(site).follows !== undefined && !isFollowed(contract, site);
}
