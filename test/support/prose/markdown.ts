import { Block, plain } from "./blocks";

const FENCE = /^\s*(```|~~~)/;
const LIST_ITEM = /^\s*(?:[-*+]|\d+\.)\s+/;
const HEADING = /^\s*#+\s+/;
const TABLE_RULE = /^\s*\|?\s*:?-{3,}/;

/** Paragraphs, headings, list items and cells of tables. Blocks of code are left out. */
export function markdownBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let open: string[] = [];
  let start = 0;
  let inCode = false;
  const close = () => {
    if (open.length > 0) blocks.push({ line: start, text: plain(open.join("\n")), lines: open.length });
    open = [];
  };
  text.split("\n").forEach((line, index) => {
    if (FENCE.test(line)) {
      close();
      inCode = !inCode;
    } else if (!inCode) readLine(line, index + 1);
  });
  close();
  return blocks.filter((block) => block.text !== "");

  function readLine(line: string, number: number): void {
    if (line.trim() === "" || LIST_ITEM.test(line) || HEADING.test(line) || line.trimStart().startsWith("|")) close();
    if (line.trim() === "" || TABLE_RULE.test(line)) return;
    if (line.trimStart().startsWith("|")) blocks.push(...cells(line, number));
    else {
      if (open.length === 0) start = number;
      open.push(
        line
          .replace(LIST_ITEM, "")
          .replace(HEADING, "")
          .replace(/^\s*>\s?/, ""),
      );
      if (HEADING.test(line)) close();
    }
  }
}

function cells(row: string, line: number): Block[] {
  return row
    .trim()
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => ({ line, text: plain(cell), lines: 1 }));
}
