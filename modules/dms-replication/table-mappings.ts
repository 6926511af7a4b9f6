import { createHash } from "node:crypto";
import { refuse } from "../core";
import { literal, MAX_INT, whole } from "./checks";
import { SelectionRule, selectionOf } from "./selection-rules";
import { ParallelLoad, TableSettingsRule, tableSettingsOf } from "./table-settings-rules";
import { TransformationRule, transformationOf } from "./transformation-rules";
import { mayOverlap, surelyMatches } from "./wildcards";

const PATH = "tableMappings";
const RULE_NAME = /^[A-Za-z0-9][A-Za-z0-9 _-]*$/;

/** Derived ids have nine digits or less, as those the DMS console gives. */
const ID_SPACE = 999_999_999;

export interface TableMappingsProps {
  /** Selected tables, by rule name. At least one rule includes something. */
  readonly selections: Readonly<Record<string, SelectionRule>>;
  /**
   * Settings of single tables, by rule name.
   *
   * @default - none
   */
  readonly tableSettings?: Readonly<Record<string, TableSettingsRule>>;
  /**
   * Transformations, by rule name.
   *
   * @default - nothing
   */
  readonly transformations?: Readonly<Record<string, TransformationRule>>;
}

/** The tables of a task. Plain data, from `tableMappings`. */
export interface TableMappings {
  /** The document DMS reads. */
  readonly json: string;
  /** Selections of views, by rule name: what a task of changes cannot replicate. */
  readonly views: readonly string[];
  /** Parallel loads by rule name: what depends on the source's engine. */
  readonly parallelLoads: Readonly<Record<string, ParallelLoad>>;
  /** Whether a rule masks values. */
  readonly masks: boolean;
}

/**
 * Writes a table mapping.
 *
 * DMS requires a number for each rule. It is derived from the rule's name and kind. So adding, removing or moving another rule does not
 * change it. A changed mapping stops the task.
 *
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TableMapping.html
 */
export function tableMappings(props: TableMappingsProps): TableMappings {
  const { selections, tableSettings = {}, transformations = {} } = props;
  const names = [selections, transformations, tableSettings].flatMap((rules) => Object.keys(rules));
  refuseNames(names);
  refuseNothingSelected(selections);
  refuseDangling(props);
  refuseTwoOnOne(transformations);

  const rules = [
    ...Object.entries(selections).map(([name, rule]) => numbered(name, rule.id, selectionOf(PATH, name, rule))),
    ...Object.entries(transformations).map(([name, rule]) =>
      numbered(name, rule.id, transformationOf(PATH, name, rule)),
    ),
    ...Object.entries(tableSettings).map(([name, rule]) => numbered(name, rule.id, tableSettingsOf(PATH, name, rule))),
  ];
  refuseSameNumbers(rules);
  const viewed = Object.entries(selections).filter(([, { tableType = "table" }]) => tableType !== "table");
  const loads = Object.entries(tableSettings).flatMap(([name, rule]) =>
    rule.parallelLoad ? [[name, rule.parallelLoad] as const] : [],
  );
  return {
    json: literal(PATH, "tableMappings", JSON.stringify({ rules })),
    views: viewed.map(([name]) => name),
    parallelLoads: Object.fromEntries(loads),
    masks: Object.values(transformations).some(({ action }) => action.startsWith("data-masking")),
  };
}

type Rule = Readonly<Record<string, unknown>> & { readonly "rule-type": string };

function numbered(name: string, pinned: number | undefined, { "rule-type": type, ...rest }: Rule) {
  const id = pinned === undefined ? derivedId(type, name) : whole(PATH, `${name}.id`, pinned, 1, MAX_INT);
  return { "rule-type": type, "rule-id": String(id), "rule-name": name, ...rest };
}

/** The same for the same rule, next to any other rules. */
function derivedId(type: string, name: string): number {
  const hash = createHash("sha256").update(`${type} ${name}`).digest();
  return 1 + (hash.readUInt32BE(0) % ID_SPACE);
}

function refuseNames(names: readonly string[]): void {
  const odd = names.find((name) => !RULE_NAME.test(name));
  if (odd !== undefined) {
    refuse(
      PATH,
      "InvalidMappingRule",
      `'${odd}' is not a valid rule name, allowed: letters, digits, spaces, '_' and '-', beginning with a letter or digit`,
    );
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) refuse(PATH, "DuplicateMappingRule", `two rules have the name '${twice}'`);
}

function refuseSameNumbers(rules: readonly ReturnType<typeof numbered>[]): void {
  const holders = new Map<string, string>();
  for (const { "rule-id": id, "rule-name": name } of rules) {
    const holder = holders.get(id);
    if (holder !== undefined) {
      refuse(PATH, "DuplicateMappingRule", `the rules '${holder}' and '${name}' have the same id ${id}`);
    }
    holders.set(id, name);
  }
}

function refuseNothingSelected(selections: Readonly<Record<string, SelectionRule>>): void {
  if (!Object.values(selections).some(({ action }) => action !== "exclude")) {
    refuse(PATH, "MissingSetting", "'selections' includes no table", "add a selection that includes one");
  }
}

function refuseDangling({ selections, tableSettings = {}, transformations = {} }: TableMappingsProps): void {
  const rules = Object.values(selections);
  const check = (kind: string, name: string, at: { readonly schema: string; readonly table?: string }) => {
    if (!maySelect(rules, at)) {
      const where = at.table === undefined ? at.schema : `${at.schema}.${at.table}`;
      refuse(PATH, "DanglingMappingRule", `the ${kind} '${name}' matches no selected table, got '${where}'`);
    }
  };
  for (const [name, { target }] of Object.entries(transformations)) check("transformation", name, target);
  for (const [name, rule] of Object.entries(tableSettings)) check("table settings", name, rule);
}

/** Whether some table of a place may be selected: `false` is certain. An explicit selection is never taken as excluded. */
function maySelect(rules: readonly SelectionRule[], at: { readonly schema: string; readonly table?: string }): boolean {
  const { schema, table = "%" } = at;
  const included = rules.filter(
    (rule) => rule.action !== "exclude" && mayOverlap(rule.schema, schema) && mayOverlap(rule.table, table),
  );
  const excluded = rules.some(
    (rule) => rule.action === "exclude" && surelyMatches(rule.schema, schema) && surelyMatches(rule.table, table),
  );
  return included.some(({ action }) => action === "explicit" || !excluded);
}

/**
 * DMS takes one transformation for each schema and one for each table, and any number for columns.
 *
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TableMapping.SelectionTransformation.Transformations.html
 */
function refuseTwoOnOne(transformations: Readonly<Record<string, TransformationRule>>): void {
  const holders = new Map<string, string>();
  for (const [name, { target, ruleTarget }] of Object.entries(transformations)) {
    if (ruleTarget === "column" || (target.kind !== "schema" && target.kind !== "table")) continue;
    const key = JSON.stringify([target.kind, target.schema, target.table]);
    const holder = holders.get(key);
    if (holder !== undefined) {
      refuse(
        PATH,
        "DuplicateMappingRule",
        `the transformations '${holder}' and '${name}' are both on the ${target.kind} '${target.table ?? target.schema}'`,
        "keep one: DMS takes one transformation for each schema and one for each table",
      );
    }
    holders.set(key, name);
  }
}
