import { join } from "node:path";
import ts from "typescript";
import { ROOT } from "../../scripts/entry-points";

/** The project's own settings of the compiler. */
export function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
  options.configFilePath = join(ROOT, "tsconfig.json");
  return options;
}

/** A program over files of the project and texts that exist nowhere, with the project's own settings. */
export function typeProgram(
  paths: readonly string[],
  texts: ReadonlyMap<string, string> = new Map(),
  settings: ts.CompilerOptions = {},
): ts.Program {
  const absolute = new Map([...texts].map(([path, text]) => [join(ROOT, path), text]));
  const all = { ...compilerOptions(), noEmit: true, ...settings };
  const base = ts.createCompilerHost(all);
  const host: ts.CompilerHost = {
    ...base,
    getCurrentDirectory: () => ROOT,
    fileExists: (path) => absolute.has(path) || base.fileExists(path),
    readFile: (path) => absolute.get(path) ?? base.readFile(path),
    getSourceFile: (path, version, ...rest) => {
      const text = absolute.get(path);
      return text === undefined
        ? base.getSourceFile(path, version, ...rest)
        : ts.createSourceFile(path, text, version, true);
    },
  };
  const roots = [...paths.map((path) => join(ROOT, path)), ...absolute.keys()];
  return ts.createProgram({ rootNames: roots, options: all, host });
}
