import { Statement } from "../core";
import { Site } from "../site";

/**
 * Buckets of AWS that instances read without credentials of the account, or with those of a service. They hold packages of Amazon Linux,
 * the SSM, CodeDeploy and CloudWatch agents, patch baselines, and layers of ECR images.
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

/** Only principals of the trusted accounts pass: with the keys of another account, no program carries data out. */
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

/**
 * Services whose interface endpoints take a policy, of those that the library itself asks for. AWS refuses a policy on other endpoints.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-vpc-endpoint-policy
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch-logs-and-interface-VPC.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-interface-VPC.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/interface-vpc-endpoints.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/vpce-policy.html
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/vpc-endpoint-overview.html
 * @see https://github.com/aws-samples/data-perimeter-policy-examples/tree/main/vpc_endpoint_policies for Systems Manager
 */
const POLICY_ACTIONS: Readonly<Record<string, string>> = {
  ec2: "ec2:*",
  "ecr.api": "ecr:*",
  "ecr.dkr": "ecr:*",
  kms: "kms:*",
  logs: "logs:*",
  monitoring: "cloudwatch:*",
  secretsmanager: "secretsmanager:*",
  ssm: "ssm:*",
};

/** Policy of an interface endpoint. None if its service takes none: then AWS lets every principal through. */
export function interfaceEndpointStatements(
  serviceName: string,
  accounts: readonly string[],
): readonly Statement[] | undefined {
  const [, service = ""] = /^(?:cn\.)?com\.amazonaws\.[a-z0-9-]+\.(.+)$/.exec(serviceName) ?? [];
  const actions = POLICY_ACTIONS[service];
  return actions === undefined ? undefined : [trustedPrincipals(actions, accounts)];
}

/** Policy of the gateway endpoint of DynamoDB. */
export function dynamodbEndpointStatements(accounts: readonly string[]): readonly Statement[] {
  return [trustedPrincipals("dynamodb:*", accounts)];
}
