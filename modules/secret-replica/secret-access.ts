import { Statement } from "../core";
import { keyUseStatement } from "../kms-keys/internal";
import { SiteSecret } from "./secret-ref";

/**
 * Statements for a role that reads a secret in its own site, and decrypts it through Secrets Manager alone. They are computed from
 * names, so that a role can be given them before the replica is there.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html
 */
export function secretReadStatements({ arnPattern, key }: SiteSecret): readonly Statement[] {
  return [
    {
      sid: "ReadSecret",
      actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
      resources: [arnPattern],
    },
    keyUseStatement({ sid: "DecryptSecret", actions: ["kms:Decrypt"], key, service: "secretsmanager" }),
  ];
}
