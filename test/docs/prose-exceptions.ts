/** A finding that stays, with the reason. */
export interface ProseException {
  /** A file, or a folder with a slash at its end. */
  readonly path: string;
  /** A part of the finding. Without it every finding of the path stays. */
  readonly finding?: string;
  readonly reason: string;
}

export const PROSE_EXCEPTIONS: readonly ProseException[] = [
  { path: "test/docs/prose.test.ts", reason: "it quotes sentences that the lint rejects" },
];
