/**
 * Proves that the README's section "In your own project" works word for word in an empty folder. The project uses CommonJS or ES modules.
 * Its commands run, and `init` writes the files that it shows. The page type-checks and synthesises.
 *
 * Of the packages that the commands install, the test installs only ours. The others are links to the packages of this repository. The layer
 * `long` proves that the newest packages of npm's registry fit, and that the pages of the other patterns work.
 */
import { rmSync } from "node:fs";
import { basename, dirname } from "node:path";
import { pack } from "../support/consumer";
import { commandsOf, FirstHour } from "../support/first-hour";
import { codeBlocks } from "../support/markdown";
import { read } from "../support/source-tree";

const readme = read("README.md");
const { clone, project } = commandsOf(readme);
const packed = pack();

afterAll(() => rmSync(dirname(packed.tarball), { recursive: true }));

test("the clone's commands pack the tarball that the project installs", () => {
  expect(clone).toEqual(["npm ci && npm run build && npm pack ./dist"]);
  expect(project[1]).toMatch(`npm install ../cdktf-aws-dr/${basename(packed.tarball)} `);
});

describe.each(["commonjs", "module"] as const)("in a project of type %s", (kind) => {
  const hour = new FirstHour(packed.tarball, "linked");
  beforeAll(() => hour.follow(project, kind));
  afterAll(() => hour.remove());

  test("`init` writes the files that the README shows", () => {
    const [page] = codeBlocks(readme, "ts");
    const [cdktfJson, tsconfigJson] = codeBlocks(readme, "json");
    expect(hour.read("main.ts")).toBe(page!.text);
    expect(hour.read("cdktf.json")).toBe(cdktfJson!.text);
    expect(hour.read("tsconfig.json")).toBe(tsconfigJson!.text);
    expect(hour.run("npx cdktf-aws-dr init")).toEqual({
      code: 2,
      output: "there is already: cdktf.json, tsconfig.json, main.ts; nothing was written\n",
    });
  });

  test("every stack is synthesised", () => {
    expect([...hour.stacks().keys()].sort()).toEqual([
      "orders-front-door",
      "orders-seoul",
      "orders-seoul-replication",
      "orders-tokyo",
      "orders-tokyo-replication",
    ]);
  });

  if (kind === "module") return; // the rest is the same
  test("a mistake ends `cdktf synth`", () => {
    hour.must(`echo 'export const wrong: number = "text";' > wrong.ts`);
    const { code, output } = hour.run("npx cdktf synth");
    hour.must("rm wrong.ts");
    expect(output).toContain("wrong.ts(1,14): error TS2322");
    expect(code).not.toBe(0);
  });
});
