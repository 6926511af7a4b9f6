/**
 * Proves that every package which `npm ci` installs, on any platform, is checked against a hash, and so is every Python package. Proves that the
 * lock names no registry, and that the documents name the versions that the scripts ask for. Does not prove that the hashes are the ones of npm's
 * registry or of PyPI.
 */
import { isEnough, NODE } from "../../terraform/prerequisites";
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

describe("a list of Python packages", () => {
  const lists = filesBelow(".").filter((path) => /(^|\/)requirements[^/]*\.txt$/.test(path));

  test("is found in every folder that has one", () => {
    expect(lists).toEqual(["emulator/requirements.txt", "test/support/hcl/requirements.txt"]);
  });

  test.each(lists)("%s has an exact version and a hash for every package", (path) => {
    const lines = read(path)
      .text.replace(/ *\\\n */g, " ")
      .split("\n");
    const packages = lines.filter((line) => line !== "" && !line.startsWith("#"));
    expect(packages).not.toEqual([]);
    expect(packages.filter((line) => !/^[\w-]+==[\w.]+( --hash=sha256:[0-9a-f]{64})+$/.test(line))).toEqual([]);
  });
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
