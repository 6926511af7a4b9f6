import { TerraformStack } from "cdktf";

/**
 * The provider that the synthesised JSON asks for. The bare source `aws`, which cdktf writes by default, confuses
 * OpenTofu. The exact version that cdktf writes would keep a team from taking a fix.
 */
const SOURCE = "hashicorp/aws";
/** The first version that has the arguments of every module, and the first that may not. */
const VERSIONS = { from: "5.100.0", below: "7.0.0" };

/** Releases in which something that one module creates does not work. */
export interface BrokenReleases {
  readonly versions: readonly string[];
  /** The fault in them. */
  readonly breaks: string;
  /** Where it was reported or mended. */
  readonly issue: string;
}

/**
 * Releases within the range that a stack refuses, by its resources. A release that breaks nothing we create is not listed.
 *
 * @see docs/decisions/0005-one-range-of-provider-versions.md
 */
export const BROKEN_RELEASES = {
  autoScalingGroup: {
    versions: ["6.32.0"],
    breaks: "a group is created and the apply fails: 'couldn't find resource'",
    issue: "https://github.com/hashicorp/terraform-provider-aws/issues/46437",
  },
  targetGroup: {
    versions: ["6.32.0", "6.32.1", "6.33.0"],
    breaks: "an update of a target group fails",
    issue: "https://github.com/hashicorp/terraform-provider-aws/issues/46622",
  },
  ecsService: {
    versions: minors(0, 8),
    breaks: "tags of a service that version 5 created never change, and no plan is empty",
    issue: "https://github.com/hashicorp/terraform-provider-aws/pull/43816",
  },
  lambdaVersion: {
    versions: ["6.2.0", "6.3.0"],
    breaks: "an update of a function that publishes versions fails",
    issue: "https://github.com/hashicorp/terraform-provider-aws/issues/43395",
  },
  dynamodbIndex: {
    versions: minors(14, 28),
    breaks: "no plan of a table with a global index is empty",
    issue: "https://github.com/hashicorp/terraform-provider-aws/issues/44692",
  },
} satisfies Readonly<Record<string, BrokenReleases>>;

/** Something that does not work in every release. */
export type BrokenFeature = keyof typeof BROKEN_RELEASES;

function minors(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => `6.${first + index}.0`);
}

interface Needs {
  readonly from: Set<string>;
  readonly not: Set<string>;
}

const needsOf = new WeakMap<TerraformStack, Needs>();

/** Makes a stack ask for the provider, from a version on and without some. Earlier calls stay in force. */
export function requireProvider(stack: TerraformStack, from = VERSIONS.from, not: readonly string[] = []): void {
  const needs = needsOf.get(stack) ?? { from: new Set(), not: new Set() };
  needs.from.add(from);
  for (const version of not) needs.not.add(version);
  needsOf.set(stack, needs);
}

/** The provider that a stack with a site asks for. */
export function requiredProvider(stack: TerraformStack): { readonly version: string; readonly source: string } {
  return { version: constraint(needsOf.get(stack)!), source: SOURCE }; // cdktf's order, which its HCL keeps
}

/** Whether an exact version has all that a stack needs. A range of the stack's own is the stack's own decision. */
export function isProvidedBy(stack: TerraformStack, version: string): boolean {
  const { from, not } = needsOf.get(stack)!;
  return !/^\d+\.\d+\.\d+$/.test(version) || (!not.has(version) && byVersion(version, newestOf(from)) >= 0);
}

function constraint({ from, not }: Needs): string {
  const newest = newestOf(from);
  const excluded = [...not].filter((version) => byVersion(version, newest) > 0).sort(byVersion);
  return [`>= ${newest}`, ...excluded.map((version) => `!= ${version}`), `< ${VERSIONS.below}`].join(", ");
}

function newestOf(versions: ReadonlySet<string>): string {
  return [...versions].sort(byVersion).at(-1)!;
}

function byVersion(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(".").map(Number));
  return left!.map((part, index) => part - right![index]!).find((difference) => difference !== 0) ?? 0;
}
