import { Medians, ratioOf } from "./measure";

/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly unit: "ms" | "MB" | "s";
  readonly ours: number;
  /** The program to compare with. @default - none: `limit` bounds our own figure */
  readonly against?: Other;
  /**
   * Most that our figure may be of the other one; or, without one, most that it may be.
   *
   * @default - none: the row is there to be known
   */
  readonly limit?: number;
}

interface Other {
  readonly name: string;
  readonly value: number;
  /** Of our figure to this one. @default - their quotient */
  readonly ratio?: number;
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
  const row = (measure: "time" | "memory", unit: "ms" | "MB", figure: "ms" | "peakMB"): Row => ({
    what: `${what}: ${measure}`,
    unit,
    ours: ours[figure],
    against: { name: against.name, value: against[figure], ratio: ratioOf(ours, against, figure) },
    limit: limits[measure],
  });
  return [row("time", "ms", "ms"), row("memory", "MB", "peakMB")];
}

export function holds({ ours, against, limit }: Row): boolean {
  return limit === undefined || (against === undefined ? ours : quotient(ours, against)) <= limit;
}

function quotient(ours: number, { value, ratio = ours / value }: Other): number {
  return ratio;
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
  const other = `${figure(against.value, unit)}, ${against.name}`;
  return [what, figure(ours, unit), other, quotient(ours, against).toFixed(2), limit?.toFixed(2) ?? "", verdict];
}

function figure(value: number, unit: Row["unit"]): string {
  return `${value < 10 ? value.toFixed(2) : Math.round(value)} ${unit}`;
}
