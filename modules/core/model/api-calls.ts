/** Calls of the engines whose clusters join a global one. */
const JOINED_CLUSTERS = [
  "CreateDBInstance",
  "DescribeDBClusters",
  "DescribeDBInstances",
  "DescribeGlobalClusters",
  "FailoverGlobalCluster",
  "RemoveFromGlobalCluster",
  "RestoreDBClusterToPointInTime",
  "SwitchoverGlobalCluster",
] as const;

/**
 * Every API call that a procedure of this library makes, by service and action. The names are those of the AWS CLI and the API. To use another,
 * add it here and run `npm run aws-calls`.
 */
export const API_CALLS = {
  acm: ["DescribeCertificate"],
  "application-autoscaling": ["DescribeScalableTargets", "RegisterScalableTarget"],
  autoscaling: [
    "CancelInstanceRefresh",
    "DescribeAutoScalingGroups",
    "DescribeInstanceRefreshes",
    "UpdateAutoScalingGroup",
  ],
  backup: [
    "DescribeRestoreJob",
    "GetRestoreTestingInferredMetadata",
    "ListRecoveryPointsByBackupVault",
    "StartRestoreJob",
  ],
  cloudwatch: ["DescribeAlarms", "GetMetricData", "PutMetricData"],
  dms: ["DescribeReplicationTasks", "DescribeReplications", "StopReplication", "StopReplicationTask"],
  docdb: JOINED_CLUSTERS,
  dynamodb: ["DescribeTable"],
  ec2: ["DescribeImages"],
  ecr: ["DescribeImages"],
  ecs: ["DescribeServices", "UpdateService"],
  efs: [
    "DeleteReplicationConfiguration",
    "DescribeFileSystems",
    "DescribeMountTargets",
    "DescribeReplicationConfigurations",
  ],
  elasticache: [
    "DescribeGlobalReplicationGroups",
    "DescribeReplicationGroups",
    "DisassociateGlobalReplicationGroup",
    "FailoverGlobalReplicationGroup",
  ],
  elbv2: ["DescribeTargetHealth"],
  events: ["DescribeRule", "DisableRule", "EnableRule"],
  kms: ["DescribeKey"],
  lambda: [
    "DeleteProvisionedConcurrencyConfig",
    "GetEventSourceMapping",
    "GetFunctionConfiguration",
    "GetProvisionedConcurrencyConfig",
    "PutProvisionedConcurrencyConfig",
    "UpdateEventSourceMapping",
  ],
  neptune: JOINED_CLUSTERS,
  rds: [
    "CreateDBInstance",
    "DescribeDBClusters",
    "DescribeDBInstanceAutomatedBackups",
    "DescribeDBInstances",
    "DescribeGlobalClusters",
    "FailoverGlobalCluster",
    "ModifyDBInstance",
    "PromoteReadReplica",
    "RemoveFromGlobalCluster",
    "RestoreDBClusterToPointInTime",
    "RestoreDBInstanceToPointInTime",
    "SwitchoverGlobalCluster",
  ],
  s3: ["GetBucketReplication", "GetBucketVersioning", "HeadBucket"],
  secretsmanager: ["DescribeSecret", "StopReplicationToReplica"],
  "service-quotas": ["GetServiceQuota"],
  ssm: ["GetParameters", "PutParameter"],
} as const;

/** Prefixes of IAM actions that differ from the service's name in the AWS CLI. DocumentDB and Neptune have the actions of RDS. */
const IAM_PREFIXES: Readonly<Record<string, string>> = {
  docdb: "rds",
  efs: "elasticfilesystem",
  elbv2: "elasticloadbalancing",
  neptune: "rds",
  "service-quotas": "servicequotas",
};

/**
 * Calls that IAM knows under another name.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
const IAM_ACTIONS: Readonly<Record<string, string>> = {
  "s3:GetBucketReplication": "s3:GetReplicationConfiguration",
  "s3:HeadBucket": "s3:ListBucket",
};

/**
 * The IAM action of an API call: `efs:DescribeFileSystems` is `elasticfilesystem:DescribeFileSystems`.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function iamAction(api: string): string {
  const [service, action] = api.split(":") as [string, string];
  return IAM_ACTIONS[api] ?? `${IAM_PREFIXES[service] ?? service}:${action}`;
}
