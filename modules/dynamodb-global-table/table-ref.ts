import { IConstruct } from "constructs";
import { arn, checkAccount, checkName, NameRule, partitionOf, Ref } from "../core";

/** A table, or a replica of it, in some site, with the facts that the other parts of a global table need. */
export interface TableRef extends Ref {
  /** Whether customer managed keys encrypt it, in every region one of its own. AWS keeps the kind of key the same. */
  readonly customerKey: boolean;
  readonly stronglyConsistent: boolean;
}

/** Facts that identify a table before it exists. */
export interface TableRefProps {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  /** @default true */
  readonly customerKey?: boolean;
  /** @default false */
  readonly stronglyConsistent?: boolean;
}

const NAMING_RULES =
  "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html";

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html */
export const TABLE: NameRule = {
  what: "DynamoDB table name",
  min: 3,
  max: 255,
  pattern: /^[a-zA-Z0-9_.-]+$/,
  allowed: "letters, digits, '_', '-' and '.'",
  unique: "region",
  source: NAMING_RULES,
};

/** Index names are unique within their table, global and local ones together. */
export const INDEX: NameRule = { ...TABLE, what: "DynamoDB index name" };

/** The limit is on names of keys; other attributes may have longer ones. */
export const KEY_ATTRIBUTE: NameRule = {
  what: "DynamoDB key attribute name",
  min: 1,
  max: 255,
  pattern: /^[^]*$/,
  allowed: "any characters",
  unique: "region",
  source: NAMING_RULES,
};

/** Points to a table without creating or reading it. */
export function tableRef(scope: IConstruct | string, props: TableRefProps): TableRef {
  const name = checkName(scope, "name", props.name, TABLE);
  const account = checkAccount(scope, props.account);
  const partition = partitionOf(scope, props.region);
  return {
    name,
    arn: arn({ partition, service: "dynamodb", region: props.region, account, resource: `table/${name}` }),
    region: props.region,
    account,
    customerKey: props.customerKey ?? true,
    stronglyConsistent: props.stronglyConsistent ?? false,
  };
}

/** The same global table in another region: all replicas have one name and one account. */
export function inRegion(scope: IConstruct, table: TableRef, region: string): TableRef {
  return tableRef(scope, { ...table, region });
}
