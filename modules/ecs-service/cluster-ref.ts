import { IConstruct } from "constructs";
import { arn, checkAccount, checkName, partitionOf, Ref } from "../core";
import { LOG_GROUP_PREFIX } from "./log-group";
import { CLUSTER } from "./names";

/** A cluster, pointed to by its name. */
export interface ClusterRef extends Ref {
  /** Whether the cluster counts its tasks, which is what shows a service to be whole. */
  readonly containerInsights: boolean;
  /** Log group of the commands that are run in its containers. */
  readonly commandLogGroupName: string;
}

/** Where a cluster is, and whether it counts its tasks. */
export interface ClusterPlace {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  /** @default true */
  readonly containerInsights?: boolean;
}

/** Points to the cluster of a name, without creating or reading it. */
export function clusterRef(scope: IConstruct | string, at: ClusterPlace): ClusterRef {
  const name = checkName(scope, "name", at.name, CLUSTER);
  const account = checkAccount(scope, at.account);
  const partition = partitionOf(scope, at.region);
  return {
    name,
    arn: arn({ partition, service: "ecs", region: at.region, account, resource: `cluster/${name}` }),
    region: at.region,
    account,
    containerInsights: at.containerInsights ?? true,
    commandLogGroupName: LOG_GROUP_PREFIX + name,
  };
}
