import { install } from "../emulator";
import { Progress, readOutput } from "../terraform";
import { refuseForeign, refuseForeignModules } from "./foreign";
import { initialise } from "./initialise";
import { runInside } from "./isolation";
import { DrillReport } from "./report";
import { callersAccount, darkPlaces } from "./stack-facts";
import { keepStatesInFiles, WorkFolder } from "./work-folder";

export interface DrillOptions {
  /** Output folder of cdktf. */
  readonly out: string;
  /** Names of sites, or regions, that go dark in turn; empty: every one. */
  readonly dark: readonly string[];
  /** Folder where the emulator is installed, the first time. */
  readonly cache: string;
}

/**
 * Deploys synthesised stacks into the emulator, has each region go dark in turn, and fails over.
 *
 * @param write is given a line for each thing that happens, while it happens
 */
export async function drill({ out, dark, cache }: DrillOptions, write: (line: string) => void): Promise<DrillReport> {
  const originals = readOutput(out);
  const places = darkPlaces(originals, dark);
  const account = callersAccount(originals);
  const progress = new Progress(write);
  const work = WorkFolder.of(originals);
  try {
    const { stacks } = work;
    refuseForeign(stacks);
    keepStatesInFiles(stacks);
    progress.say(`a drill of ${stacks.length} stacks takes ${expectedTime(stacks.length)}`);
    const notes = await initialise(stacks, cache, progress);
    refuseForeignModules(stacks);
    await progress.during("installing the emulator, unless an earlier drill did", () => install(cache));
    return await runInside(work, { stacks, places, account, cache, notes }, progress);
  } finally {
    work.remove();
  }
}

/** Two minutes for each stack: the workload of the README has five, and took about ten minutes on two cores. */
function expectedTime(stacks: number): string {
  return `about ${2 * stacks} minutes`;
}
