import { ITerraformDependable } from "cdktf";
import { IConstruct } from "constructs";
import { refuseBoth } from "../core";
import { lifecycleOfSetting, lifecycleOfPart } from "../site";

/** Whether a source of events is read in this site. */
export interface SourceActivity {
  /**
   * Whether the site is the active one. A source is created enabled in the active site and disabled in a standby. In a standby, Terraform
   * ignores later changes of the switch. An apply therefore does not undo a failover that is not recorded yet.
   */
  readonly active: boolean;
  /**
   * Says that the site was active until another site took over. An apply then disables the source, which was impossible while the region
   * was unavailable. Remove the setting when the site is a standby.
   *
   * @default false
   */
  readonly detached?: boolean;
  /**
   * Resource whose change replaces the source in a standby (Terraform's `replace_triggered_by`). Name a resource that changes when the
   * site becomes a standby again. The new source is disabled, also if the old one was enabled.
   *
   * @default - nothing
   */
  readonly replaceTriggeredBy?: readonly ITerraformDependable[];
}

export function checkActivity(scope: IConstruct, { active, detached }: SourceActivity): void {
  refuseBoth(scope, { active, detached }, "leave one of them out: a site that is active is not detached");
}

/** Terraform ignores the switch if a failover may have changed it. */
export function isStandby({ active, detached = false }: SourceActivity): boolean {
  return !active && !detached;
}

/** Lifecycle settings of a resource for its switch. */
export function switchLifecycle(activity: SourceActivity, attribute: string) {
  return isStandby(activity) ? lifecycleOfSetting(activity, attribute) : undefined;
}

/** Lifecycle of a resource that belongs to a source and must be destroyed before it. */
export function partLifecycle(activity: SourceActivity) {
  return isStandby(activity) ? lifecycleOfPart(activity) : undefined;
}
