import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endWhenInterrupted, runCommand, unlessInterrupted, whenInterrupted } from "../terraform";
import { SERVER_FOLDER } from "./server-folder";

const REQUIREMENTS = join(SERVER_FOLDER, "requirements.txt");
const OLDEST_PYTHON = [3, 11] as const;
const LIMIT_MS = 300_000;

/** Where the virtual environment is. */
interface Place {
  readonly venv: string;
  readonly python: string;
  /** Says of which requirements it is. */
  readonly stamp: string;
  readonly lock: string;
}

/**
 * Creates a virtual environment, unless one of the same requirements exists already.
 *
 * @param folder the folder it is made in, as `.venv`
 * @param requirements the complete list of its packages
 * @returns the path of its Python
 */
export async function install(folder = SERVER_FOLDER, requirements = REQUIREMENTS): Promise<string> {
  const wanted = createHash("sha256").update(readFileSync(requirements)).digest("hex");
  const place = placeIn(folder);
  if (isInstalled(place, wanted)) return place.python;
  mkdirSync(folder, { recursive: true });
  await takeLock(place.lock);
  const unlock = (): void => rmSync(place.lock, { force: true });
  const done = whenInterrupted(unlock);
  try {
    if (!isInstalled(place, wanted)) await build(place, requirements, wanted);
  } finally {
    done();
    unlock();
  }
  return place.python;
}

function placeIn(folder: string): Place {
  const venv = join(folder, ".venv");
  const python = process.platform === "win32" ? join(venv, "Scripts", "python.exe") : join(venv, "bin", "python");
  return { venv, python, stamp: join(venv, "requirements.sha256"), lock: join(folder, ".venv.lock") };
}

function isInstalled({ python, stamp }: Place, wanted: string): boolean {
  return existsSync(python) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;
}

async function build({ venv, python, stamp }: Place, requirements: string, wanted: string): Promise<void> {
  const found = await findPython();
  rmSync(venv, { recursive: true, force: true });
  try {
    await run(found, ["-m", "venv", venv]);
  } catch (fault) {
    throw new Error(
      `the emulator needs Python's venv module; install it (Debian: apt install python3-venv): ${text(fault)}`,
    );
  }
  // The list is complete, so pip resolves nothing. A wheel runs no code when it is installed, and its hash is in the list.
  await run(python, [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--no-input",
    "--disable-pip-version-check",
    "--no-deps",
    "--only-binary",
    ":all:",
    "--require-hashes",
    "-r",
    requirements,
  ]);
  writeFileSync(stamp, wanted);
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
async function takeLock(lock: string): Promise<void> {
  const giveUp = Date.now() + LIMIT_MS;
  while (Date.now() < giveUp) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      return;
    } catch (fault) {
      const { code, message } = fault as NodeJS.ErrnoException;
      if (code !== "EEXIST") {
        throw new Error(`the emulator cannot be installed in ${dirname(lock)}: ${message}; make the folder writable`);
      }
      if (isStale(lock)) rmSync(lock, { force: true });
      await sleep(200);
    }
  }
  throw new Error(
    `another process has been installing the emulator for ${LIMIT_MS / 1000} s; remove ${lock} if it is gone`,
  );
}

function isStale(lock: string): boolean {
  try {
    const owner = Number(readFileSync(lock, "utf8"));
    if (!owner) return Date.now() - statSync(lock).mtimeMs > 5_000;
    process.kill(owner, 0);
    return false;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === "ESRCH";
  }
}

async function run(command: string, args: readonly string[]): Promise<string> {
  return (await runCommand(command, args, { cwd: process.cwd(), env: process.env, limitMs: LIMIT_MS })).stdout;
}

function text(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}

if (require.main === module) {
  endWhenInterrupted();
  install().then(
    (python) => console.log(python),
    async (fault: unknown) => {
      await unlessInterrupted();
      console.error(text(fault));
      process.exitCode = 1;
    },
  );
}
