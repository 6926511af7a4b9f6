/**
 * Proves that only the policy table tells the patterns apart: outside `policy.ts` and `patterns/`, no code of `stacks/` names a pattern.
 * It does not prove that the table is right: `ladder.test.ts` and the tests of each pattern do.
 */
import ts from "typescript";
import { POLICIES } from "../../stacks/policy";
import { nodesOf, parse, placeOf, SourceRule, typescriptBelow } from "../support/source-tree";

const PATTERNS: readonly string[] = Object.keys(POLICIES);

/** Code may compare with a pattern's name, switch on it, or look it up in a table of its own. */
const namesNoPattern: SourceRule = (source) =>
  nodesOf(parse(source), ts.isStringLiteralLike)
    .filter(({ text, parent }) => PATTERNS.includes(text) && !ts.isLiteralTypeNode(parent))
    .map((literal) => `${placeOf(literal)} names ${literal.text}`);

test.each([
  'const full = pattern === "multi-site";',
  'switch (pattern) { case "multi-site": break; }',
  'const full = { "multi-site": true }[pattern];',
  "const full = [`multi-site`].includes(pattern);",
])("a file of stacks/ must not hold %s", (text) => {
  expect(namesNoPattern({ path: "stacks/a.ts", text })).toEqual(["stacks/a.ts:1 names multi-site"]);
});

test("a type may name a pattern", () => {
  expect(namesNoPattern({ path: "stacks/a.ts", text: 'type From = "pilot-light";' })).toEqual([]);
});

test("only the policy table and the patterns name a pattern", () => {
  const others = typescriptBelow("stacks").filter(({ path }) => {
    return !["stacks/policy.ts", "stacks/shapes.ts"].includes(path) && !path.startsWith("stacks/patterns/");
  });
  expect(others.length).toBeGreaterThan(30);
  expect(others.flatMap(namesNoPattern)).toEqual([]);
});
