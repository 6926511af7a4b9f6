import { ITerraformDependable } from "cdktf";
import { IConstruct } from "constructs";
import { refuseBoth } from "../core";
import { lifecycleOfSetting, lifecycleOfPart } from "../site";

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
  /**
   * What replaces the source in a standby when it changes (Terraform's `replace_triggered_by`). A workload names a resource that changes
   * when the site becomes a standby again: the new source is off, whatever the old one was.
   *
   * @default - nothing
   */
  readonly replaceTriggeredBy?: readonly ITerraformDependable[];
}

export function checkActivity(scope: IConstruct, { active, detached }: SourceActivity): void {
  refuseBoth(scope, { active, detached }, "leave one of them out: a site that is active is not detached");
}

/** Where a failover may have turned the switch, it is not Terraform's. */
export function isStandby({ active, detached = false }: SourceActivity): boolean {
  return !active && !detached;
}

/** What a resource's lifecycle says of its switch. */
export function switchLifecycle(activity: SourceActivity, attribute: string) {
  return isStandby(activity) ? lifecycleOfSetting(activity, attribute) : undefined;
}

/** The lifecycle of what belongs to a source, and has to go before it. */
export function partLifecycle(activity: SourceActivity) {
  return isStandby(activity) ? lifecycleOfPart(activity) : undefined;
}
