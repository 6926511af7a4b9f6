/** `npm run build`: the package as it is published, in `dist/`. */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundleCommandLine } from "./bundle";
import { compile } from "./compile";
import { COMMAND_LINE, DRILL, EMULATOR, entryPoints, LEASH, RECONCILE, ROOT } from "./entry-points";

const DIST = join(ROOT, "dist");
const EXAMPLES = "examples";

/** Fields of package.json that only this project needs. */
const PRIVATE_FIELDS = new Set(["private", "scripts", "devDependencies", "overrides"]);

/** Files other than code that a README of the package links to. */
const DOCUMENTS = [
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "LICENSE",
  "README.md",
  "bench/README.md",
  "docs/decisions",
  "docs/security.md",
  "emulator/CORRECTIONS.md",
  "emulator/README.md",
];

/** Files of the package other than TypeScript: documents of recovery plans, READMEs. */
const SHIPPED = /(\.asl\.json|\.ssm\.json|README\.md)$/;

/** The server of the emulated AWS, and its list of packages. */
const SERVER = /(\/aws(\/\w+)*(\/\w+\.py)?|\/requirements\.txt)$/;

async function main(): Promise<number> {
  rmSync(DIST, { recursive: true, force: true });
  const code = compile(DIST);
  if (code !== 0) return code;
  await bundleCommandLine(DIST);
  for (const path of DOCUMENTS) cpSync(join(ROOT, path), join(DIST, path), { recursive: true });
  for (const { folder } of entryPoints().filter(({ subPath }) => subPath !== ".")) copyShipped(folder);
  for (const folder of [COMMAND_LINE, DRILL, RECONCILE]) copyShipped(folder);
  copyServer();
  cpSync(join(ROOT, LEASH), join(DIST, LEASH));
  copyExamples();
  writePackageJson();
  return 0;
}

function copyShipped(folder: string): void {
  cpSync(join(ROOT, folder), join(DIST, folder), {
    recursive: true,
    filter: (source) => !/\.\w+$/.test(source) || SHIPPED.test(source),
  });
}

function copyServer(): void {
  cpSync(join(ROOT, EMULATOR), join(DIST, EMULATOR), {
    recursive: true,
    filter: (source) => source === join(ROOT, EMULATOR) || (SERVER.test(source) && !source.endsWith("__pycache__")),
  });
}

/** Rewrites the examples for a reader of the package: they import from the package, not by a relative path. */
function copyExamples(): void {
  cpSync(join(ROOT, EXAMPLES), join(DIST, EXAMPLES), { recursive: true });
  for (const path of readdirSync(join(DIST, EXAMPLES), { recursive: true, encoding: "utf8" })) {
    if (!path.endsWith(".ts")) continue;
    const file = join(DIST, EXAMPLES, path);
    writeFileSync(file, readFileSync(file, "utf8").replace(/ from "\.\.\/\.\.\//g, ' from "cdktf-aws-dr/'));
  }
}

function writePackageJson(): void {
  const source = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Record<string, unknown>;
  const published = {
    ...Object.fromEntries(Object.entries(source).filter(([field]) => !PRIVATE_FIELDS.has(field))),
    type: "commonjs",
    sideEffects: false,
    main: "./index.js",
    types: "./index.d.ts",
    exports: exportsMap(),
  };
  writeFileSync(join(DIST, "package.json"), `${JSON.stringify(published, null, 2)}\n`);
}

/** Sub-paths are folders as well, for consumers whose resolution does not read this map (`node10`). */
function exportsMap(): Record<string, unknown> {
  const map = entryPoints().map(({ subPath }) => [
    subPath,
    { types: `${subPath}/index.d.ts`, default: `${subPath}/index.js` },
  ]);
  return { ...(Object.fromEntries(map) as Record<string, unknown>), "./package.json": "./package.json" };
}

main().then(
  (code) => (process.exitCode = code),
  (fault: unknown) => {
    console.error(fault instanceof Error ? fault.message : fault);
    process.exitCode = 1;
  },
);
