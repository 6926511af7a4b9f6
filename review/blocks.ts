import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Import, Moved, Removed } from "./verdict";

/** The file Terraform reads beside a stack's `cdk.tf.json`. It is ours: written, rewritten and removed as a whole. */
export const BLOCKS_FILE = "reconcile.tf.json";

/** What Terraform is told of one stack. */
export interface Told {
  readonly removed: readonly Removed[];
  readonly moved: readonly Moved[];
  readonly imports: readonly Import[];
}

/** Text of the file; undefined when there is nothing to tell. */
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
    ...(imports.length > 0 && { import: imports.map(({ to, id }) => ({ to, id })) }),
  };
  return `${JSON.stringify(blocks, null, 2)}\n`;
}

/** What the folder of a stack has now. */
export function readBlocks(dir: string): string | undefined {
  const file = join(dir, BLOCKS_FILE);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** Has the folder of a stack hold exactly this; nothing when there is nothing to tell. */
export function putBlocks(dir: string, text: string | undefined): void {
  const file = join(dir, BLOCKS_FILE);
  if (text === undefined) rmSync(file, { force: true });
  else writeFileSync(file, text);
}
