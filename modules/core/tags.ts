import { IConstruct } from "constructs";
import { refuse } from "./errors";
import { isKnown } from "./plain";

/** The limits that all services share; what else a service allows in a tag differs. */
const LIMITS = { tags: 50, key: 128, value: 256 };

/** AWS keeps this prefix, in any case. */
const RESERVED = /^aws:/i;

export type Tags = Readonly<Record<string, string>>;

/**
 * Returns the tags when AWS takes them.
 *
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
export function checkTags<T extends Tags | undefined>(scope: IConstruct, property: string, tags: T): T {
  const all: readonly [string, string][] = Object.entries(tags ?? {});
  if (all.length > LIMITS.tags) {
    refuse(scope, "InvalidTag", `'${property}' must have ${LIMITS.tags} tags at most, got ${all.length}`);
  }
  for (const [key, value] of all) {
    if (!isKnown(key)) continue;
    if (RESERVED.test(key))
      refuse(scope, "InvalidTag", `'${property}' has a key that begins with 'aws:', got '${key}'`);
    if (key.length < 1 || key.length > LIMITS.key) {
      const problem = `'${property}' must have keys of 1 to ${LIMITS.key} characters, got one of ${key.length}`;
      refuse(scope, "InvalidTag", problem);
    }
    if (isKnown(value) && value.length > LIMITS.value) {
      const problem = `'${property}.${key}' must have ${LIMITS.value} characters at most, got ${value.length}`;
      refuse(scope, "InvalidTag", problem);
    }
  }
  return tags;
}

/**
 * Returns the tags of an IAM role, or of a site with roles, if AWS accepts them. IAM refuses two keys that differ only in case.
 *
 * @param further tags that the roles get as well
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules
 */
export function checkRoleTags<T extends Tags | undefined>(
  scope: IConstruct,
  property: string,
  tags: T,
  further: Tags = {},
): T {
  checkTags(scope, property, { ...further, ...tags });
  const seen = new Map(Object.keys(further).map((key) => [key.toLowerCase(), key]));
  for (const key of Object.keys(tags ?? {})) {
    const other = seen.get(key.toLowerCase());
    if (other !== undefined && other !== key) {
      refuse(
        scope,
        "InvalidTag",
        `'${property}' has '${key}' next to '${other}', and IAM tells keys apart without their case`,
        "write the key in one way: IAM refuses roles with both",
      );
    }
    seen.set(key.toLowerCase(), key);
  }
  return tags;
}
