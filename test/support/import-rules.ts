import { entryPoints } from "../../scripts/entry-points";
import { importsOf, SourceRule, SourceText } from "./source-tree";

/** From the bottom up. A folder may import its own level and the levels below it. */
const LIBRARY = [["modules/core"], ["modules"], ["stacks"], ["examples"]];

const OURS = /^(modules|stacks|examples|terraform|reconcile|drills|review|cli|emulator|test|scripts|bench)\b/;

/** Whether an import names a file of this project. */
export function isOurs(path: string): boolean {
  return path === "index" || OURS.test(path);
}

/** Imports point one way: core <- modules <- stacks <- examples; nothing below examples imports tests or scripts. */
export const importsPointDown: SourceRule = (source) =>
  importsAbove(source, LIBRARY).map((path) => `${source.path} imports ${path}`);

function importsAbove(source: SourceText, levels: readonly (readonly string[])[]): string[] {
  const levelOf = (path: string) => {
    const found = levels.findIndex((folders) => folders.some((folder) => isIn(path, folder)));
    return found === -1 ? levels.length : found;
  };
  return importsOf(source).filter((path) => isOurs(path) && levelOf(path) > levelOf(source.path));
}

function isIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** The folders that other folders import. */
const WITH_DOORS = entryPoints()
  .map(({ folder }) => folder)
  .filter((folder) => folder !== ".");

/** Plain data of core that the tools read: a folder with an `index.ts` of its own. */
const PLAIN_DATA = "modules/core/model";

/** The model is plain data. It imports only its own files. */
export const importsOnlyTheModel: SourceRule = (source) =>
  importsOf(source)
    .filter((path) => !isIn(path, PLAIN_DATA))
    .map((path) => `${source.path} imports ${path}`);

/** Files of core that import nothing. The tools and the emulator run without cdktf, which the `index.ts` of core loads. */
const WITHOUT_CDKTF =
  /^(cli|drills|emulator|reconcile|terraform)\/.* imports modules\/core\/(control-planes|nearest|printable)$/;

/**
 * A module or the stacks are imported through one of two files:
 *
 * 1. `index.ts` is for users. It is a public sub-path of the package, so all that it exports is documented and kept stable.
 * 2. `internal.ts` is for other modules and the stacks. No public sub-path leads there, so it may change with its users.
 */
export const importsThroughDoors: SourceRule = (source) =>
  importsOf(source)
    .filter((path) => {
      const folder = folderOf(path);
      if (folder === undefined || isIn(source.path, folder)) return false;
      return path !== folder && path !== PLAIN_DATA && !(isLibrary(source.path) && path === `${folder}/internal`);
    })
    .map((path) => `${source.path} imports ${path}`)
    .filter((fault) => !WITHOUT_CDKTF.test(fault));

function isLibrary(path: string): boolean {
  return isIn(path, "modules") || isIn(path, "stacks");
}

function folderOf(path: string): string | undefined {
  return WITH_DOORS.find((folder) => isIn(path, folder));
}

/** Every circle of files that import each other: the files of each, in the order of their paths. Imports of types count. */
export function circlesOf(sources: readonly SourceText[]): string[][] {
  const paths = new Set(sources.map(({ path }) => path));
  const fileOf = (path: string) => [path, `${path}.ts`, `${path}/index.ts`].find((candidate) => paths.has(candidate));
  const uses = new Map(sources.map((source) => [source.path, importsOf(source).flatMap((path) => fileOf(path) ?? [])]));
  const within = new Map([...paths].map((path) => [path, reachedFrom(path, uses)]));
  const circles = [...paths]
    .filter((path) => within.get(path)!.has(path))
    .map((path) => [...within.get(path)!].filter((other) => within.get(other)!.has(path)).sort());
  return [...new Map(circles.map((circle) => [circle.join(), circle])).values()].sort();
}

function reachedFrom(path: string, uses: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set<string>();
  const next = [...uses.get(path)!];
  for (let file = next.pop(); file !== undefined; file = next.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    next.push(...uses.get(file)!);
  }
  return reached;
}
