/**
 * Proves what is synthesised for state buckets and their replication. Does not prove that S3 refuses what the policies deny,
 * nor that states are copied.
 */
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Testing } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import { protectionsBelow } from "../../modules/core";
import { SiteKey } from "../../modules/kms-keys";
import { ReplicaBucket } from "../../modules/s3-replication";
import { Site } from "../../modules/site";
import { StateBucket, StateBucketProps, StateReplication } from "../../modules/state-bucket";
import { expectRefusal, expectRefusalInSite, SEOUL, synth, synthInSite, TOKYO, TOKYO_ABROAD } from "../support/synth";

const NAME = "acme-tf-seoul";
const ARN = `arn:aws:s3:::${NAME}`;
const seoul = StateBucket.refOf({ ...SEOUL, name: NAME, site: "seoul" });
const tokyo = StateBucket.refOf({ ...TOKYO, name: "acme-tf-tokyo", site: "tokyo" });
const abroad = StateBucket.refOf({ ...TOKYO_ABROAD, name: "acme-tf-tokyo", site: "tokyo" });

const states = (props: Partial<StateBucketProps> = {}) =>
  synthInSite((site) => new StateBucket(site, "States", { name: NAME, ...props }));
const statements = (tf: ReturnType<typeof synth>) => {
  const { Statement } = JSON.parse(tf.only("aws_s3_bucket_policy").policy as string) as {
    Statement: { Sid: string }[];
  };
  return new Map(Statement.map((statement) => [statement.Sid, statement]));
};

const OWN_STATES_ONLY = {
  Sid: "OwnStatesOnly",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:PutObject",
  NotResource: `${ARN}/seoul/*`,
};
const KEEP_HISTORY = {
  Sid: "KeepHistory",
  Effect: "Deny",
  Principal: "*",
  Action: ["s3:DeleteObjectVersion", "s3:DeleteBucket"],
  Resource: [ARN, `${ARN}/*`],
};
const KEEP_STATES = { Sid: "KeepStates", Effect: "Deny", Principal: "*", Action: "s3:DeleteObject" };
const historyOf = (id: string, prefix: string) => ({
  id,
  status: "Enabled",
  filter: [{ prefix }],
  abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
  noncurrent_version_expiration: [{ noncurrent_days: 90, newer_noncurrent_versions: 20 }],
});

