import { Medians } from "./measure";

/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly unit: "ms" | "MB" | "s";
  readonly ours: number;
  /** What is compared with. @default - none: `limit` bounds our own figure */
  readonly against?: { readonly name: string; readonly value: number };
  /**
   * Most that our figure may be of the other one; or, without one, most that it may be.
   *
   * @default - none: the row is there to be known
   */
  readonly limit?: number;
}

/** Most that our figures may be of the other ones. */
export interface Limits {
  /** @default - none */
  readonly time?: number;
  /** @default - none */
  readonly memory?: number;
}

/** Rows for the time and memory of two programs. */
export function compare(
  what: string,
  ours: Medians,
  against: Medians & { readonly name: string },
  limits: Limits,
): Row[] {
  const row = (measure: "time" | "memory", unit: "ms" | "MB", figure: keyof Medians): Row => ({
    what: `${what}: ${measure}`,
    unit,
    ours: ours[figure],
    against: { name: against.name, value: against[figure] },
    limit: limits[measure],
  });
  return [row("time", "ms", "ms"), row("memory", "MB", "peakMB")];
}

export function holds({ ours, against, limit }: Row): boolean {
  return limit === undefined || (against === undefined ? ours : ours / against.value) <= limit;
}

const HEAD = ["what", "ours", "compared with", "ratio", "limit", "verdict"];

/** The rows as a Markdown table. */
export function table(rows: readonly Row[]): string {
  const lines = [HEAD, HEAD.map(() => "---"), ...rows.map(cells)];
  return lines.map((line) => `| ${line.join(" | ")} |`).join("\n");
}

function cells(row: Row): string[] {
  const { what, unit, ours, against, limit } = row;
  const verdict = limit === undefined ? "" : holds(row) ? "holds" : "**fails**";
  if (against === undefined) {
    return [what, figure(ours, unit), "", "", limit === undefined ? "" : figure(limit, unit), verdict];
  }
  const ratio = (ours / against.value).toFixed(2);
  const other = `${figure(against.value, unit)}, ${against.name}`;
  return [what, figure(ours, unit), other, ratio, limit?.toFixed(2) ?? "", verdict];
}

function figure(value: number, unit: Row["unit"]): string {
  return `${value < 10 ? value.toFixed(2) : Math.round(value)} ${unit}`;
}
