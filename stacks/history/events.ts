import { refuse } from "../../modules/core";
import { checkSettings } from "../shapes";

/** When something happened. */
export interface Day {
  /** Day, `YYYY-MM-DD`. */
  readonly on: string;
}

/** The workload was failed over to a site. */
export interface FailedOver extends Day {
  readonly event: "failedOver";
  readonly site: string;
}

/** A site was rebuilt as a standby of the active one, beside what it held. */
export interface Rebuilt extends Day {
  readonly event: "rebuilt";
  readonly site: string;
}

/** A site of a multi-site workload was taken out of the front door's answers. */
export interface Evacuated extends Day {
  readonly event: "evacuated";
  readonly site: string;
}

/** An evacuated site answers again. */
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

/** Something that happened to a workload, in whatever pattern it was at the time. */
export type HistoryEvent = FailedOver | Rebuilt | Evacuated | Rejoined | SiteAdded | StoreAdded;

/**
 * Records that a workload was failed over to a site.
 *
 * @throws InvalidDate, MissingSetting, UnknownSetting, WrongType
 */
export function failedOver(site: string, day: Day): FailedOver {
  return recorded({ event: "failedOver", site, ...day });
}

/**
 * Records that a site was, or is to be, rebuilt as a standby of the active one.
 *
 * @throws InvalidDate, MissingSetting, UnknownSetting, WrongType
 */
export function rebuilt(site: string, day: Day): Rebuilt {
  return recorded({ event: "rebuilt", site, ...day });
}

/**
 * Records that a site of a multi-site workload was taken out of the front door's answers, by its evacuation switch.
 *
 * @throws InvalidDate, MissingSetting, UnknownSetting, WrongType
 */
export function evacuated(site: string, day: Day): Evacuated {
  return recorded({ event: "evacuated", site, ...day });
}

/**
 * Records that an evacuated site answers again.
 *
 * @throws InvalidDate, MissingSetting, UnknownSetting, WrongType
 */
export function rejoined(site: string, day: Day): Rejoined {
  return recorded({ event: "rejoined", site, ...day });
}

/**
 * Records that a site was added to a workload that had a history. What happened before does not concern the site: it begins as a
 * standby of the site that is active by then.
 *
 * @throws InvalidDate, MissingSetting, UnknownSetting, WrongType
 */
export function siteAdded(site: string, day: Day): SiteAdded {
  return recorded({ event: "siteAdded", site, ...day });
}

/**
 * Records that a store was added to a workload that had a history. What happened before does not concern the store: its origin is in
 * the home, which must be active, with every other site as a standby.
 *
 * @throws InvalidDate, MissingSetting, UnknownSetting, WrongType
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
