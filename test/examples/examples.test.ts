/**
 * Proves that every example keeps its state in a place that it declares, and synthesises to what is written down in
 * `test/golden/examples/`, in another folder than where that was written. Does not prove that it runs as its reader would run it, in a
 * process of its own, nor that AWS or its provider accept it: the provider tests prove the former and the provider's part.
 */
import { existsSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../scripts/entry-points";
import { exampleNames, GOLDEN, goldenFiles, stacksOf, stacksSynthesisedHere, writtenFiles } from "../support/examples";
import { read } from "../support/source-tree";

const examples = exampleNames();
const backendOf = (text: string) =>
  (JSON.parse(text) as { terraform: { backend: Record<string, { path?: string }> } }).terraform.backend;

test("golden files are of examples that exist", () => {
  expect(readdirSync(GOLDEN).sort()).toEqual(examples);
});

test("the list of examples names each once", () => {
  const links = read("examples/README.md").text.matchAll(/^\| \[([\w-]+)\]\(\1\) \| \S/gm);
  expect([...links].map(([, name]) => name).sort()).toEqual(examples);
});

describe.each(examples)("examples/%s", (name) => {
  let stacks: ReadonlyMap<string, string>;

  beforeAll(async () => {
    stacks = await stacksSynthesisedHere(name);
  }, 60_000);

  test("is a page that says at its top what it shows, with a README", () => {
    const { text } = read(`examples/${name}/main.ts`);
    expect(text).toMatch(/^\/\*\*\n \* \S/);
    expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(60);
    expect(existsSync(join(ROOT, "examples", name, "README.md"))).toBe(true);
    expect(read(`examples/${name}/README.md`).text).toMatch(/^# \S/);
  });

  test("names no folder of the machine", () => {
    expect([...stacks.keys()]).not.toEqual([]);
    for (const text of stacks.values()) {
      expect(text).not.toContain(ROOT);
      expect(text).not.toContain(tmpdir());
    }
  });

  test("declares for every stack where its state is kept: in S3, with S3's lock", () => {
    for (const text of stacks.values()) expect(backendOf(text)).toMatchObject({ s3: { use_lockfile: true } });
  });

  test("synthesises to what is written down; `npm run golden` writes it anew", () => {
    const [files, written] = [goldenFiles(stacks), writtenFiles(name)];
    expect([...files.keys()].sort()).toEqual([...written.keys()].sort());
    expect(files.get("addresses.txt")).toBe(written.get("addresses.txt"));
    for (const [file, text] of files) expect(`${file}\n${text}`).toBe(`${file}\n${written.get(file)}`);
  });
});

describe("examples/state-bootstrap", () => {
  test("keeps its states in files beside cdktf.json in the first run, and changes nothing else in the second", async () => {
    const runs = [stacksOf("state-bootstrap", { context: { firstRun: true } }), stacksOf("state-bootstrap")];
    const [first, second] = (await Promise.all(runs)) as [Map<string, string>, Map<string, string>];
    for (const [name, text] of first) {
      expect(backendOf(text)).toEqual({ local: { path: `../../../${name}.tfstate` } });
      expect(contentOf(text)).toEqual(contentOf(second.get(name)!));
    }
    expect([...first.keys()]).toEqual([...second.keys()]);
  }, 60_000);

  function contentOf(text: string): unknown {
    const { resource, provider } = JSON.parse(text) as Record<string, unknown>;
    return { resource, provider };
  }
});
