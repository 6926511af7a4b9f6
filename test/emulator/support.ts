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

/** A signed call of the JSON protocol, for services whose client the project does not install. */
export async function callJson(
  emulator: Emulator,
  scope: string,
  target: string,
  body: unknown,
): Promise<Record<string, unknown>> {
  const answer = await fetch(emulator.endpoint, {
    method: "POST",
    body: JSON.stringify(body),
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": target,
      authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${scope}/aws4_request, SignedHeaders=host, Signature=0`,
    },
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${target}: HTTP ${answer.status} ${text}`);
  return (text === "" ? {} : JSON.parse(text)) as Record<string, unknown>;
}

/** A signed call of a REST service whose client the project does not install. */
export async function callRest(
  emulator: Emulator,
  scope: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const answer = await fetch(emulator.endpoint + path, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: {
      "content-type": "application/json",
      authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${scope}/aws4_request, SignedHeaders=host, Signature=0`,
    },
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: HTTP ${answer.status} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

/** Terraform tests cannot run without Terraform; in CI that is a fault, elsewhere a visible skip. */
export function hasTerraform(): boolean {
  const found = spawnSync("terraform", ["version"], { stdio: "ignore" }).status === 0;
  if (!found && process.env.CI) throw new Error("terraform is not on the PATH; install it");
  return found;
}
