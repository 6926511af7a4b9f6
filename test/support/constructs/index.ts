import { OTHER_CASES } from "./of-compute";
import { STORE_CASES } from "./of-data";

/** A sample of every module's constructs. */
export const CONSTRUCTS = { ...STORE_CASES, ...OTHER_CASES };
