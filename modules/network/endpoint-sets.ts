/** Who needs interface endpoints. */
export type EndpointUser =
  "cloudwatch-agent" | "codedeploy" | "database-client" | "ecs-exec" | "ecs-instances" | "fargate" | "lambda" | "ssm";

/**
 * Interface endpoints by who needs them in private subnets without a NAT gateway. What all of them also need of S3 and DynamoDB goes
 * through the gateway endpoints that every network has: layers of container images, packages of Amazon Linux, patches.
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
   * ECS Exec: commands that people run in a container.
   *
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
   */
  "ecs-exec": ["ssmmessages"],
  /**
   * Container instances of ECS and what they start. In regions that AWS opened after December 2023 tasks on Fargate need these too.
   *
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
   */
  "ecs-instances": ["ecr.api", "ecr.dkr", "ecs", "ecs-agent", "ecs-telemetry", "logs"],
  /**
   * Tasks on Fargate: the image, the `awslogs` driver, secrets and parameters as environment variables.
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

/** The interface endpoints that all of them need, each once, for a network's `interfaceEndpoints`. */
export function endpointsFor(...users: readonly EndpointUser[]): readonly string[] {
  return [...new Set(users.flatMap((user) => SETS[user]))].sort();
}
