/** Values of a resource, as a plan knows them. */
export type Values = Readonly<Record<string, unknown>>;

/** `{attribute}` stands for its value; the provider's page of a type says how its id is written. */
type ImportId = string | ((values: Values) => string | undefined);

/**
 * Ids by which Terraform imports a resource, where they follow from its arguments. What AWS names, such as a file system, a key or a
 * load balancer, is not here.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/tree/v5.100.0/website/docs/r - section Import of each type, see {@link importPage}
 */
const IMPORT_IDS: Readonly<Record<string, ImportId>> = {
  aws_appautoscaling_policy: "{service_namespace}/{resource_id}/{scalable_dimension}/{name}",
  aws_appautoscaling_target: "{service_namespace}/{resource_id}/{scalable_dimension}",
  aws_autoscaling_group: "{name}",
  aws_autoscaling_policy: "{autoscaling_group_name}/{name}",
  aws_backup_vault: "{name}",
  aws_backup_vault_lock_configuration: "{backup_vault_name}",
  aws_backup_vault_notifications: "{backup_vault_name}",
  aws_backup_vault_policy: "{backup_vault_name}",
  aws_cloudwatch_event_rule: (values) => fill(`${busOf(values)}/{name}`, values),
  aws_cloudwatch_event_target: (values) => fill(`${busOf(values)}/{rule}/{target_id}`, values),
  aws_cloudwatch_log_group: "{name}",
  aws_cloudwatch_metric_alarm: "{alarm_name}",
  aws_db_instance: "{identifier}",
  aws_db_parameter_group: "{name}",
  aws_db_subnet_group: "{name}",
  aws_dms_endpoint: "{endpoint_id}",
  aws_dms_event_subscription: "{name}",
  aws_dms_replication_instance: "{replication_instance_id}",
  aws_dms_replication_subnet_group: "{replication_subnet_group_id}",
  aws_dms_replication_task: "{replication_task_id}",
  aws_dms_s3_endpoint: "{endpoint_id}",
  aws_docdb_cluster: "{cluster_identifier}",
  aws_docdb_cluster_instance: "{identifier}",
  aws_docdb_cluster_parameter_group: "{name}",
  aws_docdb_global_cluster: "{global_cluster_identifier}",
  aws_docdb_subnet_group: "{name}",
  aws_dynamodb_table: "{name}",
  aws_dynamodb_table_replica: tableReplica,
  aws_ecr_lifecycle_policy: "{repository}",
  aws_ecr_repository: "{name}",
  aws_ecr_repository_policy: "{repository}",
  aws_ecs_cluster: "{name}",
  aws_ecs_cluster_capacity_providers: "{cluster_name}",
  aws_ecs_service: (values) => fill(`${lastPart(values.cluster) ?? "{cluster}"}/{name}`, values),
  aws_efs_backup_policy: "{file_system_id}",
  aws_efs_file_system_policy: "{file_system_id}",
  aws_efs_replication_configuration: "{source_file_system_id}",
  aws_elasticache_parameter_group: "{name}",
  aws_elasticache_replication_group: "{replication_group_id}",
  aws_elasticache_subnet_group: "{name}",
  aws_elasticache_user: "{user_id}",
  aws_elasticache_user_group: "{user_group_id}",
  aws_iam_instance_profile: "{name}",
  aws_iam_role: "{name}",
  aws_iam_role_policy: "{role}:{name}",
  aws_iam_role_policy_attachment: "{role}/{policy_arn}",
  aws_kms_alias: "{name}",
  aws_lambda_alias: "{function_name}/{name}",
  aws_lambda_function: "{function_name}",
  aws_lambda_permission: "{function_name}/{statement_id}",
  aws_neptune_cluster: "{cluster_identifier}",
  aws_neptune_cluster_instance: "{identifier}",
  aws_neptune_cluster_parameter_group: "{name}",
  aws_neptune_global_cluster: "{global_cluster_identifier}",
  aws_neptune_parameter_group: "{name}",
  aws_neptune_subnet_group: "{name}",
  aws_rds_cluster: "{cluster_identifier}",
  aws_rds_cluster_instance: "{identifier}",
  aws_rds_cluster_parameter_group: "{name}",
  aws_rds_global_cluster: "{global_cluster_identifier}",
  aws_route53_record: (values) =>
    fill(`{zone_id}_{name}_{type}${values.set_identifier ? "_{set_identifier}" : ""}`, values),
  aws_s3_bucket: "{bucket}",
  aws_s3_bucket_lifecycle_configuration: "{bucket}",
  aws_s3_bucket_logging: "{bucket}",
  aws_s3_bucket_object_lock_configuration: "{bucket}",
  aws_s3_bucket_ownership_controls: "{bucket}",
  aws_s3_bucket_policy: "{bucket}",
  aws_s3_bucket_public_access_block: "{bucket}",
  aws_s3_bucket_replication_configuration: "{bucket}",
  aws_s3_bucket_server_side_encryption_configuration: "{bucket}",
  aws_s3_bucket_versioning: "{bucket}",
  aws_ssm_parameter: "{name}",
};

/** The id a resource is imported by; undefined where it does not follow from what is known of it. */
export function importIdOf(type: string, values: Values): string | undefined {
  const id = Object.hasOwn(IMPORT_IDS, type) ? IMPORT_IDS[type] : undefined;
  return typeof id === "string" ? fill(id, values) : id?.(values);
}

/** The provider's page that says how the id of a type is written. */
export function importPage(type: string): string {
  const name = type.replace(/^aws_/, "");
  return `https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/website/docs/r/${name}.html.markdown#import`;
}

function fill(template: string, values: Values): string | undefined {
  const parts = template.replaceAll(/\{(\w+)\}/g, (_, attribute: string) => {
    const value = values[attribute];
    return typeof value === "string" ? value : "";
  });
  const attributes = [...template.matchAll(/\{(\w+)\}/g)].map((match) => values[match[1]!]);
  return attributes.every((value) => typeof value === "string" && value !== "") ? parts : undefined;
}

function busOf({ event_bus_name: bus }: Values): string {
  return typeof bus === "string" && bus !== "" ? bus : "default";
}

/** Table and region of the table it is a replica of, as in the table's ARN: the provider asks there. */
function tableReplica({ global_table_arn: table }: Values): string | undefined {
  const [, , , region, , resource] = typeof table === "string" ? table.split(":") : [];
  const name = lastPart(resource);
  return region && name ? `${name}:${region}` : undefined;
}

/** What follows the last slash: the name in an ARN. */
function lastPart(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value.split("/").at(-1) : undefined;
}
