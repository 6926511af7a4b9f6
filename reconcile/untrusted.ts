import { ForeignRules, LEADING_SETTINGS } from "../terraform";

const REMEDY = "remove it, or give --trusted if you trust the folder";

/** The rules of `reconcile` for stacks that it plans without `--trusted`. */
export const PLAN_RULES: ForeignRules = {
  reasons: {
    provisioner: `a provisioner, which runs a program; ${REMEDY}`,
    connection: `a connection, which leads to another machine; ${REMEDY}`,
    data: `data from a program or from another server; ${REMEDY}`,
    state: `data from another state; only a stack's own cdk.tf.json may have it; ${REMEDY}`,
    provider: `a provider block; only a stack's own cdk.tf.json may have one; ${REMEDY}`,
    backend: `a backend; only a stack's own cdk.tf.json may have one; ${REMEDY}`,
  },
  // a plan runs no provisioner, and cdktf itself writes the data sources that read the state of another stack
  inOwnFile: ["data"],
  settings: LEADING_SETTINGS,
  settingReason:
    "which may lead to another server or run a program; set it in the environment, or trust the folder with --trusted",
};
