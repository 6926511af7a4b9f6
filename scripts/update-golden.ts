/**
 * `npm run golden [example ...]`: writes down what the examples synthesise to, all or the named ones, in
 * `test/golden/examples/`. A change of an address moves a resource: list it in CHANGELOG.md with its `moved` step. It also prints what Terraform
 * would replace in a stack that was deployed before.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { replacedBetween } from "../test/support/replaced";
import { exampleNames, GOLDEN, goldenFiles, stacksOf, writtenFiles } from "../test/support/examples";

const all = exampleNames();
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`no example ${unknown.join(", ")}; there are: ${all.join(", ")}`);
  process.exit(1);
}
void update();

async function update(): Promise<void> {
  mkdirSync(GOLDEN, { recursive: true });
  for (const gone of readdirSync(GOLDEN).filter((name) => !all.includes(name))) {
    rmSync(join(GOLDEN, gone), { recursive: true });
    console.log(`${gone}: the example is gone, its golden files too`);
  }
  for (const name of asked.length > 0 ? asked : all) await updateExample(name);
}

async function updateExample(name: string): Promise<void> {
  const [before, after] = [writtenFiles(name), goldenFiles(await stacksOf(name))];
  rmSync(join(GOLDEN, name), { recursive: true, force: true });
  mkdirSync(join(GOLDEN, name));
  for (const [file, text] of after) writeFileSync(join(GOLDEN, name, file), text);

  const changed = [...after].filter(([file, text]) => before.get(file) !== text).map(([file]) => file);
  for (const file of changed.filter((path) => path.endsWith(".tf.json") && before.has(path))) {
    for (const replaced of replacedBetween(before.get(file)!, after.get(file)!)) console.log(`  replaced: ${replaced}`);
  }
  const gone = [...before.keys()].filter((file) => !after.has(file));
  console.log(`${name}: ${[...changed, ...gone].join(", ") || "no change"}`);
  const addresses = new Set(after.get("addresses.txt")!.split("\n"));
  const lost = (before.get("addresses.txt") ?? "").split("\n").filter((address) => !addresses.has(address));
  for (const address of lost) console.log(`  address gone: ${address}`);
}
