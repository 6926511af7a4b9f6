import { refuse } from "../../modules/core";
import { checkSettings } from "../shapes";

/** The day of an event. */
export interface Day {
  /** Day, `YYYY-MM-DD`. */
  readonly on: string;
}

/** The workload was failed over to a site. */
export interface FailedOver extends Day {
  readonly event: "failedOver";
  readonly site: string;
}

/** A site was rebuilt as a standby of the writer. The resources that it had before still exist. */
export interface Rebuilt extends Day {
  readonly event: "rebuilt";
  readonly site: string;
}

/** The front door no longer sends users to a site of a multi-site workload. */
export interface Evacuated extends Day {
  readonly event: "evacuated";
  readonly site: string;
}

/** An evacuated site answers users again. */
export interface Rejoined extends Day {
  readonly event: "rejoined";
  readonly site: string;
}

/** A site was added after the workload had a history. */
export interface SiteAdded extends Day {
  readonly event: "siteAdded";
  readonly site: string;
}

/** A store was added after the workload had a history. */
export interface StoreAdded extends Day {
  readonly event: "storeAdded";
  readonly store: string;
}

/** An event of a workload, in any pattern. */
export type HistoryEvent = FailedOver | Rebuilt | Evacuated | Rejoined | SiteAdded | StoreAdded;

/** Records that a workload was failed over to a site. */
export function failedOver(site: string, day: Day): FailedOver {
  return recorded({ event: "failedOver", site, ...day });
}

/** Records that a site was, or is to be, rebuilt as a standby of the writer. */
export function rebuilt(site: string, day: Day): Rebuilt {
  return recorded({ event: "rebuilt", site, ...day });
}

/**
 * Records that the front door no longer sends users to a site of a multi-site workload, because its evacuation switch
 * was tripped.
 */
export function evacuated(site: string, day: Day): Evacuated {
  return recorded({ event: "evacuated", site, ...day });
}

/** Records that an evacuated site answers again. */
export function rejoined(site: string, day: Day): Rejoined {
  return recorded({ event: "rejoined", site, ...day });
}

/**
 * Records that a site was added to a workload with a history. Earlier events do not affect the site: it begins as a
 * standby of the current writer.
 */
export function siteAdded(site: string, day: Day): SiteAdded {
  return recorded({ event: "siteAdded", site, ...day });
}

/**
 * Records that a store was added to a workload with a history. Earlier events do not affect the store: it begins in the
 * home. The home must be the writer, and every other site a standby.
 */
export function storeAdded(store: string, day: Day): StoreAdded {
  return recorded({ event: "storeAdded", store, ...day });
}

function recorded<E extends HistoryEvent>(entry: E): E {
  const { event, on } = entry;
  checkSettings(event, "HistoryEvent", entry);
  const parsed = /^\d{4}-\d{2}-\d{2}$/.test(on) ? Date.parse(`${on}T00:00:00Z`) : Number.NaN;
  // Date.parse rolls 30 February over into March
  if (Number.isNaN(parsed) || new Date(parsed).toISOString().slice(0, 10) !== on) {
    refuse(event, "InvalidDate", `'on' must be a day, got '${on}'`);
  }
  return entry;
}
