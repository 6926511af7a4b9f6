import { Token } from "cdktf";

/** A refusal shows no more of a text than this. */
const MOST_CHARACTERS = 60;

/** A value in a refusal: short, in one line, and no token's digits. Objects are not written out: they may hold a secret. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "function") return value.name ? `the function '${value.name}'` : "a function";
  if (Token.isUnresolved(value) || Token.isUnresolved([value])) return "a token";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  if (value === null) return "null";
  if (typeof value === "number" || typeof value === "boolean") return `${value}`;
  if (typeof value !== "string") return `a ${typeof value}`;
  const text = JSON.stringify(value);
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…"` : text;
}

/** What to write instead of names that are not known: the nearest of the known ones, or all of them. */
export function didYouMean(unknown: readonly string[], known: readonly string[]): string {
  const near = unknown.flatMap((name) => nearest(name, known) ?? []);
  if (near.length > 0) return `did you mean ${quoted(near)}`;
  return known.length === 0 ? "leave it out" : `it has ${quoted([...known].sort())}`;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(", ");
}

/** The name that needs the fewest changes, if those are few for its length. */
function nearest(name: string, known: readonly string[]): string | undefined {
  const distances = known.map((other) => [other, distance(name.toLowerCase(), other.toLowerCase())] as const);
  const [best] = distances.sort(([, one], [, other]) => one - other);
  return best !== undefined && best[1] <= Math.max(1, Math.floor(best[0].length / 3)) ? best[0] : undefined;
}

/** Levenshtein's distance: letters added, left out or replaced. */
function distance(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [row, letter] of Array.from(one.slice(0, MOST_CHARACTERS)).entries()) {
    const current = [row + 1];
    for (const [column, against] of Array.from(other).entries()) {
      const replaced = above[column]! + (letter === against ? 0 : 1);
      current.push(Math.min(replaced, above[column + 1]! + 1, current[column]! + 1));
    }
    above = current;
  }
  return above[other.length]!;
}
