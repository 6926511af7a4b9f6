/** The role of a site, derived from the history. */
export type Role =
  /** It is the writer; in a multi-site workload, it answers. */
  | "active"
  /** It follows the writer. */
  | "standby"
  /** It was the lost writer or followed it. It follows no site until it is rebuilt. */
  | "detached"
  /** The front door sends it no users until it rejoins. */
  | "evacuated";

/** One life of something that cannot be re-pointed in place, such as a database instance. */
export interface Generation {
  /** From 1. Names and ids of generation 2 and later carry it. */
  readonly number: number;
  /**
   * The source of which this generation is a replica. `undefined` for the first generation of the home, which is the
   * origin.
   */
  readonly follows: { readonly site: string; readonly generation: number } | undefined;
  /** Whether it takes the writes, or once took them. A replica that takes the writes has been promoted. */
  readonly promoted: boolean;
}

/** The id of a generation. Ids of generation 2 and later carry its number. */
export function numbered(id: string, { number }: Generation): string {
  return number > 1 ? `${id}${number}` : id;
}

/** The history of one site. */
export interface SiteHistory {
  readonly role: Role;
  /** Oldest first. The last one is in use. Terraform drops the others from state and never destroys them. */
  readonly generations: readonly Generation[];
}

/** The order of the sites when every site last had its role. */
export interface Succession {
  /** The site that took the writes. */
  readonly first: string;
  /** The sites that could take over from it. */
  readonly standbys: readonly string[];
}

/** The history of a workload, as its sites and stores need it. */
export interface ReadHistory {
  /** The site that takes the writes. */
  readonly writer: string;
  /** The order before the last failover, until a site is rebuilt. */
  readonly succession: Succession;
  readonly sites: ReadonlyMap<string, SiteHistory>;
}
