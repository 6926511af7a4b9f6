/**
 * Proves what is synthesised for a secret and its replicas, what other sites know of it, and what is refused. Does not prove that
 * Secrets Manager copies a value, nor that Terraform keeps it out of the state.
 */
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { TerraformStack, Testing } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import { protectionsBelow, RefusalCode } from "../../modules/core";
import { SiteKey } from "../../modules/kms-keys";
import {
  generatedPassword,
  ReplicatedSecret,
  ReplicatedSecretProps,
  requireSecretIn,
  secretReadStatements,
  SecretReplica,
  writtenElsewhere,
} from "../../modules/secret-replica";
import { Site } from "../../modules/site";
import {
  Block,
  expectRefusal,
  expectRefusalInSite,
  OSAKA,
  SEOUL,
  synth,
  Synthesised,
  synthInSite,
  TOKYO,
  TOKYO_ABROAD,
} from "../support/synth";

const keyIn = (place: { region: string; account: string }) => SiteKey.refOf({ ...place, alias: "orders" });
const PROPS: ReplicatedSecretProps = { name: "orders/payment", key: keyIn(SEOUL), replicas: [keyIn(TOKYO)] };
const SECRET = ReplicatedSecret.refOf({ ...PROPS, account: SEOUL.account });
const ROTATOR = "arn:aws:lambda:ap-northeast-2:111122223333:function:rotate";
const SOURCE = "https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html";

const make =
  (change: Partial<ReplicatedSecretProps> = {}) =>
  (site: Site) =>
    new ReplicatedSecret(site, "Payment", { ...PROPS, ...change });

const policyOf = (tf: Synthesised) =>
  JSON.parse(tf.only("aws_secretsmanager_secret_policy").policy as string) as unknown;
const DENY = { Effect: "Deny", Principal: "*", Action: "secretsmanager:*", Resource: "*" };

