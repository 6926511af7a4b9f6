import { SourceText } from "./source-tree";

/** A fenced block of a document. */
export interface CodeBlock {
  /** Document and line of the opening fence: `README.md:12`. */
  readonly place: string;
  /** A path next to the document, under which a compiler can read the code. */
  readonly path: string;
  readonly text: string;
}

/** The fenced blocks of one language, in the order of the text, also those in lists. */
export function codeBlocks({ path, text }: SourceText, language: string): CodeBlock[] {
  const fence = new RegExp(String.raw`^( *)\x60{3}${language}\n([^]*?)^ *\x60{3}$`, "gm");
  return [...text.matchAll(fence)].map((match) => {
    const line = text.slice(0, match.index).split("\n").length;
    const indent = new RegExp(`^${match[1]}`, "gm");
    return {
      place: `${path}:${line}`,
      path: `${path.replace(/\.md$/, "")}-line-${line}.${language}`,
      text: match[2]!.replace(indent, ""),
    };
  });
}
