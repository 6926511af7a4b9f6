import { Site, SiteProps } from "../../../modules/site";
import { SEOUL } from "../synth";

/** A construct, and properties that are right, which a test replaces one by one. */
export interface ConstructCase {
  readonly place: SiteProps;
  readonly props: object;
  /** Creates it, in a site of the place. */
  readonly make: (site: Site, props: object) => unknown;
}

export function of<P extends object>(
  props: P,
  make: (site: Site, props: P) => unknown,
  place: SiteProps = SEOUL,
): ConstructCase {
  return { place, props, make: (site, given) => make(site, given as P) };
}
