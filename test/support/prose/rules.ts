import { SourceText } from "../source-tree";
import { Block, sentencesOf, wordsOf } from "./blocks";
import { markdownBlocks } from "./markdown";
import { pythonBlocks } from "./python";
import { typescriptBlocks } from "./typescript";

const MOST_WORDS = 22;
const MOST_LINES = 4;

/** Words that a reader has to decode, with the word to write. */
const REJECTED: readonly (readonly [RegExp, string])[] = [
  [/\b(stands?|stood|standing)\b(?! for\b)/i, "is, exists, runs, lies in"],
  [/\babroad\b/i, "in another region"],
  [/\b(nobody|somebody|whoever|whomever)\b/i, "name who: you, the operator, no role"],
  [/\banew\b/i, "again"],
  [/\bfor ever\b/i, "always, permanently"],
  [/\bbeside\b/i, "next to, in addition to"],
  [/\bin the place of\b/i, "instead of"],
  [/\b(is|are|was|were|be|been|being) told\b/i, "say who passes what to whom"],
  [/, for (it|they|he|the|there)\b(?! (first|second|last|next) time)/i, "because"],
  [/\b(whatever it be|be it|be they)\b/i, "every, any"],
  [/\b(thereof|therein|thereby|whereof|wherein|whereby|whence|hence|thus|lest|nought|ere)\b/i, "so, in it, by it"],
  [/^Out come/i, "subject, verb, object"],
  [/^What\b(?=\s)(?!.*\?["')]*$)/i, "start with the subject, not with 'what'"],
  [/\b(no|any)thing but\b/i, "only"],
  [/\bwhat (so)?ever\b/i, "every, any"],
  [/\b(goes|go|going|went) along\b/i, "say what happens"],
  [/\bhear(s|d)? (of|when|about|it)\b/i, "is notified"],
  [/\b(of|to|in|at|on|by|from) what(?! is\b.*\?)\b/i, "name the thing"],
  [/(?<!\b[Tt]here )\bis (no|none)\b(?! (longer|more)\b)/, "is not"],
];

/** Why a block is hard to read, one line each, with its place. */
export function proseFaults({ path, text }: SourceText): string[] {
  return blocksOf(path, text).flatMap((block) => {
    const faults = sentencesOf(block).flatMap(sentenceFaults);
    const long = path.endsWith(".md") && block.lines > MOST_LINES;
    return [...faults, ...(long ? [`${block.lines} lines in a paragraph, ${MOST_LINES} at most`] : [])].map(
      (fault) => `${path}:${block.line} ${fault}`,
    );
  });
}

function blocksOf(path: string, text: string): Block[] {
  if (path.endsWith(".md")) return markdownBlocks(text);
  return path.endsWith(".py") ? pythonBlocks(text) : typescriptBlocks(path, text);
}

function sentenceFaults(sentence: string): string[] {
  const words = wordsOf(sentence).length;
  return [
    ...REJECTED.flatMap(([pattern, instead]) => {
      const [found] = pattern.exec(sentence) ?? [];
      return found === undefined ? [] : [`'${found}' (write: ${instead}) in: ${sentence}`];
    }),
    ...(words > MOST_WORDS ? [`${words} words in a sentence, ${MOST_WORDS} at most: ${sentence}`] : []),
  ];
}
