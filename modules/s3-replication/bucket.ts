import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketObjectLockConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import {
  arn,
  BUCKET_POLICY,
  checkName,
  checkTags,
  claimName,
  inRange,
  madeBy,
  policyWithin,
  refuse,
  refuseWithout,
  S3_BUCKET,
  Statement,
} from "../core";
import { KeyRef, SiteKey } from "../kms-keys";
import { Site } from "../site";
import { bucketPolicyStatements, replicaKeyStatements } from "./bucket-policy";
import { BucketRef, bucketRef, ownKeyAlias } from "./bucket-ref";
import { LifecycleRule, lifecycleRules } from "./lifecycle-rule";

/** Where S3 writes the access log of a bucket. */
export interface AccessLogs {
  /** Name of a bucket of the same region and account. */
  readonly bucket: string;
  /** @default - the name of the logged bucket and a slash */
  readonly prefix?: string;
}

/** How long S3 prevents the deletion of a version. */
export interface Retention {
  /** In governance mode a permission lifts the lock, in compliance mode no principal can lift it. */
  readonly mode: "GOVERNANCE" | "COMPLIANCE";
  /** Days, 1 to 36500. */
  readonly days: number;
}

/** A key of the bucket's own site: a {@link SiteKey}, or anything with these two. */
export interface BucketKey {
  readonly kmsKeyArn: string;
  readonly ref: KeyRef;
}

export interface BucketProps {
  /** Name, unique in the world. */
  readonly name: string;
  /** @default - no access log */
  readonly accessLogs?: AccessLogs;
  /**
   * Takes over a bucket that exists under this name: Terraform imports it. The settings here replace the settings of the bucket, including
   * the whole bucket policy.
   *
   * @default false
   */
  readonly adoptExisting?: boolean;
  /** Lets Terraform delete the bucket, once it is empty. @default false */
  readonly destroyable?: boolean;
  /** Key of the site to encrypt with. @default - an own one, alias `s3/<name>` */
  readonly key?: BucketKey;
  /** @default - abort incomplete uploads after 7 days; objects and old versions never expire */
  readonly lifecycle?: readonly LifecycleRule[];
  /**
   * Object Lock, for both buckets of a pair or neither. Cannot be turned off.
   *
   * @default false
   */
  readonly objectLock?: boolean;
  /** Retention of versions that name none themselves. Needs `objectLock`. @default - none */
  readonly objectLockRetention?: Retention;
  /** Further statements of the bucket policy: a bucket has only one. @default - none */
  readonly policyStatements?: readonly Statement[];
  /** Buckets of other accounts that replicate into this one. @default - none */
  readonly receiveFrom?: readonly BucketRef[];
  /** @default - those of the site */
  readonly tags?: Readonly<Record<string, string>>;
  /** S3 replicates between versioned buckets only: `false` is refused. @default true */
  readonly versioned?: boolean;
}

/** Parts of a bucket construct. */
export interface BucketParts {
  readonly resource: S3Bucket;
  readonly ref: BucketRef;
}

const UPLOADS_ONLY: LifecycleRule = { id: "uploads" };

/** A private, encrypted, versioned bucket in the site of `scope`: the body of both halves of a pair. */
export function createBucket(scope: Construct, props: BucketProps): BucketParts {
  const site = Site.of(scope);
  refuseContradictions(scope, props);
  claimName(scope, S3_BUCKET, props.name, site);
  const lifecycle = lifecycleRules(scope, props.lifecycle ?? [UPLOADS_ONLY]);

  const key = props.key ?? createKey(scope, site, props);
  const bucket = createS3Bucket(scope, props);
  const { id: bucketId } = bucket;
  const versioning = new S3BucketVersioningA(scope, "Versioning", {
    bucket: bucketId,
    versioningConfiguration: { status: "Enabled" },
  });
  lockObjects(scope, bucketId, props);
  const encryption = encrypt(scope, bucketId, key);
  const publicAccessBlock = keepPrivate(scope, bucketId);
  const policy = attachPolicy(scope, bucketId, publicAccessBlock, props);
  new S3BucketLifecycleConfiguration(scope, "Lifecycle", {
    bucket: bucketId,
    rule: lifecycle,
    dependsOn: [versioning],
  });
  logAccess(scope, bucketId, props);

  const ref = bucketRef(scope, { ...props, region: site.region, account: site.account, key: key.ref });
  return { resource: bucket, ref: madeBy(ref, versioning, encryption, policy) };
}

