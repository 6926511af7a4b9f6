import type { ResourceType } from "./resource-type";

/** Buckets, file systems, volumes and backups. */
export const STORAGE: Readonly<Record<string, ResourceType>> = {
  aws_backup_plan: { replacedBy: ["name"] },
  aws_backup_region_settings: { replacedBy: [] },
  aws_backup_selection: { replacedBy: ["iam_role_arn", "name", "not_resources", "plan_id", "resources"] },
  aws_backup_vault: { worth: "holds data", importId: "{name}", replacedBy: ["kms_key_arn", "name"] },
  aws_backup_vault_lock_configuration: {
    worth: "guards data",
    importId: "{backup_vault_name}",
    replacedBy: ["backup_vault_name", "changeable_for_days", "max_retention_days", "min_retention_days"],
  },
  aws_backup_vault_notifications: { importId: "{backup_vault_name}" },
  aws_backup_vault_policy: { worth: "guards data", importId: "{backup_vault_name}", replacedBy: ["backup_vault_name"] },
  aws_ebs_snapshot: { worth: "holds data" },
  aws_ebs_volume: { worth: "holds data" },
  aws_efs_access_point: {
    worth: "is needed to reach data",
    replacedBy: ["file_system_id", "posix_user", "root_directory"],
  },
  aws_efs_backup_policy: { worth: "guards data", importId: "{file_system_id}", replacedBy: ["file_system_id"] },
  aws_efs_file_system: {
    worth: "holds data",
    replacedBy: ["availability_zone_name", "creation_token", "encrypted", "kms_key_id", "performance_mode"],
  },
  aws_efs_file_system_policy: { worth: "guards data", importId: "{file_system_id}", replacedBy: ["file_system_id"] },
  aws_efs_mount_target: { worth: "is needed to reach data", replacedBy: ["file_system_id", "ip_address", "subnet_id"] },
  aws_efs_replication_configuration: {
    worth: "guards data",
    importId: "{source_file_system_id}",
    replacedBy: ["destination", "source_file_system_id"],
  },
  aws_fsx_lustre_file_system: { worth: "holds data" },
  aws_fsx_ontap_file_system: { worth: "holds data" },
  aws_fsx_openzfs_file_system: { worth: "holds data" },
  aws_fsx_windows_file_system: { worth: "holds data" },
  aws_kinesis_stream: { replacedBy: ["name"] },
  aws_s3_bucket: {
    worth: "holds data",
    importId: "{bucket}",
    replacedBy: ["bucket", "bucket_prefix", "object_lock_enabled"],
    unique: { by: ["bucket"], within: "account" },
    idleCost: "a bucket's copies",
  },
  aws_s3_bucket_lifecycle_configuration: {
    worth: "guards data",
    importId: "{bucket}",
    replacedBy: ["bucket", "expected_bucket_owner"],
  },
  aws_s3_bucket_logging: { worth: "guards data", importId: "{bucket}" },
  aws_s3_bucket_object_lock_configuration: {
    worth: "guards data",
    importId: "{bucket}",
    replacedBy: ["bucket", "expected_bucket_owner", "object_lock_enabled"],
  },
  aws_s3_bucket_ownership_controls: { worth: "guards data", importId: "{bucket}", replacedBy: ["bucket"] },
  aws_s3_bucket_policy: { worth: "guards data", importId: "{bucket}", replacedBy: ["bucket"] },
  aws_s3_bucket_public_access_block: { worth: "guards data", importId: "{bucket}", replacedBy: ["bucket"] },
  aws_s3_bucket_replication_configuration: { worth: "guards data", importId: "{bucket}", replacedBy: ["bucket"] },
  aws_s3_bucket_server_side_encryption_configuration: {
    worth: "guards data",
    importId: "{bucket}",
    replacedBy: ["bucket", "expected_bucket_owner"],
  },
  aws_s3_bucket_versioning: {
    worth: "guards data",
    importId: "{bucket}",
    replacedBy: ["bucket", "expected_bucket_owner"],
  },
  aws_s3_object: { replacedBy: ["bucket", "key"] },
};
