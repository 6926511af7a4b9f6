import { refuse } from "../core";

/** The object of a transformation, from a factory such as `columns("shop", "orders", "email")`. Names are patterns. */
export interface RuleTarget<Kind extends RuleTargetKind = RuleTargetKind> {
  readonly kind: Kind;
  readonly schema: string;
  /** @default - none, as for a schema */
  readonly column?: string;
  /** @default - none, as for a schema */
  readonly table?: string;
  /** @default - none */
  readonly tablespace?: string;
}

export type RuleTargetKind = "schema" | "table" | "column" | "table-tablespace" | "index-tablespace";

/** Type of a column by DMS's names. */
export interface DataType {
  /** For example `int8`, `string`, `datetime`. */
  readonly type: string;
  /** Characters or bytes. @default - none */
  readonly length?: number;
  /** Digits in all, or of a fraction of a second. @default - none */
  readonly precision?: number;
  /** Digits after the point. @default - none */
  readonly scale?: number;
}

/** One change of names, columns or values on the way, from a factory such as `rename`. */
export interface TransformationRule {
  readonly target: RuleTarget;
  /** DMS's name of the action. */
  readonly action: string;
  /** Further fields of the rule that DMS reads. */
  readonly details: Readonly<Record<string, unknown>>;
  /** Pins the rule's number. @default - derived from the rule's name */
  readonly id?: number;
  /** DMS's name of the target. @default - the target's kind */
  readonly ruleTarget?: "column";
}

/** Schemas. */
export function schemas(schema: string): RuleTarget<"schema"> {
  return { kind: "schema", schema };
}

/** Tables. */
export function tables(schema: string, table: string): RuleTarget<"table"> {
  return { kind: "table", schema, table };
}

/** Columns, in their own case. */
export function columns(schema: string, table: string, column: string): RuleTarget<"column"> {
  return { kind: "column", schema, table, column };
}

/** The tablespace of tables, from Oracle to Oracle. */
export function tableTablespaces(schema: string, table: string, tablespace: string): RuleTarget<"table-tablespace"> {
  return { kind: "table-tablespace", schema, table, tablespace };
}

/** The tablespace of indexes, from Oracle to Oracle. */
export function indexTablespaces(schema: string, table: string, tablespace: string): RuleTarget<"index-tablespace"> {
  return { kind: "index-tablespace", schema, table, tablespace };
}

export type Named = RuleTarget<"schema" | "table" | "column">;

/** Gives it another name. */
export function rename(target: RuleTarget, to: string): TransformationRule {
  return rule("rename", target, { value: to });
}

/** Writes its name in lower case. */
export function toLowercase(target: Named): TransformationRule {
  return rule("convert-lowercase", target);
}

/** Writes its name in upper case. */
export function toUppercase(target: Named): TransformationRule {
  return rule("convert-uppercase", target);
}

/** Puts a text before its name. */
export function addPrefix(target: Named, prefix: string): TransformationRule {
  return rule("add-prefix", target, { value: prefix });
}

/** Takes a text from the front of its name. */
export function removePrefix(target: Named, prefix: string): TransformationRule {
  return rule("remove-prefix", target, { value: prefix });
}

/** Replaces a text at the front of its name. */
export function replacePrefix(
  target: Named,
  prefix: { readonly from: string; readonly to: string },
): TransformationRule {
  return rule("replace-prefix", target, { value: prefix.to, "old-value": prefix.from });
}

/** Puts a text behind its name. */
export function addSuffix(target: Named, suffix: string): TransformationRule {
  return rule("add-suffix", target, { value: suffix });
}

/** Takes a text from the end of its name. */
export function removeSuffix(target: Named, suffix: string): TransformationRule {
  return rule("remove-suffix", target, { value: suffix });
}

/** Replaces a text at the end of its name. */
export function replaceSuffix(
  target: Named,
  suffix: { readonly from: string; readonly to: string },
): TransformationRule {
  return rule("replace-suffix", target, { value: suffix.to, "old-value": suffix.from });
}

/** Leaves columns out. */
export function removeColumn(target: RuleTarget<"column">): TransformationRule {
  return rule("remove-column", target);
}

/** Takes these columns, and no others, of their table. */
export function includeColumn(target: RuleTarget<"column">): TransformationRule {
  return rule("include-column", target);
}

/** Adds a column, with a value computed by an SQLite expression if given. */
export function addColumn(
  target: RuleTarget<"table">,
  column: { readonly name: string; readonly dataType: DataType; readonly expression?: string },
): TransformationRule {
  const { name, dataType, expression } = column;
  return {
    ...rule("add-column", target, { value: name, expression, "data-type": dataType }),
    ruleTarget: "column",
  };
}

