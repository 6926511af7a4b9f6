import { createHash } from "node:crypto";
import { NameRule } from "./names";

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const S3_BUCKET: NameRule = {
  what: "S3 bucket name",
  min: 3,
  max: 63,
  pattern:
    /^(?!xn--|sthree-|amzn-s3-demo-)(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)(?!.*(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$)[a-z0-9][a-z0-9.-]*[a-z0-9]$/,
  allowed:
    "lower-case letters, digits, dots and hyphens, beginning and ending with a letter or digit, no two dots in a row, not an IP address, none of AWS's reserved prefixes and suffixes",
  unique: "partition",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
};

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const IAM_ROLE: NameRule = {
  what: "IAM role name",
  min: 1,
  max: 64,
  pattern: /^[\w+=,.@-]+$/,
  allowed: "letters, digits and any of _+=,.@-",
  unique: "account",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
};

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const IAM_POLICY: NameRule = { ...IAM_ROLE, what: "IAM policy name", max: 128 };

/**
 * Joins parts to a name that a rule allows. If the text is too long, the name is its beginning and a hash of the whole. Two long names
 * therefore differ. The same parts give the same name in every stack.
 */
export function fittingName(rule: NameRule, ...parts: readonly string[]): string {
  const name = parts.join("-");
  if (name.length <= rule.max) return name;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${name.slice(0, rule.max - hash.length - 1)}-${hash}`;
}
