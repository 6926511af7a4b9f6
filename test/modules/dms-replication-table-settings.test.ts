/** Proves what settings of single tables say to DMS, and which are refused. Does not prove that a partition exists. */
import { RefusalCode } from "../../modules/core";
import {
  byPartitionList,
  byPartitions,
  byRanges,
  bySubpartitions,
  limitedLobs,
  tableMappings,
  TableSettingsRule,
  unlimitedLobs,
} from "../../modules/dms-replication";
import { expectRefusal } from "../support/synth";

function withSettings(settings: Partial<TableSettingsRule>) {
  const { json } = tableMappings({
    selections: { shop: { schema: "shop", table: "%" } },
    tableSettings: { rule: { schema: "shop", table: "orders", ...settings } },
  });
  const { rules } = JSON.parse(json) as { rules: Record<string, unknown>[] };
  return rules.find((one) => one["rule-name"] === "rule")!;
}

describe("table settings", () => {
  test.each<[string, Partial<TableSettingsRule>, object]>([
    ["by partitions", { parallelLoad: byPartitions() }, { "parallel-load": { type: "partitions-auto" } }],
    ["by subpartitions", { parallelLoad: bySubpartitions() }, { "parallel-load": { type: "subpartitions-auto" } }],
    [
      "by some partitions",
      { parallelLoad: byPartitionList(["A"], ["1"]) },
      { "parallel-load": { type: "partitions-list", partitions: ["A"], subpartitions: ["1"] } },
    ],
    [
      "by ranges",
      { parallelLoad: byRanges(["id", "at"], [["1", "a"]]) },
      { "parallel-load": { type: "ranges", columns: ["id", "at"], boundaries: [["1", "a"]] } },
    ],
    ["limited LOBs", { lobs: limitedLobs(100) }, { "lob-settings": { mode: "limited", "bulk-max-size": "100" } }],
    ["whole LOBs", { lobs: unlimitedLobs() }, { "lob-settings": { mode: "unlimited", "bulk-max-size": "0" } }],
  ])("%s", (_, settings, details) => {
    expect(withSettings(settings)).toEqual({
      "rule-type": "table-settings",
      "rule-id": expect.stringMatching(/^\d{1,10}$/) as string,
      "rule-name": "rule",
      "object-locator": { "schema-name": "shop", "table-name": "orders" },
      ...details,
    });
  });

  const ELEVEN = Array.from({ length: 11 }, (_, index) => `c${index}`);
  test.each<[string, Partial<TableSettingsRule>, RefusalCode, string]>([
    [
      "a pattern",
      { table: "o%", lobs: unlimitedLobs() },
      "InvalidMappingRule",
      "the table settings 'rule' must name one table exactly, got 'shop.o%'",
    ],
    ["nothing set", {}, "InvalidMappingRule", "the table settings 'rule' set nothing"],
    [
      "no partition",
      { parallelLoad: byPartitionList([]) },
      "InvalidMappingRule",
      "the parallel load of the table settings 'rule' names no partition",
    ],
    [
      "eleven columns",
      { parallelLoad: byRanges(ELEVEN, [ELEVEN]) },
      "InvalidMappingRule",
      "the parallel load of the table settings 'rule' must name 1 to 10 columns, got 11",
    ],
    [
      "no boundary",
      { parallelLoad: byRanges(["id"], []) },
      "InvalidMappingRule",
      "the parallel load of the table settings 'rule' has no boundaries",
    ],
    [
      "a boundary of another length",
      { parallelLoad: byRanges(["id", "at"], [["1", "a"], ["2"]]) },
      "InvalidMappingRule",
      "the parallel load of the table settings 'rule' must give a value for each of 2 columns in each boundary, got 1",
    ],
    [
      "LOBs of 0 KB",
      { lobs: limitedLobs(0) },
      "SettingOutOfRange",
      "'rule.lobs' must be a whole number from 1 to 2147483647, got 0",
    ],
  ])("fails with %s", (_, settings, code, problem) => {
    expectRefusal(() => withSettings(settings), code, problem, "tableMappings");
  });
});
