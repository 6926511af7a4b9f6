/**
 * Proves what is synthesised for endpoints of databases, per engine. Does not prove that DMS connects, nor that it keeps
 * the extra connection attributes as they are written.
 */
import { DmsEndpoint } from "@cdktf/provider-aws/lib/dms-endpoint";
import "cdktf/lib/testing/adapters/jest";
import { RefusalCode } from "../../modules/core";
import {
  auroraMysqlSource,
  auroraMysqlTarget,
  auroraPostgresSource,
  mariadbSource,
  mysqlSource,
  mysqlTarget,
  oracleSource,
  postgresSource,
  SourceEndpoint,
  SourceEndpointProps,
  sourceRequirements,
  sqlServerSource,
  TargetEndpoint,
} from "../../modules/dms-replication";
import { CERTIFICATE, DATABASE, KEY, SECRET } from "../support/dms";
import { expectRefusalInSite, synthInSite } from "../support/synth";

const ORDERS = { databaseName: "orders" };

function build(props: Partial<SourceEndpointProps> = {}) {
  return (site: ConstructorParameters<typeof SourceEndpoint>[0]) =>
    new SourceEndpoint(site, "Source", { ...DATABASE, name: "orders", engine: mysqlSource(), ...props });
}

describe("SourceEndpoint", () => {
  test("defaults", () => {
    const tf = synthInSite(build());

    expect(tf.types()).toEqual([
      "aws_dms_endpoint", // where and how to connect
      "aws_iam_role", // reads the credentials
      "aws_iam_role_policy", // of this one secret
    ]);
    expect(tf.only("aws_dms_endpoint")).toEqual({
      provider: "aws",
      endpoint_id: "orders",
      endpoint_type: "source",
      engine_name: "mysql",
      kms_key_arn: KEY,
      secrets_manager_arn: SECRET,
      secrets_manager_access_role_arn: expect.stringMatching(/^\$\{aws_iam_role\.\w+\.arn\}$/) as string,
      ssl_mode: "verify-full",
      certificate_arn: CERTIFICATE,
      depends_on: [
        expect.stringMatching(/^aws_iam_role\./) as string,
        expect.stringMatching(/^aws_iam_role_policy\./) as string,
      ],
    });
    expect(tf.text).toHaveResourceWithProperties(DmsEndpoint, { ssl_mode: "verify-full", engine_name: "mysql" });
  });

  test("the role reads one secret only", () => {
    const tf = synthInSite(build());
    const { assume_role_policy, ...role } = tf.only("aws_iam_role");
    expect(role).toEqual({
      provider: "aws",
      name: "dms-orders-ap-northeast-2",
      description: "DMS reads the credentials of orders",
    });
    expect(JSON.parse(assume_role_policy as string)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Trust",
          Effect: "Allow",
          Principal: { Service: "dms.ap-northeast-2.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      ],
    });
    expect(JSON.parse(tf.only("aws_iam_role_policy").policy as string)).toEqual({
      Version: "2012-10-17",
      Statement: [{ Sid: "ReadSecret", Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: SECRET }],
    });
  });

  test("secretKmsKeyArn: the role uses the key for that secret only", () => {
    const tf = synthInSite(build({ secretKmsKeyArn: KEY }));
    expect(JSON.parse(tf.only("aws_iam_role_policy").policy as string)).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Sid: "ReadSecret", Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: SECRET },
        {
          Sid: "DecryptSecret",
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: KEY,
          Condition: {
            StringEquals: {
              "kms:ViaService": "secretsmanager.ap-northeast-2.amazonaws.com",
              "kms:EncryptionContext:SecretARN": SECRET,
            },
          },
        },
        { Sid: "DescribeKey", Effect: "Allow", Action: "kms:DescribeKey", Resource: KEY },
      ],
    });
  });

  test("secretsManagerEndpoint: next to the engine's attributes, in order", () => {
    const tf = synthInSite(
      build({ engine: mysqlSource({ eventsPollIntervalSeconds: 5 }), secretsManagerEndpoint: "vpce-1.example" }),
    );
    expect(tf.only("aws_dms_endpoint").extra_connection_attributes).toBe(
      "eventsPollInterval=5;secretsManagerEndpointOverride=vpce-1.example",
    );
  });

  test("plaintext: no certificate, no encryption", () => {
    const { ssl_mode, certificate_arn } = synthInSite(build({ plaintext: true, certificateArn: undefined })).only(
      "aws_dms_endpoint",
    );
    expect({ ssl_mode, certificate_arn }).toEqual({ ssl_mode: "none", certificate_arn: undefined });
  });

  test("tells a task what it is", () => {
    synthInSite((site) => {
      const source = build({
        databaseRegion: "ap-northeast-1",
        engine: postgresSource({ ...ORDERS, slotName: "dms" }),
      })(site);
      expect(source).toMatchObject({
        role: "source",
        engine: "postgres",
        capturesChanges: true,
        databaseRegion: "ap-northeast-1",
        slotName: "dms",
        requirements: sourceRequirements("postgres"),
      });
      expect(source.endpointArn).toMatch(/^\$\{TfToken/);
      expect(
        new SourceEndpoint(site, "Here", { ...DATABASE, name: "here", engine: mysqlSource() }).databaseRegion,
      ).toBe("ap-northeast-2");
    });
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      new SourceEndpoint(site, "One", { ...DATABASE, name: "one", engine: mysqlSource() });
      new SourceEndpoint(site, "Two", { ...DATABASE, name: "two", engine: mysqlSource() });
    });
    expect(tf.all("aws_dms_endpoint")).toHaveLength(2);
  });

  test.each<[string, Partial<SourceEndpointProps>, RefusalCode, string | RegExp]>([
    ["a bad name", { name: "Orders" }, "InvalidName", /^'name' is not a valid DMS endpoint identifier, got 'Orders'/],
    [
      "a name of 256",
      { name: "a".repeat(256) },
      "InvalidName",
      /^'name' is not a valid DMS endpoint identifier, got 'a+', allowed: 1 to 255 characters \(it has 256\)$/,
    ],
    [
      "a secret of another region",
      { secretArn: SECRET.replace("ap-northeast-2", "ap-northeast-1") },
      "ArnOfOtherRegion",
      "'secretArn' is in 'ap-northeast-1', the site is 'ap-northeast-2', got 'arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:orders-AbCdEf'",
    ],
    [
      "a secret without its random characters",
      { secretArn: SECRET.replace("-AbCdEf", "") },
      "InvalidArn",
      /^'secretArn' must be the ARN of a Secrets Manager secret, got /,
    ],
    [
      "a key of another region for the secret",
      { secretKmsKeyArn: KEY.replace("ap-northeast-2", "us-east-1") },
      "ArnOfOtherRegion",
      "'secretKmsKeyArn' is in 'us-east-1', the site is 'ap-northeast-2', got 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'",
    ],
    ["a bad key", { kmsKeyArn: SECRET }, "InvalidArn", /^'kmsKeyArn' must be the ARN of a KMS key/],
    [
      "a bad certificate",
      { certificateArn: KEY },
      "InvalidArn",
      /^'certificateArn' must be the ARN of a DMS certificate/,
    ],
    [
      "no certificate",
      { certificateArn: undefined },
      "MissingSetting",
      "'certificateArn' is needed to verify MySQL by 'verify-full'",
    ],
    [
      "a certificate and no encryption",
      { plaintext: true },
      "ConflictingSettings",
      "'certificateArn' is given, but the connection is not verified, got 'none'",
    ],
    [
      "plaintext and a TLS mode",
      { plaintext: true, tlsMode: "verify-ca" },
      "ConflictingSettings",
      "'plaintext' is set, and 'tlsMode' is given, got 'verify-ca'",
    ],
    [
      "an unknown region",
      { databaseRegion: "ap-north-9" },
      "UnknownRegion",
      /^this library does not know the region 'ap-north-9'/,
    ],
    [
      "text that Terraform replaces",
      { secretsManagerEndpoint: "${x}" },
      "UnsafeText",
      "'secretsManagerEndpoint' holds text that Terraform would replace, got '${x}'",
    ],
  ])("fails with %s", (_, props, code, problem) => {
    expectRefusalInSite(build(props), code, problem, "stack/Site/Source");
  });
});

