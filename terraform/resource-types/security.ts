import type { ResourceType } from "./resource-type";

/** Keys, secrets, parameters, certificates and roles. */
export const SECURITY: Readonly<Record<string, ResourceType>> = {
  aws_acm_certificate: {
    replacedBy: [
      "certificate_authority_arn",
      "domain_name",
      "key_algorithm",
      "subject_alternative_names",
      "validation_method",
    ],
  },
  aws_acm_certificate_validation: { replacedBy: ["certificate_arn", "validation_record_fqdns"] },
  aws_iam_instance_profile: { importId: "{name}", replacedBy: ["name", "name_prefix", "path"] },
  aws_iam_role: {
    importId: "{name}",
    replacedBy: ["name", "name_prefix", "path"],
    unique: { by: ["name"], within: "account" },
  },
  aws_iam_role_policy: { importId: "{role}:{name}", replacedBy: ["name", "name_prefix", "role"] },
  aws_iam_role_policy_attachment: { importId: "{role}/{policy_arn}", replacedBy: ["policy_arn", "role"] },
  aws_kms_alias: {
    worth: "is needed to reach data",
    importId: "{name}",
    replacedBy: ["name", "name_prefix"],
    unique: { by: ["name"], within: "region" },
  },
  aws_kms_key: {
    worth: "is needed to reach data",
    replacedBy: ["custom_key_store_id", "customer_master_key_spec", "key_usage", "multi_region", "xks_key_id"],
    idleCost: "a key",
  },
  aws_kms_key_policy: { worth: "guards data" },
  aws_kms_replica_key: { replacedBy: ["primary_key_arn"], worth: "is needed to reach data" },
  aws_secretsmanager_secret: {
    worth: "holds data",
    replacedBy: ["name", "name_prefix"],
    unique: { by: ["name"], within: "region" },
  },
  aws_secretsmanager_secret_policy: { worth: "guards data", replacedBy: ["secret_arn"] },
  aws_secretsmanager_secret_rotation: { worth: "guards data" },
  aws_secretsmanager_secret_version: {
    worth: "holds data",
    replacedBy: ["secret_binary", "secret_id", "secret_string", "secret_string_wo_version"],
  },
  aws_ssm_parameter: {
    importId: "{name}",
    replacedBy: ["data_type", "name"],
    unique: { by: ["name"], within: "region" },
  },
};
