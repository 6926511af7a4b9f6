/**
 * Proves what is synthesised for keys. Does not prove that KMS accepts a policy, nor that a grant suffices.
 */
import { ReplicaKey, SiteKey } from "../../modules/kms-keys";
import { Site } from "../../modules/site";
import { expectRefusalInSite, SEOUL, synth, synthInSite, TOKYO } from "../support/synth";

const ROOT = {
  Sid: "EnableIamPolicies",
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::111122223333:root" },
  Action: "kms:*",
  Resource: "*",
};

describe("SiteKey", () => {
  test("defaults", () => {
    const tf = synthInSite((site) => new SiteKey(site, "Key", { alias: "orders-seoul" }));

    expect(tf.types()).toEqual([
      "aws_kms_alias", // the name other sites know it by
      "aws_kms_key", // the key
    ]);
    const { policy, ...key } = tf.only("aws_kms_key");
    expect(key).toEqual({
      provider: "aws",
      description: "orders-seoul",
      deletion_window_in_days: 30,
      enable_key_rotation: true,
      rotation_period_in_days: 365,
      multi_region: false,
      lifecycle: { prevent_destroy: true },
    });
    expect(JSON.parse(policy as string)).toEqual({ Version: "2012-10-17", Statement: [ROOT] });
    expect(tf.only("aws_kms_alias")).toEqual({
      provider: "aws",
      name: "alias/orders-seoul",
      target_key_id: expect.stringMatching(/^\$\{aws_kms_key\.\w+\.arn\}$/) as string,
    });
  });

  test("every setting", () => {
    const statement = {
      sid: "Replication",
      principal: { AWS: "arn:aws:iam::444455556666:role/r" },
      actions: ["kms:Encrypt"],
      resources: ["*"],
    };
    const tf = synthInSite(
      (site) =>
        new SiteKey(site, "Key", {
          alias: "orders",
          deletionWindowDays: 7,
          description: "Orders",
          destroyable: true,
          multiRegion: true,
          rotationPeriodDays: 90,
          services: ["cloudwatch", "events"],
          statements: [statement],
        }),
    );

    const { policy, ...key } = tf.only("aws_kms_key");
    expect(key).toEqual({
      provider: "aws",
      description: "Orders",
      deletion_window_in_days: 7,
      enable_key_rotation: true,
      rotation_period_in_days: 90,
      multi_region: true,
      lifecycle: { prevent_destroy: false },
    });
    expect(JSON.parse(policy as string)).toEqual({
      Version: "2012-10-17",
      Statement: [
        ROOT,
        {
          Sid: "AllowServices",
          Effect: "Allow",
          Principal: { Service: ["cloudwatch.amazonaws.com", "events.amazonaws.com"] },
          Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
          Resource: "*",
          Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
        },
        { Sid: "Replication", Effect: "Allow", Principal: statement.principal, Action: "kms:Encrypt", Resource: "*" },
      ],
    });
  });

  test("refOf names what is created", () => {
    const tf = synthInSite((site) => {
      const { ref } = new SiteKey(site, "Key", { alias: "orders-seoul" });
      expect(ref).toEqual(SiteKey.refOf({ ...SEOUL, alias: "orders-seoul" }));
      expect(ref).toEqual({
        name: "orders-seoul",
        arn: "arn:aws:kms:ap-northeast-2:111122223333:alias/orders-seoul",
        region: "ap-northeast-2",
        account: "111122223333",
      });
    });
    expect(tf.only("aws_kms_alias").name).toBe("alias/orders-seoul");
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      new SiteKey(site, "One", { alias: "one" });
      new SiteKey(site, "Two", { alias: "two" });
    });
    expect(tf.all("aws_kms_key")).toHaveLength(2);
  });

  test("the same alias lives in two regions", () => {
    const tf = synth((scope) => {
      new SiteKey(new Site(scope, "Seoul", SEOUL), "Key", { alias: "orders" });
      new SiteKey(new Site(scope, "Tokyo", TOKYO), "Key", { alias: "orders" });
    });
    expect(tf.all("aws_kms_alias").map(({ provider }) => provider)).toEqual(["aws.seoul", "aws.tokyo"]);
  });

  test("fails when the alias is taken", () => {
    expectRefusalInSite(
      (site) => [new SiteKey(site, "One", { alias: "orders" }), new SiteKey(site, "Two", { alias: "orders" })],
      "NameTaken",
      "the KMS alias 'orders' is already taken by stack/Site/One",
      "stack/Site/Two",
    );
  });

  test.each([
    ["aws/orders", /not beginning with 'aws\/'$/],
    ["or ders", /got 'or ders', allowed: letters, digits, '\/', '_' and '-'/],
    ["a".repeat(251), /allowed: 1 to 250 characters \(it has 251\)$/],
  ])("fails when the alias is '%.12s'", (alias, problem) => {
    expectRefusalInSite((site) => new SiteKey(site, "Key", { alias }), "InvalidName", problem, "stack/Site/Key");
  });

  test.each([
    ["deletionWindowDays", 6, "'deletionWindowDays' must be a whole number from 7 to 30, got 6"],
    ["deletionWindowDays", 31, "'deletionWindowDays' must be a whole number from 7 to 30, got 31"],
    ["rotationPeriodDays", 89, "'rotationPeriodDays' must be a whole number from 90 to 2560, got 89"],
    ["rotationPeriodDays", 90.5, "'rotationPeriodDays' must be a whole number from 90 to 2560, got 90.5"],
  ])("fails when %s is %d", (setting, value, problem) => {
    expectRefusalInSite(
      (site) => new SiteKey(site, "Key", { alias: "a", [setting]: value }),
      "SettingOutOfRange",
      problem,
    );
  });
});

describe("ReplicaKey", () => {
  test("defaults", () => {
    const tf = synth((scope) => {
      const primary = new SiteKey(new Site(scope, "Seoul", SEOUL), "Key", { alias: "orders", multiRegion: true });
      new ReplicaKey(new Site(scope, "Tokyo", TOKYO), "Key", { alias: "orders", primaryKeyArn: primary.kmsKeyArn });
    });

    const { policy, ...replica } = tf.only("aws_kms_replica_key");
    expect(replica).toEqual({
      provider: "aws.tokyo",
      description: "orders",
      primary_key_arn: expect.stringMatching(/^\$\{aws_kms_key\.\w+\.arn\}$/) as string,
      deletion_window_in_days: 30,
      lifecycle: { prevent_destroy: true },
    });
    expect(JSON.parse(policy as string)).toEqual({ Version: "2012-10-17", Statement: [ROOT] });
    expect(tf.all("aws_kms_alias").map(({ target_key_id }) => target_key_id)).toEqual([
      expect.stringMatching(/^\$\{aws_kms_key\.\w+\.arn\}$/),
      expect.stringMatching(/^\$\{aws_kms_replica_key\.\w+\.arn\}$/),
    ]);
  });

  test("fails when the deletion window is out of AWS's range", () => {
    expectRefusalInSite(
      (site) => new ReplicaKey(site, "Key", { alias: "a", primaryKeyArn: "arn", deletionWindowDays: 40 }),
      "SettingOutOfRange",
      "'deletionWindowDays' must be a whole number from 7 to 30, got 40",
    );
  });
});
