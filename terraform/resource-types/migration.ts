import type { ResourceType } from "./resource-type";

/** Database Migration Service. */
export const MIGRATION: Readonly<Record<string, ResourceType>> = {
  aws_dms_certificate: { replacedBy: ["certificate_id", "certificate_pem", "certificate_wallet"] },
  aws_dms_endpoint: { importId: "{endpoint_id}", replacedBy: ["endpoint_id", "kms_key_arn"] },
  aws_dms_event_subscription: { replacedBy: ["name", "source_ids", "source_type"], importId: "{name}" },
  aws_dms_replication_config: {
    replacedBy: ["compute_config", "replication_config_identifier", "resource_identifier"],
  },
  aws_dms_replication_instance: {
    importId: "{replication_instance_id}",
    replacedBy: [
      "availability_zone",
      "kms_key_arn",
      "publicly_accessible",
      "replication_instance_id",
      "replication_subnet_group_id",
    ],
  },
  aws_dms_replication_subnet_group: {
    importId: "{replication_subnet_group_id}",
    replacedBy: ["replication_subnet_group_id"],
  },
  aws_dms_replication_task: {
    importId: "{replication_task_id}",
    replacedBy: ["replication_task_id", "resource_identifier", "source_endpoint_arn", "target_endpoint_arn"],
  },
  aws_dms_s3_endpoint: { replacedBy: ["endpoint_id", "ignore_header_rows", "kms_key_arn"], importId: "{endpoint_id}" },
};
