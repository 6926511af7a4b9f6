import { IConstruct } from "constructs";
import { parseArn } from "./arns";
import { refuse } from "./errors";
import { isKnown, plain } from "./plain";
import { Conditions } from "./policy";

/** Where a policy is. A principal that may change it belongs to this partition and account. */
interface PolicyPlace {
  readonly partition: string;
  readonly account: string;
}

/**
 * Forms of `aws:PrincipalArn` in requests. A session of a role has the ARN of its role there.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 */
const PRINCIPALS: Readonly<Record<string, RegExp>> = {
  iam: /^((role|user)\/[!-~]+|root)$/,
  sts: /^federated-user\/[!-~]+$/,
};

/** Twelve digits, any of which a wildcard may replace. */
const ACCOUNT = /^(\d{12}|[\d?]*\*[\d?*]*|(?=.*\?)[\d?]{12})$/;

/**
 * Checks the ARNs of the principals that may still change a policy that protects itself. An ARN that no request can have would exclude
 * Terraform's own role. No principal could then repair the policy.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html
 */
export function checkAdministrators(
  scope: IConstruct,
  administrators: readonly string[] | undefined,
  { partition, account }: PolicyPlace,
): void {
  if (administrators === undefined) return;
  if (plain(scope, "policyAdministrators", administrators).length === 0) {
    refuse(
      scope,
      "SettingOutOfRange",
      "'policyAdministrators' is empty, so no principal could change the policy",
      "name the role that Terraform deploys with, or leave it out",
    );
  }
  const accounts = administrators.map((administrator, index) =>
    isKnown(administrator) ? accountOf(scope, `policyAdministrators[${index}]`, administrator, partition) : account,
  );
  if (accounts.some((pattern) => matches(pattern, account))) return;
  refuse(
    scope,
    "MissingSetting",
    `'policyAdministrators' names no principal of account ${account}, and AWS lets no other account change the policy`,
    "name the role that Terraform deploys with in that account",
  );
}

/** The account of an administrator, which may contain wildcards. */
function accountOf(scope: IConstruct, property: string, administrator: string, partition: string): string {
  const parts = parseArn(scope, property, administrator);
  const isPrincipal =
    PRINCIPALS[parts.service]?.test(parts.resource) && parts.region === "" && ACCOUNT.test(parts.account);
  if (!isPrincipal) {
    refuse(
      scope,
      "InvalidArn",
      `'${property}' must be the ARN of an IAM role, a user or the root user, got '${administrator}'`,
      "give the role's own ARN, with its path; it may contain '*'",
    );
  }
  if (!matches(parts.partition, partition)) {
    refuse(
      scope,
      "ForeignPartition",
      `'${property}' must be an ARN of partition '${partition}', got '${administrator}'`,
      `begin it with 'arn:${partition}:'`,
    );
  }
  if (parts.resource.startsWith("role/AWSReservedSSO_")) {
    refuse(
      scope,
      "InvalidArn",
      `'${property}' has no path, and every role of IAM Identity Center has one, got '${administrator}'`,
      "write 'role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_…', with the path",
    );
  }
  return parts.account;
}

/** Whether a text is what a pattern with `*` and `?` says, as the operators of ARNs compare each part. */
function matches(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[^\w?*]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`).test(text);
}

/** The conditions of a statement that denies something to all but these. */
export function exceptFor(administrators: readonly string[]): Conditions {
  return { ArnNotLike: { "aws:PrincipalArn": administrators } };
}
