import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { Construct } from "constructs";
import { denySwitches, fittingName, IAM_ROLE, Statement, trustService } from "../core";
import { CreatedRole, createRole } from "../iam-role";
import { Site } from "../site";

/** Permissions of instances. */
export interface InstancePermissions {
  /** ARNs by the name of their attachment. */
  readonly managedPolicyArns: Readonly<Record<string, string>>;
  readonly statements: readonly Statement[];
  readonly mayTripSwitches: boolean;
  readonly sessionManager: boolean;
}

/** The role of a group's instances, with its instance profile. The policies must exist before the first instance starts. */
export interface InstanceRole extends CreatedRole {
  readonly profile: IamInstanceProfile;
}

/**
 * Permissions of the SSM agent for Session Manager and Patch Manager, instead of SSH. They are AWS's `AmazonSSMManagedInstanceCore` without
 * `ssm:GetParameter` and `ssm:GetParameters`, which that policy allows on every parameter of the account.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSSMManagedInstanceCore.html
 */
const SESSION_MANAGER: readonly Statement[] = [
  {
    sid: "ManagedInstance",
    actions: [
      "ssm:DescribeAssociation",
      "ssm:DescribeDocument",
      "ssm:GetDeployablePatchSnapshotForInstance",
      "ssm:GetDocument",
      "ssm:GetManifest",
      "ssm:ListAssociations",
      "ssm:ListInstanceAssociations",
      "ssm:PutComplianceItems",
      "ssm:PutConfigurePackageResult",
      "ssm:PutInventory",
      "ssm:UpdateAssociationStatus",
      "ssm:UpdateInstanceAssociationStatus",
      "ssm:UpdateInstanceInformation",
    ],
    resources: ["*"],
  },
  {
    sid: "SessionChannels",
    actions: [
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
    ],
    resources: ["*"],
  },
  {
    // only agents before 3.3.40.0 call them
    sid: "OldAgentMessages",
    actions: [
      "ec2messages:AcknowledgeMessage",
      "ec2messages:DeleteMessage",
      "ec2messages:FailMessage",
      "ec2messages:GetEndpoint",
      "ec2messages:GetMessages",
      "ec2messages:SendReply",
    ],
    resources: ["*"],
  },
];

/** Role names are unique in the account. The region separates two sites of one account. */
export function instanceRoleName(site: Site, groupName: string): string {
  return fittingName(IAM_ROLE, groupName.replace(/[^\w+=,.@-]/g, "-"), site.region);
}

/** @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/us-iam-role.html */
export function createInstanceRole(scope: Construct, groupName: string, allowed: InstancePermissions): InstanceRole {
  const site = Site.of(scope);
  const name = instanceRoleName(site, groupName);
  const made = createRole(scope, "Role", {
    name,
    description: `Instances of ${groupName}`,
    trust: trustService(`ec2.${site.dnsSuffix}`),
    managedPolicyArns: allowed.managedPolicyArns,
    policy: {
      name: "instances",
      statements: [
        ...(allowed.sessionManager ? SESSION_MANAGER : []),
        ...allowed.statements,
        ...(allowed.mayTripSwitches ? [] : [denySwitches()]),
      ],
    },
  });
  const profile = new IamInstanceProfile(scope, "InstanceProfile", { name, role: made.role.name });
  return { ...made, profile };
}
