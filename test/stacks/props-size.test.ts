/**
 * Proves that the props of `stacks/` stay short enough to read. An interface has at most 12 fields of its own and groups the others by
 * topic. It does not count the fields that an interface takes over from a module.
 */
import ts from "typescript";
import { nodesOf, parse, placeOf, SourceRule, typescriptBelow } from "../support/source-tree";

const MOST = 12;

const shortProps: SourceRule = (source) =>
  nodesOf(parse(source), ts.isInterfaceDeclaration)
    .filter(({ name, members }) => /(Props|Options|Settings)$/.test(name.text) && members.length > MOST)
    .map(({ name, members }) => `${placeOf(name)} ${name.text} has ${members.length} fields, ${MOST} at most`);

test("props with more than 12 fields are a fault", () => {
  const fields = Array.from({ length: MOST + 1 }, (_, index) => `readonly field${index}: string;`);
  const text = `export interface MediaProps { ${fields.join(" ")} }`;
  expect(shortProps({ path: "stacks/a.ts", text })).toEqual(["stacks/a.ts:1 MediaProps has 13 fields, 12 at most"]);
});

test("no props of stacks/ have more than 12 fields", () => {
  expect(typescriptBelow("stacks").flatMap(shortProps)).toEqual([]);
});
