import { IConstruct } from "constructs";
import { refuse, refuseEmpty } from "../core";
import { literal, whole } from "./checks";

/**
 * Types of DMS that a column of a file may have.
 *
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Source.S3.html
 */
export type ExternalColumnType =
  | "BLOB"
  | "BOOLEAN"
  | "BYTE"
  | "CLOB"
  | "DATE"
  | "DATETIME"
  | "INT1"
  | "INT2"
  | "INT4"
  | "INT8"
  | "NUMERIC"
  | "REAL4"
  | "REAL8"
  | "STRING"
  | "TIME"
  | "TIMESTAMP"
  | "UINT1"
  | "UINT2"
  | "UINT4"
  | "UINT8";

/** A column of the files of a table, in the order of the files. */
export interface ExternalColumn {
  readonly name: string;
  readonly type: ExternalColumnType;
  /** Characters or bytes; needed for `STRING` and `BYTE`. @default - none */
  readonly length?: number;
  /** @default true */
  readonly nullable?: boolean;
  /** Digits in all; needed for `NUMERIC`. @default - none */
  readonly precision?: number;
  /** @default false */
  readonly primaryKey?: boolean;
  /** Digits after the point; needed for `NUMERIC`. @default - none */
  readonly scale?: number;
}

/** The columns in the files of one table. */
export interface ExternalTable {
  readonly columns: readonly ExternalColumn[];
  readonly schema: string;
  readonly table: string;
  /** Path of its files below the endpoint's folder. @default - `<schema>/<table>/` */
  readonly path?: string;
}

/**
 * The table definition DMS reads files by.
 *
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Source.S3.html#CHAP_Source.S3.ExternalTableDef
 */
export function externalTableDefinition(scope: IConstruct | string, tables: readonly ExternalTable[]): string {
  refuseEmpty(scope, "tables", tables, "describe one table or more: files have no schema of their own");
  const text = JSON.stringify({ TableCount: String(tables.length), Tables: tables.map((one) => tableOf(scope, one)) });
  return literal(scope, "tables", text);
}

function tableOf(scope: IConstruct | string, { columns, path, schema, table }: ExternalTable) {
  const name = `${schema}.${table}`;
  if (columns.length === 0) {
    refuse(
      scope,
      "MissingSetting",
      `the table '${name}' has no 'columns'`,
      "name the columns in the order of the files",
    );
  }
  return {
    TableName: table,
    TablePath: path ?? `${schema}/${table}/`,
    TableOwner: schema,
    TableColumns: columns.map((column) => columnOf(scope, name, column)),
    TableColumnsTotal: String(columns.length),
  };
}

function columnOf(scope: IConstruct | string, table: string, column: ExternalColumn) {
  const sized = column.type === "STRING" || column.type === "BYTE";
  const numeric = column.type === "NUMERIC";
  const number = (property: "length" | "precision" | "scale", needed: boolean, min: number) => {
    const value = column[property];
    const name = `${table}.${column.name}.${property}`;
    if (needed && value === undefined) {
      refuse(scope, "MissingSetting", `'${name}' is needed for ${column.type}`, `give the column's ${property}`);
    }
    return value === undefined ? undefined : String(whole(scope, name, value, min, Number.MAX_SAFE_INTEGER));
  };
  return {
    ColumnName: column.name,
    ColumnType: column.type,
    ColumnLength: number("length", sized, 1),
    ColumnPrecision: number("precision", numeric, 1),
    ColumnScale: number("scale", numeric, 0),
    ColumnNullable: String(column.nullable ?? !column.primaryKey),
    ColumnIsPk: column.primaryKey ? "true" : undefined,
  };
}
