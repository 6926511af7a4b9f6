import { refuse } from "../core";
import { MAX_INT, whole } from "./checks";
import { isExact } from "./wildcards";

/** A comparison of a column's value, from a factory such as `equalTo("KR")`. */
export interface FilterCondition {
  readonly operator: "eq" | "noteq" | "lte" | "gte" | "between" | "notbetween" | "null" | "notnull";
  /** Last value of a range. @default - none */
  readonly end?: string;
  /** First value of a range. @default - none */
  readonly start?: string;
  /** The value. @default - none */
  readonly value?: string;
}

/** Rows in which a column meets one of the conditions. */
export interface ColumnFilter {
  /** Name of the column, in its own case. A column that never changes: a row that leaves the filter later stays copied. */
  readonly column: string;
  /** Conditions of which one has to hold. */
  readonly conditions: readonly FilterCondition[];
}

/** Which tables a task copies, or leaves out. */
export interface SelectionRule {
  /** Schema, as pattern with `%` for any text. */
  readonly schema: string;
  /** Table, as pattern with `%` for any text. */
  readonly table: string;
  /**
   * `explicit` names one table exactly.
   *
   * @default "include"
   */
  readonly action?: "include" | "exclude" | "explicit";
  /**
   * Rows to copy, of which all filters have to hold. Only on an included table named exactly.
   *
   * @default - all rows
   */
  readonly filters?: readonly ColumnFilter[];
  /**
   * Pins the rule's number.
   *
   * @default - derived from the rule's name alone
   */
  readonly id?: number;
  /**
   * Tables of a higher number are loaded first, 1 to 2147483647.
   *
   * @default - in any order
   */
  readonly loadOrder?: number;
  /**
   * Kind of objects that the pattern matches. Views can be loaded, but their changes are not replicated.
   *
   * @default "table"
   */
  readonly tableType?: "table" | "view" | "all";
}

/** The column has this value. */
export function equalTo(value: string): FilterCondition {
  return { operator: "eq", value };
}

/** The column has another value. The only condition of its filter. */
export function notEqualTo(value: string): FilterCondition {
  return { operator: "noteq", value };
}

/** The column is less than or equal to this value. */
export function atMost(value: string): FilterCondition {
  return { operator: "lte", value };
}

/** The column is greater than or equal to this value. */
export function atLeast(value: string): FilterCondition {
  return { operator: "gte", value };
}

/** The column lies between two values, or is one of them. */
export function between(start: string, end: string): FilterCondition {
  return { operator: "between", start, end };
}

/** The column lies outside two values. The only condition of its filter. */
export function notBetween(start: string, end: string): FilterCondition {
  return { operator: "notbetween", start, end };
}

/** The column is null. */
export function isNull(): FilterCondition {
  return { operator: "null" };
}

/** The column is not null. The only condition of its filter. */
export function isNotNull(): FilterCondition {
  return { operator: "notnull" };
}

/** A selection as DMS reads it, without id and name. */
export function selectionOf(path: string, name: string, rule: SelectionRule) {
  const { action = "include", filters = [] } = rule;
  refuseExplicit(path, name, rule);
  refuseFilters(path, name, rule);
  return {
    "rule-type": "selection" as const,
    "object-locator": {
      "schema-name": rule.schema,
      "table-name": rule.table,
      ...(rule.tableType && { "table-type": rule.tableType }),
    },
    "rule-action": action,
    ...(rule.loadOrder !== undefined && {
      "load-order": String(whole(path, `${name}.loadOrder`, rule.loadOrder, 1, MAX_INT)),
    }),
    ...(filters.length > 0 && { filters: filters.map((filter) => filterOf(path, name, filter)) }),
  };
}

function refuseExplicit(path: string, name: string, { action, schema, table }: SelectionRule): void {
  if (action === "explicit" && !(isExact(schema) && isExact(table))) {
    refuse(
      path,
      "InvalidMappingRule",
      `the explicit selection '${name}' must name one table exactly, got '${schema}.${table}'`,
      "use action 'include' with a pattern",
    );
  }
}

function refuseFilters(
  path: string,
  name: string,
  { action = "include", filters, schema, table }: SelectionRule,
): void {
  if (!filters?.length) return;
  if (action !== "include") {
    refuse(
      path,
      "InvalidMappingRule",
      `the selection '${name}' has filters, got action '${action}', allowed: 'include'`,
    );
  }
  if (!(isExact(schema) && isExact(table))) {
    refuse(
      path,
      "InvalidMappingRule",
      `the selection '${name}' has filters and must name one table exactly, got '${schema}.${table}'`,
    );
  }
}

const NEGATIVE: readonly FilterCondition["operator"][] = ["noteq", "notbetween", "notnull"];

/** @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.Filters.html */
function filterOf(path: string, name: string, { column, conditions }: ColumnFilter) {
  const fault =
    conditions.length === 0
      ? "has no conditions"
      : conditions.length > 1 && conditions.some(({ operator }) => NEGATIVE.includes(operator))
        ? `joins a negative condition with others, got ${conditions.map(({ operator }) => operator).join(", ")}`
        : column === "" || column.includes("%")
          ? `must name one column, got '${column}'`
          : undefined;
  if (fault !== undefined) {
    refuse(
      path,
      "InvalidMappingRule",
      `the filter on '${column}' of the selection '${name}' ${fault}`,
      "give each filter one column and at least one condition; a negative condition is alone in its filter",
    );
  }
  return {
    "filter-type": "source",
    "column-name": column,
    "filter-conditions": conditions.map(({ operator, value, start, end }) => ({
      "filter-operator": operator,
      ...(value !== undefined && { value }),
      ...(start !== undefined && { "start-value": start }),
      ...(end !== undefined && { "end-value": end }),
    })),
  };
}
