/** What would be lost with a resource. */
type Worth =
  /** What is in it is nowhere else, or would have to be restored. */
  | "holds data"
  /** Data cannot be read or reached without it. */
  | "is needed to reach data"
  /** It keeps data safe for as long as the data is there: encryption, access, versions, retention, copies. */
  | "guards data";

const HOLDS = "holds data";
const NEEDED = "is needed to reach data";
const GUARDS = "guards data";

/**
 * Types of Terraform's AWS provider whose end would be the end of data, or of the way to it.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/tree/v5.100.0/website/docs/r
 */
const PRECIOUS_TYPES: Readonly<Record<string, Worth>> = {
  aws_backup_vault: HOLDS,
  aws_backup_vault_lock_configuration: GUARDS,
  aws_backup_vault_policy: GUARDS,
  aws_cloudwatch_log_group: HOLDS,
  aws_db_cluster_snapshot: HOLDS,
  aws_db_instance: HOLDS,
  aws_db_instance_automated_backups_replication: HOLDS,
  aws_db_snapshot: HOLDS,
  aws_db_subnet_group: NEEDED,
  aws_docdb_cluster: HOLDS,
  aws_docdb_cluster_instance: NEEDED,
  aws_docdb_global_cluster: NEEDED,
  aws_docdb_subnet_group: NEEDED,
  aws_dynamodb_resource_policy: GUARDS,
  aws_dynamodb_table: HOLDS,
  aws_dynamodb_table_replica: HOLDS,
  aws_ebs_snapshot: HOLDS,
  aws_ebs_volume: HOLDS,
  aws_ecr_lifecycle_policy: GUARDS,
  aws_ecr_repository: HOLDS,
  aws_ecr_repository_policy: GUARDS,
  aws_efs_access_point: NEEDED,
  aws_efs_backup_policy: GUARDS,
  aws_efs_file_system: HOLDS,
  aws_efs_file_system_policy: GUARDS,
  aws_efs_mount_target: NEEDED,
  aws_efs_replication_configuration: GUARDS,
  aws_elasticache_global_replication_group: HOLDS,
  aws_elasticache_replication_group: HOLDS,
  aws_elasticache_subnet_group: NEEDED,
  aws_fsx_lustre_file_system: HOLDS,
  aws_fsx_ontap_file_system: HOLDS,
  aws_fsx_openzfs_file_system: HOLDS,
  aws_fsx_windows_file_system: HOLDS,
  aws_kms_alias: NEEDED,
  aws_kms_key: NEEDED,
  aws_kms_key_policy: GUARDS,
  aws_kms_replica_key: NEEDED,
  aws_neptune_cluster: HOLDS,
  aws_neptune_cluster_instance: NEEDED,
  aws_neptune_global_cluster: NEEDED,
  aws_neptune_subnet_group: NEEDED,
  aws_opensearch_domain: HOLDS,
  aws_rds_cluster: HOLDS,
  aws_rds_cluster_instance: NEEDED,
  aws_rds_global_cluster: NEEDED,
  aws_redshift_cluster: HOLDS,
  aws_route53_zone: NEEDED,
  aws_s3_bucket: HOLDS,
  aws_s3_bucket_lifecycle_configuration: GUARDS,
  aws_s3_bucket_logging: GUARDS,
  aws_s3_bucket_object_lock_configuration: GUARDS,
  aws_s3_bucket_ownership_controls: GUARDS,
  aws_s3_bucket_policy: GUARDS,
  aws_s3_bucket_public_access_block: GUARDS,
  aws_s3_bucket_replication_configuration: GUARDS,
  aws_s3_bucket_server_side_encryption_configuration: GUARDS,
  aws_s3_bucket_versioning: GUARDS,
  aws_secretsmanager_secret: HOLDS,
  aws_secretsmanager_secret_policy: GUARDS,
  aws_secretsmanager_secret_rotation: GUARDS,
  aws_secretsmanager_secret_version: HOLDS,
  aws_sqs_queue: HOLDS,
  aws_subnet: NEEDED,
  aws_vpc: NEEDED,
};

/** What would be lost with a resource of this type; undefined for nothing. */
export function worthOf(type: string): Worth | undefined {
  return Object.hasOwn(PRECIOUS_TYPES, type) ? PRECIOUS_TYPES[type] : undefined;
}

/** Whether the end of a resource of this type would be the end of data, or of the way to it. */
export function isPrecious(type: string): boolean {
  const worth = worthOf(type);
  return worth !== undefined && worth !== GUARDS;
}
