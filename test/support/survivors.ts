import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Finds the processes that a program has started, by a folder that only their PATH has. Every child process inherits it, even if it changes
 * its session or loses its parent. Works only on Linux.
 */
export function processesWith(folderOnPath: string): string[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((pid) => {
      const read = (file: string) => readFileSync(`/proc/${pid}/${file}`, "utf8");
      try {
        return read("environ").includes(folderOnPath) ? [`${pid} ${read("cmdline").replaceAll("\0", " ").trim()}`] : [];
      } catch {
        return []; // it has ended meanwhile, or is of another user
      }
    });
}

/** Those that are left when so many milliseconds are over; none as soon as there is none. */
export async function survivors(folderOnPath: string, limitMs: number): Promise<string[]> {
  const limit = Date.now() + limitMs;
  while (processesWith(folderOnPath).length > 0 && Date.now() < limit) await sleep(50);
  return processesWith(folderOnPath);
}
