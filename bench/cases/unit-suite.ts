import { spawnSync } from "node:child_process";
import { ROOT } from "../../scripts/entry-points";
import { tool } from "../../scripts/run";
import { Row } from "../report";

/** The unit suite, once, on a warm cache. */
export function unitSuite(): Row[] {
  const args = [tool("jest/bin/jest.js"), "--selectProjects", "unit", "--maxWorkers=100%", "--silent"];
  const seconds = [0, 1].map(() => {
    const started = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
    if (status !== 0) throw new Error(`the unit suite fails\n${stderr.slice(-2_000)}`);
    return (performance.now() - started) / 1_000;
  });
  return [{ what: "unit suite: time", unit: "s", ours: seconds[1]!, limit: 60 }];
}
