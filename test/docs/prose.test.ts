/**
 * Proves that no prose of the repository has a rejected word, a sentence of more than 22 words or a paragraph of more than 4 lines. Documents,
 * comments, messages, descriptions and names of tests are read. Files that still have findings have a count, and the counts only fall.
 * Does not prove that a sentence is clear or true.
 */
import { sentencesOf } from "../support/prose/blocks";
import { proseReport, readToDo, TO_DO, toDoFaults } from "../support/prose/repository";
import { proseFaults } from "../support/prose/rules";
import { read } from "../support/source-tree";

/** Findings without place and advice: the word, or the count. */
const found = (path: string, text: string) =>
  proseFaults({ path, text }).map((fault) => fault.replace(/^\S+ /, "").replace(/ \(write: .*| in a .*/, ""));

const LONG = `${"word ".repeat(22)}word.`;

describe("a rejected word", () => {
  test.each([
    ["The table stands in Seoul.", ["'stands'"]],
    ["The letters stand for a word.", []],
    ["You understand it.", []],
    ["The role is abroad.", ["'abroad'"]],
    ["Nobody reads it, and whoever writes it pays.", ["'Nobody'"]],
    ["Terraform reads it anew.", ["'anew'"]],
    ["It is kept for ever.", ["'for ever'"]],
    ["The folder beside it is empty.", ["'beside'"]],
    ["Write it in the place of the other.", ["'in the place of'"]],
    ["The provider is told the region.", ["'is told'"]],
    ["The plan fails, for it reads the key.", ["', for it'"]],
    ["The plan fails, for the first time.", []],
    ["Every key thereof is kept.", ["'thereof'"]],
    ["Out come two stacks.", ["'Out come'"]],
    ["What a site holds is copied.", ["'What'"]],
    ["What does it cost?", []],
    ["It depends on what happened.", ["'on what'"]],
    ["It is no region.", ["'is no'"]],
    ["There is no region.", []],
    ["It is no longer there.", []],
    ["`What stands beside it` is code.", []],
  ])("%s", (sentence, words) => {
    expect(found("a.md", `${sentence}\n`)).toEqual(words);
  });
});

test("a sentence has at most 22 words; a code span, a link's address and an abbreviation are not counted apart", () => {
  expect(found("a.md", `${LONG}\n`)).toEqual(["23 words"]);
  expect(found("a.md", `${LONG.replace("word word", "`two words`")}\n`)).toEqual([]);
  expect(found("a.md", `${LONG.replace("word word", "[two](https://a.b/c d)")}\n`)).toEqual([]);
  expect(sentencesOf({ line: 1, lines: 1, text: "A key, e.g. K, is made. Version 1.2 is new." })).toHaveLength(2);
});

test("a paragraph has at most 4 lines; a list item, a cell and a heading are paragraphs", () => {
  expect(found("a.md", "a\n".repeat(5))).toEqual(["5 lines"]);
  expect(found("a.md", `# a\n${"- a\n".repeat(5)}\n${"| a | b |\n".repeat(5)}`)).toEqual([]);
});

test("blocks of code are not prose; cells are", () => {
  expect(found("a.md", "```sh\necho it stands\n```\n| it stands | b |\n")).toEqual(["'stands'"]);
});

describe("in TypeScript", () => {
  test.each([
    ["a doc comment", "/**\n * It\n * stands.\n */\nconst a = 1;"],
    ["a default", "/** A. @default - nothing stands there */\nconst a = 1;"],
    ["a line comment", "const a = 1; // it\n// stands"],
    ["a name of a test", 'test("it stands there alone", () => {});'],
    ["a message in parts", "refuse(this, \"A\", `it ${a} ` + 'stands there now');"],
    ["a description", 'const a = { description: "it stands there alone" };'],
  ])("%s is read", (_, text) => {
    expect(found("a.ts", text)).toEqual(["'stands'"]);
  });

  test.each([
    ["code", "const stands = a / b / c;"],
    ["a name", 'const a = "it stands";'],
    ["a text like a comment", 'const a = "x // stands"; const b = /\\/\\* stands/;'],
    ["a program", 'const a = "#!/bin/sh\\nexec stands --a=1 $X | b";'],
    ["the name of a parameter", "/** @param anew another key */\nconst a = 1;"],
    ["an example in a doc comment", "/**\n * ```ts\n * stands();\n * ```\n */\nconst a = 1;"],
    ["a list of refusals", `/** @throws ${LONG} */\nconst a = 1;`],
  ])("%s is not", (_, text) => {
    expect(found("a.ts", text)).toEqual([]);
  });
});

describe("a printed text", () => {
  const wordsIn = (printed: string) => found("a.ts", `const a = \`${printed}\`;`);
  const HALF = "word ".repeat(12);

  test("has a sentence in each line of a table", () => {
    expect(wordsIn(`usage: run it now\n\n  --one   ${HALF}\n  --two   ${HALF}\n`)).toEqual([]);
    expect(wordsIn(`promoted: ${HALF}\nvirginia dark: ${HALF}\n`)).toEqual([]);
    expect(wordsIn(`site     ${HALF}\nseoul    ${HALF}\n`)).toEqual([]);
  });

  test("has sentences that go on in the next line", () => {
    expect(wordsIn(`${HALF}\n${HALF}\n`)).toEqual(["24 words"]);
  });

  test("has a sentence before a list of allowed values", () => {
    expect(wordsIn(`'name' is not a name, got 'a', allowed: ${HALF}${HALF}`)).toEqual(["24 words"]);
    expect(wordsIn(`'name' is not a name, got 'a' of ${HALF}, allowed: ${HALF}`)).toEqual([]);
  });

  test("has a long sentence in one line of a table", () => {
    expect(wordsIn(`  --one   ${LONG}\n`)).toEqual(["24 words"]);
  });
});

test("in Python, comments and texts in three quotes are read, code is not", () => {
  expect(found("a.py", '"""It stands."""\nstands = "# stands"  # It is\n# abroad.\n')).toEqual([
    "'stands'",
    "'abroad'",
  ]);
});

describe("the counts", () => {
  const findings = new Map([["a.md", ["a.md:1 a finding"]]]);

  test("allow as many findings as are written down", () => {
    expect(toDoFaults(findings, readToDo("# a comment\n1 a.md\n"))).toEqual([]);
  });

  test("fail if a file has more", () => {
    expect(toDoFaults(findings, readToDo(""))).toEqual(["a.md has 1 findings, 0 at most:", "a.md:1 a finding"]);
  });

  test("fail if a file has fewer, so they only fall", () => {
    expect(toDoFaults(findings, readToDo("2 a.md\n"))[0]).toMatch(/^a\.md has 1 findings, not 2: /);
  });
});

describe("the repository", () => {
  const { findings, unusedExceptions, files } = proseReport();

  test("has as many findings as are written down, and not one more", () => {
    expect(files).toBeGreaterThan(500);
    expect(toDoFaults(findings, readToDo(read(TO_DO).text))).toEqual([]);
  });

  test("needs every exception", () => {
    expect(unusedExceptions).toEqual([]);
  });
});
