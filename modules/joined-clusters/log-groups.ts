import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";
import { MEMBER_DEFAULTS } from "./member-checks";
import { MemberClusterProps } from "./member-props";

/** Log groups that the service would otherwise make itself, to be kept for ever. */
export function createLogGroups(
  scope: Construct,
  props: MemberClusterProps,
  { logs, service }: { readonly logs: readonly string[]; readonly service: "docdb" | "neptune" | "rds/cluster" },
): CloudwatchLogGroup[] {
  return logs.map(
    (log) =>
      new CloudwatchLogGroup(scope, `Log-${log}`, {
        name: `/aws/${service}/${props.identifier}/${log}`,
        kmsKeyId: props.logKmsKeyArn,
        retentionInDays: props.logRetentionDays ?? MEMBER_DEFAULTS.logRetentionDays,
      }),
  );
}
