/**
 * `npx tsx scripts/prose.ts [path ...]`: prints the findings of the prose lint, all or those of paths that begin so.
 * `--update` writes the counts that `test/docs/prose-to-do.txt` allows. It refuses a higher sum, so a file can move but prose cannot get worse.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { proseReport, readToDo, TO_DO } from "../test/support/prose/repository";
import { ROOT } from "./entry-points";

const HEADER =
  "# Findings of the prose lint that each file may still have. The counts only fall: 'npx tsx scripts/prose.ts --update'.\n";
const paths = process.argv.slice(2).filter((argument) => argument !== "--update");
const { findings } = proseReport();

if (process.argv.includes("--update")) update();
else print();

function print(): void {
  const asked = (path: string) => paths.length === 0 || paths.some((start) => path.startsWith(start));
  const lines = [...findings].filter(([path]) => asked(path)).flatMap(([, found]) => found);
  for (const line of lines) console.log(line);
  console.log(`${lines.length} findings`);
}

function update(): void {
  const file = join(ROOT, TO_DO);
  const before = sum(readToDo(readFileSync(file, "utf8")).values());
  const counts = [...findings].map(([path, found]) => [path, found.length] as const);
  const after = sum(counts.map(([, count]) => count));
  if (after > before) {
    console.error(`there are ${after} findings, ${before} at most: run this script without '--update' to read them`);
    process.exitCode = 1;
    return;
  }
  writeFileSync(file, HEADER + counts.map(([path, count]) => `${count} ${path}\n`).join(""));
  console.log(`${before} -> ${after} findings`);
}

function sum(counts: Iterable<number>): number {
  return [...counts].reduce((total, count) => total + count, 0);
}
