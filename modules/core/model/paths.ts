/** A scalar in the answer of an API. */
export type Scalar = string | number | boolean;

/**
 * A place in the answer of an API call, in the names of the API: `["DBInstances", 0, "DBInstanceStatus"]`. An element is
 *
 * - a member of a structure;
 * - a number: the element of a list, from 0;
 * - `where`: the elements of a list whose members equal these. With `newest` only the one with the greatest value of that member.
 */
export type Path = readonly PathElement[];
export type PathElement = string | number | Where;

/** Selects elements of a list. */
export interface Where {
  readonly where: Readonly<Record<string, Scalar>>;
  /** Member by which one element is selected: the one with the greatest value. @default - all elements that match */
  readonly newest?: string;
}

/**
 * The values that a path leads to: none, one, or several. A list gives its elements. A member that is read from a list gives one value for
 * each element that has it.
 */
export function valuesAt(path: Path, answer: unknown): readonly unknown[] {
  return path
    .reduce<readonly unknown[]>((values, element) => values.flatMap((value) => step(element, value)), [answer])
    .flatMap(items);
}

/** One step of a path. A list is one value, until a member is read from it. */
function step(element: PathElement, value: unknown): readonly unknown[] {
  if (typeof element === "string") return items(value).flatMap((item) => present((item as Structure)[element]));
  if (typeof element === "number") return present(items(value)[element]);
  const { where, newest } = element;
  const matching = (items(value) as readonly Structure[]).filter((item) =>
    Object.entries(where).every(([member, wanted]) => item[member] === wanted),
  );
  return newest === undefined ? [matching] : [...matching].sort((a, b) => compare(b[newest], a[newest])).slice(0, 1);
}

type Structure = Readonly<Record<string, unknown>>;

function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function present(value: unknown): readonly unknown[] {
  return value === undefined || value === null ? [] : [value];
}

/** The order of texts and numbers. Times are texts of one form (ISO 8601, UTC), so that their order is the order of time. */
function compare(a: unknown, b: unknown): number {
  const [left, right] = [a as string | number, b as string | number];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
