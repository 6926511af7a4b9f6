import { IConstruct } from "constructs";
import { RefusalCode, Ref, refuse } from "../core";
import { refuseRepeated } from "./placement-checks";
import { Site } from "./site";

/**
 * Refuses something of another region or account than the site's.
 *
 * @param what its name, as the user wrote it: `"'cluster'"`, `"the table 'orders'"`
 * @param remedy the remedy, if it is more specific than the catalogue's
 */
export function refuseForeignRef(
  scope: IConstruct,
  what: string,
  { region, account }: Pick<Ref, "region" | "account">,
  remedy?: string,
): void {
  const site = Site.of(scope);
  if (region === site.region && account === site.account) return;
  refuse(scope, "WrongSite", `${what} is in ${placeOf({ region, account })}, the site is ${placeOf(site)}`, remedy);
}

/** The refusal of a check, if it differs from `WrongSite` and the remedy of the catalogue. */
export interface PlaceRefusal {
  /** @default "WrongSite" */
  readonly code?: RefusalCode;
  /** @default - the remedy of the catalogue */
  readonly remedy?: string;
}

/** Refuses something of another region than the site's. Its account does not matter. */
export function refuseForeignRegion(
  scope: IConstruct,
  what: string,
  region: string,
  { code = "WrongSite", remedy }: PlaceRefusal = {},
): void {
  const { region: own } = Site.of(scope);
  if (region !== own) refuse(scope, code, `${what} is in '${region}', the site is '${own}'`, remedy);
}

/** Refuses something of another account than the site's. Its region does not matter. */
export function refuseForeignAccount(
  scope: IConstruct,
  what: string,
  account: string,
  { code = "WrongSite", remedy }: PlaceRefusal = {},
): void {
  const { account: own } = Site.of(scope);
  if (account !== own) refuse(scope, code, `${what} is of account '${account}', the site is of '${own}'`, remedy);
}

/**
 * Refuses a construct of another site: the region of that site may be unavailable when this one is planned.
 *
 * @param property the property that the user set
 */
export function refuseOtherSite(scope: IConstruct, property: string, other: IConstruct, remedy?: string): void {
  const [there, here] = [Site.of(other), Site.of(scope)];
  if (there !== here) {
    refuse(scope, "WrongSite", `'${property}' is in ${there.node.path}, the site is ${here.node.path}`, remedy);
  }
}

/**
 * Refuses a copy in the region of its source.
 *
 * @param source the original, as the user wrote it
 */
export function refuseSourceRegion(
  scope: IConstruct,
  source: string,
  [sourceRegion, copyRegion]: readonly [string, string],
  remedy?: string,
): void {
  if (sourceRegion === copyRegion) {
    refuse(scope, "ReplicaInSourceRegion", `${source} and its copy are both in '${copyRegion}'`, remedy);
  }
}

/** Refuses a list of regions for copies that names the source's own region, or one region twice. */
export function refuseRegionsOfCopies(
  scope: IConstruct | string,
  property: string,
  regions: readonly string[],
  source: string,
): void {
  if (regions.includes(source)) {
    refuse(scope, "ReplicaInSourceRegion", `'${property}' must name other regions, got the source's own '${source}'`);
  }
  refuseRepeated(scope, property, regions);
}

/** Refuses a copy in another account than its source's. */
export function refuseOtherAccount(
  scope: IConstruct,
  source: string,
  [sourceAccount, copyAccount]: readonly [string, string],
  remedy?: string,
): void {
  if (sourceAccount !== copyAccount) {
    const problem = `${source} is in account '${sourceAccount}', its copy in '${copyAccount}'`;
    refuse(scope, "ReplicaInOtherAccount", problem, remedy);
  }
}

function placeOf({ region, account }: Pick<Ref, "region" | "account">): string {
  return `'${region}' of '${account}'`;
}
