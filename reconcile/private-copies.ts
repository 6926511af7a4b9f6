import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve, sep } from "node:path";
import { BLOCKS_FILE } from "./blocks";
import { StackFolder, WrongUse } from "../terraform";

/** The folder in which Terraform keeps a stack's backend settings, providers and modules. */
const DATA = ".terraform";

/** Levels of a provider's folder in it: registry, namespace, type, version, platform. */
const PROVIDER_LEVELS = 5;

/**
 * Copies of stacks' folders that only this user can read. Terraform plans in them, so it leaves no file in the folders of the stacks. The
 * copies are removed when the process ends, unless it is killed.
 */
export class PrivateCopies {
  private readonly root = realpathSync(mkdtempSync(join(tmpdir(), "cdktf-aws-dr-reconcile-")));
  private readonly copies = new Map<string, string>();

  /** A cache of providers, for stacks that Terraform has to initialise. */
  readonly providers = join(this.root, "providers");

  constructor() {
    process.once("exit", this.remove);
    mkdirSync(this.providers);
  }

  /** The copy of a stack. The first call makes it. */
  of({ name, dir }: StackFolder): string {
    try {
      const copy = this.copies.get(name) ?? this.make(dir);
      this.copies.set(name, copy);
      return copy;
    } catch (fault) {
      const remedy = "settle that, or name a folder with room in TMPDIR; then run again";
      throw new WrongUse(`${dir} cannot be copied into ${this.root}: ${(fault as Error).message}; ${remedy}`);
    }
  }

  readonly remove = (): void => {
    process.off("exit", this.remove);
    rmSync(this.root, { recursive: true, force: true });
  };

  /** A stack may use files above its folder, such as a module at `../../modules`. They are linked at the same place above the copy. */
  private make(dir: string): string {
    let base = dir;
    for (let level = levelsAbove(dir); level > 0; level--) base = dirname(base);
    let copy = join(this.root, String(this.copies.size));
    mkdirSync(copy);
    let original = base;
    for (const step of relative(base, dir).split(sep).filter(Boolean)) {
      linkEntries(original, copy, step);
      [original, copy] = [join(original, step), join(copy, step)];
      mkdirSync(copy);
    }
    copyEntries(dir, copy, [DATA, BLOCKS_FILE, relative(dir, dataOf(dir))]);
    copyData(dir, join(copy, DATA));
    return copy;
  }
}

/** How many levels above its folder the files of a stack reach, by the longest `../..` in them. */
function levelsAbove(dir: string): number {
  const files = readdirSync(dir).filter((name) => /\.(tf|tf\.json)$/.test(name));
  const modules = join(dataOf(dir), "modules", "modules.json");
  const texts = [...files.map((name) => join(dir, name)), modules]
    .filter(isFile)
    .map((file) => readFileSync(file, "utf8"));
  const runs = texts.flatMap((text) => text.match(/\.\.(?:\/\.\.)*/g) ?? []);
  return runs.reduce((most, run) => Math.max(most, (run.length + 1) / 3), 0);
}

/** The folder that `TF_DATA_DIR` names, relative to the stack's folder. */
function dataOf(dir: string): string {
  return resolve(dir, process.env.TF_DATA_DIR ?? DATA);
}

/** Providers are large and read-only. So they are linked, as Terraform links the providers of its cache. */
function copyData(dir: string, copy: string): void {
  const data = dataOf(dir);
  if (!existsSync(data)) return;
  mkdirSync(copy);
  for (const entry of readdirSync(data)) if (isFile(join(data, entry))) copyFile(join(data, entry), join(copy, entry));
  // the paths in modules.json are right in the folder that Terraform takes by default
  const hasModules = process.env.TF_DATA_DIR === undefined && existsSync(join(data, "modules"));
  if (hasModules) copyFolder(join(data, "modules"), join(copy, "modules"));
  const providers = join(data, "providers");
  if (existsSync(providers)) linkProviders(providers, join(copy, "providers"), PROVIDER_LEVELS);
}

function linkProviders(from: string, to: string, levels: number): void {
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    const [source, target] = [join(from, name), join(to, name)];
    if (levels === 1) link(source, target);
    else if (statSync(source, { throwIfNoEntry: false })?.isDirectory()) linkProviders(source, target, levels - 1);
  }
}

function copyFolder(from: string, to: string): void {
  mkdirSync(to);
  copyEntries(from, to, []);
}

function copyEntries(from: string, to: string, without: readonly string[]): void {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (without.includes(entry.name)) continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copyFolder(source, target);
    // a link to a file is copied, so that nothing is written through it
    else if (isFile(source)) copyFile(source, target);
    else if (entry.isSymbolicLink()) link(source, target);
  }
}

function linkEntries(from: string, to: string, without: string): void {
  for (const name of namesIn(from)) if (name !== without) link(join(from, name), join(to, name));
}

/** Not every folder above a stack's may be listed by this user. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A link that leads nowhere is left out. */
function link(source: string, target: string): void {
  if (existsSync(source)) symlinkSync(realpathSync(source), target);
}

function copyFile(source: string, target: string): void {
  copyFileSync(source, target, constants.COPYFILE_FICLONE);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
