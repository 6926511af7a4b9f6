/**
 * Arguments whose change makes Terraform replace what holds data, or what data cannot be read or reached without: in the provider's
 * source, what its schema marks `ForceNew`, or a plan modifier requires to be replaced. Nested blocks count as a whole.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service
 */
export const REPLACING_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  // rds/instance.go
  aws_db_instance: [
    "availability_zone",
    "backup_target",
    "character_set_name",
    "custom_iam_instance_profile",
    "db_name",
    "engine",
    "kms_key_id",
    "nchar_character_set_name",
    "restore_to_point_in_time",
    "s3_import",
    "snapshot_identifier",
    "storage_encrypted",
    "timezone",
    "username",
  ],
  // rds/instance_automated_backups_replication.go
  aws_db_instance_automated_backups_replication: [
    "kms_key_id",
    "pre_signed_url",
    "retention_period",
    "source_db_instance_arn",
  ],
  // rds/subnet_group.go
  aws_db_subnet_group: ["name", "name_prefix"],
  // rds/cluster.go
  aws_rds_cluster: [
    "availability_zones",
    "cluster_identifier",
    "cluster_identifier_prefix",
    "cluster_scalability_type",
    "database_name",
    "db_subnet_group_name",
    "db_system_id",
    "engine",
    "engine_mode",
    "kms_key_id",
    "master_username",
    "restore_to_point_in_time",
    "s3_import",
    "snapshot_identifier",
    "source_region",
    "storage_encrypted",
  ],
  // rds/cluster_instance.go
  aws_rds_cluster_instance: [
    "availability_zone",
    "cluster_identifier",
    "custom_iam_instance_profile",
    "db_subnet_group_name",
    "engine",
    "identifier",
    "identifier_prefix",
    "performance_insights_kms_key_id",
  ],
  // rds/global_cluster.go
  aws_rds_global_cluster: [
    "database_name",
    "engine",
    "global_cluster_identifier",
    "source_db_cluster_identifier",
    "storage_encrypted",
  ],
  // docdb/cluster.go, docdb/cluster_instance.go, docdb/global_cluster.go, docdb/subnet_group.go
  aws_docdb_cluster: [
    "availability_zones",
    "cluster_identifier",
    "cluster_identifier_prefix",
    "db_subnet_group_name",
    "engine",
    "kms_key_id",
    "master_username",
    "port",
    "restore_to_point_in_time",
    "snapshot_identifier",
    "storage_encrypted",
  ],
  aws_docdb_cluster_instance: ["availability_zone", "cluster_identifier", "engine", "identifier", "identifier_prefix"],
  aws_docdb_global_cluster: [
    "database_name",
    "engine",
    "global_cluster_identifier",
    "source_db_cluster_identifier",
    "storage_encrypted",
  ],
  aws_docdb_subnet_group: ["name", "name_prefix"],
  // neptune/cluster.go, neptune/cluster_instance.go, neptune/global_cluster.go, neptune/subnet_group.go
  aws_neptune_cluster: [
    "availability_zones",
    "cluster_identifier",
    "cluster_identifier_prefix",
    "engine",
    "kms_key_arn",
    "neptune_subnet_group_name",
    "port",
    "snapshot_identifier",
    "storage_encrypted",
  ],
  aws_neptune_cluster_instance: [
    "availability_zone",
    "cluster_identifier",
    "engine",
    "identifier",
    "identifier_prefix",
    "neptune_subnet_group_name",
    "port",
    "publicly_accessible",
    "storage_type",
  ],
  aws_neptune_global_cluster: [
    "engine",
    "global_cluster_identifier",
    "source_db_cluster_identifier",
    "storage_encrypted",
  ],
  aws_neptune_subnet_group: ["name", "name_prefix"],
  // dynamodb/table.go: a changed range key, index of its own or name
  aws_dynamodb_table: [
    "hash_key",
    "import_table",
    "local_secondary_index",
    "name",
    "range_key",
    "restore_source_name",
    "restore_source_table_arn",
    "restore_to_latest_time",
    "restore_date_time",
  ],
  // dynamodb/table_replica.go
  aws_dynamodb_table_replica: ["global_table_arn", "kms_key_arn", "table_class_override"],
  // elasticache/replication_group.go, elasticache/global_replication_group.go
  aws_elasticache_replication_group: [
    "at_rest_encryption_enabled",
    "data_tiering_enabled",
    "global_replication_group_id",
    "kms_key_id",
    "port",
    "replication_group_id",
    "snapshot_arns",
    "snapshot_name",
    "subnet_group_name",
  ],
  aws_elasticache_global_replication_group: ["global_replication_group_id_suffix", "primary_replication_group_id"],
  // s3/bucket.go
  aws_s3_bucket: ["bucket", "bucket_prefix", "object_lock_enabled"],
  // kms/key.go, kms/alias.go
  aws_kms_key: ["custom_key_store_id", "customer_master_key_spec", "key_usage", "multi_region", "xks_key_id"],
  aws_kms_alias: ["name", "name_prefix"],
  // secretsmanager/secret.go
  aws_secretsmanager_secret: ["name", "name_prefix"],
  // route53/zone.go
  aws_route53_zone: ["delegation_set_id", "name"],
  // ec2/vpc_.go, ec2/vpc_subnet.go
  aws_vpc: ["cidr_block", "instance_tenancy", "ipv4_ipam_pool_id", "ipv4_netmask_length"],
  aws_subnet: ["availability_zone", "availability_zone_id", "cidr_block", "ipv6_native", "outpost_arn", "vpc_id"],
};