describe("StateBucket", () => {
  test("defaults", () => {
    const tf = states();
    const bucket = synthInSite((site) => new ReplicaBucket(site, "States", { name: NAME }));

    expect(tf.types()).toEqual(bucket.types()); // a versioned, encrypted, private bucket with a key of the site
    expect(tf.only("aws_s3_bucket")).toEqual({
      provider: "aws",
      bucket: NAME,
      object_lock_enabled: false,
      lifecycle: { prevent_destroy: true },
    });
    expect(tf.only("aws_s3_bucket_lifecycle_configuration").rule).toEqual([historyOf("history", "")]);
    const policy = statements(tf);
    expect([...policy.keys()]).toEqual(["DenyPlainHttp", "DenyOldTls", "OwnStatesOnly", "KeepHistory", "KeepStates"]);
    expect(policy.get("OwnStatesOnly")).toEqual(OWN_STATES_ONLY);
    expect(policy.get("KeepHistory")).toEqual(KEEP_HISTORY);
    expect(policy.get("KeepStates")).toEqual({ ...KEEP_STATES, NotResource: `${ARN}/*.tflock` });
  });

  test("lets its administrators alone delete a state, and change what keeps its history", () => {
    const policyAdministrators = ["arn:aws:iam::111122223333:role/state", "arn:aws:iam::444455556666:role/audit-*"];
    const Condition = { ArnNotLike: { "aws:PrincipalArn": policyAdministrators } };
    const policy = statements(states({ policyAdministrators }));
    expect([...policy.keys()].slice(2)).toEqual(["OwnStatesOnly", "KeepHistory", "KeepStates", "KeepSettings"]);
    expect(policy.get("KeepHistory")).toEqual(KEEP_HISTORY); // not even they delete versions
    expect(policy.get("KeepStates")).toEqual({ ...KEEP_STATES, NotResource: `${ARN}/*.tflock`, Condition });
    expect(policy.get("KeepSettings")).toEqual({
      Sid: "KeepSettings",
      Effect: "Deny",
      Principal: "*",
      Action: [
        "s3:DeleteBucketPolicy",
        "s3:PutBucketObjectLockConfiguration",
        "s3:PutBucketPolicy",
        "s3:PutBucketVersioning",
        "s3:PutEncryptionConfiguration",
        "s3:PutLifecycleConfiguration",
        "s3:PutReplicationConfiguration",
      ],
      Resource: ARN,
      Condition,
    });
  });

  test("in an adopted bucket no role deletes the states whose names are known", () => {
    expect(statements(states({ adoptExisting: true, receiveFrom: [tokyo] })).get("KeepStates")).toEqual({
      ...KEEP_STATES,
      Resource: [`${ARN}/seoul/*.tfstate`, `${ARN}/tokyo/*.tfstate`],
    });
  });

  test("Object Lock, in both buckets of a pair", () => {
    const locked = { name: NAME, objectLock: true } as const;
    const retention = { mode: "COMPLIANCE", days: 30 } as const;
    const tf = synthInSite((site) => {
      const { ref } = new StateBucket(site, "States", { ...locked, objectLockRetention: retention });
      expect(ref).toEqual(StateBucket.refOf({ ...SEOUL, ...locked, site: "seoul" }));
    });
    expect(tf.only("aws_s3_bucket").object_lock_enabled).toBe(true);
    expect(tf.only("aws_s3_bucket_object_lock_configuration").rule).toEqual({
      default_retention: { mode: "COMPLIANCE", days: 30 },
    });
    expectRefusalInSite(
      (site) => {
        const source = StateBucket.refOf({ ...SEOUL, ...locked, site: "seoul" });
        new StateReplication(site, "Copies", { source, replicateTo: [tokyo] });
      },
      "ObjectLockOnOneSide",
      `'${NAME}' has Object Lock and 'acme-tf-tokyo' has not`,
      "stack/Site/Copies/Replication",
    );
  });

  test("fails when a retention has no Object Lock", () => {
    const objectLockRetention = { mode: "GOVERNANCE", days: 1 } as const;
    expectRefusalInSite(
      (site) => new StateBucket(site, "States", { name: NAME, objectLockRetention }),
      "MissingSetting",
      "'objectLockRetention' is given without 'objectLock'",
      "stack/Site/States/Bucket",
    );
  });

  test("fails when an administrator is not of IAM", () => {
    expectRefusalInSite(
      (site) => new StateBucket(site, "States", { name: NAME, policyAdministrators: [ARN] }),
      "InvalidArn",
      `'policyAdministrators[0]' must be the ARN of an IAM role, a user or the root user, got '${ARN}'`,
      "stack/Site/States",
    );
  });

  test("Terraform's matchers see it too", () => {
    const text = Testing.synthScope((scope) => {
      new StateBucket(new Site(scope, "Seoul", SEOUL), "States", { name: NAME });
    });
    expect(text).toHaveResourceWithProperties(S3Bucket, { bucket: NAME });
  });

  test("how much history is kept", () => {
    const [rule] = states({ history: { expireOldVersionsAfterDays: 365, keepOldVersions: 100 } }).only(
      "aws_s3_bucket_lifecycle_configuration",
    ).rule as object[];
    expect(rule).toMatchObject({
      noncurrent_version_expiration: [{ noncurrent_days: 365, newer_noncurrent_versions: 100 }],
    });
  });

  test("destroyable lets Terraform delete it, and anybody its history", () => {
    const tf = states({ destroyable: true });
    expect(tf.only("aws_s3_bucket").lifecycle).toEqual({ prevent_destroy: false });
    expect([...statements(tf).keys()]).toEqual(["DenyPlainHttp", "DenyOldTls", "OwnStatesOnly"]);
  });

  test("copies of another site's states are written by replication alone", () => {
    const role = "arn:aws:iam::111122223333:role/s3-replication-acme-tf-tokyo";
    expect(statements(states({ receiveFrom: [tokyo] })).get("OwnStatesOnly")).toEqual({
      ...OWN_STATES_ONLY,
      Condition: { ArnNotEquals: { "aws:PrincipalArn": [role] } },
    });
  });

  test("an adopted bucket's other states stay writable and keep every version", () => {
    const tf = states({ adoptExisting: true });
    expect([...statements(tf).keys()]).toEqual(["DenyPlainHttp", "DenyOldTls", "KeepHistory", "KeepStates"]);
    expect(tf.only("aws_s3_bucket_lifecycle_configuration").rule).toEqual([historyOf("history", "seoul/")]);
  });

  test("in an adopted bucket only replication writes the copies of other sites' states", () => {
    const tf = states({ adoptExisting: true, receiveFrom: [tokyo] });
    expect([...statements(tf).keys()]).toEqual([
      "DenyPlainHttp",
      "DenyOldTls",
      "CopiesByReplicationOnly",
      "KeepHistory",
      "KeepStates",
    ]);
    expect(statements(tf).get("CopiesByReplicationOnly")).toEqual({
      Sid: "CopiesByReplicationOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:PutObject",
      Resource: `${ARN}/tokyo/*`,
      Condition: {
        ArnNotEquals: { "aws:PrincipalArn": ["arn:aws:iam::111122223333:role/s3-replication-acme-tf-tokyo"] },
      },
    });
    expect(tf.only("aws_s3_bucket_lifecycle_configuration").rule).toEqual([
      historyOf("history", "seoul/"),
      historyOf("history-tokyo", "tokyo/"),
    ]);
  });

  test("ownStatesOnly denies all other writes in an adopted bucket, and allows them in a new one", () => {
    const adopted = states({ adoptExisting: true, ownStatesOnly: true });
    expect(statements(adopted).get("OwnStatesOnly")).toEqual(OWN_STATES_ONLY);
    expect(adopted.only("aws_s3_bucket_lifecycle_configuration").rule).toEqual([historyOf("history", "")]);
    expect([...statements(states({ ownStatesOnly: false })).keys()]).toEqual([
      "DenyPlainHttp",
      "DenyOldTls",
      "KeepHistory",
      "KeepStates",
    ]);
  });

  test("another account's replication is let into bucket and key", () => {
    const tf = states({ receiveFrom: [abroad] });
    const role = "arn:aws:iam::444455556666:role/s3-replication-acme-tf-tokyo";
    expect(statements(tf).get("Replicasacmetftokyo")).toMatchObject({
      Condition: { ArnEquals: { "aws:PrincipalArn": role } },
    });
    expect(tf.only("aws_kms_key").policy).toContain(role);
  });

  test("a key of the site, access logs, tags, a bucket that exists", () => {
    const tf = synthInSite((site) => {
      new StateBucket(site, "States", {
        name: NAME,
        accessLogs: { bucket: "acme-logs" },
        adoptExisting: true,
        key: new SiteKey(site, "Shared", { alias: "shared" }),
        tags: { team: "platform" },
      });
    });
    expect(tf.only("aws_kms_alias").name).toBe("alias/shared");
    expect(tf.only("aws_s3_bucket_logging").target_bucket).toBe("acme-logs");
    expect(tf.only("aws_s3_bucket").tags).toEqual({ team: "platform" });
    expect(tf.json.import).toMatchObject([{ id: NAME }]);
  });

  test("refOf names what is created", () => {
    const tf = synthInSite((site) => {
      expect(new StateBucket(site, "States", { name: NAME }).ref).toEqual(seoul);
    });
    expect(seoul).toMatchObject({ name: NAME, arn: ARN, prefix: "seoul", region: "ap-northeast-2" });
    expect(tf.only("aws_kms_alias").name).toBe(`alias/${seoul.key!.name}`);
  });

  test("two of them live in one stack", () => {
    const tf = synth((scope) => {
      new StateBucket(new Site(scope, "Seoul", SEOUL), "States", { name: "acme-tf-seoul" });
      new StateBucket(new Site(scope, "Tokyo", TOKYO), "States", { name: "acme-tf-tokyo" });
    });
    expect(tf.all("aws_s3_bucket").map(({ provider }) => provider)).toEqual(["aws.seoul", "aws.tokyo"]);
  });

  test.each<[string, Partial<StateBucketProps>, string]>([
    ["expireOldVersionsAfterDays", { history: { expireOldVersionsAfterDays: 0 } }, "from 1 to 36500, got 0"],
    ["keepOldVersions", { history: { keepOldVersions: 101 } }, "from 1 to 100, got 101"],
  ])("fails when %s is out of S3's range", (setting, props, range) => {
    expectRefusalInSite(
      (site) => new StateBucket(site, "States", { name: NAME, ...props }),
      "SettingOutOfRange",
      `'lifecycle 'history' ${setting}' must be a whole number ${range}`,
    );
  });

  test("fails when another site's states would come in under the own name", () => {
    expectRefusalInSite(
      (site) => new StateBucket(site, "States", { name: NAME, receiveFrom: [{ ...tokyo, prefix: "seoul" }] }),
      "NameTaken",
      "'acme-tf-tokyo' keeps its states under 'seoul/' too",
      "stack/Site/States",
    );
  });

  test("fails on a site's name that is invalid", () => {
    expectRefusal(
      () => StateBucket.refOf({ ...SEOUL, name: NAME, site: "Seoul/" }),
      "InvalidName",
      /^'site' is not a valid site name, got 'Seoul\/'/,
      "StateBucket.refOf",
    );
  });
});

