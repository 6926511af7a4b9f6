import { Foreign, foreignData } from "./foreign-json";

/** A block begins a line, or follows a comment. A name that a value is given to, or that is part of an expression, is no block. */
const BLOCK =
  /(?:^\uFEFF?|\*\/)[ \t]*(provisioner|connection|provider|backend|cloud|data|ephemeral)(?![\w-])(?![ \t]*[=:.,)\]}\r\n])(.*)/gm;

/** How a block of data is written by somebody who has nothing to hide. */
const PLAIN_DATA = /^[ \t]+"?([\w-]+)"?[ \t]+"?[\w-]+"?[ \t]*\{/;

const LOCAL_SOURCE = /^[ \t]*source[ \t]*=[ \t]*"(\.\.?\/[^"]*)"/gm;

/**
 * The first such block in an HCL file, and its line. It does not parse: a line of a long comment or of a text counts as well, if it begins
 * as such a block does.
 */
export function foreignInHcl(text: string): { readonly line: number; readonly kind: Foreign } | undefined {
  for (const match of text.matchAll(BLOCK)) {
    const kind = kindOf(match[1] as Block, match[2]!);
    if (kind !== undefined) return { line: text.slice(0, match.index).split("\n").length, kind };
  }
  return undefined;
}

type Block = Exclude<Foreign, "state"> | "cloud" | "ephemeral";

function kindOf(block: Block, header: string): Foreign | undefined {
  if (block === "cloud") return "backend";
  if (block !== "data" && block !== "ephemeral") return block;
  const type = PLAIN_DATA.exec(header)?.[1];
  return type === undefined ? "data" : foreignData(type);
}

/** Local sources of modules: paths from the folder of the file. */
export function localModulesInHcl(text: string): readonly string[] {
  return [...text.matchAll(LOCAL_SOURCE)].map(([, source]) => source!);
}
