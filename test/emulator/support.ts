import { spawnSync } from "node:child_process";
import { Emulator } from "../../emulator";

export const SEOUL = "ap-northeast-2";
export const TOKYO = "ap-northeast-1";
export const ACCOUNT = "111122223333";
export const OTHER_ACCOUNT = "444455556666";

/** For what takes a second on a free machine. */
export const PATIENCE_MS = 60_000;

/** Starts one emulator for a test file and empties it before each test. */
export function startedEmulator(): { current: Emulator } {
  const started = {} as { current: Emulator };
  beforeAll(async () => {
    started.current = await Emulator.start();
  }, 2 * PATIENCE_MS);
  beforeEach(() => started.current.reset(), PATIENCE_MS);
  afterAll(() => started.current.stop(), PATIENCE_MS);
  return started;
}

/** Terraform tests cannot run without Terraform; in CI that is a fault, elsewhere a visible skip. */
export function hasTerraform(): boolean {
  const found = spawnSync("terraform", ["version"], { stdio: "ignore" }).status === 0;
  if (!found && process.env.CI) throw new Error("terraform is not on the PATH; install it");
  return found;
}
