/** Proves that the README's table of patterns is what the policy table and the synthesised shop say. */
import { patternTable } from "../support/pattern-table";
import { read } from "../support/source-tree";

test("the README's table of patterns equals the policy table", () => {
  const { text } = read("README.md");
  const [, table] = /<!-- patterns -->\n([\s\S]*?)\n<!-- end of patterns -->/.exec(text)!;
  expect(table!.trim()).toBe(patternTable());
});
