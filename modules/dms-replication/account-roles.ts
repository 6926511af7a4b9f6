import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import { checkAccount, claimName, IAM_ROLE, madeBy, partitionOf, Ref, trustService } from "../core";
import { createRole, onlyForAccount, roleArn } from "../iam-role";
import { refuseForeignAccount, Site } from "../site";
import { checkProps } from "./shapes";

/** The names that DMS looks for. No other names work. */
export type AccountRoleName = "dms-vpc-role" | "dms-cloudwatch-logs-role" | "dms-access-for-endpoint";

/**
 * The roles that DMS requires, with the policies that AWS maintains for them.
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

/** Points to the account's roles for DMS. `name` and `arn` are those of the first, `dms-vpc-role`. */
export interface AccountRolesRef extends Ref {
  readonly name: "dms-vpc-role";
  /** IAM has no region. */
  readonly region: "aws-global";
}

export interface AccountRolesProps {
  /**
   * Roles that the account has already, for example because an operator used the DMS console. Terraform imports them with the first apply
   * (an `import` block) instead of creating them.
   *
   * @default - none: all three are created
   */
  readonly adopt?: readonly AccountRoleName[];
}

/**
 * The three roles that DMS looks for in an account under fixed names: for network interfaces, for logs and for Redshift. They are global to
 * the account, so one site creates them for all of its sites. The others point to them with `AccountRoles.refOf`.
 *
 * Site: one for each account, preferably the home.
 * While the other site is dark: the roles work. They cannot be created or changed while IAM's own region is dark.
 * On failover: nothing happens.
 * Cost: none.
 *
 * @see https://docs.aws.amazon.com/dms/latest/userguide/security-iam.html#CHAP_Security.APIRole
 */
export class AccountRoles extends Construct {
  /** Points to roles that exist already: created by another stack, by the DMS console, or by hand. */
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

/** Refuses roles of another account than the site's. */
export function refuseForeignRoles(scope: Construct, roles: AccountRolesRef): void {
  refuseForeignAccount(scope, "'accountRoles'", roles.account, {
    remedy: "create AccountRoles in the site's account, or point to existing ones with AccountRoles.refOf",
  });
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

/** Redshift also assumes the role for endpoints, to read the files. It sets no condition key. */
function trustFor(name: AccountRoleName, account: string): string {
  return name === "dms-access-for-endpoint"
    ? trustService(["dms.amazonaws.com", "redshift.amazonaws.com"])
    : trustService("dms.amazonaws.com", onlyForAccount(account));
}
