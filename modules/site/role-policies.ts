import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { TerraformResource } from "cdktf";
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
import { Site } from "."; // as any other module that uses this file

/**
 * Managed policies that a role may have by default; the quota can be raised.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const MANAGED_POLICIES = 10;

/** What a role may do. */
export interface RolePolicies {
  readonly role: IamRole;
  /** The role's name as text: managed policies are named after it. */
  readonly roleName: string;
  /** Name of the inline policy. */
  readonly name: string;
  readonly statements: readonly Statement[];
}

/**
 * Gives a role its statements: inline while one managed policy could hold them, else in several managed policies. The inline policies of
 * other constructs, such as a function's event sources, then still fit into the role.
 *
 * @param id of the inline policy; managed ones have a number after it
 * @returns what must exist before a service takes the role
 * @throws PolicyTooLong, NameTaken
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function createRolePolicies(scope: Construct, id: string, given: RolePolicies): TerraformResource[] {
  const { role, roleName, name } = given;
  const statements = mergeStatements(given.statements);
  if (statements.length === 0) return [];
  if (fits(statements)) {
    const policy = policyDocument(statements);
    countInline(scope, roleName, policy);
    return [new IamRolePolicy(scope, id, { name, role: role.name, policy })];
  }
  const parts = divide(statements);
  if (parts.length > MANAGED_POLICIES) {
    const size = policySize(policyDocument(statements));
    const problem = `a role may have ${MANAGED_POLICIES} managed policies, '${roleName}' needs ${parts.length}, for ${size} characters`;
    refuse(scope, "PolicyTooLong", problem);
  }
  return parts.flatMap((part, index) => attach(scope, `${id}-${index + 1}`, given, part));
}

const inlineSizes = new WeakMap<IConstruct, Map<string, number>>();

/**
 * Counts an inline policy of a role together with those that other constructs of the app give it.
 *
 * @throws PolicyTooLong
 */
export function countInline(scope: Construct, roleName: string, policy: string): void {
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

/** Statements in their order, in as few parts as hold them. */
function divide(statements: readonly Statement[]): readonly (readonly Statement[])[] {
  const parts: Statement[][] = [[]];
  for (const statement of statements.flatMap(halve)) {
    const last = parts.at(-1)!;
    if (last.length === 0 || fits([...last, statement])) last.push(statement);
    else parts.push([statement]);
  }
  return parts;
}

/** A statement too long for one policy allows its resources in several. */
function halve(statement: Statement): readonly Statement[] {
  const { resources = [] } = statement;
  if (resources.length < 2 || fits([statement])) return [statement];
  const middle = Math.ceil(resources.length / 2);
  return [resources.slice(0, middle), resources.slice(middle)].flatMap((half) =>
    halve({ ...statement, resources: half }),
  );
}

function attach(
  scope: Construct,
  id: string,
  { role, roleName }: RolePolicies,
  statements: readonly Statement[],
): TerraformResource[] {
  const name = `${roleName}-${id.slice(id.lastIndexOf("-") + 1)}`;
  claimName(scope, IAM_POLICY, name, Site.of(scope));
  const { arn: policyArn } = new IamPolicy(scope, id, {
    name,
    description: `Part of what ${roleName} may do`,
    policy: policyWithin(scope, MANAGED_POLICY, mergeStatements(statements)),
  });
  return [new IamRolePolicyAttachment(scope, `${id}-Attachment`, { role: role.name, policyArn })];
}
