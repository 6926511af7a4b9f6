/**
 * Proves how the master password passes from its generator to an instance, and that no text of it is synthesised. Does not prove
 * that Terraform keeps it out of the state: the live tests read a state.
 */
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { TerraformStack, Testing } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import { RefusalCode } from "../../modules/core";
import { MasterUserSecret, MasterUserSecretProps } from "../../modules/rds-read-replica";
import { Site } from "../../modules/site";
import { KEY } from "../support/rds";
import {
  Block,
  expectRefusal,
  expectRefusalInSite,
  SEOUL,
  synth,
  synthApp,
  Synthesised,
  synthInSite,
  TOKYO,
} from "../support/synth";

const PROPS: MasterUserSecretProps = { kmsKeyArn: KEY.seoul, name: "rds/ledger-seoul", username: "dbadmin" };

/** Ephemeral blocks by type, of which there is one each, without cdktf's comment. */
function ephemeral(tf: Synthesised, type: string): Block[] {
  const blocks = tf.json.ephemeral as { [type: string]: { [id: string]: Block } };
  return Object.values(blocks[type]!).map(({ "//": _, ...block }) => block);
}

/** Something that takes the password in a write-only argument. */
function keep(site: Site, secret: MasterUserSecret): void {
  new SsmParameter(site, "Kept", { name: "p", type: "SecureString", valueWo: secret.password, valueWoVersion: 1 });
}

