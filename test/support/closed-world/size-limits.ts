/** AWS's limits for documents and names, in bytes or characters, each with its page. */

export interface Limit {
  readonly limit: number;
  readonly page: string;
}

const AWS = "https://docs.aws.amazon.com";
const IAM = `${AWS}/IAM/latest/UserGuide/reference_iam-quotas.html`;
const RDS = `${AWS}/AmazonRDS/latest/UserGuide/CHAP_Limits.html`;
const ECR = `${AWS}/AmazonECR/latest/APIReference`;
const ECS = `${AWS}/AmazonECS/latest/APIReference`;
const ELB = `${AWS}/elasticloadbalancing/latest/APIReference`;
const LAMBDA = `${AWS}/lambda/latest/dg/gettingstarted-limits.html`;
const CLOUDWATCH = `${AWS}/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html`;
const SECRETS = `${AWS}/secretsmanager/latest/userguide/reference_limits.html`;
const ELASTICACHE = `${AWS}/AmazonElastiCache/latest/APIReference`;

const at = (limit: number, page: string): Limit => ({ limit, page });

/** All inline policies of one role together, without white space. */
export const INLINE_POLICIES = at(10_240, IAM);

/** All variables of one function together, names and values. */
export const ENVIRONMENT = at(4_096, LAMBDA);

/** Arguments that are documents, by type. */
export const DOCUMENTS: Readonly<Record<string, Limit>> = {
  "aws_cloudwatch_event_rule.event_pattern": at(2_048, `${AWS}/eventbridge/latest/userguide/eb-quota.html`),
  "aws_ecr_registry_policy.policy": at(10_240, `${ECR}/API_PutRegistryPolicy.html`),
  "aws_ecr_repository_policy.policy": at(10_240, `${ECR}/API_SetRepositoryPolicy.html`),
  "aws_ecs_task_definition.container_definitions": at(
    65_536,
    `${AWS}/AmazonECS/latest/developerguide/service-quotas.html`,
  ),
  "aws_efs_file_system_policy.policy": at(20_000, `${AWS}/efs/latest/ug/API_PutFileSystemPolicy.html`),
  "aws_iam_policy.policy": at(6_144, IAM),
  "aws_iam_role.assume_role_policy": at(2_048, IAM),
  "aws_kms_key.policy": at(32_768, `${AWS}/kms/latest/developerguide/resource-limits.html`),
  "aws_launch_template.user_data": at(16_384, `${AWS}/AWSEC2/latest/UserGuide/instancedata-add-user-data.html`),
  "aws_s3_bucket_policy.policy": at(20_480, `${AWS}/AmazonS3/latest/userguide/bucket-policies.html`),
  "aws_secretsmanager_secret_policy.policy": at(20_480, SECRETS),
  "aws_sfn_state_machine.definition": at(1_048_576, `${AWS}/step-functions/latest/dg/service-quotas.html`),
  "aws_sns_topic_policy.policy": at(
    30_720,
    `${AWS}/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html`,
  ),
  "aws_sqs_queue_policy.policy": at(
    8_192,
    `${AWS}/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html`,
  ),
  "aws_ssm_parameter.value": at(
    4_096,
    `${AWS}/systems-manager/latest/userguide/parameter-store-advanced-parameters.html`,
  ),
  "aws_vpc_endpoint.policy": at(20_480, `${AWS}/vpc/latest/privatelink/vpc-limits-endpoints.html`),
};

