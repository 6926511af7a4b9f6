/** A longer name is compared by its beginning. */
const MOST_CHARACTERS = 60;

/** A known name, and how many letters of the written one are wrong. */
export interface NearName {
  readonly name: string;
  readonly wrong: number;
}

/** Finds the known name that needs the fewest changes, whatever its case. Returns undefined if no name is known. */
export function nearest(written: string, known: readonly string[]): NearName | undefined {
  const near = known.map((name) => ({ name, wrong: distance(written.toLowerCase(), name.toLowerCase()) }));
  return near.sort((one, other) => one.wrong - other.wrong)[0];
}

/** Counts the letters to add, leave out, replace, or swap with the next one. */
function distance(one: string, other: string): number {
  const [a, b] = [one, other].map((name) => name.slice(0, MOST_CHARACTERS)) as [string, string];
  const rows = [[...Array(b.length + 1).keys()]];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, rows[i - 1]![j]! + 1, row[j - 1]! + 1));
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j]!, rows[i - 2]![j - 2]! + 1);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
