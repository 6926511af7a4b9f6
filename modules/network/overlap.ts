import { IConstruct } from "constructs";
import { refuse } from "../core";
import { cidrsOverlap, parseCidr } from "./cidr";

/**
 * Refuses sites whose networks overlap. You could never peer them or connect them by a transit gateway. To fail back by replication over
 * private addresses, you would have to rebuild one of the two.
 *
 * @param cidrs the network of each site by the site's name
 * @see https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
 */
export function refuseOverlap(scope: IConstruct | string, cidrs: Readonly<Record<string, string>>): void {
  const sites = Object.entries(cidrs);
  for (const [site, cidr] of sites) parseCidr(scope, `sites.${site}.cidr`, cidr);
  sites.forEach(([site, cidr], index) => {
    const clash = sites.slice(index + 1).find(([, other]) => cidrsOverlap(cidr, other));
    if (clash !== undefined) {
      const [other, otherCidr] = clash;
      refuse(scope, "OverlappingCidrs", `${site} has ${cidr} and ${other} has ${otherCidr}, which overlap`);
    }
  });
}
