import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { WrongUse } from "../terraform";
import { checkPage } from "./init-check";
import { DEFAULT_PAGE, PAGE_OF, PageOptions, PatternName, projectFiles } from "./init-page";
import { parseOptions } from "./options";

export const HELP = `usage: cdktf-aws-dr init [options]

Writes a program that synthesises into the current folder: cdktf.json, tsconfig.json and main.ts. It overwrites no file.

  --pattern <name>           ${Object.keys(PAGE_OF).join(", ")} (default: ${DEFAULT_PAGE.pattern})
  --name <name>              name of the workload (default: ${DEFAULT_PAGE.name})
  --site <name>=<region>     a site, the home first; give it once for each site
                             (default: ${Object.entries(DEFAULT_PAGE.sites)
                               .map(([name, { region }]) => `${name}=${region}`)
                               .join(", ")})
  --account <id>             account of the sites (default: ${DEFAULT_PAGE.sites.seoul!.account})
  --state <prefix>           the bucket of a site's state is <prefix>-<site> (default: ${DEFAULT_PAGE.state})
  --zone <domain>            hosted zone of the name that users call (default: ${DEFAULT_PAGE.zone})
  --help                     this text

exit codes: 0 written; 2 wrong use, or a file is there already or cannot be written: nothing is written
`;

/** @returns the exit code */
export function run(args: readonly string[], folder = process.cwd()): Promise<number> {
  const options = readOptions(args);
  checkPage(options);
  const files = Object.entries(projectFiles(options));
  const there = files.map(([name]) => name).filter((name) => existsSync(join(folder, name)));
  if (there.length > 0) throw new WrongUse(`there is already: ${there.join(", ")}; nothing was written`);
  writeAll(folder, files);
  process.stdout.write(`wrote ${files.map(([name]) => name).join(", ")}; now: npx cdktf synth\n`);
  return Promise.resolve(0);
}

/** Every file, or none. */
function writeAll(folder: string, files: readonly (readonly [name: string, text: string])[]): void {
  const written: string[] = [];
  for (const [name, text] of files) {
    try {
      writeFileSync(join(folder, name), text, { flag: "wx" });
      written.push(name);
    } catch (fault) {
      for (const other of written) rmSync(join(folder, other));
      throw new WrongUse(`${name} cannot be written: ${(fault as Error).message}; nothing was written`);
    }
  }
}

function readOptions(args: readonly string[]): PageOptions {
  const { values } = parseOptions(args, {
    options: {
      account: { type: "string" },
      name: { type: "string" },
      pattern: { type: "string" },
      site: { type: "string", multiple: true },
      state: { type: "string" },
      zone: { type: "string" },
    },
  });
  const { account, pattern = DEFAULT_PAGE.pattern, site, ...rest } = values;
  if (!Object.hasOwn(PAGE_OF, pattern)) {
    throw new WrongUse(`no pattern '${pattern}'; there is: ${Object.keys(PAGE_OF).join(", ")}`);
  }
  const places = site === undefined ? Object.entries(DEFAULT_PAGE.sites) : site.map(readSite);
  const repeated = places.find(([name], index) => places.findIndex(([other]) => other === name) !== index);
  if (repeated !== undefined) throw new WrongUse(`--site '${repeated[0]}' is given twice`);
  const sites = places.map(([name, place]) => [name, { ...place, account: account ?? place.account }] as const);
  return { ...DEFAULT_PAGE, ...rest, pattern: pattern as PatternName, sites: Object.fromEntries(sites) };
}

function readSite(text: string): [string, PageOptions["sites"][string]] {
  const [, name, region] = /^([^=]+)=([^=]+)$/.exec(text) ?? [];
  if (name === undefined || region === undefined) throw new WrongUse(`--site takes <name>=<region>, got '${text}'`);
  return [name, { region, account: DEFAULT_PAGE.sites.seoul!.account }];
}
