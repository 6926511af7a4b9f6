/** What a site is today. */
export type Role =
  /** It takes the writes; in a multi-site workload, it answers. */
  | "active"
  /** It follows the active site. */
  | "standby"
  /** It followed, or was, the site that was lost: it follows nobody until it is rebuilt. */
  | "detached"
  /** It is left out of the front door's answers until it rejoins. */
  | "evacuated";

/** One generation of what a site holds and what cannot be re-pointed in place. */
export interface Generation {
  /** From 1; names and ids of generation 2 and later carry it. */
  readonly number: number;
  /** What this generation was made a replica of. `undefined` for the home's first: it is the origin. */
  readonly follows: { readonly site: string; readonly generation: number } | undefined;
  /** Whether it takes, or once took, the writes: what was a replica has been promoted. */
  readonly promoted: boolean;
}

/** Ids and names of generation 2 and later carry its number. */
export function numbered(id: string, { number }: Generation): string {
  return number > 1 ? `${id}${number}` : id;
}

/** What the history makes of a site. */
export interface SiteHistory {
  readonly role: Role;
  /** Oldest first; the last is the one in use, the others are forgotten by Terraform and never destroyed. */
  readonly generations: readonly Generation[];
}

/** Who led and who followed when all was last in order. */
export interface Succession {
  /** The site that took the writes. */
  readonly first: string;
  /** Those that could take over from it. */
  readonly standbys: readonly string[];
}

/** What the history makes of a workload. */
export interface ReadHistory {
  /** The site that takes the writes. */
  readonly writer: string;
  /** As it was before the last failover, until a site is rebuilt. */
  readonly succession: Succession;
  readonly sites: ReadonlyMap<string, SiteHistory>;
}
