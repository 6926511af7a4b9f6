import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { arn } from "../core";
import { Site } from "../site";
import { createRolePolicies, RolePolicy } from "./role-policies";

/** Settings of a role. The caller checks and claims the name before it creates anything. */
export interface RoleSettings {
  /** Name; unique in the account. */
  readonly name: string;
  /** The role's job, for people who read it in IAM. */
  readonly description: string;
  /** Trust policy, as `trustService` writes it. */
  readonly trust: string;
  /**
   * Managed policies that AWS maintains, such as `service-role/AmazonDMSVPCManagementRole`, by the construct id of the attachment.
   *
   * @default - none
   */
  readonly awsPolicies?: Readonly<Record<string, string>>;
  /**
   * Detaches policies of other stacks when Terraform deletes the role.
   *
   * @default false
   */
  readonly forceDetachPolicies?: boolean;
  /**
   * ARNs of customer managed policies, each under a name that never changes.
   *
   * @default - none
   */
  readonly managedPolicyArns?: Readonly<Record<string, string>>;
  /**
   * The permissions of the role.
   *
   * @default - those of the managed policies
   */
  readonly policy?: RolePolicy;
  /** @default - those of the site */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A role, and the policies that must exist before a service assumes it. */
export interface CreatedRole {
  readonly role: IamRole;
  readonly policies: TerraformResource[];
}

/**
 * Creates a role with its policies. Every role of the library is created here.
 *
 * @param id construct id of the role; the policy's id is `<id>Policy` by default
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html
 */
export function createRole(scope: Construct, id: string, settings: RoleSettings): CreatedRole {
  const { name, description, trust, forceDetachPolicies, policy, tags } = settings;
  const role = new IamRole(scope, id, {
    name,
    description,
    assumeRolePolicy: trust,
    forceDetachPolicies,
    tags: tags && { ...tags },
  });
  const policies = [
    ...attachAwsPolicies(scope, role, settings.awsPolicies),
    ...attachManagedPolicies(scope, role, settings.managedPolicyArns),
    ...(policy === undefined ? [] : createRolePolicies(scope, { id: `${id}Policy`, role, roleName: name, ...policy })),
  ];
  return { role, policies };
}

/** Attaches customer managed policies to a role, by name. */
export function attachManagedPolicies(
  scope: Construct,
  role: IamRole,
  arns: Readonly<Record<string, string>> = {},
): TerraformResource[] {
  return Object.entries(arns).map(([name, policyArn]) => attach(scope, `ManagedPolicy-${name}`, role, policyArn));
}

function attachAwsPolicies(
  scope: Construct,
  role: IamRole,
  policies: Readonly<Record<string, string>> = {},
): TerraformResource[] {
  const { partition } = Site.of(scope);
  return Object.entries(policies).map(([id, policy]) =>
    attach(scope, id, role, `arn:${partition}:iam::aws:policy/${policy}`),
  );
}

function attach(scope: Construct, id: string, role: IamRole, policyArn: string): TerraformResource {
  return new IamRolePolicyAttachment(scope, id, { role: role.name, policyArn });
}

/** ARN of a role that this library creates under a name. It is known before the role exists. */
export function roleArn({
  partition,
  account,
  name,
}: {
  readonly partition: string;
  readonly account: string;
  readonly name: string;
}): string {
  return arn({ partition, service: "iam", account, resource: `role/${name}` });
}
