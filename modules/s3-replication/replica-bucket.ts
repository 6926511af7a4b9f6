import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Construct } from "constructs";
import { BucketProps, createBucket } from "./bucket";
import { BucketRef, bucketRef, BucketRefProps } from "./bucket-ref";
import { checkProps } from "./shapes";

export type ReplicaBucketProps = BucketProps;

/**
 * A private, encrypted, versioned bucket that receives replicas.
 *
 * It is a complete bucket. With a {@link BucketReplication} in its own site it copies back. Two such buckets form a pair in which both
 * sides take writes.
 *
 * Site: a standby; in a pair that copies both ways, each site.
 * While the other site is dark: works.
 * On failover: nothing happens; replicas are read and new objects written as they are.
 * Cost: the storage of every version, a key.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-requirements.html
 */
export class ReplicaBucket extends Construct {
  /** The bucket of a name, without creating it. */
  static refOf(props: BucketRefProps): BucketRef {
    return bucketRef("ReplicaBucket.refOf", props);
  }

  /** Points to this bucket from anywhere. */
  readonly ref: BucketRef;
  readonly bucketName: string;
  readonly resource: S3Bucket;

  constructor(scope: Construct, id: string, props: ReplicaBucketProps) {
    super(scope, id);
    checkProps(this, "ReplicaBucketProps", props);
    const { resource, ref } = createBucket(this, props);
    this.resource = resource;
    this.ref = ref;
    this.bucketName = ref.name;
  }

  get bucketArn(): string {
    return this.resource.arn;
  }
}
