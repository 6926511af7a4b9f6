import {
  DynamodbTableAttribute,
  DynamodbTableGlobalSecondaryIndex,
  DynamodbTableLocalSecondaryIndex,
} from "@cdktf/provider-aws/lib/dynamodb-table";
import { IConstruct } from "constructs";
import { checkName, refuse } from "../core";
import { Capacity, checkCapacity, onDemandThroughput, ProvisionedCapacity } from "./table-capacity";
import { INDEX, KEY_ATTRIBUTE } from "./table-ref";

/**
 * Limits of one table. More global indexes are AWS's to grant, on request.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Projection.html
 */
const MOST = { globalIndexes: 20, localIndexes: 5, nonKeyAttributes: 20, nonKeyAttributesOfAllIndexes: 100 };

/** An attribute that is part of a key. */
export interface KeyAttribute {
  /** 1 to 255 characters. */
  readonly name: string;
  /** `S` for text, `N` for a number, `B` for bytes. */
  readonly type: "S" | "N" | "B";
}

/** Attributes that an index holds in addition to its own keys and those of the table. */
export interface Projected {
  /** Attributes an `INCLUDE` adds, 1 to 20. @default - none */
  readonly nonKeyAttributes?: readonly string[];
  /** @default "ALL" */
  readonly projection?: "ALL" | "KEYS_ONLY" | "INCLUDE";
}

/** A global secondary index: another key over the whole table, in every replica. Its capacity is its own. */
export interface GlobalIndex extends Projected, Capacity {
  /** Attribute that decides where an item is kept. */
  readonly partitionKey: KeyAttribute;
  /** @default - none */
  readonly sortKey?: KeyAttribute;
}

/** A local secondary index: another sort key under the table's partition key. Made with the table, never later. */
export interface LocalIndex extends Projected {
  readonly sortKey: KeyAttribute;
}

/** The keys of a table and of its indexes, which go by their names. */
export interface TableKeys extends Capacity {
  /** Attribute that decides where an item is kept: `{ name: "id", type: "S" }`. It cannot be changed. */
  readonly partitionKey: KeyAttribute;
  /** Global secondary indexes by name, at most 20. @default - none */
  readonly globalIndexes?: Readonly<Record<string, GlobalIndex>>;
  /** Local secondary indexes by name, at most 5. They cannot be changed. @default - none */
  readonly localIndexes?: Readonly<Record<string, LocalIndex>>;
  /** @default - none */
  readonly sortKey?: KeyAttribute;
}

/** Refuses keys and indexes that AWS would. */
export function checkKeys(scope: IConstruct, keys: TableKeys): void {
  const { globalIndexes = {}, localIndexes = {} } = keys;
  keyAttributes(scope, keys);
  refuseTooMany(scope, "globalIndexes", Object.keys(globalIndexes).length, MOST.globalIndexes);
  refuseTooMany(scope, "localIndexes", Object.keys(localIndexes).length, MOST.localIndexes);
  for (const [name, index] of [...Object.entries(globalIndexes), ...Object.entries(localIndexes)]) {
    checkName(scope, "an index", name, INDEX);
    checkProjection(scope, name, index);
  }
  for (const name of Object.keys(localIndexes)) {
    if (name in globalIndexes) refuse(scope, "DuplicateIndex", `a global and a local index have the name '${name}'`);
    if (keys.sortKey === undefined) {
      refuse(scope, "LocalIndexWithoutSortKey", `the table has the local index '${name}' and no sort key`);
    }
  }
  const projected = [...Object.values(globalIndexes), ...Object.values(localIndexes)].flatMap(
    ({ nonKeyAttributes = [] }) => nonKeyAttributes,
  );
  refuseTooMany(scope, "nonKeyAttributes of all indexes", projected.length, MOST.nonKeyAttributesOfAllIndexes);
  for (const [name, index] of Object.entries(globalIndexes)) checkIndexCapacity(scope, name, index, keys);
}

