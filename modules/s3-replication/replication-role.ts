import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { arn, claimName, fittingName, IAM_ROLE, policyDocument, Statement, trustService } from "../core";
import { Site } from "../site";
import { BucketRef, sidPart } from "./bucket-ref";

/** Name of the role that replicates out of a bucket, computable before it exists. */
function replicationRoleName(source: BucketRef): string {
  return fittingName(IAM_ROLE, "s3-replication", source.name);
}

export function replicationRoleArn(source: BucketRef, partition: string): string {
  return arn({ partition, service: "iam", account: source.account, resource: `role/${replicationRoleName(source)}` });
}

/**
 * The role that S3 takes to copy out of one bucket into its destinations, at least privilege.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
 */
export function createReplicationRole(
  scope: Construct,
  source: BucketRef,
  destinations: readonly BucketRef[],
): IamRole {
  const site = Site.of(scope);
  const name = replicationRoleName(source);
  claimName(scope, IAM_ROLE, name, site);
  const role = new IamRole(scope, "Role", {
    name,
    description: `S3 replication out of ${source.name}`,
    assumeRolePolicy: trustService("s3.amazonaws.com", { StringEquals: { "aws:SourceAccount": source.account } }),
  });
  new IamRolePolicy(scope, "RolePolicy", {
    name: "replicate",
    role: role.name,
    policy: policyDocument([
      ...readSource(source),
      ...writeDestinations(destinations, source.account),
      ...useKeys(site, source, destinations),
    ]),
  });
  return role;
}

function readSource(source: BucketRef): readonly Statement[] {
  const locked = source.objectLock ? ["s3:GetObjectRetention", "s3:GetObjectLegalHold"] : [];
  return [
    { sid: "ReadConfiguration", actions: ["s3:GetReplicationConfiguration", "s3:ListBucket"], resources: [source.arn] },
    {
      sid: "ReadVersions",
      actions: ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging", ...locked],
      resources: [`${source.arn}/*`],
    },
  ];
}

function writeDestinations(destinations: readonly BucketRef[], sourceAccount: string): readonly Statement[] {
  const abroad = destinations.filter(({ account }) => account !== sourceAccount);
  return [
    {
      sid: "WriteReplicas",
      actions: ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"],
      resources: destinations.map((destination) => `${destination.arn}/*`),
    },
    ...(abroad.length > 0
      ? [
          {
            sid: "HandOverReplicas",
            actions: ["s3:ObjectOwnerOverrideToBucketOwner"],
            resources: abroad.map((destination) => `${destination.arn}/*`),
          },
        ]
      : []),
  ];
}

/**
 * A key's ARN is not known before the key exists, so the role is allowed the key behind an alias. With S3 Bucket Keys the
 * encryption context is the bucket's ARN, else the object's; with Bucket Keys at the destination, S3 also decrypts there.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-resource-aliases
 */
function useKeys(site: Site, source: BucketRef, destinations: readonly BucketRef[]): readonly Statement[] {
  const use = (sid: string, bucket: BucketRef, actions: readonly string[]): readonly Statement[] =>
    bucket.key === undefined
      ? []
      : [
          {
            sid,
            actions,
            resources: [
              arn({
                partition: site.partition,
                service: "kms",
                region: bucket.key.region,
                account: bucket.key.account,
                resource: "key/*",
              }),
            ],
            conditions: {
              "ForAnyValue:StringEquals": { "kms:ResourceAliases": `alias/${bucket.key.name}` },
              StringEquals: { "kms:ViaService": `s3.${bucket.region}.${site.dnsSuffix}` },
              StringLike: { "kms:EncryptionContext:aws:s3:arn": [bucket.arn, `${bucket.arn}/*`] },
            },
          },
        ];
  return [
    ...use("DecryptSource", source, ["kms:Decrypt"]),
    ...destinations.flatMap((destination) =>
      use(`Encrypt${sidPart(destination)}`, destination, ["kms:Encrypt", "kms:GenerateDataKey", "kms:Decrypt"]),
    ),
  ];
}