describe("StateReplication", () => {
  test("copies the site's own states alone, one way", () => {
    const tf = synthInSite((site) => new StateReplication(site, "Copies", { source: seoul, replicateTo: [tokyo] }));
    expect(tf.types()).toEqual([
      "aws_iam_role", // S3 copies as this role
      "aws_iam_role_policy", // and may do no more than that
      "aws_s3_bucket_replication_configuration", // the own states
    ]);
    const { bucket, rule } = tf.only("aws_s3_bucket_replication_configuration") as { bucket: string; rule: object[] };
    expect(bucket).toBe(NAME);
    expect(rule).toEqual([
      {
        id: "acme-tf-tokyo",
        priority: 1,
        status: "Enabled",
        filter: { prefix: "seoul/" },
        delete_marker_replication: { status: "Enabled" }, // or every lock would stay in the copy permanently
        source_selection_criteria: {
          replica_modifications: { status: "Disabled" },
          sse_kms_encrypted_objects: { status: "Enabled" },
        },
        destination: {
          bucket: "arn:aws:s3:::acme-tf-tokyo",
          encryption_configuration: {
            replica_kms_key_id: "arn:aws:kms:ap-northeast-1:111122223333:alias/s3/acme-tf-tokyo",
          },
          metrics: { status: "Enabled", event_threshold: { minutes: 15 } },
          replication_time: { status: "Enabled", time: { minutes: 15 } },
        },
      },
    ]);
  });

  test("of a pair: each waits for both buckets, and neither copies what the other sent", () => {
    const tf = synth((scope) => {
      const [one, two] = [new Site(scope, "Seoul", SEOUL), new Site(scope, "Tokyo", TOKYO)];
      const first = new StateBucket(one, "States", { name: "acme-tf-seoul", receiveFrom: [tokyo] });
      const second = new StateBucket(two, "States", { name: "acme-tf-tokyo", receiveFrom: [seoul] });
      new StateReplication(one, "Copies", { source: first.ref, replicateTo: [second.ref] });
      new StateReplication(two, "Copies", { source: second.ref, replicateTo: [first.ref] });
    });
    const configurations = tf.all("aws_s3_bucket_replication_configuration");
    expect(configurations.map(({ rule }) => (rule as { filter: object }[])[0]!.filter)).toEqual([
      { prefix: "seoul/" },
      { prefix: "tokyo/" },
    ]);
    for (const { depends_on } of configurations) expect(depends_on).toHaveLength(6);
  });

  test("says what it protects", () => {
    synthInSite((site) => {
      new StateReplication(site, "Copies", { source: seoul, replicateTo: [tokyo] });
      const [found] = protectionsBelow(site);
      expect(found).toMatchObject({
        path: expect.stringMatching(/Site\/Copies\/Replication$/) as string,
        model: {
          protection: {
            copiesIn: ["ap-northeast-1"],
            loss: {
              basis: "committed",
              note: expect.stringMatching(/; rule 'acme-tf-tokyo' copies only objects under 'seoul\/'$/) as string,
            },
          },
          recovery: [],
        },
      });
    });
  });

  test("fails when both keep their states under one name", () => {
    expectRefusalInSite(
      (site) => new StateReplication(site, "Copies", { source: seoul, replicateTo: [{ ...tokyo, prefix: "seoul" }] }),
      "NameTaken",
      "'acme-tf-tokyo' keeps its states under 'seoul/' too",
      "stack/Site/Copies",
    );
  });

  test("fails when the copies have no key", () => {
    const plain = StateBucket.refOf({ ...TOKYO, name: "acme-tf-tokyo", site: "tokyo", key: "none" });
    expectRefusalInSite(
      (site) => new StateReplication(site, "Copies", { source: seoul, replicateTo: [plain] }),
      "ReplicaWithoutKey",
      `the source '${NAME}' is encrypted with a KMS key, and rule 'acme-tf-tokyo' names no key for its replicas`,
      "stack/Site/Copies/Replication",
    );
  });
});
