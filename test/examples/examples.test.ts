/**
 * Proves that every example declares where its state is kept, and synthesises to its files in `test/golden/examples/`. Proves that the
 * examples show every construct that the package exports. Does not prove that AWS accepts an example. The provider tests prove that an
 * example runs in its own process, and that the provider accepts it.
 */
import { App } from "cdktf";
import { Construct } from "constructs";
import { existsSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { entryPoints, ROOT } from "../../scripts/entry-points";
import { exampleNames, GOLDEN, goldenFiles, stacksOf, stacksSynthesisedHere, writtenFiles } from "../support/examples";
import { read } from "../support/source-tree";

const examples = exampleNames();
const backendOf = (text: string) =>
  (JSON.parse(text) as { terraform: { backend: Record<string, { path?: string }> } }).terraform.backend;

test("every folder of golden files belongs to an example", () => {
  expect(readdirSync(GOLDEN).sort()).toEqual(examples);
});

test("the list of examples names each example once", () => {
  const links = read("examples/README.md").text.matchAll(/^\| \[([\w-]+)\]\(\1\) \| \S/gm);
  expect([...links].map(([, name]) => name).sort()).toEqual(examples);
});

/** Remembers the app of every example that runs. */
const synth = jest.spyOn(App.prototype, "synth");

const synthesised = new Map<string, Promise<ReadonlyMap<string, string>>>();

/** The stacks of an example, which is run once. */
function stacksHere(name: string): Promise<ReadonlyMap<string, string>> {
  const stacks = synthesised.get(name) ?? stacksSynthesisedHere(name);
  synthesised.set(name, stacks);
  return stacks;
}

/** The classes of constructs that a module exports, by name. */
function constructsOf(module: Readonly<Record<string, unknown>>): [string, typeof Construct][] {
  return Object.entries(module).filter((entry): entry is [string, typeof Construct] => {
    const [, value] = entry;
    return typeof value === "function" && value.prototype instanceof Construct;
  });
}

test("every construct that the package exports is in an example, itself or as a class that extends it", async () => {
  for (const name of examples) await stacksHere(name);
  const shown = synth.mock.contexts.flatMap((app) => (app as App).node.findAll());
  const missing = entryPoints().flatMap(({ folder }) =>
    constructsOf(jest.requireActual(join(ROOT, folder, "index.ts")))
      .filter(([, type]) => !shown.some((construct) => construct instanceof type))
      .map(([name]) => `${folder}: ${name}`),
  );
  expect(missing).toEqual([]);
}, 120_000);

describe.each(examples)("examples/%s", (name) => {
  let stacks: ReadonlyMap<string, string>;

  beforeAll(async () => {
    stacks = await stacksHere(name);
  }, 60_000);

  test("is a page of at most 60 lines that begins with what it shows, with a README", () => {
    const { text } = read(`examples/${name}/main.ts`);
    expect(text).toMatch(/^\/\*\*\n \* \S/);
    expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(60);
    expect(existsSync(join(ROOT, "examples", name, "README.md"))).toBe(true);
    expect(read(`examples/${name}/README.md`).text).toMatch(/^# \S/);
  });

  test("names no folder of this machine", () => {
    expect([...stacks.keys()]).not.toEqual([]);
    for (const text of stacks.values()) {
      expect(text).not.toContain(ROOT);
      expect(text).not.toContain(tmpdir());
    }
  });

  test("keeps the state of every stack in S3, with the lock of S3", () => {
    for (const text of stacks.values()) expect(backendOf(text)).toMatchObject({ s3: { use_lockfile: true } });
  });

  test("synthesises to its golden files, which `npm run golden` writes", () => {
    const [files, written] = [goldenFiles(stacks), writtenFiles(name)];
    expect([...files.keys()].sort()).toEqual([...written.keys()].sort());
    expect(files.get("addresses.txt")).toBe(written.get("addresses.txt"));
    for (const [file, text] of files) expect(`${file}\n${text}`).toBe(`${file}\n${written.get(file)}`);
  });
});

describe("examples/state-bootstrap", () => {
  test("keeps its states in files next to cdktf.json in the first run, and changes nothing else in the second run", async () => {
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
