/** Who needs interface endpoints. */
export type EndpointUser =
  "cloudwatch-agent" | "codedeploy" | "database-client" | "ecs-exec" | "ecs-instances" | "fargate" | "lambda" | "ssm";

/**
 * Interface endpoints by the service that needs them in private subnets without a NAT gateway. All of them also read S3 and DynamoDB:
 * layers of container images, packages of Amazon Linux, patches. These requests use the gateway endpoints that every network has.
 */
const SETS: Readonly<Record<EndpointUser, readonly string[]>> = {
  /**
   * Instances whose CloudWatch agent sends logs and metrics, with its configuration from Parameter Store and tags as dimensions.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-interface-VPC.html
   */
  "cloudwatch-agent": ["ec2", "logs", "monitoring", "ssm"],
  /**
   * Instances that CodeDeploy deploys to.
   *
   * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/vpc-endpoints.html
   */
  codedeploy: ["codedeploy", "codedeploy-commands-secure"],
  /**
   * Clients of RDS and Aurora, whose password is in Secrets Manager. A database's own endpoint is in the VPC, and tokens of IAM
   * authentication are signed without a call.
   *
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
   */
  "database-client": ["secretsmanager"],
  /**
   * ECS Exec: commands that people run in a container. The container's role decrypts the session with the cluster's key and writes its log.
   *
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
   */
  "ecs-exec": ["kms", "logs", "ssmmessages"],
  /**
   * Container instances of ECS and what they start.
   *
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
   */
  "ecs-instances": ["ecr.api", "ecr.dkr", "ecs", "ecs-agent", "ecs-telemetry", "logs"],
  /**
   * Tasks on Fargate: the image, the `awslogs` driver, secrets and parameters as environment variables. In regions that AWS opened after
   * December 2023 they need more: see {@link endpointsIn}.
   *
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
   */
  fargate: ["ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm"],
  /**
   * Functions in the VPC, for secrets and parameters. Their own logs do not go through it; what else the code calls comes on top.
   *
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets_lambda.html
   */
  lambda: ["secretsmanager", "ssm"],
  /**
   * Instances that Systems Manager manages, patches and opens sessions to. Agents before 3.3.40.0 also need `ec2messages`.
   *
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html
   */
  ssm: ["ssm", "ssmmessages"],
};

/**
 * Regions that AWS opened before 23 December 2023, where tasks on Fargate reach ECS without an endpoint. The list is closed: every region
 * that is not on it needs the endpoints.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 */
const OPENED_BEFORE_2024 = [
  ...["af-south-1", "ap-east-1", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2"],
  ...["ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ca-central-1", "cn-north-1"],
  ...["cn-northwest-1", "eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1"],
  ...["eu-west-2", "eu-west-3", "il-central-1", "me-central-1", "me-south-1", "sa-east-1", "us-east-1", "us-east-2"],
  ...["us-gov-east-1", "us-gov-west-1", "us-west-1", "us-west-2"],
];
const ECS = ["ecs", "ecs-agent", "ecs-telemetry"];

/** The interface endpoints that all of them need in every region, each once, for a network's `interfaceEndpoints`. */
export function endpointsFor(...users: readonly EndpointUser[]): readonly string[] {
  return [...new Set(users.flatMap((user) => SETS[user]))].sort();
}

/**
 * {@link endpointsFor}, and what they need in one region in addition.
 *
 * @param region its code, for example `ca-west-1`
 */
export function endpointsIn(region: string, ...users: readonly EndpointUser[]): readonly string[] {
  const ofTasks = users.includes("fargate") && !OPENED_BEFORE_2024.includes(region) ? ECS : [];
  return [...new Set([...endpointsFor(...users), ...ofTasks])].sort();
}
