/**
 * Proves how the file that Terraform reads is written and removed: completely or not at all, and not through a link. Its text has no
 * template expression.
 */
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BLOCKS_FILE, putBlocks, readBlocks, writeBlocks } from "../../reconcile/blocks";
import { WrongUse } from "../../terraform/wrong-use";

let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), "blocks-"))));
afterEach(() => rmSync(dir, { recursive: true }));

test.each([
  ["orders-receipts", "orders-receipts"],
  ['${file("/etc/passwd")}', '$${file("/etc/passwd")}'],
  ["%{if true}x%{endif}", "%%{if true}x%%{endif}"],
  ["a$${b}%%{c}", "a$$${b}%%%{c}"],
  ["100% of $5 {x}", "100% of $5 {x}"],
])("the id %s is written so that Terraform reads just that", (id, written) => {
  const one = {
    to: "aws_cloudwatch_metric_alarm.A",
    type: "aws_cloudwatch_metric_alarm",
    id,
    region: undefined,
    why: "",
  };
  const { import: imports } = JSON.parse(writeBlocks({ removed: [], moved: [], imports: [one] })!) as {
    import: unknown;
  };
  expect(imports).toEqual([{ to: one.to, id: written }]);
});

test("the file is replaced, not written over", () => {
  putBlocks(dir, "one");
  const before = statSync(join(dir, BLOCKS_FILE)).ino;
  putBlocks(dir, "two");
  expect(readBlocks(dir)).toBe("two");
  expect(statSync(join(dir, BLOCKS_FILE)).ino).not.toBe(before);
  expect(readdirSync(dir)).toEqual([BLOCKS_FILE]);
});

test("a file that says it already is left alone", () => {
  putBlocks(dir, "one");
  const before = statSync(join(dir, BLOCKS_FILE)).ino;
  putBlocks(dir, "one");
  expect(statSync(join(dir, BLOCKS_FILE)).ino).toBe(before);
});

test("the unfinished file of a killed run is removed, and so is the file once Terraform needs no blocks", () => {
  const [old, young] = [".reconcile.0123456789abcdef", ".reconcile.fedcba9876543210"];
  for (const name of [old, young]) writeFileSync(join(dir, name), "{");
  const minutesAgo = Date.now() / 1_000 - 120;
  utimesSync(join(dir, old), minutesAgo, minutesAgo);
  writeFileSync(join(dir, ".reconcile.notes"), "mine");
  putBlocks(dir, "one");
  putBlocks(dir, undefined);
  expect(readdirSync(dir)).toEqual([young, ".reconcile.notes"]); // the young one is of a run at the same time
});

test("a link is refused, and what it leads to stays", () => {
  const victim = join(dir, "victim");
  writeFileSync(victim, "mine");
  symlinkSync(victim, join(dir, BLOCKS_FILE));
  const refusal = new WrongUse(
    `${join(dir, BLOCKS_FILE)} is not a plain file, so 'reconcile' did not write it; remove it`,
  );
  expect(() => readBlocks(dir)).toThrow(refusal);
  expect(() => putBlocks(dir, "one")).toThrow(refusal);
  expect(() => putBlocks(dir, undefined)).toThrow(refusal);
  expect(readFileSync(victim, "utf8")).toBe("mine");
});

test("a folder that cannot be written to is said, and has no file", () => {
  expect(() => putBlocks(join(dir, "nowhere"), "one")).toThrow(
    /cannot be written: ENOENT.*; settle that, then run again$/,
  );
  expect(existsSync(join(dir, "nowhere"))).toBe(false);
});
