import { build, Plugin } from "esbuild";
import { appendFileSync, chmodSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { COMMAND_LINE, DRILL, ROOT } from "./entry-points";

/**
 * Writes the command line as one file that can be run. Two more files hold the code that only a drill needs. One is the command, which is
 * loaded on use. The other is the program that it starts.
 */
export async function bundleCommandLine(dist: string): Promise<void> {
  const outfile = join(dist, COMMAND_LINE, "main.js");
  await build({
    entryPoints: [join(ROOT, COMMAND_LINE, "main.ts")],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    packages: "external",
    plugins: [leaveOutside],
    logLevel: "warning",
  });
  chmodSync(outfile, 0o755);
  await bundleDrill(join(ROOT, COMMAND_LINE, "drill.ts"), join(dist, COMMAND_LINE, "drill.js"));
  await bundleDrill(join(ROOT, DRILL, "inside.ts"), join(dist, COMMAND_LINE, "inside.js"));
}

/** The drill is a file of its own, and the library is in the package already. */
const leaveOutside: Plugin = {
  name: "leave-outside",
  setup: (plugin) => {
    const outside = /^(\.\/drill\.js|\.\.\/stacks|\.\.\/modules\/[\w-]+)$/;
    plugin.onResolve({ filter: outside }, ({ path }) => ({ path, external: true }));
  },
};

/** With the AWS clients that it calls the emulator with, because the package has no dependencies. A file next to it has their licences. */
async function bundleDrill(program: string, outfile: string): Promise<void> {
  const { metafile } = await build({
    entryPoints: [program],
    outfile,
    bundle: true,
    minify: true,
    keepNames: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    // a drill deploys with Terraform alone
    external: ["cdktf-cli"],
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
