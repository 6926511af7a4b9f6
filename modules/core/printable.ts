/** Characters that steer a terminal or reorder what a reader sees: C0, DEL, C1, line separators, and marks of text direction. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Makes a text safe to print on one line. Unsafe characters become escapes that JSON also has: `\u001b`. */
export function printable(text: string): string {
  return text.replace(UNSAFE, (one) => SHORT[one] ?? `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Joins lines to a text. A line break inside a line does not start another one. */
export function printableLines(lines: readonly string[]): string {
  return `${lines.map(printable).join("\n")}\n`;
}
