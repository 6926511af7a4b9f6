import { printable } from "../modules/core/printable";

/** Joins lines to a text. A line break inside one of them does not start a line. */
export function printableLines(lines: readonly string[]): string {
  return `${lines.map(printable).join("\n")}\n`;
}

/** Every command prints with this. Lines of the text stay lines. */
export function print(stream: NodeJS.WritableStream, text: string): void {
  stream.write(text.split("\n").map(printable).join("\n"));
}

/** Characters that no POSIX shell interprets. */
const PLAIN_WORD = /^[\w@%+=:,./][\w@%+=:,./-]*$/;

/** Writes a text so that a POSIX shell reads it as one word. */
export function shellWord(text: string): string {
  return PLAIN_WORD.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