/** Gives columns another type. */
export function changeDataType(target: RuleTarget<"column">, dataType: DataType): TransformationRule {
  return rule("change-data-type", target, { "data-type": dataType });
}

/** Defines the primary key, or a unique index, of a table on the target. */
export function definePrimaryKey(
  target: RuleTarget<"table">,
  key: { readonly name: string; readonly columns: readonly string[]; readonly origin?: "primary-key" | "unique-index" },
): TransformationRule {
  const { name, columns: of, origin } = key;
  return rule("define-primary-key", target, { "primary-key-def": { name, origin, columns: [...of] } });
}

/** Adds a column for the value before each update. Needs a prefix or a suffix. */
export function addBeforeImageColumns(
  target: RuleTarget<"table">,
  names: { readonly prefix?: string; readonly suffix?: string; readonly columns?: "pk-only" | "non-lob" | "all" },
): TransformationRule {
  const definition = {
    "column-prefix": names.prefix ?? "",
    "column-suffix": names.suffix ?? "",
    "column-filter": names.columns ?? "pk-only",
  };
  return { ...rule("add-before-image-columns", target, { "before-image-def": definition }), ruleTarget: "column" };
}

/** Replaces each digit by one character. */
export function maskDigits(target: RuleTarget<"column">, character: string): TransformationRule {
  return rule("data-masking-digits-mask", target, { value: character });
}

/** Replaces each digit by a random one. */
export function randomizeDigits(target: RuleTarget<"column">): TransformationRule {
  return rule("data-masking-digits-randomize", target);
}

/** Replaces values by their hash; the target's column must take 64 characters. */
export function hashValues(target: RuleTarget<"column">): TransformationRule {
  return rule("data-masking-hash-mask", target);
}

function rule(action: string, target: RuleTarget, details: Readonly<Record<string, unknown>> = {}): TransformationRule {
  return { action, target, details };
}

/** A transformation as DMS reads it, without id and name. */
export function transformationOf(path: string, name: string, { target, ...given }: TransformationRule) {
  refuseTarget(path, name, { target, ...given });
  refuseEmpty(path, name, { target, ...given });
  return {
    "rule-type": "transformation" as const,
    "rule-action": given.action,
    "rule-target": given.ruleTarget ?? target.kind,
    "object-locator": {
      "schema-name": target.schema,
      ...(target.table !== undefined && { "table-name": target.table }),
      ...(target.column !== undefined && { "column-name": target.column }),
      ...(target.tablespace !== undefined && { [`${target.kind}-name`]: target.tablespace }),
    },
    ...given.details,
  };
}

const NAMED: readonly RuleTargetKind[] = ["schema", "table", "column"];
const EVERYTHING: readonly RuleTargetKind[] = [...NAMED, "table-tablespace", "index-tablespace"];

/** @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TableMapping.SelectionTransformation.Transformations.html */
function targetsOf(action: string): readonly RuleTargetKind[] {
  if (action === "rename") return EVERYTHING;
  if (["add-column", "define-primary-key", "add-before-image-columns"].includes(action)) return ["table"];
  if (/^(convert|add|remove|replace)-/.test(action) && action !== "remove-column") return NAMED;
  return ["column"];
}

function refuseTarget(path: string, name: string, { action, target }: TransformationRule): void {
  const allowed = targetsOf(action);
  if (!allowed.includes(target.kind)) {
    refuse(
      path,
      "InvalidMappingRule",
      `the transformation '${name}' (${action}) must be on a ${allowed.join(" or ")}, got a ${target.kind}`,
    );
  }
}

function refuseEmpty(path: string, name: string, { action, details }: TransformationRule): void {
  const {
    value,
    "before-image-def": before,
    "primary-key-def": key,
  } = details as {
    readonly value?: string;
    readonly "before-image-def"?: Readonly<Record<string, string>>;
    readonly "primary-key-def"?: { readonly columns: readonly string[] };
  };
  const fault =
    value === ""
      ? "has no value"
      : action === "data-masking-digits-mask" && value?.length !== 1
        ? `masks by one character, got '${value ?? ""}'`
        : key?.columns.length === 0
          ? "names no column"
          : before && !before["column-prefix"] && !before["column-suffix"]
            ? "needs a prefix or a suffix: its columns would have the names of the others"
            : undefined;
  if (fault !== undefined) refuse(path, "InvalidMappingRule", `the transformation '${name}' (${action}) ${fault}`);
}
