import { dependable, ITerraformDependable, TerraformResourceLifecycle } from "cdktf";

/**
 * How what runs in a site follows the role of the site.
 *
 * In the active site and in a standby, Terraform leaves the number of instances or tasks alone: a failover or a scaling policy sets
 * it. Two moments are different. A site that another took over from must stop. A site that is rebuilt as a standby must not go
 * on with what it ran while it was active.
 */
export interface RoleInSite {
  /**
   * Whether another site took over and this one has not been rebuilt: an apply sets the number in `capacity`.
   *
   * @default false
   */
  readonly detached?: boolean;
  /**
   * What replaces the group or service when it changes (Terraform's `replace_triggered_by`). A workload names a resource that changes
   * when the site is rebuilt as a standby.
   *
   * @default - nothing
   */
  readonly replaceTriggeredBy?: readonly ITerraformDependable[];
}

/**
 * The lifecycle of what runs at a setting that Terraform sets at creation only: a number, or a switch.
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

/** The lifecycle of what belongs to such a group or service and ends with it. */
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
