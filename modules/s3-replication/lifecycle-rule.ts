import { S3BucketLifecycleConfigurationRule } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { IConstruct } from "constructs";
import { inRange, refuse } from "../core";

/** Storage classes a lifecycle rule can move objects to. */
export type ColdStorageClass =
  "STANDARD_IA" | "ONEZONE_IA" | "INTELLIGENT_TIERING" | "GLACIER_IR" | "GLACIER" | "DEEP_ARCHIVE";

/**
 * Fewest days before a move, by class.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
 */
const FEWEST_DAYS: Partial<Record<ColdStorageClass, number>> = { STANDARD_IA: 30, ONEZONE_IA: 30 };

export interface Transition {
  /** Days after the creation of the object, or after the version became an old one. */
  readonly afterDays: number;
  readonly storageClass: ColdStorageClass;
}

/**
 * Actions on objects as they age. Lifecycle actions are not replicated: each bucket of a pair has its own rules.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 */
export interface LifecycleRule {
  /** Unique in the bucket. */
  readonly id: string;
  /** Ends multipart uploads never completed. @default 7 */
  readonly abortIncompleteUploadsAfterDays?: number;
  /** Ends current versions: each gets a delete marker. @default - never */
  readonly expireAfterDays?: number;
  /** Deletes versions this long after they became old ones. @default - never */
  readonly expireOldVersionsAfterDays?: number;
  /** Old versions to keep whatever their age, 1 to 100. Needs `expireOldVersionsAfterDays`. @default - none */
  readonly keepOldVersions?: number;
  /** Moves of old versions. @default - none */
  readonly oldVersionTransitions?: readonly Transition[];
  /** @default - the whole bucket */
  readonly prefix?: string;
  /** Objects that carry all of these. @default - any */
  readonly tags?: Readonly<Record<string, string>>;
  /** Moves of current versions. @default - none */
  readonly transitions?: readonly Transition[];
}

/** The rules as Terraform has them. */
export function lifecycleRules(
  scope: IConstruct,
  rules: readonly LifecycleRule[],
): S3BucketLifecycleConfigurationRule[] {
  refuseDuplicates(scope, rules);
  return rules.map((rule) => lifecycleRule(scope, rule));
}

function refuseDuplicates(scope: IConstruct, rules: readonly LifecycleRule[]): void {
  const twice = rules.find(({ id }, index) => rules.findIndex((other) => other.id === id) !== index);
  if (twice)
    refuse(scope, "DuplicateRule", `two lifecycle rules have the id '${twice.id}'`, "give each rule its own id");
}

function lifecycleRule(scope: IConstruct, rule: LifecycleRule): S3BucketLifecycleConfigurationRule {
  const days = (setting: string, value: number) =>
    inRange(scope, `lifecycle '${rule.id}' ${setting}`, value, 1, 36_500);
  if (rule.keepOldVersions !== undefined && rule.expireOldVersionsAfterDays === undefined) {
    refuse(
      scope,
      "MissingSetting",
      `lifecycle '${rule.id}' has 'keepOldVersions' without 'expireOldVersionsAfterDays'`,
      "set 'expireOldVersionsAfterDays': without it no old version is ever deleted",
    );
  }
  return {
    id: rule.id,
    status: "Enabled",
    filter: [lifecycleFilter(rule)],
    // S3 refuses this action on rules with tags
    abortIncompleteMultipartUpload: rule.tags
      ? undefined
      : [{ daysAfterInitiation: days("abortIncompleteUploadsAfterDays", rule.abortIncompleteUploadsAfterDays ?? 7) }],
    expiration:
      rule.expireAfterDays === undefined ? undefined : [{ days: days("expireAfterDays", rule.expireAfterDays) }],
    noncurrentVersionExpiration:
      rule.expireOldVersionsAfterDays === undefined
        ? undefined
        : [
            {
              noncurrentDays: days("expireOldVersionsAfterDays", rule.expireOldVersionsAfterDays),
              newerNoncurrentVersions:
                rule.keepOldVersions &&
                inRange(scope, `lifecycle '${rule.id}' keepOldVersions`, rule.keepOldVersions, 1, 100),
            },
          ],
    transition: rule.transitions?.map(({ afterDays, storageClass }) => ({
      days: transitionDays(scope, rule, storageClass, afterDays),
      storageClass,
    })),
    noncurrentVersionTransition: rule.oldVersionTransitions?.map(({ afterDays, storageClass }) => ({
      noncurrentDays: transitionDays(scope, rule, storageClass, afterDays),
      storageClass,
    })),
  };
}

function transitionDays(scope: IConstruct, rule: LifecycleRule, storageClass: ColdStorageClass, days: number): number {
  const setting = `lifecycle '${rule.id}' days before ${storageClass}`;
  return inRange(scope, setting, days, FEWEST_DAYS[storageClass] ?? 0, 36_500);
}

function lifecycleFilter({ prefix, tags = {} }: LifecycleRule) {
  const [first, ...more] = Object.entries(tags);
  if (first === undefined) return { prefix: prefix ?? "" };
  if (prefix === undefined && more.length === 0) return { tag: [{ key: first[0], value: first[1] }] };
  return { and: [{ prefix, tags: { ...tags } }] };
}
