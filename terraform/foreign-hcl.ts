import { Foreign, foreignData } from "./foreign-json";

/** A block begins a line, or follows a comment. A name before an equals sign, or inside an expression, does not start a block. */
const BLOCK =
  /(?:^\uFEFF?|\*\/)[ \t]*(provisioner|connection|provider|backend|cloud|data|ephemeral)(?![\w-])(?![ \t]*[=:.,)\]}\r\n])(.*)/gm;

/** The usual way to write a data block. Any other way counts as foreign. */
const PLAIN_DATA = /^[ \t]+"?([\w-]+)"?[ \t]+"?[\w-]+"?[ \t]*\{/;

const LOCAL_SOURCE = /^[ \t]*source[ \t]*=[ \t]*"(\.\.?\/[^"]*)"/gm;

/**
 * The first foreign block in an HCL file, and its line. The search does not parse HCL. A line of a long comment or of a string also counts
 * if it begins like such a block.
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
