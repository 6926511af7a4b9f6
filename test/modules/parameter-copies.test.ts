/**
 * Proves what is synthesised for parameters, that every site gets the same, and that the text contains no secret. Does not prove that
 * Parameter Store accepts them, nor that Terraform keeps a secret out of the state.
 */
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { TerraformVariable } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import { protectionsBelow, RefusalCode } from "../../modules/core";
import { SiteKey } from "../../modules/kms-keys";
import {
  ParameterCopies,
  ParameterCopiesProps,
  parameterReadStatements,
  plainText,
  secretText,
  textList,
  writeOnlyText,
} from "../../modules/parameter-copies";
import { generatedPassword, ReplicatedSecret } from "../../modules/secret-replica";
import { Site } from "../../modules/site";
import { KEY } from "../support/rds";
import { Block, expectRefusalInSite, OSAKA, SEOUL, synth, synthInSite, TOKYO } from "../support/synth";

const definition = {
  name: "orders/payment",
  key: SiteKey.refOf({ ...SEOUL, alias: "orders" }),
  replicas: [SiteKey.refOf({ ...TOKYO, alias: "orders" })],
};
const secret = ReplicatedSecret.refOf({ ...definition, account: SEOUL.account });
const TOKEN = "${var.token}";

const one = (props: ParameterCopiesProps) =>
  synthInSite((site) => new ParameterCopies(site, "Settings", props)).only("aws_ssm_parameter");

