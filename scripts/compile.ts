import { transformSync } from "@swc/core";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { preProcessFile } from "typescript";
import { runNode, tool } from "./run";

/**
 * Compiles the library into `dist`, one file for each source file. TypeScript writes the types and ES modules, and swc turns these
 * into CommonJS modules. Returns the exit code of TypeScript.
 */
export function compile(dist: string): number {
  const code = runNode([tool("typescript/bin/tsc"), "-p", "tsconfig.build.json"]);
  if (code === 0) filesBelow(dist, ".js").forEach(loadImportsWhenUsed);
  return code;
}

function filesBelow(folder: string, extension: string): string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return paths.filter((path) => path.endsWith(extension)).map((path) => join(folder, path));
}

/**
 * Packages and other folders are loaded when a program first uses them. A module imports many resources of the provider that a program
 * never creates. Each has up to a megabyte of generated code. The patterns import every module.
 */
function loadImportsWhenUsed(file: string): void {
  const text = readFileSync(file, "utf8");
  const imports = preProcessFile(text).importedFiles.map(({ fileName }) => fileName);
  const isSameFolder = (path: string) => path.startsWith("./") && !existsSync(join(dirname(file), path, "index.js"));
  const lazy = imports.filter((path) => !isSameFolder(path));
  const { code } = transformSync(text, {
    swcrc: false,
    jsc: { target: "es2022", parser: { syntax: "ecmascript" } },
    // the annotation names the exports for programs that are ES modules
    module: { type: "commonjs", lazy, exportInteropAnnotation: true },
  });
  writeFileSync(file, code);
}
