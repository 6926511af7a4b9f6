import { FOREIGN_DATA, REASONS } from "./foreign-json";

/** A block begins a line, or follows a comment; a name that a value is given to, or that is part of an expression, is no block. */
const BLOCK =
  /(?:^|\*\/)[ \t]*(provisioner|connection|provider|backend|cloud|data)(?![\w-])(?![ \t]*[=:.,)\]}\r\n])(.*)/gm;

/** How a data block is written, unless somebody has something to hide. */
const PLAIN_DATA = /^[ \t]+"?([\w-]+)"?[ \t]+"?[\w-]+"?[ \t]*\{/;

/**
 * What a drill refuses in an HCL file, and in which line. It does not parse: a line of a long comment or of a text is refused as well, if
 * it begins as such a block does.
 */
export function foreignInHcl(text: string): { readonly line: number; readonly reason: string } | undefined {
  for (const match of text.matchAll(BLOCK)) {
    const block = match[1] as Block;
    if (block === "data" && isHarmlessData(match[2]!)) continue;
    const line = text.slice(0, match.index).split("\n").length;
    return { line, reason: REASONS[block === "cloud" ? "backend" : block] };
  }
  return undefined;
}

type Block = keyof typeof REASONS | "cloud";

function isHarmlessData(header: string): boolean {
  const type = PLAIN_DATA.exec(header)?.[1];
  return type !== undefined && !FOREIGN_DATA.has(type);
}
