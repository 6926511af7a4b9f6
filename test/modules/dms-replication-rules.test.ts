/**
 * Proves what single selections and transformations say to DMS, and which are refused. Does not prove that DMS takes a rule, nor
 * that a table or column exists.
 */
import { RefusalCode } from "../../modules/core";
import {
  addBeforeImageColumns,
  addColumn,
  addPrefix,
  addSuffix,
  atLeast,
  atMost,
  between,
  changeDataType,
  columns,
  definePrimaryKey,
  equalTo,
  hashValues,
  includeColumn,
  indexTablespaces,
  isNotNull,
  isNull,
  maskDigits,
  notBetween,
  notEqualTo,
  randomizeDigits,
  removeColumn,
  removePrefix,
  removeSuffix,
  rename,
  replacePrefix,
  replaceSuffix,
  RuleTarget,
  schemas,
  SelectionRule,
  TableMappings,
  tableMappings,
  tables,
  tableTablespaces,
  toLowercase,
  toUppercase,
  TransformationRule,
} from "../../modules/dms-replication";
import { expectRefusal } from "../support/synth";

const SHOP: SelectionRule = { schema: "shop", table: "%" };

function rulesOf({ json }: TableMappings) {
  return (JSON.parse(json) as { rules: Record<string, unknown>[] }).rules;
}

function only(mappings: TableMappings, name: string) {
  const rule = rulesOf(mappings).find((one) => one["rule-name"] === name)!;
  const { "rule-id": id, "rule-name": _, ...rest } = rule;
  expect(id).toMatch(/^\d{1,10}$/);
  return rest;
}

const withRule = (transformation: TransformationRule) =>
  only(tableMappings({ selections: { shop: SHOP }, transformations: { rule: transformation } }), "rule");
const withSelection = (selection: SelectionRule) => only(tableMappings({ selections: { rule: selection } }), "rule");

describe("selections", () => {
  test("include by default", () => {
    expect(withSelection(SHOP)).toEqual({
      "rule-type": "selection",
      "object-locator": { "schema-name": "shop", "table-name": "%" },
      "rule-action": "include",
    });
  });

  test("with every setting", () => {
    expect(withSelection({ ...SHOP, action: "explicit", table: "orders", loadOrder: 2, tableType: "all" })).toEqual({
      "rule-type": "selection",
      "object-locator": { "schema-name": "shop", "table-name": "orders", "table-type": "all" },
      "rule-action": "explicit",
      "load-order": "2",
    });
  });

  test("filters by columns", () => {
    const rule = withSelection({
      schema: "shop",
      table: "orders",
      filters: [
        { column: "id", conditions: [atMost("10"), between("50", "75"), atLeast("100"), equalTo("42"), isNull()] },
        { column: "a", conditions: [notEqualTo("1")] },
        { column: "b", conditions: [notBetween("1", "2")] },
        { column: "c", conditions: [isNotNull()] },
      ],
    });
    const filter = (column: string, ...conditions: object[]) => ({
      "filter-type": "source",
      "column-name": column,
      "filter-conditions": conditions,
    });
    expect(rule.filters).toEqual([
      filter(
        "id",
        { "filter-operator": "lte", value: "10" },
        { "filter-operator": "between", "start-value": "50", "end-value": "75" },
        { "filter-operator": "gte", value: "100" },
        { "filter-operator": "eq", value: "42" },
        { "filter-operator": "null" },
      ),
      filter("a", { "filter-operator": "noteq", value: "1" }),
      filter("b", { "filter-operator": "notbetween", "start-value": "1", "end-value": "2" }),
      filter("c", { "filter-operator": "notnull" }),
    ]);
  });

  const FILTERS = [{ column: "id", conditions: [equalTo("1")] }];
  test.each<[string, SelectionRule, RefusalCode, string | RegExp]>([
    [
      "an explicit pattern",
      { ...SHOP, action: "explicit" },
      "InvalidMappingRule",
      "the explicit selection 'rule' must name one table exactly, got 'shop.%'",
    ],
    [
      "filters on a pattern",
      { ...SHOP, filters: FILTERS },
      "InvalidMappingRule",
      "the selection 'rule' has filters and must name one table exactly, got 'shop.%'",
    ],
    [
      "filters on excluded tables",
      { schema: "shop", table: "orders", action: "exclude", filters: FILTERS },
      "InvalidMappingRule",
      "the selection 'rule' has filters, got action 'exclude', allowed: 'include'",
    ],
    [
      "a filter without condition",
      { schema: "shop", table: "orders", filters: [{ column: "id", conditions: [] }] },
      "InvalidMappingRule",
      "the filter on 'id' of the selection 'rule' has no conditions",
    ],
    [
      "a negative condition among others",
      { schema: "shop", table: "orders", filters: [{ column: "id", conditions: [isNull(), notEqualTo("1")] }] },
      "InvalidMappingRule",
      "the filter on 'id' of the selection 'rule' joins a negative condition with others, got null, noteq",
    ],
    [
      "a filter on many columns",
      { schema: "shop", table: "orders", filters: [{ column: "i%", conditions: [isNull()] }] },
      "InvalidMappingRule",
      "the filter on 'i%' of the selection 'rule' must name one column, got 'i%'",
    ],
    [
      "a load order of 0",
      { ...SHOP, loadOrder: 0 },
      "SettingOutOfRange",
      "'rule.loadOrder' must be a whole number from 1 to 2147483647, got 0",
    ],
    [
      "an id of 0",
      { ...SHOP, id: 0 },
      "SettingOutOfRange",
      "'rule.id' must be a whole number from 1 to 2147483647, got 0",
    ],
    [
      "text that Terraform replaces",
      { ...SHOP, schema: "${shop}" },
      "UnsafeText",
      /^'tableMappings' holds text that Terraform would replace/,
    ],
  ])("fails with %s", (_, rule, code, problem) => {
    expectRefusal(() => tableMappings({ selections: { other: SHOP, rule } }), code, problem, "tableMappings");
  });

  test("fails when nothing is selected", () => {
    expectRefusal(() => tableMappings({ selections: {} }), "MissingSetting", "'selections' includes no table");
    expectRefusal(
      () => tableMappings({ selections: { not: { ...SHOP, action: "exclude" } } }),
      "MissingSetting",
      "'selections' includes no table",
    );
  });
});

