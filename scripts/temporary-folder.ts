import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { whenInterrupted } from "../terraform";

/**
 * Gives this program and its child processes a folder of their own for temporary files. It is removed when the program is interrupted.
 *
 * @returns removes it
 */
export function useTemporaryFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "cdktf-aws-dr-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  whenInterrupted(remove);
  process.env.TMPDIR = folder;
  return remove;
}
