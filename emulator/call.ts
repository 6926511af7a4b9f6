import type { Emulator } from "./emulator";

/** A signed call of the JSON protocol, for services whose client the project does not install. Throws where AWS answers an error. */
export async function callJson(
  emulator: Emulator,
  scope: string,
  target: string,
  body: unknown,
): Promise<Record<string, unknown>> {
  const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
  const answer = await ask(emulator.endpoint, scope, { method: "POST", headers, body });
  return ((await accepted(target, answer)) ?? {}) as Record<string, unknown>;
}

/** A signed call of the Query protocol, for a service whose client is too large to bundle. Throws if AWS answers an error. Returns the XML. */
export async function callQuery(
  emulator: Emulator,
  scope: string,
  parameters: Readonly<Record<"Action" | "Version", string>> & Readonly<Record<string, string>>,
): Promise<string> {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const body = new URLSearchParams(parameters).toString();
  return acceptedText(parameters.Action, await ask(emulator.endpoint, scope, { method: "POST", headers, body }));
}

/** A signed call of a REST service whose client the project does not install. Throws where AWS answers an error. */
export async function callRest(
  emulator: Emulator,
  scope: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  return accepted(
    `${method} ${path}`,
    await ask(emulator.endpoint + path, scope, { method, headers: JSON_BODY, body }),
  );
}

/**
 * As {@link callRest}, but an error is an answer too: its HTTP status, and its JSON where there is any. With the access key of an
 * assumed role, that role makes the call.
 */
export async function askRest(
  emulator: Emulator,
  scope: string,
  method: string,
  path: string,
  body?: unknown,
  accessKeyId?: string,
): Promise<[status: number, body: unknown]> {
  const answer = await ask(emulator.endpoint + path, scope, { method, headers: JSON_BODY, body, accessKeyId });
  return [answer.status, parsed(await answer.text())];
}

const JSON_BODY = { "content-type": "application/json" };

interface Request {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly accessKeyId?: string;
  /** A string is sent as it is, anything else as JSON. */
  readonly body?: unknown;
}

/** The emulator checks no signature; the scope, `<region>/<service>`, tells it whom to ask. */
function ask(url: string, scope: string, { accessKeyId = "test", ...request }: Request): Promise<Response> {
  const credential = `${accessKeyId}/20260101/${scope}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`;
  const { body: given } = request;
  const body = given === undefined || typeof given === "string" ? given : JSON.stringify(given);
  return fetch(url, { ...request, headers: { ...request.headers, authorization }, body });
}

async function accepted(what: string, answer: Response): Promise<unknown> {
  return parsed(await acceptedText(what, answer));
}

async function acceptedText(what: string, answer: Response): Promise<string> {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${what}: HTTP ${answer.status} ${text}`);
  return text;
}

function parsed(text: string): unknown {
  return text === "" ? undefined : JSON.parse(text);
}
