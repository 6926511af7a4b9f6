/**
 * Proves that `reconcile` leaves the folders of stacks as they are if it is ended in any way at any time. Neither Terraform nor a copy
 * outlives it unless it is killed. Terraform is a slow script. The long test does the same with the real one.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { bundledCli, snapshot } from "../support/cli";
import { BUCKET, change, outputFolder, planOf } from "../support/plans";

/** Terraform plans and shows three times, each time with a process below it. */
const MOMENTS = [...Array(10).keys()];
const SIGNALS: readonly NodeJS.Signals[] = ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM", "SIGKILL"];
const INTERRUPTED = 130;

const folder = mkdtempSync(join(tmpdir(), "interrupted-"));
const terraform = join(folder, "terraform.sh");
const plan = join(folder, "plan.json");
const out = outputFolder({ seoul: inRegion("ap-northeast-2"), tokyo: inRegion("ap-northeast-1") });
let cli: string;

beforeAll(() => {
  cli = bundledCli(folder);
  writeFileSync(plan, JSON.stringify(planOf([change("aws_s3_bucket.Media", ["delete"], BUCKET)])));
  // It leaves the files that Terraform may leave. At the chosen moment it waits to be ended, and so does its child process.
  const script = `#!/bin/sh
step() { echo $$ >> "$TMPDIR.pids"; [ $(wc -l < "$TMPDIR.pids") -gt "$MOMENT" ] && exec sleep 60; }
cd "\${1#-chdir=}" && echo lock > .terraform.tfstate.lock.info && echo plan > reconcile.tfplan
step
(step)
if [ "$2" = show ]; then cat ${plan}; fi
`;
  writeFileSync(terraform, script, { mode: 0o755 });
  const seoul = join(out, "stacks", "seoul");
  mkdirSync(join(seoul, ".terraform", "providers"), { recursive: true });
  writeFileSync(join(seoul, ".terraform", "terraform.tfstate"), "{}");
  writeFileSync(join(seoul, "reconcile.tf.json"), '{"removed": {"from": "aws_s3_bucket.Media"}}\n');
});

afterAll(() => [folder, out].forEach((path) => rmSync(path, { recursive: true })));

function inRegion(region: string): object {
  return { provider: { aws: { region } } };
}

test("a run that is not interrupted plans in copies, and says what it would write", async () => {
  const before = snapshot(out);
  const { code, left } = await run("whole");
  expect({ code, left }).toEqual({ code: 1, left: [] });
  expect(snapshot(out)).toEqual(before);
});

test.each(SIGNALS)(
  "%s changes nothing at any moment, and leaves nothing running",
  async (signal) => {
    const before = snapshot(out);
    const ended = await Promise.all(MOMENTS.map((moment) => run(`${signal}-${moment}`, { signal, moment })));
    expect(snapshot(out)).toEqual(before);
    if (signal === "SIGKILL") return expectPrivate(ended);
    expect(ended.map(({ code }) => code)).toEqual(MOMENTS.map(() => INTERRUPTED));
    expect(ended.flatMap(({ left, alive }) => [...left, ...alive])).toEqual([]);
  },
  60_000,
);

/** A process that is killed cleans nothing up. Only this user can read the files that it leaves. */
function expectPrivate(ended: readonly Awaited<ReturnType<typeof run>>[]): void {
  for (const { temporary, left, leaders } of ended) {
    expect(left).toEqual([expect.stringMatching(/^cdktf-aws-dr-reconcile-/)]);
    expect(statSync(join(temporary, left[0]!)).mode & 0o777).toBe(0o700);
    for (const leader of leaders) endGroup(leader);
  }
}

function endGroup(leader: number): void {
  try {
    process.kill(-leader, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

interface End {
  readonly signal: NodeJS.Signals;
  /** How many processes have been started before the one that waits. At 0, it may be that a copy is still being made. */
  readonly moment: number;
}

/** Runs the command, which may be ended. Says what it left in its folder for temporary files, and which processes. */
async function run(name: string, end?: End) {
  const temporary = join(folder, name);
  mkdirSync(temporary);
  const MOMENT = String(end?.moment ?? 1_000);
  const env = { ...process.env, TMPDIR: temporary, TERRAFORM_BINARY_NAME: terraform, MOMENT };
  const child = spawn(process.execPath, [cli, "reconcile", "--out", out], { cwd: folder, env, stdio: "ignore" });
  const closed = once(child, "close") as Promise<[number | null]>;
  if (end !== undefined) {
    while (child.exitCode === null && !isAt(temporary, end.moment)) await sleep(10);
    child.kill(end.signal);
  }
  const [code] = await closed;
  const leaders = [...new Set(pidsOf(temporary))];
  return { temporary, code, left: readdirSync(temporary), leaders, alive: aliveInGroupsOf(leaders) };
}

function isAt(temporary: string, moment: number): boolean {
  return readdirSync(temporary).length > 0 && (moment === 0 || pidsOf(temporary).length > moment);
}

function pidsOf(temporary: string): number[] {
  try {
    const lines = readFileSync(`${temporary}.pids`, "utf8").split("\n");
    return lines.filter((line) => line !== "").map(Number); // none yet: ended between the opening of the file and its first line
  } catch {
    return []; // it was ended before Terraform was started
  }
}

/** Terraform leads a group of processes. One that has ended may still be listed (Z), until the process above it takes notice. */
function aliveInGroupsOf(leaders: readonly number[]): string[] {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pgid=,stat=,args="], { encoding: "utf8" });
  return stdout.split("\n").filter((line) => {
    const [group, state = ""] = line.trim().split(/\s+/);
    return leaders.includes(Number(group)) && !state.startsWith("Z");
  });
}
