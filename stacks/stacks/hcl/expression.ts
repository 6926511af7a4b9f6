/** Text of a string that HCL writes with a backslash. */
const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A value of Terraform's JSON syntax as an expression of HCL. */
export function expressionOf(value: unknown, indent = ""): string {
  if (typeof value === "string") return templateOf(value);
  if (Array.isArray(value))
    return enclosed(
      "[",
      value.map((item) => `${expressionOf(item, deeper(indent))},`),
      "]",
      indent,
    );
  if (typeof value !== "object" || value === null) return String(value);
  const items = Object.entries(value).filter(([, item]) => item !== undefined);
  // a key in quotes is never a keyword of HCL
  const lines = items.map(([key, item]) => `${quoted(key)} = ${expressionOf(item, deeper(indent))}`);
  return enclosed("{", lines, "}", indent);
}

/** A value that names something, such as `depends_on`: JSON writes the name as a string, HCL without quotes. */
export function referenceOf(value: unknown, indent = ""): string {
  if (Array.isArray(value))
    return enclosed(
      "[",
      value.map((item) => `${referenceOf(item)},`),
      "]",
      indent,
    );
  if (typeof value !== "object" || value === null) return expressionIn(String(value)) ?? String(value);
  const lines = Object.entries(value).map(([key, item]) => `${key} = ${referenceOf(item)}`);
  return enclosed("{", lines, "}", indent);
}

export function deeper(indent: string): string {
  return `${indent}  `;
}

function enclosed(open: string, lines: readonly string[], close: string, indent: string): string {
  if (lines.length === 0) return open + close;
  return [open, ...lines.map((line) => deeper(indent) + line), indent + close].join("\n");
}

function templateOf(text: string): string {
  return expressionIn(text) ?? quoted(text);
}

/** The expression of a string that is one interpolation and nothing else. */
function expressionIn(text: string): string | undefined {
  const isWhole =
    text.startsWith("${") && !text.includes("\n") && !text.includes("~") && endOf(text, 0) === text.length;
  return isWhole ? text.slice(2, -1).trim() : undefined;
}

/**
 * A string in quotes. In JSON an interpolation is written in the text as it is; in HCL only the text around an
 * interpolation takes backslashes.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export function quoted(text: string): string {
  let written = "";
  for (let at = 0; at < text.length;) {
    const end = endOf(text, at);
    written += end > at ? text.slice(at, end) : escaped(text[at]!);
    at = Math.max(end, at + 1);
  }
  return `"${written}"`;
}

function escaped(character: string): string {
  const known = ESCAPES[character];
  if (known !== undefined || character >= " ") return known ?? character;
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/**
 * Where what HCL reads by itself ends: an interpolation or a directive (`${`, `%{`), or either written as text (`$${`).
 * At any other character it ends where it begins.
 */
function endOf(text: string, start: number): number {
  const opening = /^(\$\$\{|%%\{|\$\{|%\{)/.exec(text.slice(start, start + 3))?.[0];
  if (opening === undefined) return start;
  if (opening.length === 3) return start + 3;
  let depth = 1;
  for (let at = start + 2; at < text.length; at += 1) {
    if (text[at] === '"') at = endOfString(text, at);
    else if (text[at] === "{") depth += 1;
    else if (text[at] === "}") depth -= 1;
    if (depth === 0) return at + 1;
  }
  return start; // it is never closed, which Terraform reports
}

/** Where a string within an interpolation has its closing quote. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const end = endOf(text, at);
    if (end > at) at = end - 1;
    else if (text[at] === "\\") at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}
