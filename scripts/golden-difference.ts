/**
 * `npm run golden:difference -- <commit>`: lists how the written examples differ from those of a commit, by type and attribute. A
 * refactoring changes no address and no attribute but descriptions that change in place: anything else makes it end with 1. Examples and
 * resources that are new since the commit are listed and not compared.
 */
import { execFileSync } from "node:child_process";
import { relative } from "node:path";
import { exampleNames, GOLDEN, writtenFiles } from "../test/support/examples";
import { replacedBetween } from "../test/support/replaced";
import { ROOT } from "./entry-points";

/** Attributes that are text for people. Terraform replaces some of them: {@link replacedBetween} knows which. */
const DESCRIPTIONS = /\.(description|alarm_description|comment|replication_group_description)$/;

const [commit] = process.argv.slice(2);
if (commit === undefined) {
  console.error("name a commit, for example HEAD~1");
  process.exit(1);
}
const folder = relative(ROOT, GOLDEN).replaceAll("\\", "/");
const earlier = git("ls-tree", "-r", "--name-only", commit, folder).split("\n");
const counts = new Map<string, number>();
const faults: string[] = [];

for (const example of exampleNames()) {
  const paths = earlier.filter((path) => path.startsWith(`${folder}/${example}/`) && path.endsWith(".tf.json"));
  const written = writtenFiles(example);
  if (paths.length === 0) console.log(`${example}: new`);
  else for (const path of paths) compare(path, git("show", `${commit}:${path}`), written.get(path.split("/").at(-1)!));
  const files = paths.map((path) => path.split("/").at(-1));
  for (const file of written.keys()) {
    if (paths.length > 0 && file.endsWith(".tf.json") && !files.includes(file))
      faults.push(`${example}: new stack ${file}`);
  }
}
for (const [what, count] of [...counts].sort()) {
  console.log(`${String(count).padStart(5)}  ${what}`);
  if (!what.startsWith("added: ") && !DESCRIPTIONS.test(what)) faults.push(what);
}
for (const fault of faults) console.error(`not a description that changes in place: ${fault}`);
process.exitCode = faults.length > 0 ? 1 : 0;

function compare(path: string, before: string, after: string | undefined): void {
  if (after === undefined) return void faults.push(`${path}: gone`);
  const [old, now] = [before, after].map((text) => leaves(JSON.parse(text)));
  const earlierAddresses = new Set([...old!.keys()].map(addressOf));
  for (const place of new Set([...old!.keys(), ...now!.keys()])) {
    if (old!.get(place) === now!.get(place)) continue;
    const added = !earlierAddresses.has(addressOf(place));
    const what = added ? `added: ${addressOf(place)}` : kindOf(place);
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  faults.push(...replacedBetween(before, after).map((replaced) => `${path}: ${replaced}`));
}

/** Every value that holds no other, by its place. */
function leaves(value: unknown, place = ""): Map<string, unknown> {
  if (typeof value !== "object" || value === null) return new Map([[place, value]]);
  return new Map(Object.entries(value).flatMap(([key, inner]) => [...leaves(inner, place ? `${place}.${key}` : key)]));
}

/** `resource.aws_sns_topic.Topic_1A2B.name` becomes `resource.aws_sns_topic.Topic_1A2B`. */
function addressOf(place: string): string {
  return place.split(".").slice(0, 3).join(".");
}

/** `resource.aws_sns_topic.Topic_1A2B.name` becomes `aws_sns_topic.name`. */
function kindOf(place: string): string {
  const [block, type, , ...attribute] = place.split(".");
  return block === "resource" || block === "data" ? [type, ...attribute].join(".") : place;
}

function git(...args: readonly string[]): string {
  return execFileSync("git", args, { cwd: ROOT, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
}
