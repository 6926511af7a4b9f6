/**
 * Proves how objects age in a bucket. Does not prove that S3 ends or moves them.
 */
import { BucketProps, ReplicaBucket } from "../../modules/s3-replication";
import { expectRefusalInSite, synthInSite } from "../support/synth";

const NAME = "acme-media-seoul";
const replica = (props: Partial<BucketProps> = {}) =>
  synthInSite((site) => new ReplicaBucket(site, "Media", { name: NAME, ...props }));

describe("lifecycle", () => {
  const rule = (props: object) =>
    (replica({ lifecycle: [{ id: "r", ...props }] }).only("aws_s3_bucket_lifecycle_configuration").rule as object[])[0];

  test("every action", () => {
    expect(
      rule({
        abortIncompleteUploadsAfterDays: 3,
        expireAfterDays: 3650,
        expireOldVersionsAfterDays: 90,
        keepOldVersions: 5,
        transitions: [
          { afterDays: 30, storageClass: "STANDARD_IA" },
          { afterDays: 90, storageClass: "GLACIER" },
          { afterDays: 180, storageClass: "DEEP_ARCHIVE" },
        ],
        oldVersionTransitions: [{ afterDays: 0, storageClass: "GLACIER_IR" }],
      }),
    ).toEqual({
      id: "r",
      status: "Enabled",
      filter: [{ prefix: "" }],
      abort_incomplete_multipart_upload: [{ days_after_initiation: 3 }],
      expiration: [{ days: 3650 }],
      noncurrent_version_expiration: [{ noncurrent_days: 90, newer_noncurrent_versions: 5 }],
      transition: [
        { days: 30, storage_class: "STANDARD_IA" },
        { days: 90, storage_class: "GLACIER" },
        { days: 180, storage_class: "DEEP_ARCHIVE" },
      ],
      noncurrent_version_transition: [{ noncurrent_days: 0, storage_class: "GLACIER_IR" }],
    });
  });

  test.each([
    [{ prefix: "logs/" }, [{ prefix: "logs/" }]],
    [{ tags: { a: "1" } }, [{ tag: [{ key: "a", value: "1" }] }]],
    [{ tags: { a: "1", b: "2" } }, [{ and: [{ tags: { a: "1", b: "2" } }] }]],
    [{ prefix: "logs/", tags: { a: "1" } }, [{ and: [{ prefix: "logs/", tags: { a: "1" } }] }]],
  ])("filter %j", (filter, expected) => {
    expect(rule(filter)).toMatchObject({ filter: expected });
  });

  test("a rule with tags leaves unfinished uploads alone, for S3 refuses the two together", () => {
    expect(rule({ tags: { a: "1" }, expireAfterDays: 1 })).not.toHaveProperty("abort_incomplete_multipart_upload");
  });

  test.each([
    [
      { expireAfterDays: 0 },
      "SettingOutOfRange",
      "'lifecycle 'r' expireAfterDays' must be a whole number from 1 to 36500, got 0",
    ],
    [
      { transitions: [{ afterDays: 29, storageClass: "STANDARD_IA" }] },
      "SettingOutOfRange",
      "'lifecycle 'r' days before STANDARD_IA' must be a whole number from 30 to 36500, got 29",
    ],
    [
      { expireOldVersionsAfterDays: 1, keepOldVersions: 101 },
      "SettingOutOfRange",
      "'lifecycle 'r' keepOldVersions' must be a whole number from 1 to 100, got 101",
    ],
    [
      { keepOldVersions: 1 },
      "MissingSetting",
      "lifecycle 'r' has 'keepOldVersions' without 'expireOldVersionsAfterDays'",
    ],
  ] as const)("fails with %j", (props, code, problem) => {
    expectRefusalInSite(
      (site) => new ReplicaBucket(site, "Media", { name: NAME, lifecycle: [{ id: "r", ...(props as object) }] }),
      code,
      problem,
    );
  });

  test("fails when two rules have one id", () => {
    expectRefusalInSite(
      (site) => new ReplicaBucket(site, "Media", { name: NAME, lifecycle: [{ id: "r" }, { id: "r" }] }),
      "DuplicateRule",
      "two lifecycle rules have the id 'r'",
    );
  });
});
