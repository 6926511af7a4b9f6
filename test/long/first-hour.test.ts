/**
 * Proves that the README's section "In your own project" works word for word with the packages that npm installs today. It works in CommonJS
 * and in ES modules. Proves the same of the pages of all patterns. It installs half a gigabyte from npm's registry, and fails on a machine
 * that cannot reach it.
 */
import { renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { PAGE_OF } from "../../cli/init-page";
import { pack } from "../support/consumer";
import { commandsOf, FirstHour } from "../support/first-hour";
import { read } from "../support/source-tree";

const { project } = commandsOf(read("README.md"));
const packed = pack();
const hours: FirstHour[] = [];

afterAll(() => {
  for (const hour of hours) hour.remove();
  rmSync(dirname(packed.tarball), { recursive: true });
});

function firstHour(): FirstHour {
  const hour = new FirstHour(packed.tarball, "registry");
  hours.push(hour);
  return hour;
}

test("npm's registry can be reached", () => {
  const { code, output } = firstHour().run("npm view cdktf version");
  if (code !== 0) throw new Error(`this layer installs packages and cannot reach npm's registry:\n${output}`);
});

test.each(["commonjs", "module"] as const)("in a project of type %s", (kind) => {
  const [before, hour] = [hours[1], firstHour()];
  // the second project reuses the packages of the first: npm checks them, and downloads nothing again
  if (before !== undefined) renameSync(join(before.folder, "node_modules"), join(hour.folder, "node_modules"));
  hour.follow(project, kind);
  expect([...hour.stacks().keys()]).toHaveLength(5);
});

test.each(Object.keys(PAGE_OF))("the page of %s, with three sites, type-checks and synthesises", (pattern) => {
  const hour = hours.at(-1)!;
  hour.must("rm -r cdktf.json tsconfig.json main.ts cdktf.out");
  const sites = "--site paris=eu-west-3 --site milan=eu-south-1 --site ireland=eu-west-1";
  hour.must(`npx cdktf-aws-dr init --pattern ${pattern} ${sites} && npx tsc && npx tsx main.ts`);
  expect([...hour.stacks().keys()]).toContain("orders-milan");
});
