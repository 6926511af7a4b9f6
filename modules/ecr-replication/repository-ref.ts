import { IConstruct } from "constructs";
import { arn, checkAccount, checkName, dnsSuffix, partitionOf, Ref } from "../core";
import { REPOSITORY } from "./names";

/** A repository in some site, pointed to by its name. */
export interface RepositoryRef extends Ref {
  /** Where images are pushed and pulled, without tag: `111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/orders/api`. */
  readonly uri: string;
}

/** Points to the repository of a name, without creating or reading it. */
export function repositoryRef(
  scope: IConstruct | string,
  at: { readonly name: string; readonly region: string; readonly account: string },
): RepositoryRef {
  const name = checkName(scope, "name", at.name, REPOSITORY);
  const account = checkAccount(scope, at.account);
  const partition = partitionOf(scope, at.region);
  return {
    name,
    arn: arn({ partition, service: "ecr", region: at.region, account, resource: `repository/${name}` }),
    region: at.region,
    account,
    uri: `${account}.dkr.ecr.${at.region}.${dnsSuffix(partition)}/${name}`,
  };
}
