/**
 * Proves that the README's section "In your own project" works word for word with what npm installs today, in CommonJS and in ES modules.
 * It installs half a gigabyte from npm's registry, and fails on a machine that cannot reach it.
 */
import { renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
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
  // what the first project installed serves the second: npm checks it, and downloads nothing again
  if (before !== undefined) renameSync(join(before.folder, "node_modules"), join(hour.folder, "node_modules"));
  hour.follow(project, kind);
  expect([...hour.stacks().keys()]).toHaveLength(5);
});
