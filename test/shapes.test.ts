/**
 * Proves that the tables by which constructs and workloads check what they are given are those of today's types. Does not prove that a
 * type is right.
 */
import { shapeFiles } from "../scripts/shapes";
import { filesBelow, read, SourceText, typescriptBelow } from "./support/source-tree";

test("every table of shapes is made from today's types", () => {
  const committed = filesBelow("modules", "stacks").filter((path) =>
    /^(modules\/(?!core\/)[\w-]+|stacks)\/shapes\.ts$/.test(path),
  );
  const made = shapeFiles();
  expect(committed).toEqual([...made.keys()].sort());
  for (const path of committed) expect(read(path).text).toBe(made.get(path));
}, 60_000);

/** Constructors of constructs that do not check their properties before anything else. */
function uncheckedConstructors({ path, text }: SourceText): string[] {
  const constructors = text.matchAll(
    /constructor\(scope: Construct, id: string, (\w+|\{[^}]*\}): (\w+)( = \{\})?\) \{\n([^\n]*\n){2}/g,
  );
  return [...constructors]
    .filter(([, , type]) => type !== "AwsProviderConfig") // the provider's own, which it checks itself
    .filter(
      ([whole, props, type]) => !whole.includes(`super(scope, id);\n    checkProps(this, "${type!}", ${props!});`),
    )
    .map(([, , type]) => `${path}: ${type!}`);
}

test("every construct of a module checks its properties first", () => {
  const [head, call] = [
    "constructor(scope: Construct, id: string, props: MediaProps) {\n    super(scope, id);\n",
    "    checkProps(this, ",
  ];
  expect(uncheckedConstructors({ path: "a.ts", text: `${head}${call}"MediaProps", props);\n` })).toEqual([]);
  expect(uncheckedConstructors({ path: "a.ts", text: `${head}${call}"OtherProps", props);\n` })).toEqual([
    "a.ts: MediaProps",
  ]);
  expect(uncheckedConstructors({ path: "a.ts", text: `${head}    this.a = 1;\n` })).toEqual(["a.ts: MediaProps"]);
  expect(typescriptBelow("modules").flatMap(uncheckedConstructors)).toEqual([]);
});
