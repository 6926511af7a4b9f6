import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { claimName, fittingName, IAM_ROLE, Statement, trustService } from "../core";
import { createRole } from "../iam-role";
import { Site } from "../site";
import { KEY, localArn, SECRET } from "./checks";

export interface SecretProps {
  /**
   * ARN of the secret with `username`, `password`, `host` and `port` of the database, in the site's region. DMS accepts no password with one
   * of `;.:+`.
   */
  readonly secretArn: string;
  /**
   * ARN of the customer managed key that encrypts the secret.
   *
   * @default - the key that AWS manages for Secrets Manager, which needs no permission
   */
  readonly secretKmsKeyArn?: string;
}

/** A role of an endpoint, and the resources that must exist before DMS uses it. */
export interface AccessRole {
  readonly arn: string;
  readonly ready: ITerraformDependable[];
}

/** Name of an endpoint's role. The region is part of it, because a role's name is unique in the account and an endpoint's in a region. */
export function accessRoleName(scope: Construct, endpointName: string): string {
  return fittingName(IAM_ROLE, "dms", endpointName, Site.of(scope).region);
}

export function refuseSecret(scope: Construct, name: string, { secretArn, secretKmsKeyArn }: SecretProps): void {
  localArn(scope, "secretArn", secretArn, SECRET);
  if (secretKmsKeyArn !== undefined) localArn(scope, "secretKmsKeyArn", secretKmsKeyArn, KEY);
  claimName(scope, IAM_ROLE, accessRoleName(scope, name), Site.of(scope));
}

/**
 * Creates the role that DMS assumes to read one secret. It may use the secret's key for that secret only. The trusted principal is that of
 * the region, as AWS requires. AWS documents no condition key that it sets.
 *
 * @see https://docs.aws.amazon.com/dms/latest/userguide/security_iam_secretsmanager.html
 */
export function createSecretAccess(scope: Construct, name: string, secret: SecretProps): AccessRole {
  const site = Site.of(scope);
  const { role, policies } = createRole(scope, "Role", {
    name: accessRoleName(scope, name),
    description: `DMS reads the credentials of ${name}`,
    trust: trustService(`dms.${site.region}.amazonaws.com`),
    policy: {
      name: "read-secret",
      statements: [
        { sid: "ReadSecret", actions: ["secretsmanager:GetSecretValue"], resources: [secret.secretArn] },
        ...useKey(site, secret),
      ],
    },
  });
  return { arn: role.arn, ready: [role, ...policies] };
}

function useKey(site: Site, { secretArn, secretKmsKeyArn }: SecretProps): readonly Statement[] {
  if (secretKmsKeyArn === undefined) return [];
  return [
    {
      sid: "DecryptSecret",
      actions: ["kms:Decrypt"],
      resources: [secretKmsKeyArn],
      conditions: {
        StringEquals: {
          "kms:ViaService": `secretsmanager.${site.region}.${site.dnsSuffix}`,
          "kms:EncryptionContext:SecretARN": secretArn,
        },
      },
    },
    { sid: "DescribeKey", actions: ["kms:DescribeKey"], resources: [secretKmsKeyArn] },
  ];
}
