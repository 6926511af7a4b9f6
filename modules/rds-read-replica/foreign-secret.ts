import { Construct } from "constructs";
import { refuse } from "../core";
import { Site } from "../site";
import type { MasterUserSecret } from "./master-user-secret";

/**
 * Refuses a secret of another site: its region may be dark when the instance's site plans.
 *
 * @throws WrongSite
 */
export function refuseForeignSecret(instance: Construct, secret: MasterUserSecret): void {
  const [home, here] = [Site.of(secret), Site.of(instance)];
  if (home !== here) {
    refuse(instance, "WrongSite", `'masterUserSecret' stands in ${home.node.path}, the instance in ${here.node.path}`);
  }
}
