/**
 * Regions that are newer than the oldest provider a stack may run with. The value is the first release with their endpoints and hosted
 * zones.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/44113
 */
export const PROVIDER_WITH_REGION: ReadonlyMap<string, string> = new Map([["ap-southeast-6", "6.14.0"]]);

/**
 * Regions that the S3 backend of Terraform 1.11 refuses.
 *
 * @see https://github.com/hashicorp/terraform/issues/37771
 */
export const NEWER_THAN_BACKEND: ReadonlySet<string> = new Set(["ap-east-2", "ap-southeast-6"]);
