import { constants, isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { WrongUse } from "./wrong-use";

/** Files of Terraform and cdktf are far less deep. Deeper files exhaust the call stack of recursive functions. */
const DEEPEST = 1_000;

const [QUOTE, BACKSLASH, COLON, COMMA] = [0x22, 0x5c, 0x3a, 0x2c];
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** Reads a JSON file. Throws {@link WrongUse} if the file cannot be read or is not JSON. */
export function readJson(file: string): unknown {
  return parseJson(readBytes(file), file);
}

/**
 * Reads a file that Terraform reads. It refuses two properties with the same name in one object, because Terraform reads both and
 * `JSON.parse` only the last.
 *
 * @param name how a refusal names the file
 */
export function readTerraformJson(file: string, name: string): unknown {
  const bytes = readBytes(file, name);
  const json = parseJson(bytes, name);
  if (countNames(bytes) === countProperties(json)) return json;
  throw new WrongUse(`${name} has two properties with the same name in one object; make them one`);
}

/** In JSON, every property has a colon, and only properties have one outside of strings. */
function countNames(bytes: Buffer): number {
  let names = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === QUOTE) at = endOfString(bytes, at);
    else if (bytes[at] === COLON) names++;
  }
  return names;
}

function countProperties(json: unknown): number {
  if (typeof json !== "object" || json === null) return 0;
  const values = Object.values(json);
  const own = Array.isArray(json) ? 0 : values.length;
  return values.reduce<number>((sum, value) => sum + countProperties(value), own);
}

function readBytes(file: string, name = file): Buffer {
  try {
    return readFileSync(file);
  } catch (fault) {
    throw new WrongUse(`${name} cannot be read: ${(fault as Error).message}`);
  }
}

/** @param name how a refusal names the text */
export function parseJson(bytes: Buffer, name: string): unknown {
  if (bytes.length > constants.MAX_STRING_LENGTH)
    throw new WrongUse(`${name} is too large to be read; split the stack`);
  if (!isUtf8(bytes)) throw new WrongUse(`${name} is not UTF-8; write it again as UTF-8`);
  if (isNestedDeeper(bytes, DEEPEST)) {
    throw new WrongUse(
      `${name} is nested deeper than ${DEEPEST} levels, so it is not from Terraform or cdktf; make it again`,
    );
  }
  try {
    return JSON.parse(bytes.toString("utf8").replace(/^\uFEFF/, ""));
  } catch (fault) {
    throw new WrongUse(`${name} cannot be read as JSON: ${(fault as Error).message}; make it again`);
  }
}

/** Counts brackets outside of strings. */
function isNestedDeeper(bytes: Buffer, limit: number): boolean {
  let depth = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) at = endOfString(bytes, at);
    else if (byte <= COMMA) continue;
    else if (OPENING.has(byte) && ++depth > limit) return true;
    else if (CLOSING.has(byte)) depth--;
  }
  return false;
}

function endOfString(bytes: Buffer, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}
