import { IConstruct } from "constructs";
import { arn, checkAccount, partitionOf, Ref } from "../core";

/** The private registry that every account has in every region. */
export interface RegistryRef extends Ref {
  /** Registry id: the account's. */
  readonly name: string;
  /** For policies: all repositories of the registry. */
  readonly arn: string;
}

/** Points to the registry of an account in a region, without reading it. */
export function registryRef(
  scope: IConstruct | string,
  at: { readonly region: string; readonly account: string },
): RegistryRef {
  const account = checkAccount(scope, at.account);
  const partition = partitionOf(scope, at.region);
  return {
    name: account,
    arn: arn({ partition, service: "ecr", region: at.region, account, resource: "repository/*" }),
    region: at.region,
    account,
  };
}