describe("TLS modes", () => {
  const engines = {
    MySQL: [mysqlSource(), ["verify-ca", "verify-full"]],
    MariaDB: [mariadbSource(), ["verify-ca", "verify-full"]],
    "Aurora MySQL": [auroraMysqlSource(), ["verify-ca", "verify-full"]],
    PostgreSQL: [postgresSource(ORDERS), ["require", "verify-ca", "verify-full"]],
    "Aurora PostgreSQL": [auroraPostgresSource(ORDERS), ["require", "verify-ca", "verify-full"]],
    Oracle: [oracleSource(ORDERS), ["verify-ca"]],
    "SQL Server": [sqlServerSource(ORDERS), ["require", "verify-full"]],
  } as const;
  const ALL = ["require", "verify-ca", "verify-full"] as const;
  const certificateFor = (mode: string) => (mode === "require" ? undefined : CERTIFICATE);

  test.each(Object.entries(engines))("of %s", (title, [engine, offered]) => {
    for (const tlsMode of ALL) {
      const endpoint = build({ engine, tlsMode, certificateArn: certificateFor(tlsMode) });
      if ((offered as readonly string[]).includes(tlsMode)) {
        expect(synthInSite(endpoint).only("aws_dms_endpoint").ssl_mode).toBe(tlsMode);
      } else {
        expectRefusalInSite(
          endpoint,
          "TlsModeNotOffered",
          `'tlsMode' of ${title} must be one of ${offered.join(", ")}, got '${tlsMode}'`,
        );
      }
    }
    expect(synthInSite(build({ engine })).only("aws_dms_endpoint").ssl_mode).toBe(offered.at(-1));
  });

  test("fails when a certificate would be ignored", () => {
    expectRefusalInSite(
      build({ engine: postgresSource(ORDERS), tlsMode: "require" }),
      "ConflictingSettings",
      "'certificateArn' is given, but the connection is not verified, got 'require'",
    );
  });
});

