import { Token, Tokenization } from "cdktf";
import { IConstruct } from "constructs";
import { refuse } from "./errors";
import { Conditions, policyDocument, Statement } from "./policy";

/** How long AWS lets a policy document be. */
export interface PolicyLimit {
  /** Whose policy it is, in AWS's words: `"KMS key policy"`. */
  readonly what: string;
  /** Most characters. */
  readonly max: number;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const INLINE_POLICIES: PolicyLimit = { what: "inline policies of one role", max: 10_240 };
/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const MANAGED_POLICY: PolicyLimit = { what: "managed policy", max: 6_144 };
/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const TRUST_POLICY: PolicyLimit = { what: "role's trust policy", max: 2_048 };
/** @see https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html#key-policy-limit */
export const KEY_POLICY: PolicyLimit = { what: "KMS key policy", max: 32_768 };
/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html */
export const BUCKET_POLICY: PolicyLimit = { what: "S3 bucket policy", max: 20_480 };
/** @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html */
export const ENDPOINT_POLICY: PolicyLimit = { what: "VPC endpoint policy", max: 20_480 };

/**
 * Characters of a policy document as AWS counts them: without the escapes that only Terraform reads. A token counts nothing, because only an
 * apply knows its value.
 */
export function policySize(document: string): number {
  const known = Token.isUnresolved(document) ? Tokenization.reverseString(document).literals.join("") : document;
  return known.replaceAll("$${", "${").length;
}

/** Writes a policy document that is no longer than AWS lets it be. */
export function policyWithin(scope: IConstruct | string, limit: PolicyLimit, statements: readonly Statement[]): string {
  const document = policyDocument(statements);
  refuseLongPolicy(scope, limit, policySize(document));
  return document;
}

export function refuseLongPolicy(scope: IConstruct | string, { what, max }: PolicyLimit, size: number): void {
  if (size > max) refuse(scope, "PolicyTooLong", `the ${what} may have ${max} characters, got ${size}`);
}

/** The trust policy that lets AWS services take a role. */
export function trustService(service: string | readonly string[], conditions?: Conditions): string {
  const trust = { sid: "Trust", principal: { Service: service }, actions: ["sts:AssumeRole"], conditions };
  return policyWithin("trustService", TRUST_POLICY, [trust]);
}
