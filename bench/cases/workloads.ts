import { Medians, sideBySide } from "../measure";
import { Row } from "../report";
import { compiled } from "../synthesised";

/** The cost of one more workload in an app with up to fifty, compared with an app with up to ten. */
export function workloads(): Row[] {
  const program = (count: number) => compiled("bench/programs/workloads", String(count));
  const { one, ten, fifty } = sideBySide({ one: program(1), ten: program(10), fifty: program(50) });
  const row = (measure: string, unit: "ms" | "MB", pick: (medians: Medians) => number): Row => ({
    what: `a further workload, up to 50: ${measure}`,
    unit,
    ours: (pick(fifty) - pick(ten)) / 40,
    against: { name: "up to 10", value: (pick(ten) - pick(one)) / 9 },
    limit: 1.2,
  });
  return [row("time", "ms", ({ ms }) => ms), row("memory", "MB", ({ peakMB }) => peakMB)];
}
