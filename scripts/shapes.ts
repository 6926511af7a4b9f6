/**
 * `npm run shapes`: writes `shapes.ts` of every folder whose code checks what it is given. Their tables are made from the types;
 * `test/shapes.test.ts` fails when one is old.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Shape } from "../modules/core/internal";
import { ROOT } from "./entry-points";
import { FolderShapes, readShapes } from "./read-shapes";
import { wrapped } from "./wrapped";

/** Every generated file by its path below the project's folder. */
export function shapeFiles(): ReadonlyMap<string, string> {
  return new Map(readShapes().map((folder) => [`${folder.folder}/shapes.ts`, textOf(folder)]));
}

function textOf({ folder, shapes, makers }: FolderShapes): string {
  const inStacks = folder === "stacks";
  const [name, factory] = inStacks ? ["checkSettings", "settingsChecker"] : ["checkProps", "propsChecker"];
  const table = Object.entries(shapes).map(([type, shape]) => `${wrapped(`  ${type}: ${written(shape)}`)},`);
  return [
    "/** Made from the types by `npm run shapes`: what each object may hold. Not to be edited. */",
    `import { ${factory} } from "${inStacks ? "../modules/core/internal" : "../core/internal"}";`,
    "",
    "// prettier-ignore",
    `export const ${name} = ${factory}({`,
    ...table,
    ...(inStacks ? ["}, {", ...Object.entries(makers).map(([type, names]) => `  ${type}: "${names}",`)] : []),
    "});",
    "",
  ].join("\n");
}

function written(shape: Shape): string {
  if (typeof shape === "string") return JSON.stringify(shape);
  if (Array.isArray(shape)) {
    return `[${shape.map((item: Shape | number | boolean) => (typeof item === "object" ? written(item) : JSON.stringify(item))).join(", ")}]`;
  }
  const entries = Object.entries(shape as Readonly<Record<string, Shape>>).map(
    ([key, of]) => `${/^\w+$/.test(key) ? key : `"${key}"`}: ${written(of)}`,
  );
  return `{ ${entries.join(", ")} }`;
}

if (require.main === module) {
  for (const [path, text] of shapeFiles()) {
    writeFileSync(join(ROOT, path), text);
    console.log(path);
  }
}
