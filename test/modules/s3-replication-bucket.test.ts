/**
 * Proves what is synthesised for buckets. Does not prove that S3 accepts the settings, nor that objects are copied.
 */
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Testing } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import { SiteKey } from "../../modules/kms-keys";
import { BucketProps, ReplicaBucket, SourceBucket } from "../../modules/s3-replication";
import { Site } from "../../modules/site";
import { expectRefusalInSite, SEOUL, synth, synthInSite, TOKYO, TOKYO_ABROAD } from "../support/synth";

const NAME = "acme-media-seoul";
const ARN = `arn:aws:s3:::${NAME}`;
const replica = (props: Partial<BucketProps> = {}) =>
  synthInSite((site) => new ReplicaBucket(site, "Media", { name: NAME, ...props }));

const TLS_ONLY = [
  {
    Sid: "DenyPlainHttp",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [ARN, `${ARN}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  },
  {
    Sid: "DenyOldTls",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [ARN, `${ARN}/*`],
    Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
  },
];

describe("ReplicaBucket", () => {
  test("defaults", () => {
    const tf = replica();

    expect(tf.types()).toEqual([
      "aws_kms_alias", // name of the key
      "aws_kms_key",
      "aws_s3_bucket", // the bucket
      "aws_s3_bucket_lifecycle_configuration", // aborts incomplete uploads
      "aws_s3_bucket_ownership_controls", // one owner
      "aws_s3_bucket_policy", // TLS only
      "aws_s3_bucket_public_access_block", // never public
      "aws_s3_bucket_server_side_encryption_configuration", // with the key
      "aws_s3_bucket_versioning", // for replication
    ]);
    const bucket = { provider: "aws", bucket: expect.stringMatching(/^\$\{aws_s3_bucket\.\w+\.id\}$/) as string };
    expect(tf.only("aws_s3_bucket")).toEqual({
      provider: "aws",
      bucket: NAME,
      object_lock_enabled: false,
      lifecycle: { prevent_destroy: true },
    });
    expect(tf.only("aws_s3_bucket_versioning")).toEqual({ ...bucket, versioning_configuration: { status: "Enabled" } });
    expect(tf.only("aws_s3_bucket_ownership_controls")).toEqual({
      ...bucket,
      rule: { object_ownership: "BucketOwnerEnforced" },
    });
    expect(tf.only("aws_s3_bucket_public_access_block")).toEqual({
      ...bucket,
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(tf.only("aws_s3_bucket_server_side_encryption_configuration")).toEqual({
      ...bucket,
      rule: [
        {
          apply_server_side_encryption_by_default: {
            sse_algorithm: "aws:kms",
            kms_master_key_id: expect.stringMatching(/^\$\{aws_kms_key\.\w+\.arn\}$/) as string,
          },
          bucket_key_enabled: true,
        },
      ],
    });
    expect(tf.only("aws_s3_bucket_lifecycle_configuration")).toEqual({
      ...bucket,
      depends_on: [expect.stringMatching(/^aws_s3_bucket_versioning\./)],
      rule: [
        {
          id: "uploads",
          status: "Enabled",
          filter: [{ prefix: "" }],
          abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
        },
      ],
    });
    const { policy, ...attachment } = tf.only("aws_s3_bucket_policy");
    expect(attachment).toEqual({
      ...bucket,
      depends_on: [expect.stringMatching(/^aws_s3_bucket_public_access_block\./)],
    });
    expect(JSON.parse(policy as string)).toEqual({ Version: "2012-10-17", Statement: TLS_ONLY });
  });

  test("the own key is known by an alias without dots", () => {
    const tf = replica({ name: "acme.media" });
    expect(tf.only("aws_kms_alias").name).toBe("alias/s3/acme-media");
    expect(tf.only("aws_kms_key").description).toBe("S3 bucket acme.media");
  });

  test("Terraform's matchers see it too", () => {
    const text = Testing.synthScope((scope) => {
      new ReplicaBucket(new Site(scope, "Seoul", SEOUL), "Media", { name: NAME });
    });
    expect(text).toHaveResourceWithProperties(S3Bucket, { bucket: NAME });
  });

  test("destroyable lets Terraform delete bucket and key", () => {
    const tf = replica({ destroyable: true });
    expect(tf.only("aws_s3_bucket").lifecycle).toEqual({ prevent_destroy: false });
    expect(tf.only("aws_kms_key").lifecycle).toEqual({ prevent_destroy: false });
  });

  test("tags", () => {
    expect(replica({ tags: { team: "media" } }).only("aws_s3_bucket").tags).toEqual({ team: "media" });
  });

  test("adoptExisting imports the bucket by name", () => {
    const { import: imports } = replica({ adoptExisting: true }).json;
    expect(imports).toEqual([{ provider: "aws", id: NAME, to: expect.stringMatching(/^aws_s3_bucket\./) as string }]);
    expect(replica().json.import).toBeUndefined();
  });

  test("a key of the site in place of an own one", () => {
    const tf = synthInSite((site) => {
      const key = new SiteKey(site, "Shared", { alias: "shared" });
      const bucket = new ReplicaBucket(site, "Media", { name: NAME, key });
      expect(bucket.ref.key).toEqual(key.ref);
    });
    expect(tf.all("aws_kms_key")).toHaveLength(1);
    expect(tf.only("aws_kms_alias").name).toBe("alias/shared");
  });

  test("access logs", () => {
    expect(replica({ accessLogs: { bucket: "acme-logs" } }).only("aws_s3_bucket_logging")).toMatchObject({
      target_bucket: "acme-logs",
      target_prefix: `${NAME}/`,
    });
    expect(
      replica({ accessLogs: { bucket: "acme-logs", prefix: "media/" } }).only("aws_s3_bucket_logging"),
    ).toMatchObject({
      target_prefix: "media/",
    });
  });

  test("Object Lock with and without a default retention", () => {
    const locked = replica({ objectLock: true });
    expect(locked.only("aws_s3_bucket").object_lock_enabled).toBe(true);
    expect(locked.all("aws_s3_bucket_object_lock_configuration")).toEqual([]);

    const retained = replica({ objectLock: true, objectLockRetention: { mode: "COMPLIANCE", days: 30 } });
    expect(retained.only("aws_s3_bucket_object_lock_configuration").rule).toEqual({
      default_retention: { mode: "COMPLIANCE", days: 30 },
    });
  });

  test("receives from another account: bucket policy and key policy name the role that will come", () => {
    const source = SourceBucket.refOf({ ...TOKYO_ABROAD, name: "acme-media-tokyo" });
    const tf = replica({ receiveFrom: [source] });
    const role = "arn:aws:iam::444455556666:role/s3-replication-acme-media-tokyo";
    const from = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::444455556666:root" } };

    expect(JSON.parse(tf.only("aws_s3_bucket_policy").policy as string)).toEqual({
      Version: "2012-10-17",
      Statement: [
        ...TLS_ONLY,
        {
          Sid: "Replicasacmemediatokyo",
          ...from,
          Action: [
            "s3:ReplicateObject",
            "s3:ReplicateDelete",
            "s3:ReplicateTags",
            "s3:ObjectOwnerOverrideToBucketOwner",
          ],
          Resource: `${ARN}/*`,
          Condition: { ArnEquals: { "aws:PrincipalArn": role } },
        },
        {
          Sid: "Versioningacmemediatokyo",
          ...from,
          Action: "s3:GetBucketVersioning",
          Resource: ARN,
          Condition: { ArnEquals: { "aws:PrincipalArn": role } },
        },
      ],
    });
    const key = JSON.parse(tf.only("aws_kms_key").policy as string) as { Statement: unknown[] };
    expect(key.Statement[1]).toEqual({
      Sid: "Replicasacmemediatokyo",
      ...from,
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"],
      Resource: "*",
      Condition: {
        ArnEquals: { "aws:PrincipalArn": role },
        StringEquals: { "kms:ViaService": "s3.ap-northeast-2.amazonaws.com" },
      },
    });
  });

  test("receiving within the account needs no statement", () => {
    const tf = replica({ receiveFrom: [SourceBucket.refOf({ ...TOKYO, name: "acme-media-tokyo" })] });
    expect(JSON.parse(tf.only("aws_s3_bucket_policy").policy as string)).toEqual({
      Version: "2012-10-17",
      Statement: TLS_ONLY,
    });
    expect((JSON.parse(tf.only("aws_kms_key").policy as string) as { Statement: unknown[] }).Statement).toHaveLength(1);
  });

  test("further policy statements", () => {
    const tf = replica({
      policyStatements: [
        {
          sid: "Read",
          principal: { AWS: "arn:aws:iam::444455556666:root" },
          actions: ["s3:GetObject"],
          resources: [`${ARN}/*`],
        },
      ],
    });
    const { Statement } = JSON.parse(tf.only("aws_s3_bucket_policy").policy as string) as { Statement: unknown[] };
    expect(Statement[2]).toEqual({
      Sid: "Read",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::444455556666:root" },
      Action: "s3:GetObject",
      Resource: `${ARN}/*`,
    });
  });

  test("refOf names what is created", () => {
    const tf = synthInSite((site) => {
      const { ref } = new ReplicaBucket(site, "Media", { name: NAME, objectLock: true });
      expect(ref).toEqual(ReplicaBucket.refOf({ ...SEOUL, name: NAME, objectLock: true }));
      expect(ref).toEqual({
        name: NAME,
        arn: ARN,
        region: "ap-northeast-2",
        account: "111122223333",
        key: SiteKey.refOf({ ...SEOUL, alias: `s3/${NAME}` }),
        objectLock: true,
        versioned: true,
      });
    });
    expect(tf.only("aws_s3_bucket").bucket).toBe(NAME);
    expect(tf.only("aws_kms_alias").name).toBe(`alias/s3/${NAME}`);
  });

  test("refOf of a bucket of others", () => {
    expect(ReplicaBucket.refOf({ ...SEOUL, name: NAME, key: "none", versioned: false })).toMatchObject({
      key: undefined,
      versioned: false,
    });
  });

  test("two of them live in one stack, and in two partitions one name", () => {
    const tf = synth((scope) => {
      const seoul = new Site(scope, "Seoul", SEOUL);
      new ReplicaBucket(seoul, "One", { name: "acme-one" });
      new ReplicaBucket(seoul, "Two", { name: "acme-two" });
      new ReplicaBucket(new Site(scope, "Beijing", { ...SEOUL, region: "cn-north-1" }), "One", { name: "acme-one" });
    });
    expect(tf.all("aws_s3_bucket").map(({ bucket }) => bucket)).toEqual(["acme-one", "acme-one", "acme-two"]);
  });
});

describe("ReplicaBucket refuses", () => {
  test.each([
    ["ab", /3 to 63 characters \(it has 2\)/],
    ["Acme", /got 'Acme', allowed: lower-case letters/],
    ["acme..media", /no two dots in a row/],
    ["192.168.0.1", /not an IP address/],
    ["xn--acme", /reserved prefixes/],
    ["acme-s3alias", /reserved prefixes and suffixes/],
    ["-acme", /beginning and ending with a letter or digit/],
  ])("fails when the name is '%s'", (name, problem) => {
    expectRefusalInSite(
      (site) => new ReplicaBucket(site, "Media", { name }),
      "InvalidName",
      problem,
      "stack/Site/Media",
    );
  });

  test("fails when the name is taken", () => {
    expectRefusalInSite(
      (site) => [new ReplicaBucket(site, "One", { name: NAME }), new ReplicaBucket(site, "Two", { name: NAME })],
      "NameTaken",
      `the S3 bucket name '${NAME}' is already taken by stack/Site/One`,
    );
  });

  test("fails when the name is a token", () => {
    expectRefusalInSite(
      (site) => new ReplicaBucket(site, "Two", { name: new SiteKey(site, "Key", { alias: "a" }).kmsKeyArn }),
      "TokenForPlainString",
      "'name' must be known at synth, got a token",
    );
  });

  test("fails when versioning is off", () => {
    expectRefusalInSite(
      (site) => new ReplicaBucket(site, "Media", { name: NAME, versioned: false }),
      "ReplicationWithoutVersioning",
      `'versioned' is false on '${NAME}'`,
    );
  });

  test("fails when a retention is set without Object Lock", () => {
    expectRefusalInSite(
      (site) => new ReplicaBucket(site, "Media", { name: NAME, objectLockRetention: { mode: "GOVERNANCE", days: 1 } }),
      "MissingSetting",
      "'objectLockRetention' is given without 'objectLock'",
    );
  });

  test("fails when the retention is not a number of days", () => {
    expectRefusalInSite(
      (site) =>
        new ReplicaBucket(site, "Media", {
          name: NAME,
          objectLock: true,
          objectLockRetention: { mode: "GOVERNANCE", days: 0 },
        }),
      "SettingOutOfRange",
      "'objectLockRetention.days' must be a whole number from 1 to 36500, got 0",
    );
  });
});
