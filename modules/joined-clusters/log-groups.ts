import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";
import { CheckedCluster, MEMBER_DEFAULTS } from "./member-checks";

/** Log groups of a cluster. Otherwise the service would create them, without a retention. */
export function createLogGroups(scope: Construct, { engine, props, settled }: CheckedCluster): CloudwatchLogGroup[] {
  return settled.logs.map(
    (log) =>
      new CloudwatchLogGroup(scope, `Log-${log}`, {
        name: `/aws/${engine.logService}/${props.identifier}/${log}`,
        kmsKeyId: props.logKmsKeyArn,
        retentionInDays: props.logRetentionDays ?? MEMBER_DEFAULTS.logRetentionDays,
      }),
  );
}
