import { IConstruct } from "constructs";
import { Duration, inRange, plain, refuse } from "../core";
import { checkProps } from "./shapes";

/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html */
const MAX_RULES = 50;

/** Which tagged images a rule is about: those whose tag begins with a prefix, or fits a pattern with `*`. Not both. */
export interface TagSelection {
  /** @default - none */
  readonly prefixes?: readonly string[];
  /** @default - none */
  readonly patterns?: readonly string[];
}

/** A rule that deletes images. Made by {@link expireUntagged}, {@link expireOlderThan} or {@link keepNewest}. */
export interface ImageLifecycleRule {
  /** Description for the console. */
  readonly description: string;
  readonly images: "any" | "tagged" | "untagged";
  /** @default - any tag, or none */
  readonly tags?: TagSelection;
  /** Images that are kept, the newest. @default - the rule counts days */
  readonly count?: number;
  /** Days since the push after which an image is deleted. @default - the rule counts images */
  readonly days?: number;
}

/** Deletes images that no tag names any more. */
export function expireUntagged(after: Duration): ImageLifecycleRule {
  return { description: `untagged images after ${after.toString()}`, images: "untagged", days: after.inDays };
}

/**
 * Deletes images older than an age. A copy's age begins with its replication. Amazon ECR does not know what is still in use:
 * a release that is older than this cannot be started any more.
 */
export function expireOlderThan(age: Duration, tags?: TagSelection): ImageLifecycleRule {
  return {
    description: `${named("expireOlderThan", tags)} after ${age.toString()}`,
    ...selected(tags),
    days: age.inDays,
  };
}

/** Deletes all but the newest images. */
export function keepNewest(count: number, tags?: TagSelection): ImageLifecycleRule {
  return { description: `all but the newest ${count} of ${named("keepNewest", tags)}`, ...selected(tags), count };
}

function selected(tags: TagSelection | undefined): Pick<ImageLifecycleRule, "images" | "tags"> {
  return tags === undefined ? { images: "any" } : { images: "tagged", tags };
}

function named(scope: string, tags: TagSelection | undefined): string {
  if (tags === undefined) return "images";
  checkProps(scope, "TagSelection", tags);
  const { prefixes = [], patterns = [] } = tags;
  const texts = [
    ...plain(scope, "prefixes", prefixes).map((prefix) => `${prefix}*`),
    ...plain(scope, "patterns", patterns),
  ];
  return `images tagged ${texts.join(", ")}`;
}

/**
 * Refuses what Amazon ECR would.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
 */
export function checkLifecycle(scope: IConstruct, rules: readonly ImageLifecycleRule[]): void {
  if (rules.length > MAX_RULES) {
    refuse(scope, "SettingOutOfRange", `'lifecycle' must have at most ${MAX_RULES} rules, got ${rules.length}`);
  }
  for (const { count, days, description, tags } of rules) {
    inRange(scope, `lifecycle (${description})`, count ?? days ?? 0, 1, 1_000_000);
    if (tags !== undefined) checkTags(scope, description, tags);
  }
  refuseShadowed(scope, rules);
}

function checkTags(scope: IConstruct, description: string, { prefixes = [], patterns = [] }: TagSelection): void {
  if (prefixes.length > 0 && patterns.length > 0) {
    refuse(scope, "ConflictingSettings", `lifecycle (${description}): 'prefixes' and 'patterns' are both given`);
  }
  if (prefixes.length + patterns.length === 0) {
    refuse(
      scope,
      "MissingSetting",
      `lifecycle (${description}): neither 'prefixes' nor 'patterns' names a tag`,
      "name one, or leave 'tags' out for every image",
    );
  }
}

/** A rule about any image comes last, and alone. */
function refuseShadowed(scope: IConstruct, rules: readonly ImageLifecycleRule[]): void {
  const early = rules.find(({ images }, index) => images === "any" && index < rules.length - 1);
  if (early !== undefined) {
    refuse(
      scope,
      "ConflictingSettings",
      `lifecycle (${early.description}): a rule about any image comes before others`,
      "put it last: rules apply in their order, and it leaves no image to those behind it",
    );
  }
}

/** The policy as Amazon ECR takes it; the order of the rules is their priority. */
export function lifecyclePolicy(rules: readonly ImageLifecycleRule[]): string {
  return JSON.stringify({
    rules: rules.map(({ description, images, tags, count, days }, index) => ({
      rulePriority: index + 1,
      description,
      selection: {
        tagStatus: images,
        tagPrefixList: tags?.prefixes,
        tagPatternList: tags?.patterns,
        ...(count === undefined
          ? { countType: "sinceImagePushed", countUnit: "days", countNumber: days }
          : { countType: "imageCountMoreThan", countNumber: count }),
      },
      action: { type: "expire" },
    })),
  });
}
