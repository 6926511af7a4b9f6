import { ForeignRules } from "./foreign";

const REMEDY = "remove it, or give --trusted if you trust the folder";

/** What `reconcile` refuses to plan without `--trusted`. */
export const PLAN_RULES: ForeignRules = {
  reasons: {
    provisioner: `a provisioner, which runs a program; ${REMEDY}`,
    connection: `a connection, which leads to another machine; ${REMEDY}`,
    data: `data from a program or from another server; ${REMEDY}`,
    state: `data from another state; only a stack's own cdk.tf.json may have it; ${REMEDY}`,
    provider: `a provider block; only a stack's own cdk.tf.json may have one; ${REMEDY}`,
    backend: `a backend; only a stack's own cdk.tf.json may have one; ${REMEDY}`,
  },
  // a plan runs no provisioner, and cdktf itself writes what reads the state of another stack
  inOwnFile: ["data"],
  // they lead to another server, or to a file of profiles, which may name a program
  settings: [
    "dynamodb_endpoint",
    "ec2_metadata_service_endpoint",
    "endpoint",
    "endpoints",
    "http_proxy",
    "https_proxy",
    "iam_endpoint",
    "shared_config_files",
    "shared_credentials_file",
    "shared_credentials_files",
    "sts_endpoint",
  ],
  settingReason:
    "which may lead to another server or run a program; take it from the environment, or give --trusted if you trust the folder",
};
