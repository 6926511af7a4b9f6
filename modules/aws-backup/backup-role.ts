import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import {
  checkAccount,
  checkName,
  checkRoleTags,
  claimName,
  IAM_ROLE,
  madeBy,
  partitionOf,
  Ref,
  refuse,
  Statement,
  refuseWithout,
  trustService,
} from "../core";
import { createRole, onlyForAccount, roleArn } from "../iam-role";
import { Site } from "../site";
import { checkProps } from "./shapes";

/** Permissions of a role of AWS Backup. */
export interface BackupRolePermissions {
  /** Backs up and copies. With `false`, the role restores and does nothing else. @default true */
  readonly backup?: boolean;
  /**
   * Restores as well. AWS's policy for restores may delete volumes, create databases and write into every table of the account. Prefer a second
   * role with `backup: false`, for restores only.
   *
   * @default false
   */
  readonly restore?: boolean;
  /** Does the same for S3 buckets. AWS has separate policies for them. @default false */
  readonly s3?: boolean;
}

/** A role of AWS Backup in an account. */
export interface BackupRoleRef extends Ref, BackupRolePermissions {}

/** Identifies a role that may not exist yet. */
export interface BackupRoleRefProps extends BackupRolePermissions {
  readonly name: string;
  readonly region: string;
  readonly account: string;
}

export interface BackupRoleProps extends BackupRolePermissions {
  /** Name; unique in the account, in all regions. */
  readonly name: string;
  /**
   * ARNs of the roles of restored EC2 instances. The role may pass these roles to EC2, and no others. Needs `restore`.
   *
   * @default - none; instances are restored without a role
   */
  readonly passRoles?: readonly string[];
  /** @default - those of the site */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * AWS's managed policies, by their purpose.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html
 */
const MANAGED = {
  Backup: "service-role/AWSBackupServiceRolePolicyForBackup",
  Restores: "service-role/AWSBackupServiceRolePolicyForRestores",
  S3Backup: "AWSBackupServiceRolePolicyForS3Backup",
  S3Restore: "AWSBackupServiceRolePolicyForS3Restore",
} as const;

/**
 * The role that AWS Backup assumes to back up and copy, or to restore. It has AWS's managed policies, which AWS extends with every type of
 * resource that it adds.
 *
 * Site: any of the account. IAM is global: one role serves all regions of an account.
 * While the other site is dark: works. It can be changed only while IAM's own region answers.
 * On failover: AWS Backup restores with it, if `restore` is set. Create it before.
 * Cost: none.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html
 */
export class BackupRole extends Construct {
  /** Points to the role with a name, without creating it. */
  static refOf(props: BackupRoleRefProps): BackupRoleRef {
    return roleRef("BackupRole.refOf", props);
  }

  /** Points to this role from anywhere. */
  readonly ref: BackupRoleRef;
  readonly resource: IamRole;

  constructor(scope: Construct, id: string, props: BackupRoleProps) {
    super(scope, id);
    checkProps(this, "BackupRoleProps", props);
    const site = Site.of(this);
    const ref = roleRef(this, { ...props, region: site.region, account: site.account });
    refuseWithout(
      this,
      { passRoles: props.passRoles?.length ? props.passRoles : undefined },
      { restore: props.restore },
      "set 'restore' to true, or leave it out",
    );
    if (props.backup === false && !props.restore) {
      refuse(
        this,
        "MissingSetting",
        "'backup' is false and 'restore' is not set",
        "let the role back up, restore or both",
      );
    }
    checkRoleTags(this, "tags", props.tags, site.tags);
    claimName(this, IAM_ROLE, props.name, site);

    const { role, policies } = createRole(this, "Resource", {
      name: props.name,
      description: "AWS Backup",
      trust: trustService("backup.amazonaws.com", onlyForAccount(site.account)),
      awsPolicies: neededPolicies(props),
      policy: { id: "PassRoles", name: "pass-roles", statements: passStatements(site, props) },
      tags: props.tags,
    });
    this.resource = role;
    this.ref = madeBy(ref, role, ...policies);
  }

  get roleArn(): string {
    return this.resource.arn;
  }
}

function roleRef(scope: Construct | string, props: BackupRoleRefProps): BackupRoleRef {
  const { backup = true, region, restore = false, s3 = false } = props;
  const name = checkName(scope, "name", props.name, IAM_ROLE);
  const account = checkAccount(scope, props.account);
  return {
    name,
    arn: roleArn({ partition: partitionOf(scope, region), account, name }),
    region,
    account,
    backup,
    restore,
    s3,
  };
}

/** AWS's managed policies that the role needs, by their keys in {@link MANAGED}. */
function neededPolicies({ backup = true, restore, s3 }: BackupRoleProps): Record<string, string> {
  const needed: (keyof typeof MANAGED)[] = [];
  if (backup) needed.push("Backup");
  if (s3 && backup) needed.push("S3Backup");
  if (restore) needed.push("Restores");
  if (s3 && restore) needed.push("S3Restore");
  return Object.fromEntries(needed.map((policy) => [policy, MANAGED[policy]]));
}

function passStatements(site: Site, { passRoles = [] }: BackupRoleProps): readonly Statement[] {
  if (passRoles.length === 0) return [];
  return [
    {
      sid: "PassToRestoredInstances",
      actions: ["iam:PassRole"],
      resources: passRoles,
      conditions: { StringEquals: { "iam:PassedToService": `ec2.${site.dnsSuffix}` } },
    },
  ];
}
