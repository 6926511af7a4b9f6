import { build, Plugin } from "esbuild";
import { appendFileSync, chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { COMMAND_LINE, DRILL, entryPoints, ROOT } from "./entry-points";

/**
 * Writes the JavaScript of each entry point as one file: a program that uses ten modules opens ten files, not a hundred. What
 * another entry point offers stays there, so that every class exists once.
 */
export async function bundle(dist: string): Promise<void> {
  await Promise.all(entryPoints().map(({ folder }) => bundleFolder(folder, join(dist, folder, "index.js"))));
}

/** Writes the command line as one file that can be run, and what only a drill needs as another, which it loads for a drill. */
export async function bundleCommandLine(dist: string): Promise<void> {
  const outfile = join(dist, COMMAND_LINE, "cli.js");
  await build({
    entryPoints: [join(ROOT, COMMAND_LINE, "cli.ts")],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    packages: "external",
    plugins: [leaveDrillOutside],
    logLevel: "warning",
  });
  chmodSync(outfile, 0o755);
  await bundleDrill(join(dist, DRILL, "command.js"));
}

const leaveDrillOutside: Plugin = {
  name: "leave-drill-outside",
  setup: (plugin) => {
    plugin.onResolve({ filter: new RegExp(`^\\.\\./${DRILL}/`) }, ({ path }) => ({ path, external: true }));
  },
};

/** With the clients of AWS that it speaks to the emulator with: the package has no dependencies. Their licences are named beside it. */
async function bundleDrill(outfile: string): Promise<void> {
  const { metafile } = await build({
    entryPoints: [join(ROOT, DRILL, "command.ts")],
    outfile,
    bundle: true,
    minify: true,
    keepNames: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    legalComments: "linked",
    metafile: true,
    logLevel: "warning",
  });
  const used = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
  const packages = used.flatMap(([input, { bytesInOutput }]) => {
    return bytesInOutput > 0 ? (/^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? []) : [];
  });
  appendFileSync(`${outfile}.LEGAL.txt`, [...new Set(packages)].sort().map(licenceOf).join("\n"));
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8")) as {
    readonly [field: string]: string;
  };
  const file = readdirSync(join(ROOT, folder)).find((entry) => /^licen[cs]e/i.test(entry));
  // the text of Apache-2.0 is our own licence
  const text = file === undefined || license === "Apache-2.0" ? "" : readFileSync(join(ROOT, folder, file), "utf8");
  return `\n${name} ${version}: ${license}\n${text}`;
}

async function bundleFolder(folder: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [join(ROOT, folder, "index.ts")],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    plugins: [leaveOthersOutside(folder)],
    logLevel: "warning",
  });
  writeFileSync(outfile, loadResourcesWhenUsed(keepClassNames(readFileSync(outfile, "utf8"))));
}

/** Packages stay outside, and so does what belongs to another entry point. */
function leaveOthersOutside(own: string): Plugin {
  return {
    name: "leave-others-outside",
    setup: (plugin) => {
      plugin.onResolve({ filter: /^\./ }, ({ importer, path }) => {
        const target = relative(ROOT, resolve(dirname(importer), path));
        const owner = ownerOf(target);
        if (owner === own) return undefined;
        if (target !== owner) return sharedFile(target);
        const file = relative(own, join(owner, "index.js"));
        return { path: file.startsWith(".") ? file : `./${file}`, external: true };
      });
      plugin.onResolve({ filter: /^[^.]/ }, ({ kind, path }) =>
        kind === "entry-point" ? undefined : { path, external: true },
      );
    },
  };
}

/** What two entry points share without offering it: functions, of which each may have its own. A class would exist twice. */
function sharedFile(target: string) {
  const source = readFileSync(join(ROOT, `${target}.ts`), "utf8");
  return /^(export )?(abstract )?class /m.test(source)
    ? { errors: [{ text: `imports ${target}, which declares a class and is not exported` }] }
    : undefined;
}

function ownerOf(path: string): string {
  const owner = entryPoints().find(({ folder }) => path === folder || path.startsWith(`${folder}/`));
  return owner?.folder ?? ".";
}

/** A class that names itself in its own body gets an underscore from esbuild, which refusals would show. */
function keepClassNames(code: string): string {
  const renamed = [...code.matchAll(/^var (\w+) = class _\1\b/gm)].map((match) => match[1]!);
  return renamed.reduce((text, name) => text.replaceAll(new RegExp(`\\b_${name}\\b`, "g"), name), code);
}

/**
 * Lets a module load a resource of the provider, or another module, when it first uses it, and once for all its files. A resource is up
 * to a megabyte of generated code, and a module knows many that a given program never creates; the patterns know every module.
 */
function loadResourcesWhenUsed(code: string): string {
  const imports = [
    ...code.matchAll(/^var (import_\w+) = require\("(@cdktf\/provider-aws\/lib\/[\w-]+|\.[^"]+)"\);\n/gm),
  ].map(([statement, name, path]) => ({ statement, name: name!, path: path! }));
  if (imports.length === 0) return code;
  const byPath = new Map(imports.map(({ name, path }) => [path, name]));
  const byName = new Map(imports.map(({ name, path }) => [name, byPath.get(path)!]));
  const head = [
    "const loaded_ = {",
    ...[...byPath].map(([path, name]) => `  get ${name}() { return keep_("${name}", require("${path}")); },`),
    "};",
    "function keep_(name, value) { Object.defineProperty(loaded_, name, { value }); return value; }",
    "",
  ].join("\n");
  return imports
    .reduce((text, { statement }) => text.replace(statement, ""), code)
    .replaceAll(/\b(import_\w+)\./g, (use, name: string) => (byName.has(name) ? `loaded_.${byName.get(name)}.` : use))
    .replace('"use strict";\n', `"use strict";\n${head}`);
}
