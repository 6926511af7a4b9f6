/**
 * Proves that one table has the facts of every resource type of the examples, and that no other table of types exists. Does not prove that
 * a row is complete: the table says how it was read.
 */
import ts from "typescript";
import { RESOURCE_TYPES } from "../../terraform";
import { exampleNames, writtenFiles } from "../support/examples";
import { replacedBetween } from "../support/replaced";
import { nodesOf, parse, placeOf, SourceText, typescriptBelow } from "../support/source-tree";

/** Tables of resource types that hold no facts for the tools, each with its reason. */
const OTHER_TABLES: Readonly<Record<string, string>> = {
  "stacks/stacks/hcl/stack-hcl.ts": "arguments that HCL writes as attributes: the library must not import the tools",
  "test/emulator/given-and-failover.test.ts": "lookups of an invented stack: one test creates what they ask for",
  "test/support/closed-world/created-arns.ts": "the ARNs that AWS gives: only one test resolves ARNs",
  "test/support/closed-world/pair-faults.ts": "checks of one test, by the type that they check",
};

/** An object with fewer types is an example of a stack, not a table. */
const FEWEST_TYPES = 6;

/** Objects whose keys are resource types. */
function typeTables(source: SourceText): string[] {
  const keys = source.text.match(/\baws_\w+"?:/g) ?? [];
  if (keys.length < FEWEST_TYPES) return []; // the text is quicker to search than to parse
  const objects = nodesOf(parse(source), ts.isObjectLiteralExpression);
  return objects.filter((object) => typesIn(object) >= FEWEST_TYPES).map(placeOf);
}

function typesIn({ properties }: ts.ObjectLiteralExpression): number {
  return properties.filter(({ name }) => name !== undefined && /^"?aws_\w+"?$/.test(name.getText())).length;
}

test("every resource type of an example has a row that says what replaces it", () => {
  const texts = exampleNames().flatMap((example) =>
    [...writtenFiles(example)].filter(([name]) => name.endsWith(".json")),
  );
  const types = texts.flatMap(([, text]) => Object.keys((JSON.parse(text) as { resource?: object }).resource ?? {}));
  const missing = types.filter((type) => type.startsWith("aws_") && RESOURCE_TYPES[type]?.replacedBy === undefined);
  expect([...new Set(missing)]).toEqual([]);
});

test("a row has no name of an argument twice", () => {
  const lists = Object.entries(RESOURCE_TYPES).flatMap(([type, { replacedBy = [], unique }]) => [
    { type, list: replacedBy },
    { type, list: unique?.by ?? [] },
  ]);
  expect(lists.filter(({ list }) => new Set(list).size < list.length)).toEqual([]);
});

test("no other table is keyed by resource type", () => {
  const types = ["a", "b", "c", "d", "e", "f"].map((letter) => `aws_${letter}: []`).join(", ");
  expect(typeTables({ path: "a.ts", text: `const A = { ${types} };` })).toEqual(["a.ts:1"]);
  const sources = typescriptBelow("modules", "stacks", "emulator", "reconcile", "drills", "cli", "scripts", "test");
  const places = sources.filter(({ path }) => OTHER_TABLES[path] === undefined).flatMap(typeTables);
  expect(places).toEqual([]);
});

test("each of the other tables still exists", () => {
  const sources = typescriptBelow("stacks", "test").filter(({ path }) => OTHER_TABLES[path] !== undefined);
  const withTable = sources.filter((source) => typeTables(source).length > 0).map(({ path }) => path);
  expect(withTable.sort()).toEqual(Object.keys(OTHER_TABLES).sort());
});

test("the arguments that replace a security group, a parameter group and a vault are known", () => {
  expect(RESOURCE_TYPES.aws_security_group?.replacedBy).toEqual(["description", "name", "name_prefix", "vpc_id"]);
  expect(RESOURCE_TYPES.aws_db_parameter_group?.replacedBy).toEqual(["description", "family", "name", "name_prefix"]);
  expect(RESOURCE_TYPES.aws_backup_vault?.replacedBy).toEqual(["kms_key_arn", "name"]);
});

test("a change of an example's JSON is reported if Terraform would replace a resource", () => {
  const stack = (group: object) => JSON.stringify({ resource: { aws_security_group: { Web: group } } });
  const web = { name: "web", description: "of the web", tags: { Name: "web" } };
  expect(replacedBetween(stack(web), stack({ ...web, description: "Of the web" }))).toEqual([
    "aws_security_group.Web description",
  ]);
  expect(replacedBetween(stack(web), stack({ ...web, tags: {} }))).toEqual([]);
  const lifecycle = { ignore_changes: ["description"] };
  expect(replacedBetween(stack(web), stack({ ...web, description: "Of the web", lifecycle }))).toEqual([]);
});
