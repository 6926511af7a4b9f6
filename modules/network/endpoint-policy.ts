import { Statement } from "../core";
import { Site } from "../site";

/**
 * Buckets of AWS that instances read without a key of the account, or with one of a service: packages of Amazon Linux, the
 * SSM, CodeDeploy and CloudWatch agents, patch baselines, and layers of container images in ECR.
 *
 * @see https://github.com/aws-samples/data-perimeter-policy-examples/blob/main/service_owned_resources.md
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/ssm-agent-technical-details.html
 */
const BUCKETS_OF_AWS = (region: string): readonly string[] => [
  `al2023-repos-${region}-de612dc2`,
  `amazonlinux-2-repos-${region}`,
  `amazonlinux.${region}.amazonaws.com`,
  `amazon-ssm-${region}`,
  `amazon-ssm-packages-${region}`,
  `aws-ssm-${region}`,
  `aws-ssm-distributor-file-${region}`,
  `aws-ssm-document-attachments-${region}`,
  `patch-baseline-snapshot-${region}`,
  `${region}-birdwatcher-prod`,
  `amazoncloudwatch-agent-${region}`,
  `aws-codedeploy-${region}`,
  `prod-${region}-starport-layer-bucket`,
];

/** Nobody's keys but those of the trusted accounts pass: a key brought in from elsewhere cannot carry data out. */
function trustedPrincipals(actions: string, accounts: readonly string[]): Statement {
  return {
    sid: "TrustedAccounts",
    principal: "*",
    actions: [actions],
    resources: ["*"],
    conditions: { StringEquals: { "aws:PrincipalAccount": accounts.length === 1 ? accounts[0]! : accounts } },
  };
}

/** Policy of the gateway endpoint of S3. */
export function s3EndpointStatements(
  site: Site,
  accounts: readonly string[],
  extra: readonly Statement[],
): readonly Statement[] {
  return [
    trustedPrincipals("s3:*", accounts),
    {
      sid: "ServicesOfAws",
      principal: "*",
      actions: ["s3:*"],
      resources: ["*"],
      conditions: { Bool: { "aws:PrincipalIsAWSService": "true" } },
    },
    {
      sid: "BucketsOfAws",
      principal: "*",
      actions: ["s3:GetObject"],
      resources: BUCKETS_OF_AWS(site.region).map((bucket) => `arn:${site.partition}:s3:::${bucket}/*`),
    },
    ...extra,
  ];
}

/** Policy of the gateway endpoint of DynamoDB. */
export function dynamodbEndpointStatements(accounts: readonly string[]): readonly Statement[] {
  return [trustedPrincipals("dynamodb:*", accounts)];
}
