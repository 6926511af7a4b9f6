import { Construct } from "constructs";
import { claimName, IAM_ROLE, makersOf, Ref, refuse, Statement, trustService } from "../core";
import { createRole, onlyForResources } from "../iam-role";
import { refuseForeignRegion, Site } from "../site";
import { KEY, localArn } from "./checks";
import { AccessRole, accessRoleName } from "./secret-access";

export interface BucketProps {
  /** The bucket, in the site's region. DMS reaches no bucket of another region. */
  readonly bucket: Ref;
  /** Folder in the bucket, without slash at either end. @default - the bucket itself */
  readonly folder?: string;
}

/** How an endpoint uses its bucket. */
export interface BucketUse {
  readonly name: string;
  readonly bucket: Ref;
  readonly objectActions: readonly string[];
  readonly keyActions: readonly string[];
  /** Key of the bucket's objects. @default - no key to allow */
  readonly bucketKmsKeyArn?: string;
}

const FOLDER = /^[^/\s][^\s]*(?<!\/)$/;

export function refuseBucket(scope: Construct, name: string, props: BucketProps & { bucketKmsKeyArn?: string }): void {
  const site = Site.of(scope);
  refuseForeignRegion(scope, `the bucket '${props.bucket.name}'`, props.bucket.region, {
    remedy: "create the endpoint under the Site of the bucket: DMS reaches no bucket of another region",
  });
  refuseFolder(scope, "folder", props.folder);
  if (props.bucketKmsKeyArn !== undefined) localArn(scope, "bucketKmsKeyArn", props.bucketKmsKeyArn, KEY);
  claimName(scope, IAM_ROLE, accessRoleName(scope, name), site);
}

export function refuseFolder(scope: Construct, property: string, folder: string | undefined): void {
  if (folder !== undefined && !FOLDER.test(folder)) {
    refuse(
      scope,
      "InvalidName",
      `'${property}' is not a valid folder, got '${folder}', allowed: text without spaces and without slash at either end`,
      "write it as 'a/b'",
    );
  }
}

/**
 * Creates the role that DMS assumes to use one bucket. It may use the bucket's key for that bucket only.
 *
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Target.S3.html#CHAP_Target.S3.Prerequisites
 * @see https://docs.aws.amazon.com/dms/latest/userguide/cross-service-confused-deputy-prevention.html
 */
export function createBucketAccess(scope: Construct, use: BucketUse): AccessRole {
  const { role, policies } = createRole(scope, "Role", {
    name: accessRoleName(scope, use.name),
    description: `DMS uses the bucket ${use.bucket.name}`,
    trust: trustService("dms.amazonaws.com", onlyForResources(Site.of(scope), "dms", "*")),
    policy: {
      name: "use-bucket",
      statements: [
        { sid: "ListBucket", actions: ["s3:ListBucket"], resources: [use.bucket.arn] },
        { sid: "UseObjects", actions: use.objectActions, resources: [`${use.bucket.arn}/*`] },
        ...useKey(scope, use),
      ],
    },
  });
  return { arn: role.arn, ready: [role, ...policies, ...(makersOf(scope, use.bucket) ?? [])] };
}

function useKey(scope: Construct, use: BucketUse): readonly Statement[] {
  const { region, dnsSuffix } = Site.of(scope);
  if (use.bucketKmsKeyArn === undefined) return [];
  return [
    {
      sid: "UseKey",
      actions: use.keyActions,
      resources: [use.bucketKmsKeyArn],
      conditions: {
        StringEquals: { "kms:ViaService": `s3.${region}.${dnsSuffix}` },
        StringLike: { "kms:EncryptionContext:aws:s3:arn": [use.bucket.arn, `${use.bucket.arn}/*`] },
      },
    },
    { sid: "DescribeKey", actions: ["kms:DescribeKey"], resources: [use.bucketKmsKeyArn] },
  ];
}
