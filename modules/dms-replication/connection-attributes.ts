import { refuse } from "../core";
import { literal } from "./checks";

type Attribute = string | number | boolean | undefined;

/** Extra connection attributes of an engine by DMS's names, without those that are not set. */
export function attributes(
  path: string,
  given: Readonly<Record<string, Attribute>>,
  [yes, no]: readonly [string, string] = ["true", "false"],
): Readonly<Record<string, string | number>> {
  const set = Object.entries(given).filter(
    (entry): entry is [string, string | number | boolean] => entry[1] !== undefined,
  );
  return Object.fromEntries(
    set.map(([name, value]) => {
      if (typeof value === "string") refuseSeparator(path, name, literal(path, name, value));
      return [name, typeof value === "boolean" ? (value ? yes : no) : value];
    }),
  );
}

/** Oracle's and SQL Server's attributes are answered with Y or N. */
export const YES_NO = ["Y", "N"] as const;

/** Writes attributes as DMS reads them, sorted, so that the same settings are the same text. */
export function connectionAttributes(given: Readonly<Record<string, string | number>>): string | undefined {
  const names = Object.keys(given).sort();
  return names.length > 0 ? names.map((name) => `${name}=${given[name]}`).join(";") : undefined;
}

function refuseSeparator(path: string, name: string, value: string): void {
  if (value.includes(";")) {
    refuse(
      path,
      "UnsafeText",
      `'${name}' holds a semicolon, got '${value}'`,
      "leave the semicolon out: DMS separates extra connection attributes by it",
    );
  }
}
