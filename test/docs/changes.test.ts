/**
 * Proves that ten typical changes of a newcomer apply to this tree, each alone, and pass the type check. Each touches as many files as
 * `changes/README.md` says. The type check reads the files of a change and the sources that import them directly.
 * Does not prove that other importers, examples or tests accept the change, or that its tests pass. Runs no eslint and no Python.
 */
import { applied, filesOf, importersOf, OverlaidTypes, rowsOf } from "../support/patches";
import { filesBelow, read } from "../support/source-tree";

const FOLDER = "test/docs/changes";
const names = filesBelow(FOLDER).flatMap((path) => (path.endsWith(".patch") ? [path.slice(FOLDER.length + 1)] : []));
const rows = rowsOf(`${FOLDER}/README.md`);
const patchOf = (name: string) => read(`${FOLDER}/${name}`).text;

/** Files that a command writes. The README names the command. */
const GENERATED = /^test\/golden\/|^docs\/reference\/|(^|\/)shapes\.ts$|^emulator\/CORRECTIONS\.md$/;

test("ten patches are listed in the README", () => {
  expect(names).toHaveLength(10);
  expect([...rows.keys()]).toEqual(names);
});

describe("the change", () => {
  const types = new OverlaidTypes();

  test.each(names)("%s touches as many files as the README says, and none that a command writes", (name) => {
    const files = filesOf(patchOf(name));
    expect(`${files.length}`).toBe(rows.get(name)![1]);
    expect(files.filter((path) => GENERATED.test(path))).toEqual([]);
  });

  test.each(names)("%s applies and passes the type check", (name) => {
    const texts = applied(name, patchOf(name));
    const touched = [...texts.keys()].filter((path) => path.endsWith(".ts"));
    expect(types.faults([...new Set([...touched, ...importersOf(touched)])], texts)).toEqual([]);
  });

  test("with a wrong type is found, also in a file that imports it", () => {
    const texts = new Map([["cli/did-you-mean.ts", "export const didYouMean = (name: string): number => name;\n"]]);
    expect(types.faults(["cli/did-you-mean.ts", "cli/commands.ts"], texts)).toEqual([
      "cli/did-you-mean.ts: Type 'string' is not assignable to type 'number'.",
      "cli/commands.ts: Expected 1 arguments, but got 2.",
    ]);
  });

  test("to other text than a file has does not apply, and says what to do", () => {
    const patch = patchOf(names[0]!).replace(/^ (?=\S|\s+\S)/gm, " not here ");
    expect(() => applied("a.patch", patch)).toThrow(
      /^a\.patch no longer applies\. Refresh it as CONTRIBUTING\.md says:/,
    );
  });
});
