import { CommandFailed } from "../terraform";

const FAULT_LENGTH = 400;

/** The first error in Terraform's output, in one line. */
export function errorsIn(fault: unknown): string {
  if (!(fault instanceof CommandFailed)) return (fault as Error).message;
  const [, text] = /Error: ([\s\S]*?)(?:╵|\n\n\n|$)/.exec(fault.output) ?? [];
  const line = (text ?? fault.reason).replace(/[│\s]+/g, " ").trim();
  return line.length > FAULT_LENGTH ? `${line.slice(0, FAULT_LENGTH)} …` : line;
}
