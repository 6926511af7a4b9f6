import { S3Backend, TerraformRemoteState, TerraformStack } from "cdktf";
import { checkName, NameRule, partitionOf, plain, refuse, S3_BUCKET } from "../core";
import { NEWER_THAN_BACKEND } from "./new-regions";
import { checkProps } from "./shapes";
import { AssumeRole } from "./site";

/** S3 takes 1024 bytes for a key; Terraform takes no slash at either end, nor two in a row. */
const PREFIX: NameRule = {
  what: "key prefix",
  min: 1,
  max: 512,
  pattern: /^[\w.+=@-]+(\/[\w.+=@-]+)*$/,
  allowed: "letters, digits and any of _.+=@-, in parts joined by single slashes",
  unique: "account",
  source: "https://developer.hashicorp.com/terraform/language/backend/s3",
};

/** Where a site keeps the state of its stacks: a bucket in the site's own region. */
export interface StateLocation {
  /** Name of the bucket. */
  readonly bucket: string;
  /**
   * Prefix of the object keys, without a slash at its end.
   *
   * @default - none
   */
  readonly prefix?: string;
  /**
   * Key that encrypts the state: its ARN or the ARN of an alias.
   *
   * @default - the bucket's default encryption
   */
  readonly kmsKeyArn?: string;
}

export interface StateBackendProps extends StateLocation {
  /** Region of the bucket. Use the region of the stack's resources, so that a loss of another region does not affect the state. */
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
 * Site: any. The bucket is in the region of the stack's resources.
 * While the other site is dark: works; state and lock are in this region.
 * On failover: nothing happens; a state is never renamed.
 * Cost: an object and its versions.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 */
export class StateBackend extends S3Backend {
  constructor(stack: TerraformStack, props: StateBackendProps) {
    checkProps(stack, "StateBackendProps", props);
    partitionOf(stack, props.region);
    super(stack, {
      bucket: checkName(stack, "state.bucket", props.bucket, S3_BUCKET),
      key: stateKey(stack, props),
      region: props.region,
      // the library has checked the region
      skipRegionValidation: NEWER_THAN_BACKEND.has(props.region) || undefined,
      // without a key this would ask for SSE-S3, whatever the bucket's default encryption
      encrypt: props.kmsKeyArn === undefined ? undefined : true,
      kmsKeyId: props.kmsKeyArn && plain(stack, "state.kmsKeyArn", props.kmsKeyArn),
      assumeRole: assumeRole(stack, props),
    });
    // cdktf 0.21 has no type for S3's own locks; needs Terraform 1.10
    stack.addOverride("terraform.backend.s3.use_lockfile", true);
  }

  override getRemoteStateDataSource(scope: TerraformStack, _id: string, origin: string): TerraformRemoteState {
    return refuse(
      scope,
      "CrossStackToken",
      `'${scope.node.id}' reads the state of '${origin}', whose StateBackend lets no other stack read it`,
    );
  }
}

function stateKey(stack: TerraformStack, { prefix }: StateBackendProps): string {
  const file = `${stack.node.id}.tfstate`;
  return prefix === undefined ? file : `${checkName(stack, "state.prefix", prefix, PREFIX)}/${file}`;
}

/** A backend is read before anything else: Terraform takes no expression in it. */
function assumeRole(stack: TerraformStack, { assumeRole: role }: StateBackendProps) {
  return role && { ...role, roleArn: plain(stack, "assumeRole.roleArn", role.roleArn) };
}
