import { policyDocument, Statement } from "../core";
import { Site } from "../site";

/** Who may reach a secret, whatever IAM says. */
export interface SecretPolicySettings {
  /**
   * Further statements of the resource policy; they speak of the secret and its replicas, as `resources: ["*"]`.
   *
   * @default - none: IAM of the account decides
   */
  readonly statements?: readonly Statement[];
  /**
   * Ids of other accounts that a statement may let in.
   *
   * @default - none
   */
  readonly trustedAccounts?: readonly string[];
}

/**
 * Refuses requests without TLS, and those of other accounts. Secrets Manager copies the policy to each replica, which is why it names no
 * ARN of the secret.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html
 */
export function secretPolicy(
  { account }: Site,
  { statements = [], trustedAccounts = [] }: SecretPolicySettings,
): string {
  const everything = { effect: "Deny", principal: "*", actions: ["secretsmanager:*"], resources: ["*"] } as const;
  return policyDocument([
    { ...everything, sid: "DenyInsecureTransport", conditions: { Bool: { "aws:SecureTransport": "false" } } },
    {
      ...everything,
      sid: "DenyOtherAccounts",
      conditions: {
        StringNotEquals: { "aws:PrincipalAccount": [account, ...trustedAccounts] },
        BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
      },
    },
    ...statements,
  ]);
}
