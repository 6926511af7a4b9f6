/** How many letters may be wrong. */
const MOST_WRONG = 2;

/** `did you mean '--local'?`; undefined where nothing known is near. */
export function nearest(written: string, known: readonly string[]): string | undefined {
  const near = known
    .map((one) => ({ one, distance: distanceOf(written, one) }))
    .filter(({ distance }) => distance <= MOST_WRONG)
    .sort((a, b) => a.distance - b.distance);
  return near.length === 0 ? undefined : `did you mean '${near[0]!.one}'?`;
}

/** How many letters have to be put in, taken out, replaced or swapped with the next. */
function distanceOf(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > MOST_WRONG) return Infinity;
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
