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
  {
    path: "modules/iam-role/role-policies.ts",
    finding: "Part of what",
    reason: "AWS replaces a managed policy when its description changes",
  },
  {
    path: "test/modules/iam-role.test.ts",
    finding: "Part of what",
    reason: "it quotes the description of a managed policy, which cannot change in place",
  },
  {
    path: "modules/core/name-rules.ts",
    finding: "no two dots in a row",
    reason: "it is the list of AWS's rules for a bucket name",
  },
  {
    path: "test/modules/load-balancer-refusals.test.ts",
    finding: "no two dots in a row",
    reason: "it quotes the list of AWS's rules for a bucket name",
  },
  {
    path: "test/modules/ami-distribution-builder.test.ts",
    finding: "up to 15 levels",
    reason: "it quotes the list of AWS's rules for a parameter name",
  },
  {
    path: "test/modules/aws-backup-protection.test.ts",
    finding: "the time of the copy",
    reason: "it quotes two notes that the library joins",
  },
  {
    path: "test/stacks/mistakes.test.ts",
    finding: "make it with",
    reason: "it quotes a remedy that lists every function",
  },
];