describe("ReplicatedSecret", () => {
  test("defaults", () => {
    const tf = synthInSite(make());

    expect(tf.types()).toEqual([
      "aws_secretsmanager_secret", // with its replica
      "aws_secretsmanager_secret_policy", // who may not reach it
      "aws_secretsmanager_secret_version", // a password
    ]);
    expect(tf.only("aws_secretsmanager_secret")).toEqual({
      provider: "aws",
      name: "orders/payment",
      description: "orders/payment",
      kms_key_id: "arn:aws:kms:ap-northeast-2:111122223333:alias/orders",
      recovery_window_in_days: 30,
      force_overwrite_replica_secret: false,
      replica: [{ region: "ap-northeast-1", kms_key_id: "arn:aws:kms:ap-northeast-1:111122223333:alias/orders" }],
      lifecycle: { prevent_destroy: true },
    });
    expect(tf.only("aws_secretsmanager_secret_policy").block_public_policy).toBe(true);
    expect(policyOf(tf)).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Sid: "DenyInsecureTransport", ...DENY, Condition: { Bool: { "aws:SecureTransport": "false" } } },
        {
          Sid: "DenyOtherAccounts",
          ...DENY,
          Condition: {
            StringNotEquals: { "aws:PrincipalAccount": ["111122223333"] },
            BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
          },
        },
      ],
    });
    expect(tf.text).toHaveResourceWithProperties(SecretsmanagerSecret, { name: "orders/payment" });
    expect(tf.json.terraform).toMatchObject({ required_version: ">= 1.11.0" });
  });

  test("every setting", () => {
    const statement = {
      sid: "Read",
      principal: { AWS: "arn:aws:iam::444455556666:root" },
      actions: ["secretsmanager:GetSecretValue"],
      resources: ["*"],
    };
    const tf = synthInSite(
      make({
        description: "Payment provider",
        destroyable: true,
        promotable: true,
        recoveryWindowDays: 7,
        replicas: [keyIn(TOKYO), keyIn({ ...OSAKA, region: "af-south-1" })],
        statements: [statement],
        trustedAccounts: ["444455556666"],
      }),
    );
    expect(tf.only("aws_secretsmanager_secret")).toMatchObject({
      description: "Payment provider",
      recovery_window_in_days: 7,
      replica: [{ region: "af-south-1" }, { region: "ap-northeast-1" }],
      lifecycle: { prevent_destroy: false, ignore_changes: ["replica"] },
    });
    expect(policyOf(tf)).toMatchObject({
      Statement: [
        { Sid: "DenyInsecureTransport" },
        { Condition: { StringNotEquals: { "aws:PrincipalAccount": ["111122223333", "444455556666"] } } },
        { Sid: "Read", Effect: "Allow", Principal: statement.principal, Action: statement.actions[0], Resource: "*" },
      ],
    });
  });

  const generated = (tf: Synthesised) => {
    const { aws_secretsmanager_random_password: made } = tf.json.ephemeral as Record<string, Record<string, Block>>;
    const { "//": _, ...block } = Object.values(made!)[0]!;
    return { block, version: tf.only("aws_secretsmanager_secret_version") };
  };
  const MADE = String.raw`ephemeral\.aws_secretsmanager_random_password\.\w+\.random_password`;

  test("the value is a password that goes from its generator into the secret", () => {
    const { block, version } = generated(synthInSite(make()));
    expect(block).toEqual({
      provider: "aws",
      password_length: 32,
      exclude_punctuation: true,
      require_each_included_type: true,
    });
    expect(version).toEqual({
      provider: "aws",
      secret_id: expect.stringMatching(/^\$\{aws_secretsmanager_secret\.\w+\.id\}$/) as string,
      secret_string_wo: expect.stringMatching(new RegExp(String.raw`^\$\{${MADE}\}$`)) as string,
      secret_string_wo_version: 1,
    });
  });

  test("every setting of a generated value", () => {
    const value = generatedPassword({
      excludeCharacters: "abc",
      fields: { username: "orders" },
      length: 20,
      passwordField: "token",
      punctuation: true,
      version: 4,
    });
    const { block, version } = generated(synthInSite(make({ value })));
    expect(block).toMatchObject({ password_length: 20, exclude_punctuation: false, exclude_characters: "abc" });
    expect(version.secret_string_wo).toMatch(
      new RegExp(String.raw`^\$\{jsonencode\(\{"username" = "orders", "token" = ${MADE}\}\)\}$`),
    );
    expect(version.secret_string_wo_version).toBe(4);
  });

  test("a value that is written elsewhere, and rotated", () => {
    const rotation = { functionArn: ROTATOR, everyDays: 7, immediately: false };
    const tf = synthInSite(make({ value: writtenElsewhere(), rotation }));
    expect(tf.types()).not.toContain("aws_secretsmanager_secret_version");
    expect(tf.json.ephemeral).toBeUndefined();
    expect(tf.only("aws_secretsmanager_secret_rotation")).toEqual({
      provider: "aws",
      secret_id: expect.stringMatching(/\.id\}$/) as string,
      rotation_lambda_arn: ROTATOR,
      rotate_immediately: false,
      rotation_rules: { automatically_after_days: 7 },
    });
    const defaults = synthInSite(make({ value: writtenElsewhere(), rotation: { functionArn: ROTATOR } }));
    expect(defaults.only("aws_secretsmanager_secret_rotation")).toMatchObject({
      rotate_immediately: true,
      rotation_rules: { automatically_after_days: 30 },
    });
  });

  test("waits for keys of the same stack", () => {
    const tf = synthInSite((site) => {
      make({ key: new SiteKey(site, "Key", { alias: "orders" }).ref })(site);
    });
    expect(tf.only("aws_secretsmanager_secret").depends_on).toEqual([
      expect.stringMatching(/^aws_kms_key\./),
      expect.stringMatching(/^aws_kms_alias\./),
    ]);
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      make()(site);
      new ReplicatedSecret(site, "Other", { ...PROPS, name: "orders/other" });
    });
    expect(tf.all("aws_secretsmanager_secret")).toHaveLength(2);
  });

  test("refOf names what is created", () => {
    synthInSite((site) => {
      const { ref } = make()(site);
      expect(ref).toEqual(SECRET);
      expect(ref).toEqual({
        name: "orders/payment",
        arn: "arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:orders/payment",
        region: "ap-northeast-2",
        account: "111122223333",
        keys: [keyIn(SEOUL), keyIn(TOKYO)],
        promotable: false,
      });
    });
  });

  test("says where its copies are, and invents no figure", () => {
    const site = new Site(new TerraformStack(Testing.app(), "stack"), "Seoul", SEOUL);
    make()(site);
    expect(protectionsBelow(site).map(({ model }) => model)).toEqual([
      {
        protection: {
          mechanism: "Secrets Manager multi-Region replication",
          copiesFrom: "ap-northeast-2",
          copiesIn: ["ap-northeast-1"],
          loss: {
            basis: "unknown",
            source: SOURCE,
            note: "AWS publishes no time a new value takes to reach a replica",
          },
        },
        recovery: [],
        evidence: [],
      },
    ]);
  });

  test.each<[string, Partial<ReplicatedSecretProps>, RefusalCode, string | RegExp]>([
    ["a name like an ARN's end", { name: "orders-abcdef" }, "InvalidName", /as a secret's ARN does$/],
    [
      "a key of another region",
      { key: keyIn(OSAKA) },
      "KeyInOtherRegion",
      "'key' is in 'ap-northeast-3', the site is 'ap-northeast-2'",
    ],
    [
      "a key of another account",
      { replicas: [keyIn(TOKYO_ABROAD)] },
      "ReplicaInOtherAccount",
      "the key 'orders' is of account '444455556666', the site is of '111122223333'",
    ],
    [
      "a replica at home",
      { replicas: [keyIn(SEOUL)] },
      "ReplicaInSourceRegion",
      "'replicas' must name other regions, got the source's own 'ap-northeast-2'",
    ],
    [
      "two replicas in a region",
      { replicas: [keyIn(TOKYO), keyIn(TOKYO)] },
      "RepeatedItem",
      "'replicas' names 'ap-northeast-1' twice",
    ],
    [
      "a replica in another partition",
      { replicas: [keyIn({ ...TOKYO, region: "cn-north-1" })] },
      "ForeignPartition",
      "'ap-northeast-2' lies in partition aws, 'cn-north-1' in aws-cn",
    ],
    [
      "a short window",
      { recoveryWindowDays: 6 },
      "SettingOutOfRange",
      "'recoveryWindowDays' must be a whole number from 7 to 30, got 6",
    ],
    [
      "a short password",
      { value: generatedPassword({ length: 7 }) },
      "SettingOutOfRange",
      "'value.length' must be a whole number from 8 to 4096, got 7",
    ],
    [
      "a version of 0",
      { value: generatedPassword({ version: 0 }) },
      "SettingOutOfRange",
      "'value.version' must be a whole number from 1 to 1000000, got 0",
    ],
    [
      "a field over the password",
      { value: generatedPassword({ fields: { password: "x" } }) },
      "ConflictingSettings",
      "'value.fields' holds 'password', the password's own field",
    ],
    ["an invalid account", { trustedAccounts: ["42"] }, "InvalidAccount", "an AWS account id has 12 digits, got '42'"],
    [
      "a rotation of a generated value",
      { rotation: { functionArn: ROTATOR } },
      "ConflictingSettings",
      "'rotation' is set and Terraform generates the value",
    ],
    [
      "a rotation function of another region",
      { value: writtenElsewhere(), rotation: { functionArn: ROTATOR.replace("northeast-2", "northeast-1") } },
      "ArnOfOtherRegion",
      /^'rotation\.functionArn' is in 'ap-northeast-1'/,
    ],
    [
      "a rotation by no function",
      { value: writtenElsewhere(), rotation: { functionArn: "rotate" } },
      "InvalidArn",
      "'rotation.functionArn' must be an ARN, got 'rotate'",
    ],
    [
      "a rotation after 1001 days",
      { value: writtenElsewhere(), rotation: { functionArn: ROTATOR, everyDays: 1_001 } },
      "SettingOutOfRange",
      "'rotation.everyDays' must be a whole number from 1 to 1000, got 1001",
    ],
  ])("fails with %s", (_, change, code, problem) => {
    expectRefusalInSite(make(change), code, problem, "stack/Site/Payment");
  });

  test("fails when a replica meets another secret", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    make()(new Site(stack, "Seoul", SEOUL));
    expectRefusal(
      () => make({ key: keyIn(TOKYO), replicas: [] })(new Site(stack, "Tokyo", TOKYO)),
      "NameTaken",
      "the secret name 'orders/payment' is already taken by stack/Seoul/Payment",
      "stack/Tokyo/Payment",
    );
  });
});

