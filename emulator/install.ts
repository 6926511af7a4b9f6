import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const HERE = __dirname;
const VENV = join(HERE, ".venv");
const LOCK = join(HERE, ".venv.lock");
const STAMP = join(VENV, "requirements.sha256");
const REQUIREMENTS = join(HERE, "requirements.txt");
const OLDEST_PYTHON = [3, 11] as const;
const LIMIT_MS = 300_000;

/** The Python of the emulator's virtual environment. */
const PYTHON = process.platform === "win32" ? join(VENV, "Scripts", "python.exe") : join(VENV, "bin", "python");

/**
 * Creates the emulator's virtual environment, unless one of the same requirements stands already.
 *
 * @returns the path of its Python
 */
export async function install(): Promise<string> {
  const wanted = createHash("sha256").update(readFileSync(REQUIREMENTS)).digest("hex");
  if (isInstalled(wanted)) return PYTHON;
  await takeLock();
  try {
    if (!isInstalled(wanted)) await build(wanted);
  } finally {
    rmSync(LOCK, { force: true });
  }
  return PYTHON;
}

function isInstalled(wanted: string): boolean {
  return existsSync(PYTHON) && existsSync(STAMP) && readFileSync(STAMP, "utf8") === wanted;
}

async function build(wanted: string): Promise<void> {
  const python = await findPython();
  rmSync(VENV, { recursive: true, force: true });
  try {
    await run(python, ["-m", "venv", VENV]);
  } catch (fault) {
    throw new Error(
      `the emulator needs Python's venv module; install it (Debian: apt install python3-venv): ${text(fault)}`,
    );
  }
  // The list is complete, so nothing has to be resolved.
  await run(PYTHON, [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--no-input",
    "--disable-pip-version-check",
    "--no-deps",
    "-r",
    REQUIREMENTS,
  ]);
  writeFileSync(STAMP, wanted);
}

async function findPython(): Promise<string> {
  for (const candidate of ["python3", "python"]) {
    const version = await run(candidate, ["-c", "import sys; print(*sys.version_info[:2])"]).catch(() => "");
    const [major = 0, minor = 0] = version.trim().split(" ").map(Number);
    if (major === OLDEST_PYTHON[0] && minor >= OLDEST_PYTHON[1]) return candidate;
  }
  throw new Error(
    `the emulator needs Python ${OLDEST_PYTHON.join(".")} or newer on the PATH; install python3 and its venv module`,
  );
}

/** Several test files may start at once; one builds, the others wait for it. */
async function takeLock(): Promise<void> {
  const giveUp = Date.now() + LIMIT_MS;
  while (Date.now() < giveUp) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: "wx" });
      return;
    } catch {
      if (lockIsStale()) rmSync(LOCK, { force: true });
      await sleep(200);
    }
  }
  throw new Error(
    `another process has been installing the emulator for ${LIMIT_MS / 1000} s; remove ${LOCK} if it is gone`,
  );
}

function lockIsStale(): boolean {
  try {
    const owner = Number(readFileSync(LOCK, "utf8"));
    if (!owner) return Date.now() - statSync(LOCK).mtimeMs > 5_000;
    process.kill(owner, 0);
    return false;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === "ESRCH";
  }
}

function run(command: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], timeout: LIMIT_MS });
    let out = "";
    let err = "";
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(out);
      else reject(new Error(`${command} ${args.join(" ")} failed:\n${(err || out).trim().slice(-2000)}`));
    });
  });
}

function text(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}

if (require.main === module) {
  install().then(
    (python) => console.log(python),
    (fault: unknown) => {
      console.error(text(fault));
      process.exitCode = 1;
    },
  );
}