describe("transformations", () => {
  const ORDERS = { "schema-name": "shop", "table-name": "orders" };
  const ID = { ...ORDERS, "column-name": "id" };
  const onColumn = columns("shop", "orders", "id");
  const onTable = tables("shop", "orders");

  test.each<[string, TransformationRule, object]>([
    [
      "rename",
      rename(schemas("shop"), "store"),
      { "rule-target": "schema", "object-locator": { "schema-name": "shop" }, value: "store" },
    ],
    ["convert-lowercase", toLowercase(onTable), { "rule-target": "table", "object-locator": ORDERS }],
    ["convert-uppercase", toUppercase(onColumn), { "rule-target": "column", "object-locator": ID }],
    ["add-prefix", addPrefix(onTable, "A_"), { value: "A_" }],
    ["remove-prefix", removePrefix(onTable, "A_"), { value: "A_" }],
    ["replace-prefix", replacePrefix(onTable, { from: "A_", to: "B_" }), { value: "B_", "old-value": "A_" }],
    ["add-suffix", addSuffix(onTable, "_A"), { value: "_A" }],
    ["remove-suffix", removeSuffix(onTable, "_A"), { value: "_A" }],
    ["replace-suffix", replaceSuffix(onTable, { from: "_A", to: "_B" }), { value: "_B", "old-value": "_A" }],
    ["remove-column", removeColumn(onColumn), { "rule-target": "column", "object-locator": ID }],
    ["include-column", includeColumn(onColumn), { "rule-target": "column", "object-locator": ID }],
    [
      "add-column",
      addColumn(onTable, { name: "at", dataType: { type: "datetime", precision: 6 }, expression: "datetime()" }),
      {
        "rule-target": "column",
        "object-locator": ORDERS,
        value: "at",
        expression: "datetime()",
        "data-type": { type: "datetime", precision: 6 },
      },
    ],
    ["change-data-type", changeDataType(onColumn, { type: "int8" }), { "data-type": { type: "int8" } }],
    [
      "define-primary-key",
      definePrimaryKey(onTable, { name: "pk", columns: ["id"], origin: "unique-index" }),
      { "rule-target": "table", "primary-key-def": { name: "pk", columns: ["id"], origin: "unique-index" } },
    ],
    [
      "add-before-image-columns",
      addBeforeImageColumns(onTable, { prefix: "BI_" }),
      {
        "rule-target": "column",
        "object-locator": ORDERS,
        "before-image-def": { "column-prefix": "BI_", "column-suffix": "", "column-filter": "pk-only" },
      },
    ],
    ["data-masking-digits-mask", maskDigits(onColumn, "#"), { "rule-target": "column", value: "#" }],
    ["data-masking-digits-randomize", randomizeDigits(onColumn), { "rule-target": "column", "object-locator": ID }],
    ["data-masking-hash-mask", hashValues(onColumn), { "rule-target": "column", "object-locator": ID }],
  ])("%s", (action, rule, details) => {
    expect(withRule(rule)).toEqual({
      "rule-type": "transformation",
      "rule-action": action,
      "rule-target": "table",
      "object-locator": ORDERS,
      ...details,
      ...(rule.target.kind === "column" && { "rule-target": "column", "object-locator": ID }),
    });
  });

  test("tablespaces of Oracle", () => {
    expect(withRule(rename(tableTablespaces("shop", "orders", "A"), "B"))).toEqual({
      "rule-type": "transformation",
      "rule-action": "rename",
      "rule-target": "table-tablespace",
      "object-locator": { ...ORDERS, "table-tablespace-name": "A" },
      value: "B",
    });
    expect(withRule(rename(indexTablespaces("shop", "orders", "A"), "B"))).toEqual(
      expect.objectContaining({ "object-locator": { ...ORDERS, "index-tablespace-name": "A" } }),
    );
  });

  test("says whether values are masked", () => {
    const masks = (rule: TransformationRule) =>
      tableMappings({ selections: { shop: SHOP }, transformations: { rule } }).masks;
    expect([masks(hashValues(onColumn)), masks(removeColumn(onColumn))]).toEqual([true, false]);
  });

  test.each<[string, TransformationRule, string]>([
    [
      "masking of a table",
      hashValues(onTable as RuleTarget as RuleTarget<"column">),
      "the transformation 'rule' (data-masking-hash-mask) must be on a column, got a table",
    ],
    [
      "a type of a schema",
      changeDataType(schemas("shop") as RuleTarget as RuleTarget<"column">, { type: "int8" }),
      "the transformation 'rule' (change-data-type) must be on a column, got a schema",
    ],
    [
      "a key of a column",
      definePrimaryKey(onColumn as RuleTarget as RuleTarget<"table">, { name: "pk", columns: ["id"] }),
      "the transformation 'rule' (define-primary-key) must be on a table, got a column",
    ],
    [
      "lower case of a tablespace",
      toLowercase(tableTablespaces("shop", "orders", "A") as RuleTarget as RuleTarget<"table">),
      "the transformation 'rule' (convert-lowercase) must be on a schema or table or column, got a table-tablespace",
    ],
    ["no new name", rename(onTable, ""), "the transformation 'rule' (rename) has no value"],
    [
      "two characters to mask by",
      maskDigits(onColumn, "##"),
      "the transformation 'rule' (data-masking-digits-mask) masks by one character, got '##'",
    ],
    [
      "a key without column",
      definePrimaryKey(onTable, { name: "pk", columns: [] }),
      "the transformation 'rule' (define-primary-key) names no column",
    ],
    [
      "before images of the same names",
      addBeforeImageColumns(onTable, {}),
      "the transformation 'rule' (add-before-image-columns) needs a prefix or a suffix: its columns would have the names of the others",
    ],
  ])("fails with %s", (_, rule, problem) => {
    expectRefusal(() => withRule(rule), "InvalidMappingRule", problem, "tableMappings");
  });

  test("fails when two are on one table", () => {
    expectRefusal(
      () =>
        tableMappings({
          selections: { shop: SHOP },
          transformations: { one: toLowercase(onTable), two: addPrefix(onTable, "A") },
        }),
      "DuplicateMappingRule",
      "the transformations 'one' and 'two' are both on the table 'orders'",
    );
  });

  test("any number are on one column, next to those of its table and schema", () => {
    const mappings = tableMappings({
      selections: { shop: SHOP },
      transformations: {
        one: rename(onColumn, "key"),
        two: toLowercase(onColumn),
        three: toLowercase(onTable),
        four: toLowercase(schemas("shop")),
        five: addColumn(onTable, { name: "at", dataType: { type: "date" } }),
      },
    });
    expect(rulesOf(mappings)).toHaveLength(6);
  });
});
