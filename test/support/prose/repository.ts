import { PROSE_EXCEPTIONS, ProseException } from "../../docs/prose-exceptions";
import { filesBelow, read } from "../source-tree";
import { proseFaults } from "./rules";

/** The count of findings that each file may still have: one `<count> <path>` per line. */
export const TO_DO = "test/docs/prose-to-do.txt";

/** Text that a program wrote. */
const GENERATED = /^test\/(golden|support\/newest-provider)\/|^bench\/rivals\/|(^|\/)shapes\.ts$/;

export interface ProseReport {
  /** Findings by file. Files without a finding are left out. */
  readonly findings: ReadonlyMap<string, readonly string[]>;
  /** Exceptions that fit no finding. */
  readonly unusedExceptions: readonly ProseException[];
  readonly files: number;
}

/** Every finding in the prose of the repository that no exception names. */
export function proseReport(): ProseReport {
  const files = filesBelow(".").filter((path) => /\.(md|ts|py)$/.test(path) && !GENERATED.test(path));
  const used = new Set<ProseException>();
  const findings = new Map<string, readonly string[]>();
  for (const path of files) {
    const left = proseFaults(read(path)).filter((finding) => {
      const exception = PROSE_EXCEPTIONS.find((each) => excuses(each, path, finding));
      if (exception) used.add(exception);
      return exception === undefined;
    });
    if (left.length > 0) findings.set(path, left);
  }
  return { findings, unusedExceptions: PROSE_EXCEPTIONS.filter((each) => !used.has(each)), files: files.length };
}

function excuses(exception: ProseException, path: string, finding: string): boolean {
  const fits = exception.path.endsWith("/") ? path.startsWith(exception.path) : path === exception.path;
  return fits && (exception.finding === undefined || finding.includes(exception.finding));
}

/** The counts that are written down in {@link TO_DO}. */
export function readToDo(text: string): Map<string, number> {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(lines.map((line) => [line.replace(/^\d+ /, ""), Number.parseInt(line, 10)]));
}

/** How findings and counts differ, one line per file, and the findings of files that have too many. */
export function toDoFaults(findings: ReadonlyMap<string, readonly string[]>, toDo: Map<string, number>): string[] {
  return [...new Set([...findings.keys(), ...toDo.keys()])].sort().flatMap((path) => {
    const found = findings.get(path) ?? [];
    const most = toDo.get(path) ?? 0;
    if (found.length === most) return [];
    if (found.length > most) return [`${path} has ${found.length} findings, ${most} at most:`, ...found];
    return [`${path} has ${found.length} findings, not ${most}: run 'npx tsx scripts/prose.ts --update'`];
  });
}