describe("SecretReplica", () => {
  const promotable = ReplicatedSecret.refOf({ ...PROPS, account: SEOUL.account, promotable: true });
  const modelOf = (secret: typeof SECRET, promoted?: boolean) => {
    const site = new Site(new TerraformStack(Testing.app(), "stack"), "Tokyo", TOKYO);
    new SecretReplica(site, "Payment", { secret, promoted });
    return protectionsBelow(site)[0]!.model;
  };

  test("knows the secret by the site's own region and key, and creates nothing", () => {
    const tf = synth((scope) => {
      const site = new Site(scope, "Tokyo", TOKYO);
      expect(new SecretReplica(site, "Payment", { secret: SECRET }).ref).toEqual({
        name: "orders/payment",
        arn: "arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:orders/payment",
        arnPattern: "arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:orders/payment-??????",
        region: "ap-northeast-1",
        account: "111122223333",
        key: keyIn(TOKYO),
      });
      new SiteKey(site, "Key", { alias: "orders" });
    });
    expect(tf.types()).toEqual(["aws_kms_alias", "aws_kms_key"]);
  });

  test("a failover promotes it where the secret allows, once", () => {
    expect(modelOf(promotable)).toEqual({
      protection: {
        mechanism: "Secrets Manager multi-Region replication",
        copiesFrom: "ap-northeast-2",
        copiesIn: ["tokyo"],
        loss: { basis: "unknown", source: SOURCE, note: "AWS publishes no time a new value takes to reach a replica" },
      },
      recovery: [
        {
          title: "promote the replica of the secret orders/payment",
          call: "secretsmanager:StopReplicationToReplica",
          parameters: { SecretId: "orders/payment" },
          duration: {
            basis: "unknown",
            source: SOURCE,
            note: "AWS publishes no time; the value can be read throughout",
          },
          undo: "in ap-northeast-2, ReplicateSecretToRegions with ForceOverwriteReplicaSecret: what was written here is lost",
        },
      ],
      evidence: [],
    });
    expect(modelOf(promotable, true).recovery).toEqual([]);
    expect(modelOf(SECRET).recovery).toEqual([]);
  });

  test("fails in the home", () => {
    expectRefusalInSite(
      (site) => new SecretReplica(site, "Payment", { secret: SECRET }),
      "WrongSite",
      "the secret 'orders/payment' is at home in 'ap-northeast-2'",
      "stack/Site/Payment",
    );
  });
});

