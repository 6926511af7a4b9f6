import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { install } from "../../../emulator/install";

type Json = Readonly<Record<string, unknown>>;

/** Every block of a stack by its address, such as `resource.aws_s3_bucket.Media`; there may be several of `removed`. */
export type Blocks = Readonly<Record<string, readonly unknown[]>>;

/** Kinds of blocks with labels, and how many. */
const LABELS: Readonly<Record<string, number>> = {
  data: 2,
  ephemeral: 2,
  module: 1,
  output: 1,
  provider: 1,
  resource: 2,
  variable: 1,
};

/** Arguments whose value is a name, so that HCL writes it without quotes. */
const REFERENCES = ["provider", "depends_on", "ignore_changes", "replace_triggered_by"];
const REFERENCES_OF: Readonly<Record<string, readonly string[]>> = {
  import: ["to", "provider"],
  moved: ["from", "to"],
  removed: ["from"],
};

/** Blocks that JSON may write as an empty list: then HCL has none. */
const EMPTY = ["parameter"];

/** An interpolation without braces of its own. */
const INTERPOLATION = /(\$\{(?:[^{}"]|"[^"{}]*")*\})/;

/** Reads HCL, of several stacks at once, with a parser that is not ours. */
export async function parseHcl(texts: ReadonlyMap<string, string>): Promise<Map<string, Blocks>> {
  const python = await install(__dirname, join(__dirname, "requirements.txt"));
  const { status, stdout, stderr } = spawnSync(python, [join(__dirname, "parse.py")], {
    input: JSON.stringify(Object.fromEntries(texts)),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`no HCL: ${stderr.slice(-2000)}`);
  const parsed = JSON.parse(stdout) as Readonly<Record<string, Json>>;
  return new Map(
    Object.entries(parsed).map(([name, sections]) => [name, blocksIn(sections, (_, value) => read(value))]),
  );
}

/** The same of a stack's JSON, without comments. */
export function blocksOfJson(text: string): Blocks {
  const { "//": _, ...sections } = JSON.parse(text) as Json;
  return blocksIn(sections, (name, value) => written(value, REFERENCES_OF[name] ?? REFERENCES));
}

function blocksIn(sections: Json, bodyOf: (section: string, body: unknown) => unknown): Blocks {
  const blocks: Record<string, unknown[]> = {};
  const collect = (section: string, address: string, value: unknown, labels: number): void => {
    for (const one of [value].flat()) {
      if (labels === 0) (blocks[address] ??= []).push(listed(bodyOf(section, one)));
      else
        for (const [label, inner] of Object.entries(one as Json))
          collect(section, `${address}.${bare(label)}`, inner, labels - 1);
    }
  };
  for (const [name, value] of Object.entries(sections)) collect(name, name, value, LABELS[name] ?? 0);
  return blocks;
}

/** JSON writes one block as an object or as a list of one; here it is always a list. */
function listed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(listed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const isObject = typeof inner === "object" && inner !== null && !Array.isArray(inner);
      return [key, listed(isObject ? [inner] : inner)];
    }),
  );
}

/** A body of JSON. */
function written(value: unknown, references: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => written(item, references));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
      if (key === "//" || (EMPTY.includes(key) && Array.isArray(inner) && inner.length === 0)) return [];
      return [[key, references.includes(key) ? asExpression(inner) : written(inner, references)]];
    }),
  );
}

function asExpression(value: unknown): unknown {
  return Array.isArray(value) ? value.map(asExpression) : `\${${String(value)}}`;
}

/** A value as the parser returns it. A string has its quotes, and every other value that is not plain is an expression. */
function read(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(read);
  if (typeof value === "string") return value.startsWith('"') ? unquoted(value) : value.replace(/^\w+$/, "${$&}");
  if (typeof value !== "object" || value === null) return value;
  const { __is_block__: _, ...items } = value as Json;
  return Object.fromEntries(Object.entries(items).map(([key, item]) => [bare(key), read(item)]));
}

function bare(key: string): string {
  return key.startsWith('"') ? unquoted(key) : key;
}

/** A text in quotes has JSON's escapes, but for interpolations. */
function unquoted(text: string): string {
  const parts = text.slice(1, -1).split(INTERPOLATION);
  return parts.map((part, index) => (index % 2 === 1 ? part : (JSON.parse(`"${part}"`) as string))).join("");
}
