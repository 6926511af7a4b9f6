/**
 * Proves that every TypeScript example of the documents is a complete program that type-checks against the library as it is.
 * Does not prove that it synthesises: the examples of `examples/` do.
 */
import { relative } from "node:path";
import ts from "typescript";
import { ROOT } from "../../scripts/entry-points";
import { codeBlocks } from "../support/markdown";
import { filesBelow, read } from "../support/source-tree";
import { typeProgram } from "../support/type-program";

const documents = [...filesBelow("modules", "stacks", "examples", "docs"), "README.md", "CONTRIBUTING.md"]
  .filter((path) => path.endsWith(".md") && filesBelow(".").includes(path))
  .map(read);
const blocks = documents.flatMap((document) => codeBlocks(document, "ts"));

/** Faults of programs with their places, one line each. */
function check(programs: readonly { path: string; text: string }[]): string[] {
  const texts = new Map(programs.map(({ path, text }) => [path, text]));
  // an example may name a thing and stop there
  const program = typeProgram([], texts, { noUnusedLocals: false, types: ["node"] });
  return program
    .getSourceFiles()
    .filter(({ fileName }) => texts.has(relative(ROOT, fileName)))
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .map(({ file, messageText }) => {
      const path = file ? relative(ROOT, file.fileName) : "";
      return `${path} ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
    });
}

test("a wrong example is seen", () => {
  const text = 'import { Site } from "cdktf-aws-dr/modules/site";\nnew Site(1, "Seoul", { regoin: "x" });\n';
  const document = { path: "docs/invented.md", text: `# Wrong\n\n\`\`\`ts\n${text}\`\`\`\n` };
  const [block] = codeBlocks(document, "ts");
  expect(block).toEqual({ place: "docs/invented.md:3", path: "docs/invented-line-3.ts", text });
  expect(check([block!])[0]).toMatch(/^docs\/invented-line-3\.ts Argument of type 'number' is not assignable/);
});

test("an example in a list is seen", () => {
  const document = {
    path: "docs/invented.md",
    text: '1. So:\n\n   ```ts\n   import "a";\n   {\n     b();\n   }\n   ```\n',
  };
  expect(codeBlocks(document, "ts").map(({ text }) => text)).toEqual(['import "a";\n{\n  b();\n}\n']);
});

test("every example type-checks", () => {
  expect(blocks.map(({ place }) => place)).toContain("modules/kms-keys/README.md:5");
  expect(check(blocks)).toEqual([]);
});

test("every example is a program of its own", () => {
  expect(blocks.filter(({ text }) => !/^import .* from "/m.test(text)).map(({ place }) => place)).toEqual([]);
});