describe("requireSecretIn", () => {
  const siteIn = (place: typeof SEOUL) => new Site(new TerraformStack(Testing.app(), "stack"), "Site", place);

  test("gives the statements of a role that reads it there", () => {
    const { arnPattern } = requireSecretIn(siteIn(TOKYO), SECRET);
    expect(secretReadStatements(requireSecretIn(siteIn(TOKYO), SECRET))).toEqual([
      {
        sid: "ReadSecret",
        actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
        resources: [arnPattern],
      },
      {
        sid: "DecryptSecret",
        actions: ["kms:Decrypt"],
        resources: ["arn:aws:kms:ap-northeast-1:111122223333:key/*"],
        conditions: {
          "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/orders" },
          StringEquals: { "kms:ViaService": "secretsmanager.ap-northeast-1.amazonaws.com" },
        },
      },
    ]);
  });

  test("is the secret itself at home", () => {
    expect(requireSecretIn(siteIn(SEOUL), SECRET).arn).toBe(SECRET.arn);
  });

  test.each([
    ["another region", OSAKA, "the site is 'ap-northeast-3' of '111122223333'"],
    ["another account", TOKYO_ABROAD, "the site is 'ap-northeast-1' of '444455556666'"],
  ])("fails in %s", (_, place, where) => {
    expectRefusal(
      () => requireSecretIn(siteIn(place), SECRET),
      "SecretNotInSite",
      `the secret 'orders/payment' is in 'ap-northeast-2', 'ap-northeast-1' of '111122223333', ${where}`,
      "stack/Site",
    );
  });
});
