import { Path, Scalar, valuesAt } from "./paths";

/** A condition on the answer of an API call. */
export type Condition =
  /** The value at the path equals this, or one of these. False if there is none. */
  | { readonly path: Path; readonly is: Scalar | readonly Scalar[] }
  /** Whether there is a value at the path. An empty list does not count as one. */
  | { readonly path: Path; readonly exists: boolean }
  /** The number of values at the path, or the number that the value is, is at least this. False if there is none. */
  | { readonly path: Path; readonly atLeast: number; readonly counted?: boolean }
  /** The number that the value is, is at most this. False if there is none. */
  | { readonly path: Path; readonly atMost: number }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] };

/** Whether a condition holds for the answer of an API call. */
export function holds(condition: Condition, answer: unknown): boolean {
  if ("all" in condition) return condition.all.every((part) => holds(part, answer));
  if ("any" in condition) return condition.any.some((part) => holds(part, answer));
  const values = valuesAt(condition.path, answer);
  if ("exists" in condition) return values.length > 0 === condition.exists;
  if ("is" in condition) return values.length > 0 && values.every((value) => oneOf(condition.is, value));
  if ("atMost" in condition) return values.length > 0 && values.every((value) => (value as number) <= condition.atMost);
  if (condition.counted) return values.length >= condition.atLeast;
  return values.length > 0 && values.every((value) => (value as number) >= condition.atLeast);
}

function oneOf(wanted: Scalar | readonly Scalar[], value: unknown): boolean {
  return typeof wanted === "object" ? wanted.includes(value as Scalar) : wanted === value;
}
