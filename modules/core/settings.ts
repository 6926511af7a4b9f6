import { IConstruct } from "constructs";
import { refuse, REFUSALS } from "./errors";

/**
 * Refuses two settings of which only one can be given.
 *
 * @param settings by their names, as the user gave them; `undefined` and `false` count as left out
 * @param remedy the remedy, if it is more specific than the catalogue's
 */
export function refuseBoth(
  scope: IConstruct | string,
  settings: Readonly<Record<string, unknown>>,
  remedy?: string,
): void {
  const [one, other] = givenOf(settings);
  if (other !== undefined) refuse(scope, "ConflictingSettings", `'${one!}' and '${other}' are both given`, remedy);
}

/**
 * Refuses settings of which none is given, although one is needed.
 *
 * @param settings by their names, as the user gave them; `undefined` and `false` count as left out
 */
export function refuseNone(
  scope: IConstruct | string,
  settings: Readonly<Record<string, unknown>>,
  remedy = "give one of them",
): void {
  if (givenOf(settings).length > 0) return;
  const names = Object.keys(settings).map((name) => `'${name}'`);
  const problem = names.length === 1 ? `${names[0]!} is not given` : `neither ${names.join(" nor ")} is given`;
  refuse(scope, "MissingSetting", problem, remedy);
}

/**
 * Refuses a setting that is given without any of those that it needs.
 *
 * @param settings the one that needs others, by its name; `undefined` and `false` count as left out
 * @param needed the settings of which it needs one, by their names
 */
export function refuseWithout(
  scope: IConstruct | string,
  settings: Readonly<Record<string, unknown>>,
  needed: Readonly<Record<string, unknown>>,
  remedy: string = REFUSALS.MissingSetting,
): void {
  const [given] = givenOf(settings);
  if (given === undefined || givenOf(needed).length > 0) return;
  const names = Object.keys(needed).map((name) => `'${name}'`);
  refuse(scope, "MissingSetting", `'${given}' is given without ${names.join(" or ")}`, remedy);
}

/** Refuses a list or an object without items. */
export function refuseEmpty(
  scope: IConstruct | string,
  property: string,
  items: object,
  remedy = "name at least one",
): void {
  if (Object.keys(items).length === 0) refuse(scope, "MissingSetting", `'${property}' is empty`, remedy);
}

function givenOf(settings: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(settings).filter((name) => settings[name] !== undefined && settings[name] !== false);
}
