import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";
import { ROOT } from "../../scripts/entry-points";

/** A text file of the project; the path is below {@link ROOT}, with slashes. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** The faults that a rule finds in one file, one line each. */
export type SourceRule = (source: SourceText) => string[];

/** Folders whose files are generated, downloaded or installed. */
const NOT_OURS =
  /(^|\/)(node_modules|\.git|\.venv|dist|coverage|\.build|cdktf\.out|\.terraform|__pycache__|docs\/reference)(\/|$)/;

/** Every file below the given folders of the project, in the order of their paths. */
export function filesBelow(...folders: readonly string[]): string[] {
  return folders
    .flatMap((folder) => walk(folder))
    .filter((path) => !NOT_OURS.test(path))
    .sort();
}

function walk(folder: string): string[] {
  if (NOT_OURS.test(folder) || !existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "." ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? walk(path) : [path];
  });
}

/** The text of a file below {@link ROOT}. */
export function read(path: string): SourceText {
  return { path, text: readFileSync(join(ROOT, path), "utf8") };
}

/** Every TypeScript file below the given folders. */
export function typescriptBelow(...folders: readonly string[]): SourceText[] {
  return filesBelow(...folders)
    .filter((path) => path.endsWith(".ts"))
    .map(read);
}

export function parse({ path, text }: SourceText): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
}

/** Specifiers of all imports and re-exports; ours as a path below {@link ROOT}, others unchanged. */
export function importsOf(source: SourceText): string[] {
  const { importedFiles } = ts.preProcessFile(source.text, true, true);
  return importedFiles.map(({ fileName }) => {
    if (fileName.startsWith(".")) return relative(ROOT, resolve(ROOT, dirname(source.path), fileName));
    if (fileName === "cdktf-aws-dr") return "index";
    return fileName.startsWith("cdktf-aws-dr/") ? fileName.slice("cdktf-aws-dr/".length) : fileName;
  });
}

/** All nodes of a syntax tree that a guard accepts, in the order of the text. */
export function nodesOf<N extends ts.Node>(root: ts.Node, guard: (node: ts.Node) => node is N): N[] {
  const found: N[] = [];
  const visit = (node: ts.Node): void => {
    if (guard(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

/** `path:line` of a node, as editors understand it. */
export function placeOf(node: ts.Node): string {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart());
  return `${relative(ROOT, resolve(ROOT, file.fileName))}:${line + 1}`;
}
