import { IConstruct } from "constructs";
import { arn, checkAccount, checkName, partitionOf, Ref, refuse, S3_BUCKET } from "../core";
import { keyRef, KeyRef } from "../kms-keys";

/** A bucket in some site, with what the other half of a replication has to know of it. */
export interface BucketRef extends Ref {
  /**
   * Key that the bucket, or replicas in it, are encrypted with; `undefined` for a bucket under a key of Amazon S3 (SSE-S3). A
   * source with a key needs a destination with one.
   */
  readonly key: KeyRef | undefined;
  readonly objectLock: boolean;
  readonly versioned: boolean;
}

/** Identifiers of a bucket that are known before it exists. */
export interface BucketRefProps {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  /**
   * The key the bucket encrypts with; `"none"` for a bucket of others that uses SSE-S3. Such a bucket may receive replicas of a bucket
   * under a KMS key. Then name the key in its region that S3 encrypts the replicas with.
   *
   * @default - the key a bucket of this module makes for itself: alias `s3/<name>`
   */
  readonly key?: KeyRef | "none";
  /** @default false */
  readonly objectLock?: boolean;
  /** @default true */
  readonly versioned?: boolean;
}

/** Alias of the key that a bucket of this module makes for itself; an alias has no dots. */
export function ownKeyAlias(bucketName: string): string {
  return `s3/${bucketName.replaceAll(".", "-")}`;
}

/** Points to a bucket without creating or reading it. */
export function bucketRef(scope: IConstruct | string, props: BucketRefProps): BucketRef {
  const name = checkName(scope, "name", props.name, S3_BUCKET);
  const account = checkAccount(scope, props.account);
  const at = { region: props.region, account };
  const key = props.key === "none" ? undefined : (props.key ?? keyRef(scope, { alias: ownKeyAlias(name), ...at }));
  refuseForeignKey(scope, { name, region: props.region, key });
  return {
    name,
    arn: arn({ partition: partitionOf(scope, props.region), service: "s3", resource: name }),
    ...at,
    key,
    objectLock: props.objectLock ?? false,
    versioned: props.versioned ?? true,
  };
}

/**
 * PutBucketReplication does not check keys: with a key of another region it succeeds, and every object fails to replicate.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
 */
export function refuseForeignKey(
  scope: IConstruct | string,
  { name, region, key }: Pick<BucketRef, "name" | "region" | "key">,
): void {
  if (key === undefined || key.region === region) return;
  refuse(
    scope,
    "KeyInOtherRegion",
    `the key '${key.name}' of bucket '${name}' must be of ${region}, got ${key.region}`,
    "give a key of the bucket's own region: S3 encrypts with no key of another, and every object would fail to replicate",
  );
}

/** A bucket's name as part of a statement's id, which takes letters and digits alone. */
export function sidPart({ name }: BucketRef): string {
  return name.replace(/[^a-z0-9]/g, "");
}
