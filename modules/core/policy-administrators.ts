import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { parseArn } from "./arns";
import { refuse } from "./errors";
import { plain } from "./plain";
import { Conditions } from "./policy";

/** A role, a user or the root user. A session of a role has the ARN of its role in `aws:PrincipalArn`. */
const PRINCIPAL = /^(role\/.+|user\/.+|root)$/;

/**
 * Checks the ARNs of those who may still change a policy that protects itself: an ARN that no request can have would exclude the role that
 * Terraform deploys with.
 *
 * @throws SettingOutOfRange, InvalidArn, TokenForPlainString
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 */
export function checkAdministrators(scope: IConstruct, administrators: readonly string[] | undefined): void {
  if (administrators === undefined) return;
  if (plain(scope, "policyAdministrators", administrators).length === 0) {
    refuse(
      scope,
      "SettingOutOfRange",
      "'policyAdministrators' is empty, and denies every change to everybody",
      "name the role that Terraform deploys with, or leave it out",
    );
  }
  administrators.forEach((administrator, index) => {
    if (Token.isUnresolved(administrator)) return;
    const property = `policyAdministrators[${index}]`;
    const { service, resource } = parseArn(scope, property, administrator);
    if (service === "iam" && PRINCIPAL.test(resource)) return;
    refuse(
      scope,
      "InvalidArn",
      `'${property}' must be the ARN of an IAM role, a user or the root user, got '${administrator}'`,
      "give the role's own ARN, with its path; it may contain '*'",
    );
  });
}

/** The conditions of a statement that denies something to all but these. */
export function exceptFor(administrators: readonly string[]): Conditions {
  return { ArnNotLike: { "aws:PrincipalArn": administrators } };
}