/** Arguments that are names or descriptions, by type. */
export const NAMES: Readonly<Record<string, Limit>> = {
  "aws_autoscaling_group.name": at(255, `${AWS}/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html`),
  "aws_backup_plan.name": at(50, `${AWS}/aws-backup/latest/devguide/creating-a-backup-plan.html`),
  "aws_backup_vault.name": at(50, `${AWS}/aws-backup/latest/devguide/API_CreateBackupVault.html`),
  "aws_cloudwatch_event_rule.name": at(64, `${AWS}/eventbridge/latest/APIReference/API_PutRule.html`),
  "aws_cloudwatch_event_target.target_id": at(64, `${AWS}/eventbridge/latest/APIReference/API_Target.html`),
  "aws_cloudwatch_log_group.name": at(512, `${AWS}/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html`),
  "aws_cloudwatch_metric_alarm.alarm_description": at(1_024, CLOUDWATCH),
  "aws_cloudwatch_metric_alarm.alarm_name": at(255, CLOUDWATCH),
  "aws_db_instance.identifier": at(63, RDS),
  "aws_db_parameter_group.name": at(255, RDS),
  "aws_db_subnet_group.name": at(255, RDS),
  "aws_docdb_cluster.cluster_identifier": at(63, `${AWS}/documentdb/latest/developerguide/limits.html`),
  "aws_docdb_cluster_instance.identifier": at(63, `${AWS}/documentdb/latest/developerguide/limits.html`),
  "aws_dynamodb_table.name": at(255, `${AWS}/amazondynamodb/latest/developerguide/Constraints.html`),
  "aws_ecr_repository.name": at(256, `${ECR}/API_CreateRepository.html`),
  "aws_ecs_cluster.name": at(255, `${ECS}/API_CreateCluster.html`),
  "aws_ecs_service.name": at(255, `${ECS}/API_CreateService.html`),
  "aws_ecs_task_definition.family": at(255, `${ECS}/API_RegisterTaskDefinition.html`),
  "aws_efs_file_system.creation_token": at(64, `${AWS}/efs/latest/ug/API_CreateFileSystem.html`),
  "aws_elasticache_replication_group.replication_group_id": at(40, `${ELASTICACHE}/API_CreateReplicationGroup.html`),
  "aws_elasticache_user_group.user_group_id": at(40, `${ELASTICACHE}/API_CreateUserGroup.html`),
  "aws_iam_instance_profile.name": at(128, IAM),
  "aws_iam_role.description": at(1_000, `${AWS}/IAM/latest/APIReference/API_CreateRole.html`),
  "aws_iam_role.name": at(64, IAM),
  "aws_iam_role_policy.name": at(128, `${AWS}/IAM/latest/APIReference/API_PutRolePolicy.html`),
  "aws_kms_alias.name": at(256, `${AWS}/kms/latest/APIReference/API_CreateAlias.html`),
  "aws_lambda_function.function_name": at(64, `${AWS}/lambda/latest/api/API_CreateFunction.html`),
  "aws_lambda_permission.statement_id": at(100, `${AWS}/lambda/latest/api/API_AddPermission.html`),
  "aws_launch_template.name": at(128, `${AWS}/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html`),
  "aws_lb.name": at(32, `${ELB}/API_CreateLoadBalancer.html`),
  "aws_lb_target_group.name": at(32, `${ELB}/API_CreateTargetGroup.html`),
  "aws_neptune_cluster.cluster_identifier": at(63, `${AWS}/neptune/latest/userguide/limits.html`),
  "aws_neptune_cluster_instance.identifier": at(63, `${AWS}/neptune/latest/userguide/limits.html`),
  "aws_rds_cluster.cluster_identifier": at(63, RDS),
  "aws_rds_cluster_instance.identifier": at(63, RDS),
  "aws_rds_global_cluster.global_cluster_identifier": at(63, RDS),
  "aws_route53_record.name": at(255, `${AWS}/Route53/latest/DeveloperGuide/DomainNameFormat.html`),
  "aws_s3_bucket.bucket": at(63, `${AWS}/AmazonS3/latest/userguide/bucketnamingrules.html`),
  "aws_secretsmanager_secret.name": at(512, SECRETS),
  "aws_security_group.description": at(255, `${AWS}/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html`),
  "aws_security_group.name": at(255, `${AWS}/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html`),
  "aws_sns_topic.name": at(256, `${AWS}/sns/latest/api/API_CreateTopic.html`),
  "aws_sqs_queue.name": at(80, `${AWS}/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html`),
  "aws_ssm_parameter.name": at(1_011, `${AWS}/systems-manager/latest/APIReference/API_PutParameter.html`),
};
