import { Statement } from "../core";
import { KeyRef } from "../kms-keys";
import { keyUseStatement } from "../kms-keys/internal";
import { ownKeyAlias } from "./table-key";
import { TableRef } from "./table-ref";

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html */
const READ = [
  "dynamodb:BatchGetItem",
  "dynamodb:ConditionCheckItem",
  "dynamodb:DescribeTable",
  "dynamodb:GetItem",
  "dynamodb:Query",
  "dynamodb:Scan",
];
const WRITE = [
  "dynamodb:BatchWriteItem",
  "dynamodb:DeleteItem",
  "dynamodb:DescribeTable",
  "dynamodb:PutItem",
  "dynamodb:UpdateItem",
];

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html */
const USE_KEY = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"];
const READ_BY_KEY = ["kms:Decrypt", "kms:DescribeKey"];

export interface TableAccessProps {
  readonly access: "READ" | "WRITE" | "READ_WRITE";
  /** The table, or the replica of the site the role works in. */
  readonly table: TableRef;
  /** Alias of the key it is encrypted with there. @default - the one a table makes for itself: `dynamodb/<table>` */
  readonly key?: KeyRef;
}

/**
 * Statements for the policy of a role that uses a table: its items, its indexes and, through DynamoDB alone, its key. They are
 * computed from names, so that a role in any site can be given them before the replica is there.
 */
export function tableAccess({ access, key, table }: TableAccessProps): readonly Statement[] {
  const actions = { READ, WRITE, READ_WRITE: [...new Set([...READ, ...WRITE])].sort() }[access];
  return [
    { sid: "UseTable", actions, resources: [table.arn, `${table.arn}/index/*`] },
    ...(table.customerKey ? [useKey(table, key?.name ?? ownKeyAlias(table.name), access)] : []),
  ];
}

function useKey({ account, region }: TableRef, alias: string, access: TableAccessProps["access"]): Statement {
  const actions = access === "READ" ? READ_BY_KEY : USE_KEY;
  return keyUseStatement({ sid: "UseTableKey", actions, key: { name: alias, region, account }, service: "dynamodb" });
}
