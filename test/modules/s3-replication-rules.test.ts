/**
 * Proves which replication is configured, and what its roles may do. Does not prove that S3 accepts it, nor that the
 * permissions suffice: the policies follow AWS's pages.
 */
import { protectionsBelow } from "../../modules/core";
import { keyRef } from "../../modules/kms-keys";
import { BucketReplication, ReplicaBucket, ReplicationRule, SourceBucket } from "../../modules/s3-replication";
import { Site } from "../../modules/site";
import { OSAKA, SEOUL, synth, synthInSite, Synthesised, TOKYO, TOKYO_ABROAD } from "../support/synth";

const source = SourceBucket.refOf({ ...SEOUL, name: "acme-media-seoul" });
const tokyo = ReplicaBucket.refOf({ ...TOKYO, name: "acme-media-tokyo" });
const osaka = ReplicaBucket.refOf({ ...OSAKA, name: "acme-media-osaka" });
const abroad = ReplicaBucket.refOf({ ...TOKYO_ABROAD, name: "acme-media-tokyo" });

const plainSource = SourceBucket.refOf({ ...SEOUL, name: "acme-media-seoul", key: "none" });
const plainTokyo = ReplicaBucket.refOf({ ...TOKYO, name: "acme-media-tokyo", key: "none" });

const replicate = (...rules: ReplicationRule[]) =>
  synthInSite((site) => new BucketReplication(site, "Replication", { source, rules }));
const ruleOf = (tf: Synthesised) => (tf.only("aws_s3_bucket_replication_configuration").rule as object[])[0];
const rolePolicy = (tf: Synthesised) =>
  JSON.parse(tf.only("aws_iam_role_policy").policy as string) as { Statement: object[] };
const sidsOf = (tf: Synthesised) => (rolePolicy(tf).Statement as { Sid: string }[]).map(({ Sid }) => Sid);

const DEFAULT_RULE = {
  id: "acme-media-tokyo",
  priority: 1,
  status: "Enabled",
  filter: { prefix: "" },
  delete_marker_replication: { status: "Enabled" },
  source_selection_criteria: {
    replica_modifications: { status: "Enabled" },
    sse_kms_encrypted_objects: { status: "Enabled" },
  },
  destination: {
    bucket: "arn:aws:s3:::acme-media-tokyo",
    encryption_configuration: {
      replica_kms_key_id: "arn:aws:kms:ap-northeast-1:111122223333:alias/s3/acme-media-tokyo",
    },
    metrics: { status: "Enabled", event_threshold: { minutes: 15 } },
    replication_time: { status: "Enabled", time: { minutes: 15 } },
  },
};

