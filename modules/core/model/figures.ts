/** Basis of a figure, from the firmest to none. */
export type Basis =
  /** AWS commits to it in an agreement. */
  | "committed"
  /** It follows from a setting. */
  | "configured"
  /** A drill of this workload took that long. */
  | "measured"
  /** AWS says "typically" or "usually". */
  | "typical"
  /** AWS publishes no figure. A drill has to measure it. Until then no objective is met by it. */
  | "unknown";

/** A length of time with its basis, as plain data. */
export interface Figure {
  /** The length in seconds. @default - unknown */
  readonly seconds?: number;
  /** The part of an unknown length that is known, in seconds: it takes at least that long. @default - nothing is known */
  readonly atLeastSeconds?: number;
  readonly basis: Basis;
  /** The AWS page that the figure comes from, or that gives none. */
  readonly source: string;
  /** Cases that the figure does not cover. @default - none */
  readonly note?: string;
}

/** Whether a figure meets an objective. An unknown figure never does, and its known part can already miss it. */
export type Verdict = "met" | "not met" | "unknown";

const FIRMEST_FIRST: readonly Basis[] = ["committed", "configured", "measured", "typical", "unknown"];

/** Compares a figure with an objective in seconds. */
export function verdictOn(figure: Figure, objectiveSeconds: number): Verdict {
  if (floorOf(figure) > objectiveSeconds) return "not met";
  return figure.seconds === undefined ? "unknown" : "met";
}

/** The seconds that are known: all of a known figure, and the known part of an unknown one. */
export function floorOf({ seconds, atLeastSeconds }: Figure): number {
  return seconds ?? atLeastSeconds ?? 0;
}

/**
 * The figure of steps that follow each other. It is as weak as the weakest of them. An unknown one makes the sum unknown, and the known ones
 * remain as its known part.
 */
export function inSequence(figures: readonly Figure[]): Figure {
  return combined(figures, (floors) => floors.reduce((sum, floor) => sum + floor, 0));
}

/** The figure of steps that run at the same time: the longest of them. It is as weak as the weakest of them. */
export function atOnce(figures: readonly Figure[]): Figure {
  return combined(figures, (floors) => Math.max(0, ...floors));
}

function combined(figures: readonly Figure[], join: (floors: readonly number[]) => number): Figure {
  const length = join(figures.map(floorOf));
  const basis = weakest(figures);
  const source = [...new Set(figures.filter((figure) => figure.basis === basis).map((figure) => figure.source))].join(
    " ",
  );
  return basis === "unknown" ? { atLeastSeconds: length, basis, source } : { seconds: length, basis, source };
}

/** The weakest basis of all. Figures that take no time at all are as firm as a setting. */
function weakest(figures: readonly Figure[]): Basis {
  const ranks = figures.map(({ basis, seconds }) => FIRMEST_FIRST.indexOf(seconds === undefined ? "unknown" : basis));
  return ranks.length === 0 ? "configured" : FIRMEST_FIRST[Math.max(...ranks)]!;
}
