/**
 * Proves that `reconcile` takes about ten times as long for a plan of 100 MB as for one of 10 MB. It uses at most 1.5
 * GB of memory.
 */
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../scripts/entry-points";
import { outputFolder } from "../support/plans";
import { bundledCli } from "../support/cli";

const MB = 1_000_000;
const MOST_TIMES_AS_LONG = 12;
const MOST_BYTES = 1.5e9;

const folder = mkdtempSync(join(tmpdir(), "large-"));
const out = outputFolder({ one: { provider: { aws: { region: "ap-northeast-1" } } } });
afterAll(() => [folder, out].forEach((path) => rmSync(path, { recursive: true })));

test("ten times the plan takes about ten times as long", () => {
  const cli = bundledCli(folder);
  const small = measure(cli, writePlan(10 * MB));
  const large = measure(cli, writePlan(100 * MB));
  expect(large.seconds / small.seconds).toBeLessThan(MOST_TIMES_AS_LONG);
  expect(large.bytes).toBeLessThan(MOST_BYTES);
}, 300_000);

/** A plan in which every resource comes under another name. */
function writePlan(bytes: number): string {
  const file = join(folder, `${bytes}.json`);
  writeFileSync(file, '{"format_version":"1.2","configuration":{},"resource_changes":[');
  const description = "x".repeat(500);
  for (let n = 0; n === 0 || statSync(file).size < bytes; n += 1_000) {
    const changes = [...Array(1_000).keys()].flatMap((index) => {
      const values = { alarm_name: `alarm-${n + index}`, description };
      return [
        {
          ...alarm(`Old${n + index}`),
          action_reason: "delete_because_no_resource_config",
          change: { actions: ["delete"], before: values, after: null },
        },
        { ...alarm(`New${n + index}`), change: { actions: ["create"], before: null, after: values } },
      ];
    });
    appendFileSync(file, `${n === 0 ? "" : ","}${changes.map((one) => JSON.stringify(one)).join(",")}`);
  }
  appendFileSync(file, "]}");
  return file;
}

function alarm(name: string): object {
  const type = "aws_cloudwatch_metric_alarm";
  return { address: `${type}.${name}`, mode: "managed", type };
}

/** Measures the processor time and the memory of the whole process. */
function measure(cli: string, plan: string): { seconds: number; bytes: number } {
  const peak = join(folder, "peak");
  const times = join(folder, "times.cjs");
  writeFileSync(
    times,
    `process.on("exit", () => require("node:fs").writeFileSync(${JSON.stringify(times)} + ".out", String(process.cpuUsage().user)));`,
  );
  const args = ["-r", join(ROOT, "bench", "peak-memory.cjs"), "-r", times, cli, "reconcile", "--out", out, "--no-run"];
  const { status, stderr } = spawnSync(process.execPath, [...args, "--plan", `one=${plan}`], {
    encoding: "utf8",
    env: { ...process.env, PEAK_MEMORY_FILE: peak },
    maxBuffer: 200 * MB,
  });
  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  const seconds = Number(readFileSync(`${times}.out`, "utf8")) / 1e6;
  const bytes = Number(readFileSync(peak, "utf8")) * 1024;
  console.log(`${statSync(plan).size / MB} MB: ${seconds.toFixed(2)} s, ${(bytes / MB).toFixed(0)} MB`);
  return { seconds, bytes };
}
