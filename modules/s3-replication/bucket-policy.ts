import { dnsSuffix, Partition, Statement } from "../core";
import { Site } from "../site";
import { BucketRef, sidPart } from "./bucket-ref";
import { replicationRoleArn } from "./replication-role";

/** Everybody must come over TLS 1.2 or newer. */
function tlsOnly(bucketArn: string): readonly Statement[] {
  const everything = {
    principal: "*" as const,
    effect: "Deny" as const,
    actions: ["s3:*"],
    resources: [bucketArn, `${bucketArn}/*`],
  };
  return [
    { sid: "DenyPlainHttp", ...everything, conditions: { Bool: { "aws:SecureTransport": "false" } } },
    { sid: "DenyOldTls", ...everything, conditions: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
  ];
}

/**
 * Lets the replication roles of other accounts write replicas. A condition names the role, not the principal, because S3 refuses a policy
 * whose principal does not exist yet. AWS's sample also lets the role list the bucket and change its versioning. Replication does neither.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
 */
function replicasFrom(source: BucketRef, bucketArn: string, site: Site): readonly Statement[] {
  const allowed = {
    principal: { AWS: `arn:${site.partition}:iam::${source.account}:root` },
    conditions: { ArnEquals: { "aws:PrincipalArn": replicationRoleArn(source, site.partition) } },
  };
  const id = sidPart(source);
  return [
    {
      sid: `Replicas${id}`,
      ...allowed,
      actions: ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags", "s3:ObjectOwnerOverrideToBucketOwner"],
      resources: [`${bucketArn}/*`],
    },
    { sid: `Versioning${id}`, ...allowed, actions: ["s3:GetBucketVersioning"], resources: [bucketArn] },
  ];
}

/** The bucket policy of a site's bucket. */
export function bucketPolicyStatements(
  site: Site,
  bucketArn: string,
  receiveFrom: readonly BucketRef[],
  extra: readonly Statement[],
): readonly Statement[] {
  const foreign = receiveFrom.filter(({ account }) => account !== site.account);
  return [...tlsOnly(bucketArn), ...foreign.flatMap((source) => replicasFrom(source, bucketArn, site)), ...extra];
}

/** Location of a key. */
export interface KeySite {
  readonly partition: Partition;
  readonly region: string;
  readonly account: string;
}

/** Key policy of a receiving bucket's key. It admits the replication roles of other accounts. */
export function replicaKeyStatements(site: KeySite, receiveFrom: readonly BucketRef[]): readonly Statement[] {
  return receiveFrom
    .filter(({ account }) => account !== site.account)
    .map((source) => ({
      sid: `Replicas${sidPart(source)}`,
      principal: { AWS: `arn:${site.partition}:iam::${source.account}:root` },
      actions: ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"],
      resources: ["*"],
      conditions: {
        ArnEquals: { "aws:PrincipalArn": replicationRoleArn(source, site.partition) },
        StringEquals: { "kms:ViaService": `s3.${site.region}.${dnsSuffix(site.partition)}` },
      },
    }));
}
