import { IConstruct } from "constructs";
import { arn, checkAccount, checkName, NameRule, partitionOf, Ref } from "../core";

/** A key in some site, pointed to by its alias: the key's own ARN is not known before it exists. */
export interface KeyRef extends Ref {
  /** Alias without `alias/`. */
  readonly name: string;
  /** ARN of the alias. */
  readonly arn: string;
}

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html */
export const ALIAS: NameRule = {
  what: "KMS alias",
  min: 1,
  max: 250,
  pattern: /^(?!aws\/)[a-zA-Z0-9/_-]+$/,
  allowed: "letters, digits, '/', '_' and '-', not beginning with 'aws/'",
  unique: "region",
  source: "https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html",
};

/** Points to the key behind an alias, without creating or reading it. */
export function keyRef(
  scope: IConstruct | string,
  at: { readonly alias: string; readonly region: string; readonly account: string },
): KeyRef {
  const name = checkName(scope, "alias", at.alias, ALIAS);
  const account = checkAccount(scope, at.account);
  const partition = partitionOf(scope, at.region);
  return {
    name,
    arn: arn({ partition, service: "kms", region: at.region, account, resource: `alias/${name}` }),
    region: at.region,
    account,
  };
}