function refuseContradictions(scope: Construct, props: BucketProps): void {
  checkName(scope, "name", props.name, S3_BUCKET);
  checkTags(scope, "tags", props.tags);
  if (props.versioned === false) {
    refuse(scope, "ReplicationWithoutVersioning", `'versioned' is false on '${props.name}'`);
  }
  if (props.objectLockRetention === undefined) return;
  refuseWithout(
    scope,
    { objectLockRetention: props.objectLockRetention },
    { objectLock: props.objectLock },
    "set 'objectLock' to true",
  );
  inRange(scope, "objectLockRetention.days", props.objectLockRetention.days, 1, 36_500);
}

function createKey(scope: Construct, site: Site, props: BucketProps): SiteKey {
  return new SiteKey(scope, "Key", {
    alias: ownKeyAlias(props.name),
    description: `S3 bucket ${props.name}`,
    destroyable: props.destroyable,
    statements: replicaKeyStatements(site, props.receiveFrom ?? []),
  });
}

function createS3Bucket(scope: Construct, props: BucketProps): S3Bucket {
  const bucket = new S3Bucket(scope, "Resource", {
    bucket: props.name,
    objectLockEnabled: props.objectLock ?? false,
    tags: props.tags && { ...props.tags },
    lifecycle: { preventDestroy: !props.destroyable },
  });
  if (props.adoptExisting) bucket.importFrom(props.name, Site.of(scope).provider);
  return bucket;
}

function lockObjects(scope: Construct, bucketId: string, { objectLockRetention }: BucketProps): void {
  if (objectLockRetention === undefined) return;
  new S3BucketObjectLockConfigurationA(scope, "ObjectLock", {
    bucket: bucketId,
    rule: { defaultRetention: { mode: objectLockRetention.mode, days: objectLockRetention.days } },
  });
}

function encrypt(scope: Construct, bucketId: string, key: BucketKey): S3BucketServerSideEncryptionConfigurationA {
  return new S3BucketServerSideEncryptionConfigurationA(scope, "Encryption", {
    bucket: bucketId,
    rule: [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.kmsKeyArn },
        bucketKeyEnabled: true, // one call of KMS for many objects
      },
    ],
  });
}

function keepPrivate(scope: Construct, bucketId: string): S3BucketPublicAccessBlock {
  new S3BucketOwnershipControls(scope, "Ownership", {
    bucket: bucketId,
    rule: { objectOwnership: "BucketOwnerEnforced" },
  });
  return new S3BucketPublicAccessBlock(scope, "PublicAccessBlock", {
    bucket: bucketId,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
}

function attachPolicy(
  scope: Construct,
  bucketId: string,
  publicAccessBlock: S3BucketPublicAccessBlock,
  { name, receiveFrom = [], policyStatements = [] }: BucketProps,
): S3BucketPolicy {
  const site = Site.of(scope);
  const bucketArn = arn({ partition: site.partition, service: "s3", resource: name });
  return new S3BucketPolicy(scope, "Policy", {
    bucket: bucketId,
    policy: policyWithin(scope, BUCKET_POLICY, bucketPolicyStatements(site, bucketArn, receiveFrom, policyStatements)),
    dependsOn: [publicAccessBlock], // S3 refuses to change both at once
  });
}

function logAccess(scope: Construct, bucketId: string, { accessLogs, name }: BucketProps): void {
  if (accessLogs === undefined) return;
  new S3BucketLoggingA(scope, "AccessLogs", {
    bucket: bucketId,
    targetBucket: accessLogs.bucket,
    targetPrefix: accessLogs.prefix ?? `${name}/`,
  });
}
