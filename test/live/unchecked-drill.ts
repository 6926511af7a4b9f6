/** A drill of an output folder, without any check of the files in it. Its last line is the report. */
import { install } from "../../emulator/install";
import { Progress } from "../../terraform/progress";
import { SERVER_FOLDER } from "../../emulator/server-folder";
import { initialise } from "../../drills/initialise";
import { runInside } from "../../drills/isolation";
import { darkPlaces } from "../../drills/stack-facts";
import { keepStatesInFiles, WorkFolder } from "../../drills/work-folder";
import { readOutput } from "../../terraform/output-folder";

async function main(out: string): Promise<void> {
  const progress = new Progress((line) => console.log(line));
  const work = WorkFolder.of(readOutput(out));
  const { stacks } = work;
  keepStatesInFiles(stacks);
  const notes = await initialise(stacks, SERVER_FOLDER, progress);
  await install();
  const job = { stacks, places: darkPlaces(stacks, []), account: undefined, cache: SERVER_FOLDER, notes };
  console.log(JSON.stringify(await runInside(work, job, progress)));
  work.remove();
}

void main(process.argv[2]!);
