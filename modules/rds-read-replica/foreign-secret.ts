import { Construct } from "constructs";
import { refuseOtherSite } from "../site";
import type { MasterUserSecret } from "./master-user-secret";

/** Refuses a secret of another site: its region may be dark when the instance's site plans. */
export function refuseForeignSecret(instance: Construct, secret: MasterUserSecret): void {
  refuseOtherSite(instance, "masterUserSecret", secret);
}
