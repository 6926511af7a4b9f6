import { arn, dnsSuffix, partitionOf, Statement } from "../core";
import { SiteSecret } from "./secret-ref";

/**
 * Statements for a role that reads a secret in its own site, and decrypts it through Secrets Manager alone. They are computed from
 * names, so that a role can be given them before the replica is there.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html
 */
export function secretReadStatements({ account, arnPattern, key, region }: SiteSecret): readonly Statement[] {
  const partition = partitionOf("secretReadStatements", region);
  return [
    {
      sid: "ReadSecret",
      actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
      resources: [arnPattern],
    },
    {
      sid: "DecryptSecret",
      actions: ["kms:Decrypt"],
      resources: [arn({ partition, service: "kms", region, account, resource: "key/*" })],
      conditions: {
        "ForAnyValue:StringEquals": { "kms:ResourceAliases": `alias/${key.name}` },
        StringEquals: { "kms:ViaService": `secretsmanager.${region}.${dnsSuffix(partition)}` },
      },
    },
  ];
}
