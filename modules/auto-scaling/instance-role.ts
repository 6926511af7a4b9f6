import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { fittingName, IAM_ROLE, Statement, trustService } from "../core";
import { Site } from "../site";
import { createRolePolicies } from "../site/role-policies";

/** What instances may do. */
export interface InstancePermissions {
  /** By the name their attachment has here. */
  readonly managedPolicyArns: Readonly<Record<string, string>>;
  readonly statements: readonly Statement[];
}

/** The role of a group's instances, and what must exist before the first of them starts. */
export interface InstanceRole {
  readonly role: IamRole;
  readonly profile: IamInstanceProfile;
  readonly policies: ITerraformDependable[];
}

/** What Session Manager and Patch Manager need, instead of SSH. */
export function sessionManagerPolicy(site: Site): string {
  return `arn:${site.partition}:iam::aws:policy/AmazonSSMManagedInstanceCore`;
}

/** Roles belong to the whole account: the region keeps two sites of one account apart. */
export function instanceRoleName(site: Site, groupName: string): string {
  return fittingName(IAM_ROLE, groupName.replace(/[^\w+=,.@-]/g, "-"), site.region);
}

/** @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/us-iam-role.html */
export function createInstanceRole(scope: Construct, groupName: string, allowed: InstancePermissions): InstanceRole {
  const site = Site.of(scope);
  const name = instanceRoleName(site, groupName);
  const role = new IamRole(scope, "Role", {
    name,
    description: `Instances of ${groupName}`,
    assumeRolePolicy: trustService(`ec2.${site.dnsSuffix}`),
  });
  const attached = Object.entries(allowed.managedPolicyArns).map(
    ([key, policyArn]) => new IamRolePolicyAttachment(scope, `ManagedPolicy-${key}`, { role: role.name, policyArn }),
  );
  const { statements } = allowed;
  const own = createRolePolicies(scope, "RolePolicy", { role, roleName: name, name: "instances", statements });
  const profile = new IamInstanceProfile(scope, "InstanceProfile", { name, role: role.name });
  return { role, profile, policies: [...attached, ...own] };
}
