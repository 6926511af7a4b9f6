import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Construct } from "constructs";
import { BucketProps, createBucket } from "./bucket";
import { BucketRef, bucketRef, BucketRefProps } from "./bucket-ref";
import { BucketReplication } from "./bucket-replication";
import { ReplicationRule } from "./replication-rule";
import { checkProps } from "./shapes";

export interface SourceBucketProps extends BucketProps {
  /** Where to copy, with this library's defaults; or `rules`. @default - `rules` */
  readonly replicateTo?: readonly BucketRef[];
  /** Where to copy, and how; or `replicateTo`. @default - `replicateTo` */
  readonly rules?: readonly ReplicationRule[];
}

/**
 * A private, encrypted, versioned bucket and its replication to other sites: a {@link ReplicaBucket} with a
 * {@link BucketReplication}.
 *
 * Site: the active.
 * While the other site is dark: works; S3 catches up when the destination is back.
 * On failover: nothing happens; objects written in the standby stay there unless it replicates back.
 * Cost: the storage of every version, a key, the transfer and, with replication time control, a price per GB.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-walkthroughs.html
 */
export class SourceBucket extends Construct {
  /** The bucket of a name, without creating it. */
  static refOf(props: BucketRefProps): BucketRef {
    return bucketRef("SourceBucket.refOf", props);
  }

  /** Points to this bucket from anywhere. */
  readonly ref: BucketRef;
  readonly bucketName: string;
  readonly replication: BucketReplication;
  readonly resource: S3Bucket;

  constructor(scope: Construct, id: string, props: SourceBucketProps) {
    super(scope, id);
    checkProps(this, "SourceBucketProps", props);
    const { resource, ref } = createBucket(this, props);
    this.replication = new BucketReplication(this, "Replication", {
      source: ref,
      replicateTo: props.replicateTo,
      rules: props.rules,
    });
    this.resource = resource;
    this.ref = ref;
    this.bucketName = ref.name;
  }

  get bucketArn(): string {
    return this.resource.arn;
  }
}
