/** A drill with the emulator of this tree: `drill-program.ts <output folder> [site that goes dark ...]`. Prints the report. */
import { drill } from "../../drills/drill";
import { SERVER_FOLDER } from "../../emulator/server-folder";

async function main([out, ...dark]: readonly string[]): Promise<void> {
  console.log(JSON.stringify(await drill({ out: out!, dark, cache: SERVER_FOLDER }, console.error)));
}

void main(process.argv.slice(2));
