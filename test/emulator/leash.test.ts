/**
 * Proves that no process outlives the program that started it, and that Ctrl-C cleans up. Proves that a command can be cut off from the
 * network. Does not prove it for the programs that people start: the test of interrupted programs does.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { NOT_OFFLINE, startOnLeash } from "../../terraform/leash";
import { runCommand } from "../../terraform/run-command";
import { processesWith, survivors } from "../support/survivors";
import { PATIENCE_MS } from "./support";

jest.setTimeout(PATIENCE_MS);

const TERRAFORM = join(__dirname, "..", "..", "terraform");
const folder = mkdtempSync(join(tmpdir(), "leash-"));
const env = { ...process.env, PATH: `${process.env.PATH}:${folder}` };

afterAll(() => rmSync(folder, { recursive: true }));

/** A tree as cdktf's: a process in a session of its own, whose parent has ended, and one that ignores SIGINT. */
const TREE = "(setsid sh -c 'sleep 300 & sleep 300' &) ; trap '' INT; sleep 300 & wait; sleep 300";

function shell(script: string, more: { readonly offline?: boolean; readonly limitMs?: number } = {}) {
  return runCommand("sh", ["-c", script], { cwd: folder, env, accept: [0, 3, NOT_OFFLINE], ...more });
}

/** A program that runs the tree, and removes a folder when it is interrupted. */
function startProgram(temporary: string): ChildProcess {
  const source = `
const { rmSync } = require("node:fs");
const { endWhenInterrupted, whenInterrupted } = require(${JSON.stringify(join(TERRAFORM, "interruption.ts"))});
const { runCommand } = require(${JSON.stringify(join(TERRAFORM, "run-command.ts"))});
endWhenInterrupted();
whenInterrupted(() => rmSync(${JSON.stringify(temporary)}, { recursive: true }));
runCommand("sh", ["-c", ${JSON.stringify(TREE)}], { cwd: "/", env: process.env }).then(
  () => console.log("went on"),
  () => console.log("went on"),
);`;
  return spawn(process.execPath, ["-r", require.resolve("tsx/cjs"), "-e", source], {
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function untilSleeping(count: number): Promise<void> {
  while (processesWith(folder).filter((line) => /^\d+ sleep 300$/.test(line)).length < count) await sleep(20);
}

describe("a command on a leash", () => {
  test("has its output and its exit code, and no input", async () => {
    const { code, stdout, stderr } = await shell("cat; echo out; echo err >&2; exit 3");
    expect({ code, stdout, stderr }).toEqual({ code: 3, stdout: "out\n", stderr: "err\n" });
  });

  test("that does not exist is named", async () => {
    await expect(runCommand("no-such-tool", [], { cwd: folder, env })).rejects.toThrow(
      "no-such-tool is not on the PATH; install it",
    );
  });

  test("leaves no process behind, not even one of another session", async () => {
    await shell("(setsid sleep 300 &) ; sleep 300 & exit 0");
    expect(processesWith(folder)).toEqual([]);
  });

  test("is interrupted at its limit, and killed with all its processes if it does not end", async () => {
    const interrupted = shell("trap 'echo written > state; exit 0' INT; while :; do sleep 0.1; done", { limitMs: 500 });
    await expect(interrupted).rejects.toMatchObject({ timedOut: true });
    expect(readFileSync(join(folder, "state"), "utf8")).toBe("written\n");
    await expect(shell(TREE, { limitMs: 500 })).rejects.toMatchObject({ timedOut: true });
    expect(processesWith(folder)).toEqual([]);
  });

  test.each(["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"] as const)("ends with the leash at %s", async (signal) => {
    const { child, ended } = startOnLeash("sleep", ["300"], { cwd: folder, env, output: "pipe" });
    await untilSleeping(1);
    child.kill(signal);
    expect(await ended).toBe(130);
    expect(processesWith(folder)).toEqual([]);
  });
});

describe("a program", () => {
  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
    ["SIGQUIT", 131],
  ] as const)("that its terminal ends by %s ends what it started, then cleans up", async (signal, code) => {
    const temporary = mkdtempSync(join(folder, "temporary-"));
    writeFileSync(join(temporary, "file"), "");
    const program = startProgram(temporary);
    let output = "";
    for (const stream of [program.stdout!, program.stderr!]) stream.on("data", (chunk) => (output += String(chunk)));
    await untilSleeping(3);
    // twice, as npm repeats it
    for (let times = 0; times < 2; times += 1) process.kill(-program.pid!, signal);
    expect(await once(program, "close")).toEqual([code, null]);
    expect(processesWith(folder)).toEqual([]);
    expect(existsSync(temporary)).toBe(false);
    expect(output).toBe("\nstopped; nothing is left running\n");
  });

  test("whose reader has gone comes to its end", async () => {
    const source = `
require(${JSON.stringify(join(TERRAFORM, "interruption.ts"))}).endWhenInterrupted();
process.stdin.on("end", async () => {
  for (let line = 0; line < 3; line += 1) {
    console.log(line);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  process.exitCode = 7;
}).resume();`;
    const program = spawn(process.execPath, ["-r", require.resolve("tsx/cjs"), "-e", source], { env });
    let errors = "";
    program.stderr.on("data", (chunk) => (errors += String(chunk)));
    program.stdout.destroy();
    await once(program.stdout, "close");
    program.stdin.end();
    expect([...((await once(program, "close")) as unknown[]), errors]).toEqual([7, null, ""]);
  });

  test("that is killed leaves no process behind", async () => {
    const program = startProgram(mkdtempSync(join(folder, "temporary-")));
    await untilSleeping(3);
    process.kill(-program.pid!, "SIGKILL");
    await once(program, "close");
    expect(await survivors(folder, 5_000)).toEqual([]);
  });
});

describe("an offline command", () => {
  const CONNECT = `
import socket, sys
own = socket.create_server(("127.0.0.1", 0))
socket.create_connection(own.getsockname(), 5)
print("own loopback answers")
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[1])), 5)
    print("the machine's answers")
except OSError as fault:
    print(fault.strerror)
`;

  test("reaches a loopback of its own, and not the machine's", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    let connections = 0;
    server.on("connection", () => (connections += 1));
    const { port } = server.address() as AddressInfo;
    const connect = (offline: boolean) => {
      const args = ["-c", CONNECT, String(port)];
      return runCommand("python3", args, { cwd: folder, env, offline, accept: [0, NOT_OFFLINE] });
    };
    const online = await connect(false);
    expect({ stdout: online.stdout, connections }).toEqual({
      stdout: "own loopback answers\nthe machine's answers\n",
      connections: 1,
    });
    const { code, stdout, stderr } = await connect(true);
    server.close();
    // a system without network namespaces says so, and runs nothing
    if (code === NOT_OFFLINE)
      expect({ stdout, stderr }).toEqual({
        stdout: "",
        stderr: expect.stringMatching(/^no network namespace: /) as string,
      });
    else expect(stdout).toBe("own loopback answers\nConnection refused\n");
    expect(connections).toBe(1);
  });
});
