import { nearest } from "../modules/core/nearest";

/** How many letters may be wrong. */
const MOST_WRONG = 2;

/** Returns `did you mean '--local'?`, or undefined if no known name is near. */
export function didYouMean(written: string, known: readonly string[]): string | undefined {
  const found = nearest(written, known);
  return found === undefined || found.wrong > MOST_WRONG ? undefined : `did you mean '${found.name}'?`;
}
