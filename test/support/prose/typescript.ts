import ts from "typescript";
import { nodesOf, parse } from "../source-tree";
import { Block, plain } from "./blocks";

/** Comments that a tool reads, and lists of refusal codes. */
const NO_PROSE = /^(eslint|prettier|istanbul|@ts-|@throws|@jest-environment|\/ ?<reference)/;
const TAG = /^\s*(@(?:default|see)\b\s*-?|@param\s+[\w.]+|@(?!throws|ts-)\w+|[-*]\s|\d+\.\s)/;
/** A text of fewer words is a name or a label. */
const MESSAGE_WORDS = 4;
const WORD = /^["'`(]*[A-Za-z][A-Za-z'’/-]*["'`),.:;?!]*$/;

/** Doc comments, line comments, and texts that a person reads: messages, descriptions, names of tests. */
export function typescriptBlocks(path: string, text: string): Block[] {
  const file = parse({ path, text });
  return [...comments(file, text), ...messages(file)].sort((a, b) => a.line - b.line);
}

function comments(file: ts.SourceFile, text: string): Block[] {
  const lineOf = (position: number) => file.getLineAndCharacterOfPosition(position).line;
  const lines: { line: number; text: string }[] = [];
  for (const { position, comment } of commentsOf(file, text)) {
    if (comment.startsWith("//")) {
      lines.push({ line: lineOf(position), text: comment.replace(/^\/\/+\s?/, "") });
    } else {
      const inside = comment.replace(/^\/\*+/, "").replace(/\*+\/$/, "");
      inside.split("\n").forEach((line, index) => {
        // a tag in the middle of a line begins a block, too
        const parts = line.replace(/^\s*\* ?/, "").split(/(?= @(?:default|see|throws)\b)/);
        lines.push(...parts.map((part) => ({ line: lineOf(position) + index, text: part.trimStart() })));
      });
      lines.push({ line: Number.NaN, text: "" });
    }
  }
  return paragraphs(lines);
}

const COMMENT = /\/\/.*|\/\*[^]*?\*\//y;

/** Every comment in the order of the text. Text inside a literal is not a comment. */
function commentsOf(file: ts.SourceFile, text: string): { position: number; comment: string }[] {
  const literals = new Map(nodesOf(file, isLiteral).map((node) => [node.getStart(file), node.getEnd()]));
  const found: { position: number; comment: string }[] = [];
  let position = 0;
  while (position < text.length) {
    COMMENT.lastIndex = position;
    const end = literals.get(position);
    const comment = end === undefined && text[position] === "/" ? COMMENT.exec(text)?.[0] : undefined;
    if (comment !== undefined) found.push({ position, comment });
    position = end ?? position + (comment?.length ?? 1);
  }
  return found;
}

function isLiteral(node: ts.Node): node is ts.LiteralLikeNode {
  return ts.isLiteralExpression(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
}

/** Joins lines of comments: a blank line, a tag, a list item or code in between starts a new block. */
function paragraphs(lines: readonly { line: number; text: string }[]): Block[] {
  const blocks: Block[] = [];
  let open: { line: number; text: string }[] = [];
  let inCode = false;
  const close = () => {
    const text = plain(open.map((line) => line.text).join("\n"));
    if (text !== "" && !NO_PROSE.test(text)) blocks.push({ line: open[0]!.line + 1, text, lines: open.length });
    open = [];
  };
  for (const { line, text } of lines) {
    const last = open.at(-1);
    if (/^\s*```/.test(text)) {
      close();
      inCode = !inCode;
      continue;
    }
    if (inCode) continue;
    if (text.trim() === "" || /^\s*(@\w+|[-*]\s|\d+\.\s)/.test(text) || (last && line !== last.line + 1)) close();
    if (text.trim() !== "") open.push({ line, text: text.replace(TAG, "") });
  }
  close();
  return blocks;
}

function messages(file: ts.SourceFile): Block[] {
  const texts = nodesOf(file, isText).filter(({ parent }) => !isJoined(parent) && !ts.isImportDeclaration(parent));
  return texts.flatMap((node) => {
    const line = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
    return printedParts(textOf(node))
      .map(plain)
      .filter(isMessage)
      .map((text) => ({ line, text, lines: 1 }));
  });
}

/** A line of a printed table or list: it is indented, has a gap between two columns, or begins with a label. */
const TABLE_LINE = /^ {2,}\S|\S {2,}\S|^\w[\w -]{0,40}: /;

/** The list at the end of a refusal. */
const ALLOWED = /, allowed: /;

/** Paragraphs of a printed text, each line of its tables, and its list of allowed values. A reader reads them one by one. */
function printedParts(text: string): string[] {
  const parts: string[] = [];
  let open = false;
  for (const line of text.split("\n")) {
    const isTable = TABLE_LINE.test(line);
    if (open && !isTable && line.trim() !== "") parts.push(`${parts.pop()!}\n${line}`);
    else parts.push(line);
    open = !isTable && line.trim() !== "";
  }
  return parts.flatMap((part) => part.split(ALLOWED));
}

function isText(node: ts.Node): node is ts.Expression {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || (isJoined(node) && textOf(node) !== "");
}

function isJoined(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
}

/** The printed text, with the word `X` for every expression in it. */
function textOf(node: ts.Expression): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map(({ literal }) => `X${literal.text}`).join("");
  }
  if (ts.isParenthesizedExpression(node)) return textOf(node.expression);
  if (!isJoined(node)) return "X";
  return textOf(node.left) + textOf(node.right);
}

/** Program text, paths, SQL and policies are no messages: too few of their words are words. */
function isMessage(text: string): boolean {
  const words = text.split(" ");
  return words.length >= MESSAGE_WORDS && words.filter((word) => WORD.test(word)).length >= words.length * 0.75;
}
