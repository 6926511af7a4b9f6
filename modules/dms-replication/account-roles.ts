import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import { checkAccount, claimName, IAM_ROLE, madeBy, partitionOf, Ref, refuse, trustService } from "../core";
import { createRole, roleArn } from "../iam-role";
import { Site } from "../site";
import { checkProps } from "./shapes";

/** Names DMS looks for; they cannot be others. */
export type AccountRoleName = "dms-vpc-role" | "dms-cloudwatch-logs-role" | "dms-access-for-endpoint";

/**
 * What DMS insists on, with the policies AWS keeps for them.
 *
 * @see https://docs.aws.amazon.com/dms/latest/userguide/security-iam.html#CHAP_Security.APIRole
 */
const ROLES: Readonly<
  Record<AccountRoleName, { readonly child: string; readonly policy: string; readonly why: string }>
> = {
  "dms-vpc-role": {
    child: "Vpc",
    policy: "service-role/AmazonDMSVPCManagementRole",
    why: "Network interfaces of DMS replication instances",
  },
  "dms-cloudwatch-logs-role": {
    child: "Logs",
    policy: "service-role/AmazonDMSCloudWatchLogsRole",
    why: "Logs of DMS tasks",
  },
  "dms-access-for-endpoint": {
    child: "Endpoint",
    policy: "service-role/AmazonDMSRedshiftS3Role",
    why: "Files of DMS on their way into Amazon Redshift",
  },
};

/** The account's roles for DMS, pointed to: by `name` and `arn` the first of them, `dms-vpc-role`. */
export interface AccountRolesRef extends Ref {
  readonly name: "dms-vpc-role";
  /** IAM has no region. */
  readonly region: "aws-global";
}

export interface AccountRolesProps {
  /**
   * Roles the account has already, for example because somebody used the DMS console. Terraform takes them over with the
   * first apply (an `import` block) instead of creating them.
   *
   * @default - none: all three are created
   */
  readonly adopt?: readonly AccountRoleName[];
}

/**
 * The three roles DMS looks for under fixed names in an account: for network interfaces, for logs, for Redshift. They are
 * global to the account, so one site creates them for all sites of it; the others say that they exist, with
 * `AccountRoles.refOf`.
 *
 * Site: one for each account, the home by choice.
 * While the other site is dark: the roles work; IAM is changed in one region, so they cannot be created or changed while that one is dark.
 * On failover: nothing happens.
 * Cost: none.
 *
 * @throws OutsideSite, NameTaken
 * @see https://docs.aws.amazon.com/dms/latest/userguide/security-iam.html#CHAP_Security.APIRole
 */
export class AccountRoles extends Construct {
  /** Says that the account has the roles: made by another stack, by the DMS console, or by hand. */
  static refOf(at: { readonly region: string; readonly account: string }): AccountRolesRef {
    const path = "AccountRoles.refOf";
    const partition = partitionOf(path, at.region);
    return accountRolesRef(partition, checkAccount(path, at.account));
  }

  /** Points to the roles from any site of the account. */
  readonly ref: AccountRolesRef;
  /** The roles by name. */
  readonly roles: Readonly<Record<AccountRoleName, IamRole>>;

  constructor(scope: Construct, id: string, props: AccountRolesProps = {}) {
    super(scope, id);
    checkProps(this, "AccountRolesProps", props);
    const site = Site.of(this);
    for (const name of roleNames()) claimName(this, IAM_ROLE, name, site);

    const made = roleNames().map((name) => createAccountRole(this, name, props));
    this.roles = Object.fromEntries(made.map(({ name, role }) => [name, role])) as Record<AccountRoleName, IamRole>;
    this.ref = madeBy(
      accountRolesRef(site.partition, site.account),
      ...made.flatMap(({ role, policies }) => [role, ...policies]),
    );
  }
}

/** The roles have to be those of the site's account. @throws WrongSite */
export function refuseForeignRoles(scope: Construct, roles: AccountRolesRef): void {
  const { account } = Site.of(scope);
  if (roles.account !== account) {
    refuse(
      scope,
      "WrongSite",
      `'accountRoles' must be those of the site's account '${account}', got those of '${roles.account}'`,
      "create AccountRoles in that account, or say they exist with AccountRoles.refOf",
    );
  }
}

function accountRolesRef(partition: string, account: string): AccountRolesRef {
  return {
    name: "dms-vpc-role",
    arn: roleArn({ partition, account, name: "dms-vpc-role" }),
    region: "aws-global",
    account,
  };
}

function roleNames(): readonly AccountRoleName[] {
  return Object.keys(ROLES) as AccountRoleName[];
}

function createAccountRole(scope: AccountRoles, name: AccountRoleName, { adopt = [] }: AccountRolesProps) {
  const { child, policy, why } = ROLES[name];
  const { role, policies } = createRole(scope, `${child}Role`, {
    name,
    description: why,
    trust: trustFor(name, Site.of(scope).account),
    awsPolicies: { [`${child}Policy`]: policy },
  });
  if (adopt.includes(name)) role.importFrom(name);
  return { name, role, policies };
}

/** Redshift takes the role for endpoints too, to read the files; it sets no condition key. */
function trustFor(name: AccountRoleName, account: string): string {
  return name === "dms-access-for-endpoint"
    ? trustService(["dms.amazonaws.com", "redshift.amazonaws.com"])
    : trustService("dms.amazonaws.com", { StringEquals: { "aws:SourceAccount": account } });
}
