import type { ImportId } from "./import-id";

/** The loss if a resource is destroyed. */
export type Worth =
  /** Its data exists in no other place, or must be restored from a backup. */
  | "holds data"
  /** Data cannot be read or reached without it. */
  | "is needed to reach data"
  /** It keeps data safe while the data exists: encryption, access, versions, retention, copies. */
  | "guards data";

/** The known facts about one resource type of Terraform's AWS provider. */
export interface ResourceType {
  /** The loss if a resource is destroyed. @default - nothing */
  readonly worth?: Worth;
  /** The id by which Terraform imports a resource. @default - the id does not follow from the arguments */
  readonly importId?: ImportId;
  /**
   * Arguments whose change makes Terraform replace a resource. A nested block counts as a whole.
   *
   * For stores, networks and keys, they come from the provider's source: `ForceNew`, or a plan modifier that requires a replacement. For
   * the others, they come from plans of provider 5.100.0 in which every argument was unknown: the plan lists them under `replace_paths`.
   * The arguments of `aws_s3_bucket_lifecycle_configuration` are those of a bucket's other configurations.
   *
   * @default - unknown
   * @see https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service
   */
  readonly replacedBy?: readonly string[];
  /** Arguments that together name one resource in AWS. AWS refuses a second resource with the same values. @default - unknown */
  readonly unique?: { readonly by: readonly string[]; readonly within: "region" | "account" };
  /** The part of an idle standby that AWS charges for, as the README words it. @default - nothing, or nothing that the README lists */
  readonly idleCost?: string;
}
