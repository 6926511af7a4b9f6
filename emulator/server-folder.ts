import { join } from "node:path";

/** The folder of our Python; named from above, because the package holds this code in another folder. */
export const SERVER_FOLDER = join(__dirname, "..", "emulator");
