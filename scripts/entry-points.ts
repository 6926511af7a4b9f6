import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The project's folder. */
export const ROOT = join(__dirname, "..");

/** The entry points that a consumer may import. */
export interface EntryPoint {
  /** As in the package's `exports`: `"."`, `"./modules/kms-keys"`. */
  readonly subPath: string;
  /** Folder below the project that holds its `index.ts`: `"."`, `"modules/kms-keys"`. */
  readonly folder: string;
}

/** The command line: the folder that holds its `main.ts`. It is run, never imported. */
export const COMMAND_LINE = "cli";

/** The folder of `drill`, which holds the program `inside.ts`. */
export const DRILL = "drills";

/** The folder of `reconcile`. */
export const RECONCILE = "reconcile";

/** The program that ends every process of a command with the program that started it. */
export const LEASH = "terraform/leash.py";

/** The folder of the server that a drill runs, in Python. */
export const EMULATOR = "emulator";

/** The plain data of the model: types for a store of the user's own, and for tools. It loads no cdktf, so it has a sub-path of its own. */
const MODEL = "modules/core/model";

/** Every public sub-path. Each folder of `modules/` is one: nothing has to be listed. */
export function entryPoints(): EntryPoint[] {
  const modules = readdirSync(join(ROOT, "modules")).map((name) => `modules/${name}`);
  return [".", ...modules, MODEL, "stacks"]
    .filter((folder) => existsSync(join(ROOT, folder, "index.ts")))
    .map((folder) => ({ subPath: folder === "." ? "." : `./${folder}`, folder }));
}