describe("BucketReplication", () => {
  test("to many buckets has a role whose policies IAM takes", () => {
    const regions = [
      ...["us-east-1", "us-east-2", "us-west-1", "us-west-2", "eu-west-1", "eu-west-2", "eu-west-3", "eu-central-1"],
      ...["eu-north-1", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "ap-northeast-1", "ap-northeast-3"],
      ...["sa-east-1", "ca-central-1", "me-south-1", "af-south-1"],
    ];
    const replicateTo = regions.map((region) => {
      return ReplicaBucket.refOf({ ...SEOUL, region, name: `acme-artifacts-${region}-111122223333` });
    });
    const tf = synthInSite((site) => new BucketReplication(site, "Replication", { source, replicateTo }));
    const documents = tf.all("aws_iam_policy").map(({ policy }) => policy as string);
    expect(documents.map((document) => document.length <= 6_144)).toEqual([true, true]);
    expect(tf.types()).not.toContain("aws_iam_role_policy");
    const sids = documents.flatMap((document) => {
      return (JSON.parse(document) as { Statement: { Sid: string }[] }).Statement.map(({ Sid }) => Sid);
    });
    expect(sids.filter((sid) => sid.startsWith("Encrypt"))).toHaveLength(18);
    expect(sids.filter((sid) => !sid.startsWith("Encrypt"))).toEqual([
      "ReadConfiguration",
      "ReadVersions",
      "WriteReplicas",
      "DecryptSource",
    ]);
  });

  test("defaults", () => {
    const tf = synthInSite((site) => new BucketReplication(site, "Replication", { source, replicateTo: [tokyo] }));

    expect(tf.types()).toEqual([
      "aws_iam_role", // S3 copies as this role
      "aws_iam_role_policy", // and may do no more than that
      "aws_s3_bucket_replication_configuration", // the rules
    ]);
    expect(tf.only("aws_s3_bucket_replication_configuration")).toEqual({
      provider: "aws",
      bucket: "acme-media-seoul",
      role: expect.stringMatching(/^\$\{aws_iam_role\.\w+\.arn\}$/) as string,
      rule: [DEFAULT_RULE],
    });
    const { assume_role_policy, ...role } = tf.only("aws_iam_role");
    expect(role).toEqual({
      provider: "aws",
      name: "s3-replication-acme-media-seoul",
      description: "S3 replication out of acme-media-seoul",
    });
    expect(JSON.parse(assume_role_policy as string)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Trust",
          Effect: "Allow",
          Principal: { Service: "s3.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
        },
      ],
    });
    expect(tf.only("aws_iam_role_policy")).toMatchObject({
      name: "replicate",
      role: expect.stringMatching(/^\$\{aws_iam_role\.\w+\.name\}$/) as string,
    });
  });

  test("the role may read the source, write the replicas and use both keys by alias, and nothing else", () => {
    expect(rolePolicy(replicate({ destination: tokyo }))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "ReadConfiguration",
          Effect: "Allow",
          Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
          Resource: "arn:aws:s3:::acme-media-seoul",
        },
        {
          Sid: "ReadVersions",
          Effect: "Allow",
          Action: ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"],
          Resource: "arn:aws:s3:::acme-media-seoul/*",
        },
        {
          Sid: "WriteReplicas",
          Effect: "Allow",
          Action: ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"],
          Resource: "arn:aws:s3:::acme-media-tokyo/*",
          Condition: { StringEqualsIfExists: { "aws:ResourceAccount": "111122223333" } },
        },
        {
          Sid: "DecryptSource",
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: "arn:aws:kms:ap-northeast-2:111122223333:key/*",
          Condition: {
            "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/s3/acme-media-seoul" },
            StringEquals: { "kms:ViaService": "s3.ap-northeast-2.amazonaws.com" },
            StringLike: {
              "kms:EncryptionContext:aws:s3:arn": ["arn:aws:s3:::acme-media-seoul", "arn:aws:s3:::acme-media-seoul/*"],
            },
          },
        },
        {
          Sid: "Encryptacmemediatokyo",
          Effect: "Allow",
          Action: ["kms:Encrypt", "kms:GenerateDataKey", "kms:Decrypt"],
          Resource: "arn:aws:kms:ap-northeast-1:111122223333:key/*",
          Condition: {
            "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/s3/acme-media-tokyo" },
            StringEquals: { "kms:ViaService": "s3.ap-northeast-1.amazonaws.com" },
            StringLike: {
              "kms:EncryptionContext:aws:s3:arn": ["arn:aws:s3:::acme-media-tokyo", "arn:aws:s3:::acme-media-tokyo/*"],
            },
          },
        },
      ],
    });
  });

  test("to another account: replicas change hands", () => {
    const tf = replicate({ destination: abroad });
    expect(ruleOf(tf)).toEqual({
      ...DEFAULT_RULE,
      destination: {
        ...DEFAULT_RULE.destination,
        account: "444455556666",
        access_control_translation: { owner: "Destination" },
        encryption_configuration: {
          replica_kms_key_id: "arn:aws:kms:ap-northeast-1:444455556666:alias/s3/acme-media-tokyo",
        },
      },
    });
    expect(rolePolicy(tf).Statement).toContainEqual({
      Sid: "HandOverReplicas",
      Effect: "Allow",
      Action: "s3:ObjectOwnerOverrideToBucketOwner",
      Resource: "arn:aws:s3:::acme-media-tokyo/*",
      Condition: { StringEqualsIfExists: { "aws:ResourceAccount": "444455556666" } },
    });
  });

  test("locked objects take their locks along", () => {
    const tf = synthInSite(
      (site) =>
        new BucketReplication(site, "Replication", {
          source: { ...source, objectLock: true },
          replicateTo: [{ ...tokyo, objectLock: true }],
        }),
    );
    expect(rolePolicy(tf).Statement[1]).toMatchObject({
      Action: [
        "s3:GetObjectVersionForReplication",
        "s3:GetObjectVersionAcl",
        "s3:GetObjectVersionTagging",
        "s3:GetObjectRetention",
        "s3:GetObjectLegalHold",
      ],
    });
  });

  test("buckets without a key of their own need no KMS", () => {
    const tf = synthInSite(
      (site) => new BucketReplication(site, "Replication", { source: plainSource, replicateTo: [plainTokyo] }),
    );
    const { encryption_configuration, ...destination } = DEFAULT_RULE.destination;
    expect(encryption_configuration.replica_kms_key_id).toBe(tokyo.key?.arn);
    expect(ruleOf(tf)).toEqual({
      ...DEFAULT_RULE,
      source_selection_criteria: { replica_modifications: { status: "Enabled" } },
      destination,
    });
    expect(JSON.stringify(rolePolicy(tf))).not.toMatch(/kms/);
  });

  test("nothing is selected where there is no key and no replica modification to copy", () => {
    const tf = synthInSite(
      (site) =>
        new BucketReplication(site, "Replication", {
          source: plainSource,
          rules: [{ destination: plainTokyo, replicaModifications: false }],
        }),
    );
    expect(ruleOf(tf)).not.toHaveProperty("source_selection_criteria");
  });

  test("a source under SSE-S3 is copied into a bucket under a key", () => {
    const tf = synthInSite(
      (site) => new BucketReplication(site, "Replication", { source: plainSource, replicateTo: [tokyo] }),
    );
    expect(ruleOf(tf)).toEqual(DEFAULT_RULE);
    expect(sidsOf(tf)).toEqual(["ReadConfiguration", "ReadVersions", "WriteReplicas", "Encryptacmemediatokyo"]);
  });

  test("a bucket under SSE-S3 takes replicas under a key that is named", () => {
    const at = { region: "ap-northeast-1", account: "444455556666" };
    const destination = ReplicaBucket.refOf({
      ...at,
      name: "vendor-archive",
      key: keyRef("test", { ...at, alias: "archive" }),
    });
    const tf = replicate({ destination });
    expect(ruleOf(tf)).toMatchObject({
      source_selection_criteria: { sse_kms_encrypted_objects: { status: "Enabled" } },
      destination: {
        encryption_configuration: { replica_kms_key_id: "arn:aws:kms:ap-northeast-1:444455556666:alias/archive" },
      },
    });
    expect(rolePolicy(tf).Statement.at(-1)).toEqual({
      Sid: "Encryptvendorarchive",
      Effect: "Allow",
      Action: ["kms:Encrypt", "kms:GenerateDataKey", "kms:Decrypt"],
      Resource: "arn:aws:kms:ap-northeast-1:444455556666:key/*",
      Condition: {
        "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/archive" },
        StringEquals: { "kms:ViaService": "s3.ap-northeast-1.amazonaws.com" },
        StringLike: {
          "kms:EncryptionContext:aws:s3:arn": ["arn:aws:s3:::vendor-archive", "arn:aws:s3:::vendor-archive/*"],
        },
      },
    });
  });

  test("rules that name different keys of one bucket may use each of them", () => {
    const other = keyRef("test", { region: "ap-northeast-1", account: "111122223333", alias: "other" });
    const tf = replicate(
      { destination: tokyo, id: "a", prefix: "a/" },
      { destination: { ...tokyo, key: other }, id: "b", prefix: "b/" },
      { destination: tokyo, id: "c", prefix: "c/" },
    );
    expect(sidsOf(tf)).toEqual([
      "ReadConfiguration",
      "ReadVersions",
      "WriteReplicas",
      "DecryptSource",
      "Encryptacmemediatokyo",
      "EncryptacmemediatokyoKey2",
    ]);
    const [, , write, , ...encrypt] = rolePolicy(tf).Statement as { Resource: string; Condition: object }[];
    expect(write?.Resource).toBe("arn:aws:s3:::acme-media-tokyo/*");
    expect(encrypt.map(({ Condition }) => Condition)).toEqual([
      expect.objectContaining({
        "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/s3/acme-media-tokyo" },
      }) as object,
      expect.objectContaining({ "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/other" } }) as object,
    ]);
  });

  test.each<[string, Partial<ReplicationRule>, object]>([
    ["prefix", { prefix: "in/" }, { filter: { prefix: "in/" } }],
    [
      "one tag",
      { tags: { a: "1" } },
      { filter: { tag: { key: "a", value: "1" } }, delete_marker_replication: { status: "Disabled" } },
    ],
    ["two tags", { tags: { a: "1", b: "2" } }, { filter: { and: { tags: { a: "1", b: "2" } } } }],
    ["prefix and tag", { prefix: "in/", tags: { a: "1" } }, { filter: { and: { prefix: "in/", tags: { a: "1" } } } }],
    ["deleteMarkers off", { deleteMarkers: false }, { delete_marker_replication: { status: "Disabled" } }],
    [
      "replicaModifications off",
      { replicaModifications: false },
      { source_selection_criteria: { replica_modifications: { status: "Disabled" } } },
    ],
    ["storageClass", { storageClass: "GLACIER_IR" }, { destination: { storage_class: "GLACIER_IR" } }],
    ["id and priority", { id: "media", priority: 7 }, { id: "media", priority: 7 }],
  ])("%s", (_, rule, expected) => {
    expect(ruleOf(replicate({ destination: tokyo, ...rule }))).toMatchObject(expected);
  });

  test("without replication time control the metrics stay and have no threshold", () => {
    const { replication_time, ...destination } = DEFAULT_RULE.destination;
    expect(replication_time.status).toBe("Enabled");
    expect(ruleOf(replicate({ destination: tokyo, replicationTimeControl: false }))).toEqual({
      ...DEFAULT_RULE,
      destination: { ...destination, metrics: { status: "Enabled" } },
    });
  });

  test("several destinations: the same rules whatever their order", () => {
    const one = replicate({ destination: tokyo }, { destination: osaka });
    const other = replicate({ destination: osaka }, { destination: tokyo });
    expect(one.text).toBe(other.text);
    const rules = one.only("aws_s3_bucket_replication_configuration").rule as { id: string; priority: number }[];
    expect(rules.map(({ id, priority }) => [id, priority])).toEqual([
      ["acme-media-osaka", 1],
      ["acme-media-tokyo", 2],
    ]);
  });

  test("a pair in one stack copies both ways, each configuration after both buckets", () => {
    const tf = synth((scope) => {
      const [seoul, tokyo] = [new Site(scope, "Seoul", SEOUL), new Site(scope, "Tokyo", TOKYO)];
      const one = new ReplicaBucket(seoul, "Media", { name: "acme-media-seoul" });
      const two = new ReplicaBucket(tokyo, "Media", { name: "acme-media-tokyo" });
      new BucketReplication(seoul, "ToTokyo", { source: one.ref, replicateTo: [two.ref] });
      new BucketReplication(tokyo, "ToSeoul", { source: two.ref, replicateTo: [one.ref] });
    });
    for (const configuration of tf.all("aws_s3_bucket_replication_configuration")) {
      const kinds = (configuration.depends_on as string[]).map((address) => address.split(".")[0]).sort();
      expect(kinds).toEqual([
        "aws_s3_bucket_policy",
        "aws_s3_bucket_policy",
        "aws_s3_bucket_server_side_encryption_configuration",
        "aws_s3_bucket_server_side_encryption_configuration",
        "aws_s3_bucket_versioning",
        "aws_s3_bucket_versioning",
      ]);
    }
    expect(tf.all("aws_s3_bucket_replication_configuration").map(({ provider, bucket }) => [provider, bucket])).toEqual(
      [
        ["aws.seoul", "acme-media-seoul"],
        ["aws.tokyo", "acme-media-tokyo"],
      ],
    );
  });

  test("a long bucket name still gives a role name within IAM's limit", () => {
    const long = SourceBucket.refOf({ ...SEOUL, name: "a".repeat(63) });
    const tf = synthInSite(
      (site) => new BucketReplication(site, "Replication", { source: long, replicateTo: [tokyo] }),
    );
    expect(tf.only("aws_iam_role").name).toMatch(/^s3-replication-a{40}-[0-9a-f]{8}$/);
  });

  test("tells which objects alone it protects", () => {
    const noteOf = (...rules: Omit<ReplicationRule, "destination">[]) => {
      let note;
      synthInSite((site) => {
        new BucketReplication(site, "R", { source, rules: rules.map((rule) => ({ ...rule, destination: tokyo })) });
        note = protectionsBelow(site)[0]?.model.protection.loss.note;
      });
      return note;
    };
    const committed = "99.9 % of the objects; not while more than 1 Gbit/s is replicated, not for delete markers";
    expect(noteOf({})).toBe(committed);
    expect(noteOf({ prefix: "" })).toBe(committed);
    expect(noteOf({ prefix: "in/" })).toBe(`${committed}; rule 'acme-media-tokyo' copies only objects under 'in/'`);
    expect(noteOf({ id: "a", tags: { b: "1", c: "2" } }, { id: "d", prefix: "in/", tags: { e: "3" } })).toBe(
      `${committed}; rule 'a' copies only objects with the tags b=1, c=2; ` +
        "rule 'd' copies only objects under 'in/' with the tags e=3",
    );
  });

  test("tells what it protects: committed with replication time control, unbound without", () => {
    const lossOf = (replicationTimeControl: boolean) => {
      let model;
      synthInSite((site) => {
        new BucketReplication(site, "R", { source, rules: [{ destination: tokyo, replicationTimeControl }] });
        [model] = protectionsBelow(site).map((found) => found.model);
      });
      return JSON.parse(JSON.stringify(model)) as object;
    };
    expect(lossOf(true)).toEqual({
      protection: {
        mechanism: "S3 Cross-Region Replication",
        copiesFrom: "ap-northeast-2",
        copiesIn: ["ap-northeast-1"],
        loss: {
          value: 900,
          basis: "committed",
          source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-time-control.html",
          note: "99.9 % of the objects; not while more than 1 Gbit/s is replicated, not for delete markers",
        },
      },
      recovery: [],
      evidence: [
        {
          title: "replication lag of acme-media-seoul",
          namespace: "AWS/S3",
          metric: "ReplicationLatency",
          dimensions: {
            SourceBucket: "acme-media-seoul",
            DestinationBucket: "acme-media-tokyo",
            RuleId: "acme-media-tokyo",
          },
          statistic: "Maximum",
          unit: "Seconds",
          region: "ap-northeast-1",
        },
        {
          title: "objects of acme-media-seoul that failed to replicate",
          namespace: "AWS/S3",
          metric: "OperationsFailedReplication",
          dimensions: {
            SourceBucket: "acme-media-seoul",
            DestinationBucket: "acme-media-tokyo",
            RuleId: "acme-media-tokyo",
          },
          statistic: "Sum",
          unit: "Count",
          region: "ap-northeast-2",
        },
      ],
    });
    expect(lossOf(false)).toMatchObject({
      protection: {
        loss: { value: 172_800, basis: "typical" },
        remedy: "turn replication time control on (15 minutes, committed by AWS)",
      },
    });
  });
});

describe("SourceBucket", () => {
  test("is a bucket and its replication", () => {
    const tf = synthInSite(
      (site) => new SourceBucket(site, "Media", { name: "acme-media-seoul", replicateTo: [tokyo] }),
    );
    const bucket = synthInSite((site) => new ReplicaBucket(site, "Media", { name: "acme-media-seoul" }));
    expect(tf.types()).toEqual(
      [...bucket.types(), "aws_iam_role", "aws_iam_role_policy", "aws_s3_bucket_replication_configuration"].sort(),
    );
    expect(ruleOf(tf)).toEqual(DEFAULT_RULE);
  });

  test("takes rules of its own", () => {
    const tf = synthInSite(
      (site) =>
        new SourceBucket(site, "Media", { name: "acme-media-seoul", rules: [{ destination: tokyo, prefix: "in/" }] }),
    );
    expect(ruleOf(tf)).toMatchObject({ filter: { prefix: "in/" } });
  });

  test("refOf names what is created", () => {
    synthInSite((site) => {
      const bucket = new SourceBucket(site, "Media", { name: "acme-media-seoul", replicateTo: [tokyo] });
      expect(bucket.ref).toEqual(source);
    });
  });
});
