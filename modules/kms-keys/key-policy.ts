import { Statement } from "../core";
import { Site } from "../site";

/**
 * The key policy: IAM of the key's own account decides, plus the statements given.
 *
 * Without the first statement no principal could ever change the key again.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function keyPolicyStatements(site: Site, extra: readonly Statement[]): readonly Statement[] {
  return [
    {
      sid: "EnableIamPolicies",
      principal: { AWS: `arn:${site.partition}:iam::${site.account}:root` },
      actions: ["kms:*"],
      resources: ["*"],
    },
    ...extra,
  ];
}

/**
 * Lets AWS services of the site use the key, on behalf of the account's own resources only.
 *
 * @param services service principals without domain, for example `["cloudwatch", "events"]`
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-services.html
 */
export function serviceStatement(site: Site, services: readonly string[]): Statement {
  return {
    sid: "AllowServices",
    principal: { Service: services.map((service) => `${service}.amazonaws.com`) },
    actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
    resources: ["*"],
    conditions: { StringEquals: { "aws:SourceAccount": site.account } },
  };
}
