/**
 * Proves, on Linux, that the command-line programs leave no process and no temporary file behind when the terminal ends them. The test ends
 * them at several moments. Does not prove it of other systems.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ROOT } from "../../scripts/entry-points";
import { runNode, tool } from "../../scripts/run";
import { processesWith, survivors } from "../support/survivors";

const MINUTES = 60_000;
const EXAMPLE = "pilot-light";

const folder = mkdtempSync(join(tmpdir(), "interrupted-"));
const out = join(folder, "out");

beforeAll(() => {
  expect(runNode([tool("tsx/dist/cli.mjs"), "scripts/synth.ts", EXAMPLE])).toBe(0);
  cpSync(join(ROOT, "cdktf.out", EXAMPLE), out, { recursive: true });
}, 2 * MINUTES);

afterAll(() => rmSync(folder, { recursive: true }));

const START = ["npm", "start"];
const DRILL = [process.execPath, "--import", "tsx", "cli/main.ts", "drill", "--local", "--out", out];
const TEST = ["npm", "test", "--", "emulator"];

const onLinux = process.platform === "linux" ? test : test.skip;

onLinux.each<[NodeJS.Signals, readonly string[], RegExp]>([
  ["SIGINT", START, /synthesising/],
  ["SIGHUP", START, /deploying orders-seoul/],
  ["SIGINT", START, /deploying orders-tokyo/],
  ["SIGTERM", START, /deploying orders-tokyo-replication/],
  ["SIGINT", DRILL, /initialising orders-seoul/],
  ["SIGHUP", DRILL, /opening the states/],
  ["SIGTERM", DRILL, /deploying orders-seoul/],
  ["SIGINT", DRILL, /planning orders-seoul once more/],
  ["SIGINT", TEST, /^--- emulator/],
  ["SIGTERM", TEST, /^PASS/],
])(
  "%s to %j at %s leaves nothing behind",
  async (signal, [program, ...args], moment) => {
    const temporary = mkdtempSync(join(folder, "t-"));
    const mark = join(temporary, "mark");
    mkdirSync(mark);
    const env = { ...process.env, PATH: `${process.env.PATH}:${mark}`, TMPDIR: temporary };
    const child = spawn(program!, args, { cwd: ROOT, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    const closed = once(child, "close");
    await Promise.race([lineIn([child.stdout, child.stderr], moment), closed]);
    expect(processesWith(mark)).not.toEqual([]);
    // every process of the terminal's group, as Ctrl-C does
    process.kill(-child.pid!, signal);
    expect(await survivors(mark, 20_000)).toEqual([]);
    await closed;
    // the files that tsx and Node have compiled are kept for the next run
    expect(readdirSync(temporary).filter((name) => !/^(mark|tsx-\d+|node-compile-cache)$/.test(name))).toEqual([]);
  },
  10 * MINUTES,
);

function lineIn(streams: readonly NodeJS.ReadableStream[], moment: RegExp): Promise<void> {
  return new Promise((resolve) => {
    const read = (line: string): void => {
      if (moment.test(line)) resolve();
    };
    for (const input of streams) createInterface({ input }).on("line", read);
  });
}
