import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { ROOT } from "../../scripts/entry-points";
import { importsOf, read, typescriptBelow } from "./source-tree";
import { compilerOptions } from "./type-program";

/** Folders of the sources. Examples and tests import a lot, and their check would be slow. */
const SOURCES = typescriptBelow("modules", "stacks", "terraform", "cli", "reconcile", "drills", "emulator");

/** The files that a patch touches, in its order. */
export function filesOf(patch: string): string[] {
  return [...patch.matchAll(/^diff --git a\/\S+ b\/(\S+)$/gm)].map(([, path]) => path!);
}

/**
 * Applies a patch to copies of the files that it touches.
 *
 * @returns the new text of each file
 */
export function applied(name: string, patch: string): ReadonlyMap<string, string> {
  const folder = mkdtempSync(join(tmpdir(), "patch-"));
  try {
    for (const path of filesOf(patch)) copy(path, folder);
    writeFileSync(join(folder, "change.patch"), patch);
    const { GIT_DIR: _, ...env } = process.env;
    const options = {
      cwd: folder,
      env: { ...env, GIT_CEILING_DIRECTORIES: dirname(folder) },
      encoding: "utf8",
    } as const;
    const { status, stderr } = spawnSync("git", ["apply", "change.patch"], options);
    if (status !== 0) throw new Error(`${name} no longer applies. Refresh it as CONTRIBUTING.md says:\n${stderr}`);
    return new Map(filesOf(patch).map((path) => [path, readFileSync(join(folder, path), "utf8")]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function copy(path: string, folder: string): void {
  mkdirSync(join(folder, dirname(path)), { recursive: true });
  if (existsSync(join(ROOT, path))) copyFileSync(join(ROOT, path), join(folder, path));
}

/** The sources that import one of the files directly. */
export function importersOf(paths: Iterable<string>): string[] {
  const imported = new Set([...paths].flatMap((path) => [path.replace(/\.ts$/, ""), path.replace(/\/index\.ts$/, "")]));
  return SOURCES.filter((source) => importsOf(source).some((path) => imported.has(path))).map(({ path }) => path);
}

/** Checks types of files with other texts in place of some. All checks share what the compiler read. */
export class OverlaidTypes {
  private texts: ReadonlyMap<string, string> = new Map();
  private roots: readonly string[] = [];
  private version = 0;
  private readonly service = ts.createLanguageService({
    getCompilationSettings: () => ({ ...compilerOptions(), noEmit: true }),
    getCurrentDirectory: () => ROOT,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    getProjectVersion: () => `${this.version}`,
    getScriptFileNames: () => this.roots.map((path) => join(ROOT, path)),
    getScriptVersion: (path) => (this.textAt(path) === undefined ? "" : `${this.version}`),
    getScriptSnapshot: (path) => {
      const text = this.textAt(path) ?? ts.sys.readFile(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    fileExists: (path) => this.textAt(path) !== undefined || ts.sys.fileExists(path),
    readFile: (path) => this.textAt(path) ?? ts.sys.readFile(path),
    directoryExists: (path) => ts.sys.directoryExists(path),
    getDirectories: (path) => ts.sys.getDirectories(path),
  });

  /** The faults in files, one line each. */
  faults(paths: readonly string[], texts: ReadonlyMap<string, string>): string[] {
    [this.texts, this.roots] = [texts, paths];
    this.version += 1;
    return paths.flatMap((path) => {
      const file = join(ROOT, path);
      const found = [...this.service.getSyntacticDiagnostics(file), ...this.service.getSemanticDiagnostics(file)];
      return found.map(({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
    });
  }

  private textAt(path: string): string | undefined {
    return this.texts.get(relative(ROOT, path).replaceAll("\\", "/"));
  }
}

/** The rows of a table in Markdown whose first cell is a name in backticks. */
export function rowsOf(path: string): ReadonlyMap<string, readonly string[]> {
  const rows = [...read(path).text.matchAll(/^\| `([^`]+)` \|(.*)\|$/gm)];
  return new Map(rows.map(([, name, cells]) => [name!, cells!.split("|").map((cell) => cell.trim())]));
}
