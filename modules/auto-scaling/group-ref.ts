import { IConstruct } from "constructs";
import { arn, checkAccount, checkName, partitionOf, Ref } from "../core";
import { GROUP } from "./names";

/** A group in some site, pointed to by its name. */
export interface GroupRef extends Ref {
  /** For policies: where AWS puts an identifier of its own, which no one knows before the group exists, there is a `*`. */
  readonly arn: string;
}

/** Points to the group of a name, without creating or reading it. */
export function groupRef(
  scope: IConstruct | string,
  at: { readonly name: string; readonly region: string; readonly account: string },
): GroupRef {
  const name = checkName(scope, "name", at.name, GROUP);
  const account = checkAccount(scope, at.account);
  const partition = partitionOf(scope, at.region);
  const resource = `autoScalingGroup:*:autoScalingGroupName/${name}`;
  return {
    name,
    arn: arn({ partition, service: "autoscaling", region: at.region, account, resource }),
    region: at.region,
    account,
  };
}
