import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import { claimName, fittingName, IAM_ROLE, Statement, trustService } from "../core";
import { createRole, onlyForAccount, roleArn } from "../iam-role";
import { keyUseStatement } from "../kms-keys/internal";
import { Site } from "../site";
import { BucketRef, sidPart } from "./bucket-ref";

/** Name of the role that replicates out of a bucket. It is known before the role exists. */
function replicationRoleName(source: BucketRef): string {
  return fittingName(IAM_ROLE, "s3-replication", source.name);
}

export function replicationRoleArn(source: BucketRef, partition: string): string {
  return roleArn({ partition, account: source.account, name: replicationRoleName(source) });
}

/**
 * Creates the role that S3 assumes to copy from one bucket into its destinations, with least privilege.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
 */
export function createReplicationRole(
  scope: Construct,
  source: BucketRef,
  destinations: readonly BucketRef[],
): IamRole {
  const name = replicationRoleName(source);
  claimName(scope, IAM_ROLE, name, Site.of(scope));
  const { role } = createRole(scope, "Role", {
    name,
    description: `S3 replication out of ${source.name}`,
    trust: trustService("s3.amazonaws.com", onlyForAccount(source.account)),
    policy: {
      name: "replicate",
      statements: [
        ...readSource(source),
        ...writeDestinations(destinations, source.account),
        ...useKeys(source, destinations),
      ],
    },
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

/**
 * The destination must be in its expected account. If its owner deletes the bucket and another account takes the name, S3 does not copy
 * there. The condition is `IfExists`, because AWS does not document that S3 sends the key when it replicates. Without the key, copies must
 * not fail.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
function writeDestinations(destinations: readonly BucketRef[], sourceAccount: string): readonly Statement[] {
  const actions = ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"];
  const accounts = [...new Set(destinations.map(({ account }) => account))];
  return accounts.flatMap((account) => {
    const within = {
      resources: objectsOf(destinations.filter((destination) => destination.account === account)),
      conditions: { StringEqualsIfExists: { "aws:ResourceAccount": account } },
    };
    const write = { sid: "WriteReplicas", actions, ...within };
    if (account === sourceAccount) return [write];
    return [write, { sid: "HandOverReplicas", actions: ["s3:ObjectOwnerOverrideToBucketOwner"], ...within }];
  });
}

/** The list names a bucket once for each key of its replicas. */
function objectsOf(buckets: readonly BucketRef[]): readonly string[] {
  return [...new Set(buckets.map(({ arn }) => `${arn}/*`))];
}

/**
 * With S3 Bucket Keys, the encryption context is the bucket's ARN. Without them, it is the object's. With Bucket Keys at the destination, S3
 * also decrypts there.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
 */
function useKeys(source: BucketRef, destinations: readonly BucketRef[]): readonly Statement[] {
  const use = (sid: string, bucket: BucketRef, actions: readonly string[]): readonly Statement[] => {
    if (bucket.key === undefined) return [];
    const statement = keyUseStatement({ sid, actions, key: bucket.key, service: "s3" });
    const context = { "kms:EncryptionContext:aws:s3:arn": [bucket.arn, `${bucket.arn}/*`] };
    return [{ ...statement, conditions: { ...statement.conditions, StringLike: context } }];
  };
  return [
    ...use("DecryptSource", source, ["kms:Decrypt"]),
    ...destinations.flatMap((destination, index) => {
      const earlier = destinations.slice(0, index).filter(({ arn }) => arn === destination.arn).length;
      const sid = `Encrypt${sidPart(destination)}${earlier === 0 ? "" : `Key${earlier + 1}`}`;
      return use(sid, destination, ["kms:Encrypt", "kms:GenerateDataKey", "kms:Decrypt"]);
    }),
  ];
}
