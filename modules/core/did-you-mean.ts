import { Token } from "cdktf";
import { nearest } from "./nearest";

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

/** Suggestion for unknown names: the nearest known names, or all of them. */
export function didYouMean(unknown: readonly string[], known: readonly string[]): string {
  const near = unknown.flatMap((name) => nearName(name, known) ?? []);
  if (near.length > 0) return `did you mean ${quoted(near)}`;
  return known.length === 0 ? "leave it out" : `it has ${quoted([...known].sort())}`;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(", ");
}

/** The known name that needs the fewest changes, if those are few for its length. */
function nearName(written: string, known: readonly string[]): string | undefined {
  const found = nearest(written, known);
  if (found === undefined) return undefined;
  return found.wrong <= Math.max(1, Math.floor(found.name.length / 3)) ? found.name : undefined;
}
