import { sideBySide } from "../measure";
import { compare, Row } from "../report";
import { compiled, plainTwin } from "../synthesised";

const PATTERNS = ["pilot-light", "backup-restore", "warm-standby", "multi-site"];
const ROUNDS = 31;

/**
 * Compares the shop in each pattern with a plain cdktf program that spells out every resource. It also measures all four patterns at once.
 * The pilot light is the program of the README.
 */
export function patterns(): Row[] {
  return [...PATTERNS.flatMap(againstTwin), ...atOnce()];
}

function againstTwin(pattern: string): Row[] {
  const ours = compiled(`examples/${pattern}/main`);
  const measured = sideBySide({ ours, twin: plainTwin(pattern, ours) }, ROUNDS);
  const twin = { name: "written by hand", ...measured.twin };
  return compare(pattern.replace("-", " "), measured.ours, twin, { time: 1.25, memory: 1.15 });
}

function atOnce(): Row[] {
  const what = "the shop in four patterns, one process";
  const { all } = sideBySide({ all: compiled("bench/programs/four-patterns") });
  return [
    { what: `${what}: time`, unit: "ms", ours: all.ms, limit: 1_500 },
    { what: `${what}: memory`, unit: "MB", ours: all.peakMB, limit: 250 },
  ];
}
