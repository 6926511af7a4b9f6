/**
 * Wildcards of DMS in names of schemas, tables and columns.
 *
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TableMapping.SelectionTransformation.Wildcards.html
 */
type Part =
  /** `%`: any text, also none. */
  | { readonly kind: "any" }
  /** One character: itself, `_` for any, or one of a set `[a-d]`. */
  | { readonly kind: "one"; readonly fits: (character: string) => boolean; readonly literal?: string };

/** Whether a pattern names one thing. An underscore is taken as itself: names are full of them. */
export function isExact(pattern: string): boolean {
  return !/[%[\]]/.test(pattern);
}

/**
 * Whether some name may match both patterns. Case does not count, for some sources ignore it; so `false` is certain, and
 * `true` only possible.
 */
export function mayOverlap(left: string, right: string): boolean {
  return meet(partsOf(left), partsOf(right));
}

/**
 * Whether everything a name or pattern stands for is matched by a pattern for certain. Case counts, and an underscore is
 * taken as itself on both sides. `true` is certain.
 */
export function surelyMatches(pattern: string, name: string): boolean {
  if (/[[\]]/.test(pattern)) return false;
  const escaped = pattern.replace(/[.*+?^${}()|\\]/g, "\\$&");
  return new RegExp(`^${escaped.replace(/%/g, ".*")}$`, "s").test(name);
}

function meet(left: readonly Part[], right: readonly Part[]): boolean {
  const [a, ...restOfLeft] = left;
  const [b, ...restOfRight] = right;
  if (a === undefined && b === undefined) return true;
  if (a?.kind === "any") return meet(restOfLeft, right) || (b !== undefined && meet(left, restOfRight));
  if (b?.kind === "any") return meet(left, restOfRight) || (a !== undefined && meet(restOfLeft, right));
  return a !== undefined && b !== undefined && overlap(a, b) && meet(restOfLeft, restOfRight);
}

function overlap(a: Part, b: Part): boolean {
  if (a.kind === "any" || b.kind === "any") return true;
  if (a.literal !== undefined) return b.fits(a.literal);
  return b.literal === undefined || a.fits(b.literal); // two sets may share a character: not worth deciding
}

function partsOf(pattern: string): readonly Part[] {
  const tokens = pattern.toLowerCase().match(/\[[^\]]+\]|[\s\S]/g) ?? [];
  return tokens.map((token): Part => {
    if (token === "%") return { kind: "any" };
    if (token === "_") return { kind: "one", fits: () => true };
    if (token.length > 1) return { kind: "one", fits: setOf(token.slice(1, -1)) };
    return { kind: "one", fits: (character) => character === token, literal: token };
  });
}

function setOf(inside: string): (character: string) => boolean {
  return (character) => {
    const ranges = [...inside.matchAll(/(.)-(.)/g)].some(([, from, to]) => character >= from! && character <= to!);
    return ranges || inside.includes(character);
  };
}
