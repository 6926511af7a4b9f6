import { IConstruct } from "constructs";
import { refuse } from "../core";

/** Whether a source of events is read in this site. */
export interface SourceActivity {
  /**
   * Whether the site is the active one. A source is created switched on where it is, and off elsewhere. In a standby Terraform then
   * leaves the switch alone, so that no apply undoes a failover that is not recorded yet.
   */
  readonly active: boolean;
  /**
   * Says that the site was active, and another took over: an apply switches the source off, which nobody could while the region was
   * dark. Leave it out again when the site is a standby.
   *
   * @default false
   */
  readonly detached?: boolean;
}

/** @throws ConflictingSettings */
export function checkActivity(scope: IConstruct, { active, detached }: SourceActivity): void {
  if (active && detached) {
    refuse(
      scope,
      "ConflictingSettings",
      "'active' and 'detached' are both set",
      "a site that is active is not detached",
    );
  }
}

/** Where a failover may have turned the switch, it is not Terraform's. */
export function isStandby({ active, detached = false }: SourceActivity): boolean {
  return !active && !detached;
}

/** What a resource's lifecycle says of its switch. */
export function switchLifecycle(activity: SourceActivity, attribute: string) {
  return isStandby(activity) ? { ignoreChanges: [attribute] } : undefined;
}
