const WIDTH = 120;

/** Breaks a generated line after a comma, wherever it would grow too long. */
export function wrapped(text: string): string {
  const lines: string[] = [""];
  for (const word of text.split(/(?<=,) /)) {
    const line = lines.at(-1)!;
    const next = line === "" ? word : `${line} ${word}`;
    if (next.length + (lines.length > 1 ? 5 : 1) > WIDTH && line !== "") lines.push(word);
    else lines[lines.length - 1] = next;
  }
  return lines.join("\n    ");
}
