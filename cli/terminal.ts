import { printable } from "../modules/core/printable";

/** Prints a text safely. Every command prints with this. Lines of the text stay lines. */
export function print(stream: NodeJS.WritableStream, text: string): void {
  stream.write(text.split("\n").map(printable).join("\n"));
}
