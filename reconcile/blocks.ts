import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { Import, Moved, Removed } from "./verdict";
import { WrongUse } from "../terraform";

/** The file that Terraform reads next to a stack's `cdk.tf.json`. `reconcile` owns it, and writes or removes it as a whole. */
export const BLOCKS_FILE = "reconcile.tf.json";

/** A file that is not complete yet. Terraform reads no file whose name begins with a dot. */
const UNFINISHED = /^\.reconcile\.[0-9a-f]{16}$/;

/** The blocks for one stack. */
export interface Told {
  readonly removed: readonly Removed[];
  readonly moved: readonly Moved[];
  readonly imports: readonly Import[];
}

/** Text of the file. Returns undefined if there are no blocks. */
export function writeBlocks({ removed, moved, imports }: Told): string | undefined {
  if (removed.length + moved.length + imports.length === 0) return undefined;
  const why = [
    ...removed.map(({ from, why }) => [from, why] as const),
    ...moved.map(({ to, why }) => [to, why] as const),
    ...imports.map(({ to, why }) => [to, why] as const),
  ];
  const blocks = {
    "//": { "written by": "cdktf-aws-dr reconcile; rewritten by its next run", why: Object.fromEntries(why) },
    ...(removed.length > 0 && { removed: removed.map(({ from }) => ({ from, lifecycle: { destroy: false } })) }),
    ...(moved.length > 0 && { moved: moved.map(({ from, to }) => ({ from, to })) }),
    ...(imports.length > 0 && { import: imports.map(({ to, id }) => ({ to, id: literal(id) })) }),
  };
  return `${JSON.stringify(blocks, null, 2)}\n`;
}

/**
 * Terraform evaluates templates in the id of an import.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings - Escape Sequences
 */
function literal(text: string): string {
  return text.replaceAll(/[$%](?=\{)/g, "$&$&");
}

/** Reads the current file in the folder of a stack. Refuses a link or a folder of that name. */
export function readBlocks(dir: string): string | undefined {
  const file = join(dir, BLOCKS_FILE);
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if (!found.isFile()) throw new WrongUse(`${file} is not a plain file, so 'reconcile' did not write it; remove it`);
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return readFileSync(descriptor, "utf8");
  } finally {
    closeSync(descriptor);
  }
}

/** Writes this text into the folder of a stack, or removes the file if the text is undefined. Each change is atomic. */
export function putBlocks(dir: string, text: string | undefined): void {
  const file = join(dir, BLOCKS_FILE);
  try {
    removeUnfinished(dir);
    if (text === readBlocks(dir)) return;
    if (text === undefined) unlinkSync(file);
    else writeWhole(dir, file, text);
    syncFolder(dir);
  } catch (fault) {
    if (fault instanceof WrongUse) throw fault;
    throw new WrongUse(`${file} cannot be written: ${(fault as Error).message}; settle that, then run again`);
  }
}

/** Removes the files of killed runs. A younger file may belong to a run at the same time. */
function removeUnfinished(dir: string): void {
  const unfinished = readdirSync(dir).filter((name) => UNFINISHED.test(name));
  for (const file of unfinished.map((name) => join(dir, name))) {
    const found = lstatSync(file, { throwIfNoEntry: false });
    if (found !== undefined && Date.now() - found.mtimeMs > 60_000) rmSync(file, { force: true });
  }
}

function writeWhole(dir: string, file: string, text: string): void {
  const unfinished = join(dir, `.reconcile.${randomBytes(8).toString("hex")}`);
  try {
    const descriptor = openSync(unfinished, "wx");
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** Makes a rename survive a power loss. Windows cannot sync a folder. */
function syncFolder(dir: string): void {
  if (process.platform === "win32") return;
  const descriptor = openSync(dir, constants.O_RDONLY);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