/** An index has the table's mode. */
function checkIndexCapacity(scope: IConstruct, name: string, index: GlobalIndex, table: TableKeys): void {
  checkCapacity(scope, `globalIndexes.${name}.`, index);
  const [given, mode] = table.provisioned ? [index.onDemand, "provisioned"] : [index.provisioned, "on demand"];
  if (given !== undefined) {
    const setting = table.provisioned ? "onDemand" : "provisioned";
    refuse(
      scope,
      "ConflictingSettings",
      `the table is ${mode} and 'globalIndexes.${name}.${setting}' is given`,
      "give the index the capacity mode of its table",
    );
  }
}

function checkProjection(scope: IConstruct, name: string, { nonKeyAttributes, projection = "ALL" }: Projected): void {
  if (projection !== "INCLUDE" && nonKeyAttributes !== undefined) {
    refuse(
      scope,
      "ConflictingSettings",
      `index '${name}' has the projection '${projection}' and 'nonKeyAttributes'`,
      "set 'projection' to 'INCLUDE', or leave 'nonKeyAttributes' out",
    );
  }
  if (projection === "INCLUDE" && !nonKeyAttributes?.length) {
    refuse(
      scope,
      "MissingSetting",
      `index '${name}' has the projection 'INCLUDE' and no 'nonKeyAttributes'`,
      "name the attributes, or project 'KEYS_ONLY'",
    );
  }
  refuseTooMany(scope, `nonKeyAttributes of ${name}`, nonKeyAttributes?.length ?? 0, MOST.nonKeyAttributes);
}

function refuseTooMany(scope: IConstruct, what: string, count: number, most: number): void {
  if (count > most) refuse(scope, "SettingOutOfRange", `'${what}' must be ${most} at most, got ${count}`);
}

/** Every attribute of every key, once, in the order of their names: DynamoDB knows no others. */
export function keyAttributes(scope: IConstruct, keys: TableKeys): DynamodbTableAttribute[] {
  const { globalIndexes = {}, localIndexes = {}, partitionKey, sortKey } = keys;
  const attributes = [
    partitionKey,
    sortKey,
    ...Object.values(globalIndexes).flatMap((index) => [index.partitionKey, index.sortKey]),
    ...Object.values(localIndexes).map((index) => index.sortKey),
  ].filter((attribute) => attribute !== undefined);
  const types = new Map<string, string>();
  for (const { name, type } of attributes) {
    checkName(scope, "a key attribute", name, KEY_ATTRIBUTE);
    const known = types.get(name);
    if (known !== undefined && known !== type) {
      refuse(scope, "AttributeWithTwoTypes", `the key attribute '${name}' has the types '${known}' and '${type}'`);
    }
    types.set(name, type);
  }
  return [...types].map(([name, type]) => ({ name, type })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The blocks of the global indexes. */
export function globalSecondaryIndexes(table: TableKeys): DynamodbTableGlobalSecondaryIndex[] {
  return Object.entries(table.globalIndexes ?? {}).map(([name, index]) => {
    const provisioned = indexCapacity(table, index);
    return {
      name,
      hashKey: index.partitionKey.name,
      rangeKey: index.sortKey?.name,
      ...projected(index),
      onDemandThroughput: provisioned ? undefined : onDemandThroughput(index.onDemand ?? table.onDemand),
      readCapacity: provisioned?.read.min,
      writeCapacity: provisioned?.write.min,
    };
  });
}

/** The provisioned capacity of an index: its own, else the table's. */
export function indexCapacity(table: TableKeys, index: GlobalIndex): ProvisionedCapacity | undefined {
  return index.provisioned ?? table.provisioned;
}

/** The blocks of the local indexes. */
export function localSecondaryIndexes({ localIndexes = {} }: TableKeys): DynamodbTableLocalSecondaryIndex[] {
  return Object.entries(localIndexes).map(([name, index]) => ({
    name,
    rangeKey: index.sortKey.name,
    ...projected(index),
  }));
}

function projected({ nonKeyAttributes, projection = "ALL" }: Projected) {
  return { projectionType: projection, nonKeyAttributes: nonKeyAttributes && [...nonKeyAttributes] };
}
