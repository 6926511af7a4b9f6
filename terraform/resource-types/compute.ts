import { fill, lastPart } from "./import-id";
import type { ResourceType } from "./resource-type";

/** Instances, containers, functions and their images. */
export const COMPUTE: Readonly<Record<string, ResourceType>> = {
  aws_ami_copy: { replacedBy: ["encrypted", "kms_key_id", "name", "source_ami_id", "source_ami_region"] },
  aws_ami_launch_permission: {
    replacedBy: ["account_id", "group", "image_id", "organization_arn", "organizational_unit_arn"],
  },
  aws_appautoscaling_policy: {
    importId: "{service_namespace}/{resource_id}/{scalable_dimension}/{name}",
    replacedBy: ["name", "resource_id", "scalable_dimension", "service_namespace"],
  },
  aws_appautoscaling_target: {
    importId: "{service_namespace}/{resource_id}/{scalable_dimension}",
    replacedBy: ["resource_id", "scalable_dimension", "service_namespace"],
  },
  aws_autoscaling_group: {
    importId: "{name}",
    replacedBy: ["name", "name_prefix"],
    unique: { by: ["name"], within: "region" },
    idleCost: "instances",
  },
  aws_autoscaling_policy: { importId: "{autoscaling_group_name}/{name}" },
  aws_ec2_capacity_reservation: {
    replacedBy: [
      "availability_zone",
      "ebs_optimized",
      "ephemeral_storage",
      "instance_match_criteria",
      "instance_platform",
      "instance_type",
      "tenancy",
    ],
  },
  aws_ecr_lifecycle_policy: { worth: "guards data", importId: "{repository}" },
  aws_ecr_registry_policy: { replacedBy: [] },
  aws_ecr_replication_configuration: { replacedBy: [] },
  aws_ecr_repository: { worth: "holds data", importId: "{name}", replacedBy: ["encryption_configuration", "name"] },
  aws_ecr_repository_creation_template: { replacedBy: ["prefix"] },
  aws_ecr_repository_policy: { worth: "guards data", importId: "{repository}" },
  aws_ecs_cluster: { importId: "{name}", replacedBy: ["name"], unique: { by: ["name"], within: "region" } },
  aws_ecs_cluster_capacity_providers: { importId: "{cluster_name}", replacedBy: ["cluster_name"] },
  aws_ecs_service: {
    importId: (values) => fill(`${lastPart(values.cluster) ?? "{cluster}"}/{name}`, values),
    replacedBy: [
      "capacity_provider_strategy",
      "cluster",
      "deployment_controller",
      "iam_role",
      "launch_type",
      "name",
      "scheduling_strategy",
    ],
    unique: { by: ["name"], within: "region" },
  },
  aws_ecs_task_definition: {
    replacedBy: [
      "container_definitions",
      "cpu",
      "enable_fault_injection",
      "execution_role_arn",
      "family",
      "ipc_mode",
      "memory",
      "network_mode",
      "pid_mode",
      "requires_compatibilities",
      "runtime_platform",
      "task_role_arn",
    ],
  },
  aws_imagebuilder_distribution_configuration: { replacedBy: ["name"] },
  aws_lambda_alias: { importId: "{function_name}/{name}", replacedBy: ["function_name", "name"] },
  aws_lambda_event_source_mapping: {
    replacedBy: ["event_source_arn", "queues", "starting_position", "starting_position_timestamp", "topics"],
    unique: { by: ["event_source_arn", "function_name"], within: "region" },
  },
  aws_lambda_function: {
    importId: "{function_name}",
    replacedBy: ["function_name", "package_type"],
    unique: { by: ["function_name"], within: "region" },
  },
  aws_lambda_function_event_invoke_config: { replacedBy: ["function_name", "qualifier"] },
  aws_lambda_permission: {
    importId: "{function_name}/{statement_id}",
    replacedBy: [
      "action",
      "event_source_token",
      "function_name",
      "function_url_auth_type",
      "principal",
      "principal_org_id",
      "qualifier",
      "source_account",
      "source_arn",
      "statement_id",
      "statement_id_prefix",
    ],
  },
  aws_lambda_provisioned_concurrency_config: { replacedBy: ["function_name", "qualifier"] },
  aws_launch_template: { replacedBy: ["name", "name_prefix"] },
  aws_snapshot_create_volume_permission: { replacedBy: ["account_id", "snapshot_id"] },
};
