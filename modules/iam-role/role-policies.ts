import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy, IamRolePolicyConfig } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { ITerraformDependable, TerraformResource } from "cdktf";
import { Construct, IConstruct } from "constructs";
import {
  claimName,
  IAM_POLICY,
  INLINE_POLICIES,
  MANAGED_POLICY,
  mergeStatements,
  policyDocument,
  policySize,
  policyWithin,
  refuse,
  refuseLongPolicy,
  Statement,
} from "../core";
import { Site } from "../site";

/**
 * Managed policies that a role may have by default. AWS raises the quota on request.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const MANAGED_POLICIES = 10;

/** Permissions of a role. */
export interface RolePolicy {
  /** Name of the inline policy. */
  readonly name: string;
  readonly statements: readonly Statement[];
  /**
   * Construct id of the inline policy. Managed policies have a number after it.
   *
   * @default - the role's id and `Policy`
   */
  readonly id?: string;
}

/** The role that gets permissions. */
interface Permissions extends RolePolicy {
  readonly id: string;
  readonly role: IamRole;
  /** The role's name as text: managed policies are named after it. */
  readonly roleName: string;
}

/**
 * Gives a role its statements. They are inline while one managed policy could hold them, else they are in several managed policies.
 * The inline policies of other constructs, such as a function's event sources, then still fit into the role.
 *
 * @returns the policies that must exist before a service assumes the role
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function createRolePolicies(scope: Construct, given: Permissions): TerraformResource[] {
  const { id, role, roleName, name } = given;
  const statements = mergeStatements(given.statements);
  if (statements.length === 0) return [];
  if (fits(statements)) return [createInlinePolicy(scope, id, { roleName, name, role: role.name, statements })];
  const parts = divide(statements);
  if (parts.length > MANAGED_POLICIES) {
    const size = policySize(policyDocument(statements));
    const problem = `a role may have ${MANAGED_POLICIES} managed policies, '${roleName}' needs ${parts.length}, for ${size} characters`;
    refuse(scope, "PolicyTooLong", problem);
  }
  return parts.map((part, index) =>
    createManagedPolicy(scope, { ...given, id: `${id}-${index + 1}`, statements: part }),
  );
}

/** An inline policy that a construct adds to a role which exists already. */
export interface AddedPolicy {
  readonly roleName: string;
  /** Beginning of the policy's name; AWS completes it, because a role may get several. */
  readonly namePrefix: string;
  readonly statements: readonly Statement[];
  readonly dependsOn: ITerraformDependable[];
}

/** Adds an inline policy to a role of another construct. */
export function addInlinePolicy(scope: Construct, id: string, policy: AddedPolicy): TerraformResource {
  return createInlinePolicy(scope, id, { ...policy, role: policy.roleName });
}

const inlineSizes = new WeakMap<IConstruct, Map<string, number>>();

/** AWS limits the size of all inline policies of a role together. */
function createInlinePolicy(
  scope: Construct,
  id: string,
  {
    roleName,
    statements,
    ...config
  }: Omit<IamRolePolicyConfig, "policy"> & Pick<Permissions, "roleName" | "statements">,
): TerraformResource {
  const policy = policyDocument(statements);
  countInline(scope, roleName, policy);
  return new IamRolePolicy(scope, id, { ...config, policy });
}

/** Counts an inline policy of a role together with those that other constructs of the app give it. */
function countInline(scope: Construct, roleName: string, policy: string): void {
  const { account, partition } = Site.of(scope);
  const sizes = inlineSizes.get(scope.node.root) ?? new Map<string, number>();
  inlineSizes.set(scope.node.root, sizes);
  const role = `${partition} ${account} ${roleName}`;
  const size = (sizes.get(role) ?? 0) + policySize(policy);
  refuseLongPolicy(scope, INLINE_POLICIES, size);
  sizes.set(role, size);
}

function fits(statements: readonly Statement[]): boolean {
  return policySize(policyDocument(statements)) <= MANAGED_POLICY.max;
}

/** Divides statements, in their order, into as few parts as hold them. */
function divide(statements: readonly Statement[]): readonly (readonly Statement[])[] {
  const parts: Statement[][] = [[]];
  for (const statement of statements.flatMap(halve)) {
    const last = parts.at(-1)!;
    if (last.length === 0 || fits([...last, statement])) last.push(statement);
    else parts.push([statement]);
  }
  return parts;
}

/** Divides a statement that is too long for one policy into several, each with a part of its resources. */
function halve(statement: Statement): readonly Statement[] {
  const { resources = [] } = statement;
  if (resources.length < 2 || fits([statement])) return [statement];
  const middle = Math.ceil(resources.length / 2);
  return [resources.slice(0, middle), resources.slice(middle)].flatMap((half) =>
    halve({ ...statement, resources: half }),
  );
}

function createManagedPolicy(scope: Construct, { id, role, roleName, statements }: Permissions): TerraformResource {
  const name = `${roleName}-${id.slice(id.lastIndexOf("-") + 1)}`;
  claimName(scope, IAM_POLICY, name, Site.of(scope));
  const { arn: policyArn } = new IamPolicy(scope, id, {
    name,
    description: `Part of what ${roleName} may do`,
    policy: policyWithin(scope, MANAGED_POLICY, mergeStatements(statements)),
  });
  return new IamRolePolicyAttachment(scope, `${id}-Attachment`, { role: role.name, policyArn });
}
