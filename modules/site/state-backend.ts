import { S3Backend, TerraformRemoteState, TerraformStack } from "cdktf";
import { checkName, partitionOf, refuse, S3_BUCKET } from "../core";
import { AssumeRole } from "./site";

/** Where a site keeps the state of its stacks: a bucket in the site's own region. */
export interface StateLocation {
  /** Name of the bucket. */
  readonly bucket: string;
  /**
   * Prefix of the object keys.
   *
   * @default - none
   */
  readonly prefix?: string;
  /**
   * Key that encrypts the state, as ARN.
   *
   * @default - the bucket's default encryption
   */
  readonly kmsKeyArn?: string;
}

export interface StateBackendProps extends StateLocation {
  /** Region of the bucket: the region of what the stack holds, so that both are dark together or not at all. */
  readonly region: string;
  /**
   * Role to take for reading and writing the state.
   *
   * @default - the credentials Terraform runs with
   */
  readonly assumeRole?: AssumeRole;
}

/**
 * Keeps a stack's state in S3, in one region, with S3's own lock files. Its outputs cannot be read from other stacks.
 *
 * Site: any; the bucket stands in the region of what the stack holds.
 * While the other site is dark: works; state and lock are in this region.
 * On failover: nothing happens; a state is never renamed.
 * Cost: an object and its versions.
 *
 * @throws InvalidName, UnknownRegion, TokenForPlainString
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 */
export class StateBackend extends S3Backend {
  constructor(stack: TerraformStack, props: StateBackendProps) {
    partitionOf(stack, props.region);
    super(stack, {
      bucket: checkName(stack, "state.bucket", props.bucket, S3_BUCKET),
      key: [props.prefix, `${stack.node.id}.tfstate`].filter(Boolean).join("/"),
      region: props.region,
      encrypt: true,
      kmsKeyId: props.kmsKeyArn,
      assumeRole: props.assumeRole && { ...props.assumeRole },
    });
    // cdktf 0.21 has no type for S3's own locks; needs Terraform 1.10
    stack.addOverride("terraform.backend.s3.use_lockfile", true);
  }

  override getRemoteStateDataSource(scope: TerraformStack): TerraformRemoteState {
    return refuse(scope, "CrossStackToken", "the state of this stack is not to be read from another");
  }
}
