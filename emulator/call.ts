import type { Emulator } from "./emulator";

/** A signed call of the JSON protocol, for services whose client the project does not install. */
export async function callJson(
  emulator: Emulator,
  scope: string,
  target: string,
  body: unknown,
): Promise<Record<string, unknown>> {
  const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
  const answer = await call(target, emulator.endpoint, { method: "POST", headers, body }, scope);
  return (answer ?? {}) as Record<string, unknown>;
}

/** A signed call of a REST service whose client the project does not install. */
export function callRest(
  emulator: Emulator,
  scope: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const headers = { "content-type": "application/json" };
  return call(`${method} ${path}`, emulator.endpoint + path, { method, headers, body }, scope);
}

interface Request {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** The emulator checks no signature; the scope, `<region>/<service>`, tells it whom to ask. */
async function call(what: string, url: string, request: Request, scope: string): Promise<unknown> {
  const credential = `test/20260101/${scope}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`;
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  const answer = await fetch(url, { ...request, headers: { ...request.headers, authorization }, body });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${what}: HTTP ${answer.status} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}
