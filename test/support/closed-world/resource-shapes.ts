/** Compares resources of policies with the ARN shapes of the service authorization reference. */

/** Variables whose values may contain slashes and colons. Other values contain neither. */
const ANYTHING = /Object|ParameterName|LogGroup|LogStream|Secret|Repository|Alias|RelativeId/;

type Part = { readonly literal: string } | { readonly any: "thing" | "word" };

/**
 * Whether an ARN exists that matches both a pattern, such as `arn:aws:s3:::carts/*`, and a shape, such as
 * `arn:${Partition}:s3:::${BucketName}/${ObjectName}`.
 */
export function overlaps(pattern: string, shape: string): boolean {
  const left = pattern.split("").map((one): Part => (one === "*" ? { any: "thing" } : { literal: one }));
  const right = partsOf(shape);
  const known = new Map<number, boolean>();
  const from = (i: number, j: number): boolean => {
    const at = i * (right.length + 1) + j;
    if (!known.has(at)) known.set(at, decide(i, j));
    return known.get(at)!;
  };
  const decide = (i: number, j: number): boolean => {
    const [a, b] = [left[i], right[j]];
    if (a === undefined && b === undefined) return true;
    if (a !== undefined && "any" in a && (from(i + 1, j) || (b !== undefined && from(i, j + 1)))) return true;
    if (b !== undefined && "any" in b) return from(i, j + 1) || (a !== undefined && fills(a, b.any) && from(i + 1, j));
    return a !== undefined && b !== undefined && "literal" in a && equals(a.literal, b) && from(i + 1, j + 1);
  };
  return from(0, 0);
}

function partsOf(shape: string): Part[] {
  return shape.split(/(\$\{\w+\})/).flatMap((part): Part[] => {
    if (!part.startsWith("${")) return part.split("").map((literal) => ({ literal }));
    return [{ any: ANYTHING.test(part) ? "thing" : "word" }];
  });
}

const equals = (literal: string, part: Part) => "literal" in part && (literal === part.literal || literal === "?");

/** Whether a part of a pattern may be part of a variable's value. */
function fills(part: Part, any: "thing" | "word"): boolean {
  return "any" in part || any === "thing" || !/[/:]/.test(part.literal);
}
