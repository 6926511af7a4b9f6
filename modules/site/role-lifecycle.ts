import { dependable, ITerraformDependable, TerraformResourceLifecycle } from "cdktf";

/**
 * How the workload of a site follows the role of the site.
 *
 * Terraform ignores the number of instances or tasks in the active site and in a standby. A failover or a scaling policy sets it. Two
 * cases are different. A site must stop if another site has taken over. A site that is rebuilt as a standby must not keep the number it
 * had while it was active.
 */
export interface RoleInSite {
  /**
   * Whether another site took over and this one has not been rebuilt: an apply sets the number in `capacity`.
   *
   * @default false
   */
  readonly detached?: boolean;
  /**
   * Resource whose change replaces the group or service (Terraform's `replace_triggered_by`). A workload names a resource that changes
   * when the site is rebuilt as a standby.
   *
   * @default - nothing
   */
  readonly replaceTriggeredBy?: readonly ITerraformDependable[];
}

/**
 * Lifecycle of a resource with a setting that Terraform sets only at creation: a number or a switch.
 *
 * @param setting argument that holds it
 * @see https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#replace_triggered_by
 */
export function lifecycleOfSetting(
  { detached = false, replaceTriggeredBy }: RoleInSite,
  setting: string,
): TerraformResourceLifecycle | undefined {
  const ignoreChanges = detached ? undefined : [setting];
  return lifecycle({ ignoreChanges, replaceTriggeredBy });
}

/** Lifecycle of a part that belongs to such a group or service and ends with it. */
export function lifecycleOfPart({ replaceTriggeredBy }: RoleInSite): TerraformResourceLifecycle | undefined {
  return lifecycle({ replaceTriggeredBy });
}

function lifecycle({
  ignoreChanges,
  replaceTriggeredBy = [],
}: {
  readonly ignoreChanges?: string[];
  readonly replaceTriggeredBy?: readonly ITerraformDependable[];
}): TerraformResourceLifecycle | undefined {
  if (ignoreChanges === undefined && replaceTriggeredBy.length === 0) return undefined;
  return {
    ignoreChanges,
    // an address as `depends_on` has it: Terraform takes no interpolation here
    replaceTriggeredBy: replaceTriggeredBy.length > 0 ? replaceTriggeredBy.map(dependable) : undefined,
  };
}
