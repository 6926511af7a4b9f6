/** A piece of prose that is read on its own: a paragraph, a cell, a comment, a message. */
export interface Block {
  /** First line in the file, from 1. */
  readonly line: number;
  /** Plain text on one line: a code span is the word `code`, a link is its text. */
  readonly text: string;
  /** How many lines the block takes in the file. */
  readonly lines: number;
}

/** Markdown and TSDoc markup as plain words. */
export function plain(markup: string): string {
  return markup
    .replace(/<!--[^]*?-->/g, " ")
    .replace(/(`+)[^]*?\1/g, "code")
    .replace(/\{@link(?:code|plain)? [^}]*\}/g, "code")
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/<?https?:\/\/[^\s)>]+>?/g, "URL")
    .replace(/\*\*|<\/?\w+>/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** The sentences of a block. An abbreviation or a version does not end one. Some begin with the small letter of a tool's name. */
export function sentencesOf({ text }: Block): string[] {
  return text
    .split(/(?<=[.!?]["')]*)(?<!\b(?:e\.g|i\.e|vs|etc)\.)\s+(?=["'(]*[A-Za-z])/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
}

/** Words of a sentence: what has a letter or a digit between spaces. */
export function wordsOf(sentence: string): string[] {
  return sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
}
