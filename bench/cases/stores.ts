import { Medians, sideBySide } from "../measure";
import { Row } from "../report";
import { compiled } from "../synthesised";

/**
 * The cost of one more data store in a workload of 1,000, compared with a workload of 100. The cost of a workload without stores is
 * subtracted.
 */
export function stores(): Row[] {
  const program = (count: number) => compiled("bench/programs/stores", String(count));
  const { none, hundred, thousand } = sideBySide({ none: program(0), hundred: program(100), thousand: program(1_000) });
  const cost = (pick: (medians: Medians) => number, medians: Medians, count: number) => {
    return (pick(medians) - pick(none)) / count;
  };
  const row = (measure: string, unit: "ms" | "MB", pick: (medians: Medians) => number): Row => ({
    what: `a data store among 1,000: ${measure}`,
    unit,
    ours: cost(pick, thousand, 1_000),
    against: { name: "among 100", value: cost(pick, hundred, 100) },
    limit: 1.2,
  });
  return [row("time", "ms", ({ ms }) => ms), row("memory", "MB", ({ peakMB }) => peakMB)];
}
