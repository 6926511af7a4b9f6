import { Statement } from "../core";
import { Site } from "../site";

/**
 * Lets EC2 Auto Scaling start instances whose volumes are encrypted with a key. Add them to the key's `statements`. Without them a group
 * stays at zero and reports this only in its activities.
 *
 * A condition names the service-linked role instead of a principal. AWS creates the role with an account's first group, and KMS refuses a
 * policy whose principal does not exist.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 */
export function autoScalingKeyStatements(site: Site): readonly Statement[] {
  const role = "role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";
  const byAutoScaling = {
    StringEquals: { "kms:CallerAccount": site.account },
    ArnEquals: { "aws:PrincipalArn": `arn:${site.partition}:iam::${site.account}:${role}` },
  };
  return [
    {
      sid: "AllowAutoScaling",
      principal: { AWS: "*" },
      actions: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
      resources: ["*"],
      conditions: byAutoScaling,
    },
    {
      sid: "AllowAutoScalingGrants",
      principal: { AWS: "*" },
      actions: ["kms:CreateGrant"],
      resources: ["*"],
      conditions: { ...byAutoScaling, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}