describe("MasterUserSecret", () => {
  test("defaults", () => {
    const tf = synthInSite((site) => new MasterUserSecret(site, "Master", PROPS));

    expect(tf.types()).toEqual([
      "aws_secretsmanager_secret", // where an application finds the password
      "aws_secretsmanager_secret_version", // the password
    ]);
    expect(tf.only("aws_secretsmanager_secret")).toEqual({
      provider: "aws",
      name: "rds/ledger-seoul",
      description: "Master user dbadmin",
      kms_key_id: KEY.seoul,
      recovery_window_in_days: 30,
      force_overwrite_replica_secret: false,
      replica: [],
      lifecycle: { prevent_destroy: true },
    });
    expect(tf.text).toHaveResourceWithProperties(SecretsmanagerSecret, { name: "rds/ledger-seoul" });
    expect(tf.json.terraform).toMatchObject({ required_version: ">= 1.11.0" });
  });

  test("the password goes from the generator into the secret, and is read back from there", () => {
    const tf = synthInSite((site) => keep(site, new MasterUserSecret(site, "Master", PROPS)));

    expect(ephemeral(tf, "aws_secretsmanager_random_password")).toEqual([
      { provider: "aws", password_length: 32, exclude_punctuation: true, require_each_included_type: true },
    ]);
    expect(tf.only("aws_secretsmanager_secret_version")).toEqual({
      provider: "aws",
      secret_id: expect.stringMatching(/^\$\{aws_secretsmanager_secret\.\w+\.id\}$/) as string,
      secret_string_wo: expect.stringMatching(
        /^\$\{jsonencode\(\{"username" = "dbadmin", "password" = ephemeral\.aws_secretsmanager_random_password\.\w+\.random_password\}\)\}$/,
      ) as string,
      secret_string_wo_version: 1,
    });
    expect(ephemeral(tf, "aws_secretsmanager_secret_version")).toEqual([
      {
        provider: "aws",
        secret_id: expect.stringMatching(/^\$\{aws_secretsmanager_secret_version\.\w+\.secret_id\}$/) as string,
      },
    ]);
    expect(tf.only("aws_ssm_parameter").value_wo).toMatch(
      /^\$\{jsondecode\(ephemeral\.aws_secretsmanager_secret_version\.\w+\.secret_string\)\.password\}$/,
    );
  });

  test("every setting", () => {
    const tf = synthInSite(
      (site) =>
        new MasterUserSecret(site, "Master", {
          ...PROPS,
          destroyable: true,
          passwordVersion: 3,
          replicas: { "us-west-2": {}, "ap-northeast-1": { kmsKeyArn: KEY.tokyo } },
        }),
    );
    expect(tf.only("aws_secretsmanager_secret")).toMatchObject({
      replica: [{ region: "ap-northeast-1", kms_key_id: KEY.tokyo }, { region: "us-west-2" }],
      lifecycle: { prevent_destroy: false },
    });
    expect(tf.only("aws_secretsmanager_secret_version").secret_string_wo_version).toBe(3);
  });

  test("two of them live in one stack, and in two sites each has its site's provider", () => {
    const tf = synth((scope) => {
      const seoul = new Site(scope, "Seoul", SEOUL);
      new MasterUserSecret(seoul, "One", PROPS);
      new MasterUserSecret(seoul, "Two", { ...PROPS, name: "rds/carts-seoul" });
      new MasterUserSecret(new Site(scope, "Tokyo", TOKYO), "One", { ...PROPS, kmsKeyArn: KEY.tokyo });
    });
    for (const type of ["aws_secretsmanager_random_password", "aws_secretsmanager_secret_version"]) {
      const providers = ephemeral(tf, type).map(({ provider }) => provider);
      expect(providers.sort()).toEqual(["aws.seoul", "aws.seoul", "aws.tokyo"]);
    }
  });

  test("fails when its password is used in another stack", () => {
    expectRefusal(
      () =>
        synthApp((app) => {
          const [one, two] = [new TerraformStack(app, "one"), new TerraformStack(app, "two")];
          const secret = new MasterUserSecret(new Site(one, "Seoul", SEOUL), "Master", PROPS);
          keep(new Site(two, "Tokyo", TOKYO), secret);
        }),
      "CrossStackToken",
      /^'value_wo' references an attribute of stack 'one' that is unknown at synth, got '\$\{jsondecode\(ephemeral\./,
      "two/Tokyo/Kept",
    );
  });

  test.each<[Partial<MasterUserSecretProps>, RefusalCode, string | RegExp]>([
    [
      { name: "rds/orders-abcdef" },
      "InvalidName",
      /not ending in a hyphen and six characters, as a secret's ARN does$/,
    ],
    [{ name: "a b" }, "InvalidName", /^'name' is not a valid secret name, got 'a b'/],
    [{ username: "1st" }, "InvalidName", /^'username' is not a valid master user name, got '1st'/],
    [{ username: "a".repeat(17) }, "InvalidName", /1 to 16 characters \(it has 17\)$/],
    [
      { passwordVersion: 0 },
      "SettingOutOfRange",
      /^'passwordVersion' must be a whole number from 1 to 1000000, got 0$/,
    ],
    [{ kmsKeyArn: "alias/orders" }, "InvalidArn", "'kmsKeyArn' must be an ARN, got 'alias/orders'"],
    [
      { kmsKeyArn: "arn:aws:kms:ap-northeast-2:111122223333:alias/orders" },
      "InvalidArn",
      "'kmsKeyArn' must be the ARN of a key, got 'arn:aws:kms:ap-northeast-2:111122223333:alias/orders'",
    ],
    [{ kmsKeyArn: KEY.tokyo }, "KeyInOtherRegion", "'kmsKeyArn' is in 'ap-northeast-1', the site is 'ap-northeast-2'"],
    [
      { replicas: { "ap-northeast-2": {} } },
      "ReplicaInSourceRegion",
      "'replicas' must name other regions, got the source's own 'ap-northeast-2'",
    ],
    [{ replicas: { tokyo: {} } }, "UnknownRegion", /^this library does not know the region 'tokyo'/],
    [
      { replicas: { "cn-north-1": {} } },
      "ForeignPartition",
      "'ap-northeast-2' lies in partition aws, 'cn-north-1' in aws-cn",
    ],
  ])("fails with %j", (props, code, problem) => {
    expectRefusalInSite(
      (site) => new MasterUserSecret(site, "Master", { ...PROPS, ...props }),
      code,
      problem,
      "stack/Site/Master",
    );
  });

  test("fails when a copy meets another secret", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    new MasterUserSecret(new Site(stack, "Seoul", SEOUL), "Master", { ...PROPS, replicas: { "ap-northeast-1": {} } });
    expectRefusal(
      () => new MasterUserSecret(new Site(stack, "Tokyo", TOKYO), "Master", { ...PROPS, kmsKeyArn: KEY.tokyo }),
      "NameTaken",
      "the secret name 'rds/ledger-seoul' is already taken by stack/Seoul/Master",
      "stack/Tokyo/Master",
    );
  });
});