describe("ParameterCopies", () => {
  test("defaults", () => {
    const parameters = { "/orders/api/limit": plainText("100") };
    const tf = synthInSite((site) => new ParameterCopies(site, "Settings", { parameters }));

    expect(tf.types()).toEqual([
      "aws_ssm_parameter", // the one that was asked for
    ]);
    expect(tf.at("Site/Settings/Parameter---orders--api--limit")).toEqual({
      provider: "aws",
      name: "/orders/api/limit",
      type: "String",
      insecure_value: "100",
      data_type: "text",
      tier: "Standard",
    });
    expect(tf.text).toHaveResourceWithProperties(SsmParameter, { name: "/orders/api/limit" });
  });

  test("text that looks like a Terraform template reaches AWS unchanged", () => {
    const options = { allowedPattern: "^.{2}%{0,9}$", description: "for ${HOME}" };
    const command = "curl -w %{http_code} ${HOME}/$x";
    expect(one({ parameters: { command: plainText(command, options) } })).toMatchObject({
      insecure_value: "curl -w %%{http_code} $${HOME}/$x",
      allowed_pattern: "^.{2}%%{0,9}$",
      description: "for $${HOME}",
    });
    expect(one({ parameters: { list: textList(["%{a}", "${b}"]) } }).insecure_value).toBe("%%{a},$${b}");
  });

  test("a list, a description and a pattern", () => {
    const options = { allowedPattern: "^[A-Z,]+$", description: "Currencies" };
    expect(one({ parameters: { currencies: textList(["KRW", "JPY"], options) }, overwrites: true })).toMatchObject({
      name: "currencies",
      type: "StringList",
      insecure_value: "KRW,JPY",
      allowed_pattern: "^[A-Z,]+$",
      description: "Currencies",
      overwrite: true,
    });
  });

  test.each([
    [4_096, "Standard"],
    [4_097, "Advanced"],
    [8_192, "Advanced"],
  ])("%d bytes are of tier %s", (bytes, tier) => {
    expect(one({ parameters: { "/a": plainText("x".repeat(bytes)) } }).tier).toBe(tier);
    expect(
      one({ parameters: { "/a": plainText("é".repeat(Math.floor(bytes / 2)) + "x".repeat(bytes % 2)) } }).tier,
    ).toBe(tier);
  });

  test("a copy of a secret is read from the site's own replica, and written without Terraform keeping it", () => {
    const parameters = { "/orders/payment": secretText(secret, { jsonKey: "password", large: true, version: 2 }) };
    const tf = synthInSite(
      (site) => new ParameterCopies(site, "Settings", { parameters, kmsKeyArn: KEY.tokyo }),
      TOKYO,
    );

    const { aws_secretsmanager_secret_version: read } = tf.json.ephemeral as Record<string, Record<string, Block>>;
    expect(Object.values(read!).map(({ "//": _, ...block }) => block)).toEqual([
      { provider: "aws", secret_id: "orders/payment" },
    ]);
    expect(tf.only("aws_ssm_parameter")).toEqual({
      provider: "aws",
      name: "/orders/payment",
      type: "SecureString",
      key_id: KEY.tokyo,
      value_wo: expect.stringMatching(
        /^\$\{jsondecode\(ephemeral\.aws_secretsmanager_secret_version\.[\w-]+\.secret_string\)\.password\}$/,
      ) as string,
      value_wo_version: 2,
      data_type: "text",
      tier: "Advanced",
    });
    expect(tf.json.terraform).toMatchObject({ required_version: ">= 1.11.0" });
  });

  test("a copy of a secret of the same stack waits for it", () => {
    const tf = synthInSite((site) => {
      const { ref } = new ReplicatedSecret(site, "Payment", { ...definition, value: generatedPassword() });
      new ParameterCopies(site, "Settings", {
        parameters: { "/orders/payment": secretText(ref) },
        kmsKeyArn: KEY.seoul,
      });
    });
    const { aws_secretsmanager_secret_version: read } = tf.json.ephemeral as Record<string, Record<string, Block>>;
    expect(Object.values(read!)[0]!.secret_id).toMatch(
      /^\$\{replace\(aws_secretsmanager_secret_version\.\w+\.secret_id, ":ap-northeast-2:", ":ap-northeast-2:"\)\}$/,
    );
    expect(tf.only("aws_ssm_parameter").value_wo).toMatch(/^\$\{ephemeral\.\S+\.secret_string\}$/);
  });

  test("a text that is handed to each apply passes through a write-only argument", () => {
    const tf = synthInSite((site) => {
      const token = new TerraformVariable(site, "token", { type: "string", sensitive: true });
      const parameters = { "/orders/token": writeOnlyText(token.stringValue) };
      new ParameterCopies(site, "Settings", { parameters, kmsKeyArn: KEY.seoul });
    });
    expect(tf.only("aws_ssm_parameter")).toMatchObject({
      value_wo: expect.stringMatching(/^\$\{var\.\w+\}$/) as string,
      value_wo_version: 1,
      tier: "Standard",
    });
  });

  test("two of them live in one stack, and every site has the same", () => {
    const tf = synth((scope) => {
      for (const [name, place] of Object.entries({ Seoul: SEOUL, Tokyo: TOKYO })) {
        const site = new Site(scope, name, place);
        new ParameterCopies(site, "One", { parameters: { "/orders/limit": plainText("100") } });
        new ParameterCopies(site, "Two", { parameters: { "/carts/limit": plainText("10") } });
      }
    });
    const [seoul, tokyo] = ["aws.seoul", "aws.tokyo"].map((provider) =>
      tf
        .all("aws_ssm_parameter")
        .filter((parameter) => parameter.provider === provider)
        .map(({ provider: _, ...parameter }) => parameter),
    );
    expect(seoul).toHaveLength(2);
    expect(seoul).toEqual(tokyo);
  });

  test("refOf names what is created, with one slash after the ARN's type", () => {
    synthInSite((site) => {
      const { refs } = new ParameterCopies(site, "Settings", {
        parameters: { "/orders/limit": plainText("1"), limit: plainText("1") },
      });
      expect(refs["/orders/limit"]).toEqual(ParameterCopies.refOf({ ...SEOUL, name: "/orders/limit" }));
      expect(Object.values(refs).map(({ arn }) => arn)).toEqual([
        "arn:aws:ssm:ap-northeast-2:111122223333:parameter/orders/limit",
        "arn:aws:ssm:ap-northeast-2:111122223333:parameter/limit",
      ]);
    });
  });

  test("statements let a role read them, and decrypt them alone", () => {
    const ref = ParameterCopies.refOf({ ...SEOUL, name: "/orders/limit" });
    const read = { sid: "ReadParameters", actions: ["ssm:GetParameter", "ssm:GetParameters"], resources: [ref.arn] };
    expect(parameterReadStatements([ref])).toEqual([read]);
    expect(parameterReadStatements([ref], KEY.seoul)).toEqual([
      read,
      {
        sid: "DecryptParameters",
        actions: ["kms:Decrypt"],
        resources: [KEY.seoul],
        conditions: { StringEquals: { "kms:EncryptionContext:PARAMETER_ARN": [ref.arn] } },
      },
    ]);
  });

  test("nothing is lost with a site, and nothing has to be recovered", () => {
    synthInSite((site) => {
      new ParameterCopies(site, "Settings", { parameters: { "/a": plainText("1") } });
      const [{ model }] = protectionsBelow(site) as [ReturnType<typeof protectionsBelow>[number]];
      expect(model.protection).toMatchObject({
        copiesIn: ["seoul"],
        loss: { value: { inSeconds: 0 }, basis: "configured" },
      });
      expect(model.recovery).toEqual([]);
    });
  });

  const secure = { kmsKeyArn: KEY.seoul };
  test.each<[string, ParameterCopiesProps, RefusalCode, string | RegExp]>([
    [
      "a reserved name",
      { parameters: { "/aws/x": plainText("1") } },
      "InvalidName",
      /not beginning with 'aws' or 'ssm'$/,
    ],
    ["a reserved beginning", { parameters: { SSMlimit: plainText("1") } }, "InvalidName", /got 'SSMlimit'/],
    ["16 levels", { parameters: { ["/a".repeat(16)]: plainText("1") } }, "InvalidName", /for each of up to 15 levels/],
    ["a slash at the end", { parameters: { "/a/": plainText("1") } }, "InvalidName", /got '\/a\/'/],
    [
      "a token",
      { parameters: { "/a": plainText(TOKEN.replace("var.token", "TfToken[TOKEN.0]")) } },
      "TokenForPlainString",
      "'parameters./a' must be known at synth, got a token",
    ],
    [
      "nothing",
      { parameters: { "/a": plainText("") } },
      "InvalidParameterValue",
      "'parameters./a' is not a value of type String, got '', allowed: one character or more",
    ],
    [
      "a comma in an item",
      { parameters: { "/a": textList(["a,b"]) } },
      "InvalidParameterValue",
      "'parameters./a' is not a value of type StringList, got 'a,b', allowed: items of one character or more, without commas",
    ],
    [
      "an empty list",
      { parameters: { "/a": textList([]) } },
      "InvalidParameterValue",
      "'parameters./a' is not a value of type StringList, got '', allowed: one item or more",
    ],
    [
      "too much",
      { parameters: { "/a": plainText("x".repeat(8_193)) } },
      "ParameterTooLong",
      "'parameters./a' has 8193 bytes, Parameter Store takes 8192",
    ],
    [
      "a secret in the code",
      { ...secure, parameters: { "/a": writeOnlyText("hunter2") } },
      "SecretInClearText",
      "'parameters./a' is a SecureString, and its value is written in the code",
    ],
    [
      "no key",
      { parameters: { "/a": secretText(secret) } },
      "MissingSetting",
      "'parameters./a' is a SecureString, and 'kmsKeyArn' is not set",
    ],
    [
      "a version of 0",
      { ...secure, parameters: { "/a": secretText(secret, { version: 0 }) } },
      "SettingOutOfRange",
      "'parameters./a.version' must be a whole number from 1 to 1000000, got 0",
    ],
    [
      "a key of another region",
      { kmsKeyArn: KEY.tokyo, parameters: { "/a": secretText(secret) } },
      "ArnOfOtherRegion",
      `'kmsKeyArn' is in 'ap-northeast-1', the site is 'ap-northeast-2', got '${KEY.tokyo}'`,
    ],
  ])("fails with %s", (_, props, code, problem) => {
    expectRefusalInSite((site) => new ParameterCopies(site, "Settings", props), code, problem, "stack/Site/Settings");
  });

  test("fails when a site has no replica of the secret", () => {
    const props = {
      kmsKeyArn: KEY.seoul.replace("northeast-2", "northeast-3"),
      parameters: { "/a": secretText(secret) },
    };
    expectRefusalInSite(
      (site) => new ParameterCopies(new Site(site.node.scope as Site, "Osaka", OSAKA), "Settings", props),
      "SecretNotInSite",
      /^the secret 'orders\/payment' is in 'ap-northeast-2', 'ap-northeast-1' of '111122223333', the site is 'ap-northeast-3'/,
      "stack/Osaka/Settings",
    );
  });

  test("fails when a name is taken", () => {
    const parameters = { "/a": plainText("1") };
    expectRefusalInSite(
      (site) => [new ParameterCopies(site, "One", { parameters }), new ParameterCopies(site, "Two", { parameters })],
      "NameTaken",
      "the SSM parameter name '/a' is already taken by stack/Site/One",
      "stack/Site/Two",
    );
  });
});
