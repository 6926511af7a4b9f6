/**
 * Proves which replications are refused, and how the refusals read. Does not prove that S3 takes all others.
 */
import { BucketReplication, ReplicaBucket, SourceBucket } from "../../modules/s3-replication";
import { keyRef } from "../../modules/kms-keys";
import { Site } from "../../modules/site";
import { expectRefusal, expectRefusalInSite, OSAKA, SEOUL, TOKYO } from "../support/synth";

const source = SourceBucket.refOf({ ...SEOUL, name: "acme-media-seoul" });
const tokyo = ReplicaBucket.refOf({ ...TOKYO, name: "acme-media-tokyo" });
const osaka = ReplicaBucket.refOf({ ...OSAKA, name: "acme-media-osaka" });

describe("BucketReplication refuses", () => {
  const refused = (props: Partial<ConstructorParameters<typeof BucketReplication>[2]>) => (site: Site) =>
    new BucketReplication(site, "R", { source, ...props });

  test.each([
    [
      "the replica is in the source's region",
      refused({ replicateTo: [{ ...tokyo, region: "ap-northeast-2" }] }),
      "ReplicaInSourceRegion",
      "'acme-media-seoul' and its copy are both in 'ap-northeast-2'",
    ],
    [
      "the replica lies in another partition",
      refused({ replicateTo: [{ ...tokyo, region: "cn-north-1" }] }),
      "ForeignPartition",
      "'ap-northeast-2' lies in partition aws, 'cn-north-1' in aws-cn",
    ],
    [
      "it is in another site than its source",
      refused({ source: tokyo, replicateTo: [osaka] }),
      "WrongSite",
      "the source 'acme-media-tokyo' is in 'ap-northeast-1' of '111122223333', the site is 'ap-northeast-2' of '111122223333'",
    ],
    [
      "the source is not versioned",
      refused({ source: { ...source, versioned: false }, replicateTo: [tokyo] }),
      "ReplicationWithoutVersioning",
      "'acme-media-seoul' is not versioned",
    ],
    [
      "the destination is not versioned",
      refused({ replicateTo: [{ ...tokyo, versioned: false }] }),
      "ReplicationWithoutVersioning",
      "'acme-media-tokyo' is not versioned",
    ],
    [
      "only the source has Object Lock",
      refused({ source: { ...source, objectLock: true }, replicateTo: [tokyo] }),
      "ObjectLockOnOneSide",
      "'acme-media-seoul' has Object Lock and 'acme-media-tokyo' has not",
    ],
    [
      "only the destination has Object Lock",
      refused({ replicateTo: [{ ...tokyo, objectLock: true }] }),
      "ObjectLockOnOneSide",
      "'acme-media-tokyo' has Object Lock and 'acme-media-seoul' has not",
    ],
    [
      "a key encrypts the source and the replicas have none",
      refused({ replicateTo: [{ ...tokyo, key: undefined }] }),
      "ReplicaWithoutKey",
      "the source 'acme-media-seoul' is encrypted with a KMS key, and rule 'acme-media-tokyo' names no key for its replicas",
    ],
    [
      "one rule of several names no key for the replicas",
      refused({ rules: [{ destination: osaka }, { destination: { ...tokyo, key: undefined }, id: "vendor" }] }),
      "ReplicaWithoutKey",
      "the source 'acme-media-seoul' is encrypted with a KMS key, and rule 'vendor' names no key for its replicas",
    ],
    [
      "one of two rules for one bucket names no key for the replicas",
      refused({
        rules: [
          { destination: { ...tokyo, key: undefined }, id: "a", prefix: "a/" },
          { destination: tokyo, id: "b", prefix: "b/" },
        ],
      }),
      "ReplicaWithoutKey",
      "the source 'acme-media-seoul' is encrypted with a KMS key, and rule 'a' names no key for its replicas",
    ],
    [
      "delete markers meet a tag filter",
      refused({ rules: [{ destination: tokyo, deleteMarkers: true, tags: { a: "1" } }] }),
      "DeleteMarkersWithTagFilter",
      "rule 'acme-media-tokyo' has 'deleteMarkers' and filters by tags",
    ],
    [
      "two rules have one id",
      refused({ rules: [{ destination: tokyo }, { destination: tokyo, prefix: "in/" }] }),
      "DuplicateRule",
      "two replication rules have the id 'acme-media-tokyo'",
    ],
    [
      "two rules have one priority",
      refused({
        rules: [
          { destination: tokyo, priority: 1 },
          { destination: osaka, priority: 1 },
        ],
      }),
      "DuplicateRule",
      "two replication rules have the priority '1'",
    ],
    ["there is no destination", refused({}), "NoReplicationRule", "there is no destination to replicate to"],
    [
      "both ways of naming destinations are used",
      refused({ replicateTo: [tokyo], rules: [{ destination: tokyo }] }),
      "ConflictingSettings",
      "'replicateTo' and 'rules' are both given",
    ],
    [
      "an id is too long",
      refused({ rules: [{ destination: tokyo, id: "x".repeat(256) }] }),
      "SettingOutOfRange",
      "the id of a replication rule has 1 to 255 characters, got 256",
    ],
    [
      "a priority is negative",
      refused({ rules: [{ destination: tokyo, priority: -1 }] }),
      "SettingOutOfRange",
      "'priority' must be a whole number from 0 to 2147483647, got -1",
    ],
  ] as const)("fails when %s", (_, define, code, problem) => {
    expectRefusalInSite(define, code, problem, "stack/Site/R");
  });

  test("fails when replicas, or a bucket, are to be encrypted with a key of another region", () => {
    const key = keyRef("test", { ...SEOUL, alias: "archive" });
    const problem = "the key 'archive' of bucket 'acme-media-tokyo' must be of ap-northeast-1, got ap-northeast-2";
    expectRefusal(
      () => ReplicaBucket.refOf({ ...TOKYO, name: "acme-media-tokyo", key }),
      "KeyInOtherRegion",
      problem,
      "ReplicaBucket.refOf",
    );
    expectRefusalInSite(refused({ replicateTo: [{ ...tokyo, key }] }), "KeyInOtherRegion", problem, "stack/Site/R");
  });

  test("fails when a bucket of this library is copied without a key for the replicas", () => {
    expectRefusalInSite(
      (site) =>
        new SourceBucket(site, "Media", {
          name: "acme-media-seoul",
          replicateTo: [ReplicaBucket.refOf({ ...TOKYO, name: "vendor-archive", key: "none" })],
        }),
      "ReplicaWithoutKey",
      "the source 'acme-media-seoul' is encrypted with a KMS key, and rule 'vendor-archive' names no key for its replicas",
      "stack/Site/Media/Replication",
    );
  });

  test("fails when a bucket is given a second configuration, which would replace the first", () => {
    expectRefusalInSite(
      (site) => [
        new BucketReplication(site, "One", { source, replicateTo: [tokyo] }),
        new BucketReplication(site, "Two", { source, replicateTo: [osaka] }),
      ],
      "NameTaken",
      "the IAM role name 's3-replication-acme-media-seoul' is already taken by stack/Site/One",
      "stack/Site/Two",
    );
  });
});
