import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Rounds that count, where nothing else is said; one more, the first, warms the disk cache. */
const ROUNDS = 7;

/** A whole Node process. */
export interface Program {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

interface Sample {
  readonly ms: number;
  /** Most memory held at any time, in MB. Zero for a program that is not JavaScript. */
  readonly peakMB: number;
}

/** Medians over all rounds. */
export interface Medians extends Sample {
  /** The measurements of the rounds, in order. */
  readonly rounds: readonly Sample[];
}

/**
 * Measures programs side by side. Each round runs all of them once, and every second round runs them in reverse order. So other load on the
 * machine affects all programs equally.
 */
export function sideBySide<Name extends string>(
  programs: Readonly<Record<Name, Program>>,
  rounds = ROUNDS,
): Record<Name, Medians> {
  const names = Object.keys(programs) as Name[];
  const samples = new Map<Name, Sample[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      const sample = runOnce(name, programs[name]);
      if (round > 0) samples.get(name)!.push(sample);
    }
    process.stderr.write(".");
  }
  process.stderr.write("\n");
  return Object.fromEntries(names.map((name) => [name, medians(samples.get(name)!)])) as Record<Name, Medians>;
}

function runOnce(name: string, { args, cwd, env }: Program): Sample {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const peakFile = join(folder, "peak");
  const outdir = join(folder, "cdktf.out");
  try {
    const preload = ["--require", join(__dirname, "peak-memory.cjs")];
    const options = {
      cwd,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, CDKTF_OUTDIR: outdir, PEAK_MEMORY_FILE: peakFile, ...env },
      encoding: "utf8",
    } as const;
    const started = performance.now();
    const { status, stdout, stderr } = spawnSync(process.execPath, [...preload, ...args], options);
    const ms = performance.now() - started;
    if (status !== 0) throw new Error(`${name} ended with ${status}\n${stdout}${stderr}`);
    return { ms, peakMB: existsSync(peakFile) ? Number(readFileSync(peakFile, "utf8")) / 1_024 : 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function medians(rounds: readonly Sample[]): Medians {
  return { ms: median(rounds.map(({ ms }) => ms)), peakMB: median(rounds.map(({ peakMB }) => peakMB)), rounds };
}

/** The median of the rounds' ratios. A slow round is slow for both programs. */
export function ratioOf(ours: Medians, other: Medians, figure: keyof Sample): number {
  return median(ours.rounds.map((round, index) => round[figure] / other.rounds[index]![figure]));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
