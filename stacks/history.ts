import { IConstruct } from "constructs";
import { refuse } from "../modules/core";

/** The workload was failed over to a site. */
export interface FailedOver {
  readonly event: "failedOver";
  readonly site: string;
  /** Day, `YYYY-MM-DD`. */
  readonly on: string;
}

/** A site was rebuilt as a standby of the active one, beside what it held. */
export interface Rebuilt {
  readonly event: "rebuilt";
  readonly site: string;
  /** Day, `YYYY-MM-DD`. */
  readonly on: string;
}

/** Something that happened to a workload. */
export type HistoryEvent = FailedOver | Rebuilt;

/**
 * Records that a workload was failed over to a site.
 *
 * @throws InvalidDate
 */
export function failedOver(site: string, { on }: { readonly on: string }): FailedOver {
  return { event: "failedOver", site, on: checkDay("failedOver", on) };
}

/**
 * Records that a site was, or is to be, rebuilt as a standby of the active one.
 *
 * @throws InvalidDate
 */
export function rebuilt(site: string, { on }: { readonly on: string }): Rebuilt {
  return { event: "rebuilt", site, on: checkDay("rebuilt", on) };
}

function checkDay(from: string, on: string): string {
  const parsed = /^\d{4}-\d{2}-\d{2}$/.test(on) ? Date.parse(`${on}T00:00:00Z`) : Number.NaN;
  // Date.parse rolls 30 February over into March
  if (Number.isNaN(parsed) || new Date(parsed).toISOString().slice(0, 10) !== on) {
    refuse(from, "InvalidDate", `'on' must be a day, got '${on}'`);
  }
  return on;
}

/** What a site is today. */
export type Role =
  /** It takes the writes. */
  | "active"
  /** It follows the active site. */
  | "standby"
  /** It followed, or was, the site that was lost: it follows nobody until it is rebuilt. */
  | "detached";

/** One generation of what a site holds and what cannot be re-pointed in place. */
export interface Generation {
  /** From 1; names and ids of generation 2 and later carry it. */
  readonly number: number;
  /** What this generation was made a replica of. `undefined` for the home's first: it is the origin. */
  readonly follows: { readonly site: string; readonly generation: number } | undefined;
  /** Whether it takes, or once took, the writes: what was a replica has been promoted. */
  readonly promoted: boolean;
}

/** What the history makes of a site. */
export interface SiteHistory {
  readonly role: Role;
  /** Oldest first; the last is the one in use, the others are forgotten by Terraform and never destroyed. */
  readonly generations: readonly Generation[];
}

/**
 * Derives each site's role and generations from what happened.
 *
 * @param sites names, home first
 * @throws UnknownSite, FailedOverToActive, RebuiltNotDetached, HistoryOutOfOrder
 */
export function readHistory(
  scope: IConstruct,
  sites: readonly string[],
  history: readonly HistoryEvent[],
): ReadonlyMap<string, SiteHistory> {
  const [home] = sites as [string];
  const roles = new Map<string, Role>(sites.map((site) => [site, site === home ? "active" : "standby"]));
  const generations = new Map<string, Generation[]>(
    sites.map((site) => [
      site,
      [{ number: 1, follows: site === home ? undefined : { site: home, generation: 1 }, promoted: site === home }],
    ]),
  );
  const latest = (site: string) => generations.get(site)!.length;
  let active = home;

  history.forEach((entry, index) => {
    refuseImpossible(scope, sites, history, index);
    const what = `history[${index}]`;
    if (entry.event === "failedOver") {
      if (entry.site === active) {
        refuse(scope, "FailedOverToActive", `${what} fails over to '${entry.site}', which is active already`);
      }
      sites.forEach((site) => roles.set(site, site === entry.site ? "active" : "detached"));
      active = entry.site;
      const last = generations.get(active)!.pop()!;
      generations.get(active)!.push({ ...last, promoted: true });
      return;
    }
    if (roles.get(entry.site) !== "detached") {
      refuse(scope, "RebuiltNotDetached", `${what} rebuilds '${entry.site}', which is ${roles.get(entry.site)}`);
    }
    roles.set(entry.site, "standby");
    generations
      .get(entry.site)!
      .push({ number: latest(entry.site) + 1, follows: { site: active, generation: latest(active) }, promoted: false });
  });

  return new Map(sites.map((site) => [site, { role: roles.get(site)!, generations: generations.get(site)! }]));
}

function refuseImpossible(
  scope: IConstruct,
  sites: readonly string[],
  history: readonly HistoryEvent[],
  index: number,
): void {
  const { site, on } = history[index]!;
  if (!sites.includes(site)) {
    refuse(scope, "UnknownSite", `history[${index}] names '${site}', the sites are ${quoted(sites)}`);
  }
  const before = history[index - 1];
  if (before !== undefined && on < before.on) {
    refuse(
      scope,
      "HistoryOutOfOrder",
      `history[${index}] happened on ${on}, before history[${index - 1}] on ${before.on}`,
    );
  }
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(", ");
}