describe("TargetEndpoint", () => {
  test("defaults", () => {
    const tf = synthInSite(
      (site) => new TargetEndpoint(site, "Target", { ...DATABASE, name: "orders", engine: auroraMysqlTarget() }),
    );
    expect(tf.types()).toEqual([
      "aws_dms_endpoint", // where and how to connect
      "aws_iam_role", // reads the credentials
      "aws_iam_role_policy", // of this one secret
    ]);
    expect(tf.only("aws_dms_endpoint")).toEqual({
      provider: "aws",
      endpoint_id: "orders",
      endpoint_type: "target",
      engine_name: "aurora",
      extra_connection_attributes: "initstmt=SET FOREIGN_KEY_CHECKS=0",
      kms_key_arn: KEY,
      secrets_manager_arn: SECRET,
      secrets_manager_access_role_arn: expect.stringMatching(/^\$\{aws_iam_role\./) as string,
      ssl_mode: "verify-full",
      certificate_arn: CERTIFICATE,
      depends_on: expect.anything() as unknown,
    });
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      new TargetEndpoint(site, "One", { ...DATABASE, name: "one", engine: mysqlTarget() });
      new TargetEndpoint(site, "Two", { ...DATABASE, name: "two", engine: mysqlTarget() });
    });
    expect(tf.all("aws_dms_endpoint")).toHaveLength(2);
  });

  test("fails when a source has the name", () => {
    expectRefusalInSite(
      (site) => [
        build()(site),
        new TargetEndpoint(site, "Target", { ...DATABASE, name: "orders", engine: mysqlTarget() }),
      ],
      "NameTaken",
      "the DMS endpoint identifier 'orders' is already taken by stack/Site/Source",
      "stack/Site/Target",
    );
  });
});
