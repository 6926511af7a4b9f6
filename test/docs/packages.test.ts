/**
 * Proves that every package which `npm ci` installs, on any platform, is checked against a hash, that the lock names no registry, and that the
 * documents name the versions that the scripts ask for. Does not prove that the hashes are the ones of npm's registry.
 */
import { isEnough, NODE } from "../../emulator/prerequisites";
import { filesBelow, read } from "../support/source-tree";

interface Locked {
  readonly inBundle?: boolean;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly resolved?: string;
}

const { packages } = JSON.parse(read("package-lock.json").text) as { packages: Record<string, Locked> };
const locked = Object.entries(packages).filter(([path]) => path !== "");

test("every package of the lock has a hash; one that another package brings in its own archive has that one's", () => {
  expect(locked.length).toBeGreaterThan(1_000);
  const unchecked = locked.filter(([, { integrity = "", inBundle }]) => !inBundle && !/^sha(512|1)-/.test(integrity));
  expect(unchecked.map(([path]) => path)).toEqual([]);
});

test("the lock names no registry", () => {
  expect(locked.filter(([, { resolved, link }]) => resolved !== undefined || link).map(([path]) => path)).toEqual([]);
});

test.each<[readonly [number, number] | undefined, boolean]>([
  [undefined, false],
  [[20, 18], false],
  [[20, 19], true],
  [[22, 0], true],
  [[23, 0], false],
  [[24, 22], false],
])("`npm start` on Node %j: %s", (version, enough) => {
  expect(isEnough(version, NODE)).toBe(enough);
});

test.each(["README.md", "CONTRIBUTING.md"])("%s names the versions", (path) => {
  const { text } = read(path);
  for (const words of ["Node 20.19 to 22", "Terraform 1.11 or newer", "Python 3.11 or newer"])
    expect(text).toContain(words);
});

test("documents import the stacks from one path", () => {
  const documents = filesBelow(".").filter((path) => path.endsWith(".md"));
  expect(documents).toContain("README.md");
  expect(documents.filter((path) => read(path).text.includes('from "cdktf-aws-dr"'))).toEqual([]);
});
