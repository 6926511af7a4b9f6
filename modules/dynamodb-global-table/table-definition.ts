import { DynamodbTableConfig } from "@cdktf/provider-aws/lib/dynamodb-table";
import { IConstruct } from "constructs";
import { plain, refuse } from "../core";
import { Site } from "../site";
import { checkCapacity, onDemandThroughput } from "./table-capacity";
import { checkContent, contentArguments, TableContent } from "./table-content";
import { checkKeys, globalSecondaryIndexes, keyAttributes, localSecondaryIndexes, TableKeys } from "./table-indexes";

/** `STANDARD_INFREQUENT_ACCESS` stores at a lower price, and reads and writes at a higher one. */
export type TableClass = "STANDARD" | "STANDARD_INFREQUENT_ACCESS";

/** Definition of a table, the same in every site. A workload states it once, and all parts of the global table use it. */
export interface TableDefinition extends TableKeys, TableContent {
  /** AWS lets it change twice in 30 days. @default "STANDARD" */
  readonly tableClass?: TableClass;
  /**
   * Attribute, of type N, that holds the second in Unix time after which DynamoDB deletes the item, in every replica.
   *
   * @default - items never expire
   */
  readonly timeToLive?: string;
}

/** Refuses a definition that AWS would. */
export function checkDefinition(scope: IConstruct, name: string, definition: TableDefinition): void {
  checkCapacity(scope, "", definition);
  checkKeys(scope, definition);
  checkTimeToLive(scope, definition);
  checkContent(scope, name, definition, Object.keys(definition.localIndexes ?? {}).length > 0);
}

/** An expiry is set again for an item that lives on; a key of the table never changes. */
function checkTimeToLive(scope: IConstruct, definition: TableDefinition): void {
  const { partitionKey, sortKey, timeToLive } = definition;
  if (timeToLive === undefined) return;
  plain(scope, "timeToLive", timeToLive);
  if (timeToLive === partitionKey.name || timeToLive === sortKey?.name) {
    refuse(scope, "TimeToLiveOnKey", `'timeToLive' names the key attribute '${timeToLive}'`);
  }
  const indexed = keyAttributes(scope, definition).find((attribute) => attribute.name === timeToLive);
  if (indexed !== undefined && indexed.type !== "N") {
    refuse(
      scope,
      "TimeToLiveOnKey",
      `'timeToLive' names '${timeToLive}', which an index knows as type '${indexed.type}'`,
    );
  }
}

/** The arguments of the table that its definition decides. It writes out values that the provider would compute. */
export function definitionArguments(scope: IConstruct, definition: TableDefinition): Partial<DynamodbTableConfig> {
  const { globalIndexes = {}, onDemand, partitionKey, provisioned, sortKey, timeToLive } = definition;
  if (Object.keys(globalIndexes).length > 0) Site.of(scope).avoidBrokenProviders("dynamodbIndex");
  return {
    hashKey: partitionKey.name,
    rangeKey: sortKey?.name,
    attribute: keyAttributes(scope, definition),
    globalSecondaryIndex: someOrNone(globalSecondaryIndexes(definition)),
    localSecondaryIndex: someOrNone(localSecondaryIndexes(definition)),
    billingMode: provisioned ? "PROVISIONED" : "PAY_PER_REQUEST",
    readCapacity: provisioned?.read.min,
    writeCapacity: provisioned?.write.min,
    onDemandThroughput: onDemandThroughput(onDemand),
    tableClass: definition.tableClass ?? "STANDARD",
    ttl: timeToLive === undefined ? undefined : { attributeName: timeToLive, enabled: true },
    ...contentArguments(scope, definition),
  };
}

function someOrNone<T>(blocks: T[]): T[] | undefined {
  return blocks.length > 0 ? blocks : undefined;
}
