import { Block, plain } from "./blocks";

/** Line comments and texts in three quotes. */
export function pythonBlocks(text: string): Block[] {
  const docs = [...text.matchAll(/"""([^]*?)"""/g)].flatMap((match) => {
    const first = text.slice(0, match.index).split("\n").length;
    let line = first;
    return match[1]!.split(/(\n\s*\n)/).flatMap((part) => {
      const block = { line, text: plain(part), lines: part.split("\n").length };
      line += part.split("\n").length - 1;
      return block.text === "" ? [] : [block];
    });
  });
  return [...docs, ...lineComments(text)].sort((a, b) => a.line - b.line);
}

function lineComments(text: string): Block[] {
  const blocks: { line: number; texts: string[] }[] = [];
  text.split("\n").forEach((line, index) => {
    const comment = /^(?:[^"'#]|"[^"]*"|'[^']*')*#\s?(.*)$/.exec(line)?.[1];
    if (comment === undefined || comment.startsWith("!")) return;
    const last = blocks.at(-1);
    if (last && last.line + last.texts.length === index + 1) last.texts.push(comment);
    else blocks.push({ line: index + 1, texts: [comment] });
  });
  return blocks.map(({ line, texts }) => ({ line, text: plain(texts.join("\n")), lines: texts.length }));
}
