/**
 * `npm run bench [case ...]`: measures all cases, or the named ones, and compares them with their limits. Only a run of all
 * writes `bench/README.md`. Ends with 1 when a limit is passed.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { cdk } from "./cases/cdk";
import { examples } from "./cases/examples";
import { imports } from "./cases/imports";
import { patterns } from "./cases/patterns";
import { stores } from "./cases/stores";
import { typeCheck } from "./cases/type-check";
import { unitSuite } from "./cases/unit-suite";
import { workloads } from "./cases/workloads";
import { prepare } from "./prepare";
import { holds, Row, table } from "./report";

const CASES: Readonly<Record<string, () => Row[]>> = {
  patterns,
  stores,
  workloads,
  imports,
  "type-check": typeCheck,
  cdk,
  examples,
  "unit-suite": unitSuite,
};

const README = join(__dirname, "README.md");
const [BEGIN, END] = ["<!-- figures -->", "<!-- end of figures -->"];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in CASES));
if (unknown.length > 0) {
  console.error(`no case ${unknown.join(", ")}; there are: ${Object.keys(CASES).join(", ")}`);
  process.exit(1);
}
prepare();
const rows = Object.entries(CASES)
  .filter(([name]) => asked.length === 0 || asked.includes(name))
  .flatMap(([name, run]) => {
    process.stderr.write(`${name} `);
    return run();
  });
const figures = `${machine()}\n\n${table(rows)}`;
console.log(figures);
if (asked.length === 0) writeReadme(figures);
process.exitCode = rows.every(holds) ? 0 : 1;

/** The machine in general terms. */
function machine(): string {
  const memory = Math.round(totalmem() / 2 ** 30);
  return `Measured on ${cpus().length} cores, ${memory} GiB, Node ${process.versions.node}, ${process.platform}.`;
}

function writeReadme(text: string): void {
  const readme = readFileSync(README, "utf8");
  const [before, rest = ""] = readme.split(BEGIN);
  const after = rest.split(END)[1] ?? "\n";
  writeFileSync(README, `${before}${BEGIN}\n\n${text}\n\n${END}${after}`);
}
