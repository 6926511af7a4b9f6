import { IConstruct } from "constructs";
import { arn, checkAccount, checkName, partitionOf, Ref } from "../core";
import { CLUSTER, SERVICE } from "./names";

/** A service in some site, pointed to by its cluster's name and its own. */
export interface ServiceRef extends Ref {
  readonly clusterName: string;
}

/** Points to the service of a name, without creating or reading it. */
export function serviceRef(
  scope: IConstruct | string,
  at: { readonly clusterName: string; readonly name: string; readonly region: string; readonly account: string },
): ServiceRef {
  const clusterName = checkName(scope, "clusterName", at.clusterName, CLUSTER);
  const name = checkName(scope, "name", at.name, SERVICE);
  const account = checkAccount(scope, at.account);
  const partition = partitionOf(scope, at.region);
  return {
    name,
    clusterName,
    arn: arn({ partition, service: "ecs", region: at.region, account, resource: `service/${clusterName}/${name}` }),
    region: at.region,
    account,
  };
}

/** Id of a service in Application Auto Scaling. */
export function scalableResourceId({ clusterName, name }: Pick<ServiceRef, "clusterName" | "name">): string {
  return `service/${clusterName}/${name}`;
}
