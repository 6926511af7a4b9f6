import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import { claimName, fittingName, IAM_ROLE, Statement, trustService } from "../core";
import { createRole, onlyForAccount } from "../iam-role";
import { keyUseStatement } from "../kms-keys/internal";
import { refuseForeignRegion, Site } from "../site";
import { BucketRef } from "./bucket-ref";
import { checkProps } from "./shapes";

export interface BatchReplicationRoleProps {
  /** The bucket whose existing objects the job copies. It has a replication configuration. */
  readonly source: BucketRef;
  /**
   * Bucket in the source's region for the list of objects and for the completion report, both of which S3 writes.
   *
   * @default - the source itself
   */
  readonly reportTo?: BucketRef;
}

/**
 * The role of an S3 Batch Replication job. Replication copies objects that are written after it was configured. A job of S3 Batch Operations
 * copies the earlier ones. You start the job once, by hand:
 * `aws s3control create-job --operation '{"S3ReplicateObject":{}}' --manifest-generator … --role-arn <roleArn>`.
 *
 * Site: the source's.
 * While the other site is dark: works. The job's objects fail, and a second job replicates them.
 * On failover: nothing happens.
 * Cost: none for the role. AWS bills jobs by job and object.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-batch-replication-policies.html
 */
export class BatchReplicationRole extends Construct {
  readonly resource: IamRole;

  constructor(scope: Construct, id: string, props: BatchReplicationRoleProps) {
    super(scope, id);
    checkProps(this, "BatchReplicationRoleProps", props);
    const site = Site.of(this);
    const { source, reportTo = source } = props;
    for (const bucket of [source, reportTo]) {
      refuseForeignRegion(this, `the bucket '${bucket.name}'`, bucket.region);
    }
    const name = fittingName(IAM_ROLE, "s3-batch-replication", source.name);
    claimName(this, IAM_ROLE, name, site);

    const { role } = createRole(this, "Resource", {
      name,
      description: `S3 Batch Replication of ${source.name}`,
      trust: trustService("batchoperations.s3.amazonaws.com", onlyForAccount(site.account)),
      policy: { id: "Policy", name: "batch-replicate", statements: [...replicate(source), ...report(reportTo)] },
    });
    this.resource = role;
  }

  get roleArn(): string {
    return this.resource.arn;
  }
}

function replicate(source: BucketRef): readonly Statement[] {
  return [
    { sid: "Replicate", actions: ["s3:InitiateReplication"], resources: [`${source.arn}/*`] },
    {
      sid: "ListObjects",
      actions: ["s3:GetReplicationConfiguration", "s3:PutInventoryConfiguration"],
      resources: [source.arn],
    },
  ];
}

function report(bucket: BucketRef): readonly Statement[] {
  const files = {
    sid: "ManifestAndReport",
    actions: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
    resources: [`${bucket.arn}/*`],
  };
  if (bucket.key === undefined) return [files];
  return [
    files,
    keyUseStatement({
      sid: "ManifestAndReportKey",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      key: bucket.key,
      service: "s3",
    }),
  ];
}
