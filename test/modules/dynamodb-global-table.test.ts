/**
 * Proves what is synthesised for the first table of a global table. Does not prove that DynamoDB accepts the settings, nor that
 * anything is replicated or scaled.
 */
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { TerraformStack, Testing } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import { Duration } from "../../modules/core";
import { GlobalTable, GlobalTableProps, TableRef } from "../../modules/dynamodb-global-table";
import { Site } from "../../modules/site";
import { expectRefusal, expectRefusalInSite, SEOUL, synth, synthInSite, TOKYO } from "../support/synth";

const ID = { name: "id", type: "S" } as const;
const ARN = "arn:aws:dynamodb:ap-northeast-2:111122223333:table/carts";
const CONTENT = [
  "import_table",
  "restore_date_time",
  "restore_source_name",
  "restore_source_table_arn",
  "restore_to_latest_time",
];
const PROVISIONED = { read: { min: 2, max: 20 }, write: { min: 3, max: 30 } };
const table = (props: Partial<GlobalTableProps> = {}) =>
  synthInSite((site) => new GlobalTable(site, "Carts", { name: "carts", partitionKey: ID, ...props }));

describe("GlobalTable", () => {
  test("defaults", () => {
    const tf = table();

    expect(tf.types()).toEqual([
      "aws_dynamodb_table", // the table
      "aws_kms_alias", // other sites point to the key by it
      "aws_kms_key", // a key of the site
    ]);
    expect(tf.only("aws_dynamodb_table")).toEqual({
      provider: "aws",
      name: "carts",
      billing_mode: "PAY_PER_REQUEST",
      hash_key: "id",
      attribute: [{ name: "id", type: "S" }],
      deletion_protection_enabled: true,
      point_in_time_recovery: { enabled: true, recovery_period_in_days: 35 },
      server_side_encryption: {
        enabled: true,
        kms_key_arn: expect.stringMatching(/^\$\{aws_kms_key\.\w+\.arn\}$/) as string,
      },
      stream_enabled: true,
      stream_view_type: "NEW_AND_OLD_IMAGES",
      table_class: "STANDARD",
      timeouts: { create: "1440m", update: "1440m" },
      lifecycle: { ignore_changes: ["replica", ...CONTENT], prevent_destroy: true },
    });
    expect(tf.only("aws_kms_alias").name).toBe("alias/dynamodb/carts");
    expect(tf.only("aws_kms_key").description).toBe("DynamoDB table carts");
  });

  test("Terraform's matchers see it too", () => {
    const text = Testing.synthScope((scope) => {
      new GlobalTable(new Site(scope, "Seoul", SEOUL), "Carts", { name: "carts", partitionKey: ID });
    });
    expect(text).toHaveResourceWithProperties(DynamodbTable, { name: "carts", hash_key: "id" });
  });

  test("replicas made by other states are never planned away", () => {
    for (const props of [{}, { provisioned: PROVISIONED }, { destroyable: true }]) {
      expect(table(props).only("aws_dynamodb_table")).toMatchObject({
        lifecycle: { ignore_changes: expect.arrayContaining(["replica"]) as string[] },
      });
    }
  });

  test.each<[string, Partial<GlobalTableProps>, object]>([
    ["sortKey", { sortKey: { name: "at", type: "N" } }, { hash_key: "id", range_key: "at" }],
    ["tags", { tags: { team: "shop" } }, { tags: { team: "shop" } }],
    ["timeToLive", { timeToLive: "expires" }, { ttl: { attribute_name: "expires", enabled: true } }],
    ["tableClass", { tableClass: "STANDARD_INFREQUENT_ACCESS" }, { table_class: "STANDARD_INFREQUENT_ACCESS" }],
    ["timeout", { timeout: Duration.hours(2) }, { timeouts: { create: "120m", update: "120m" } }],
    [
      "recoveryPeriodDays",
      { recoveryPeriodDays: 7 },
      { point_in_time_recovery: { enabled: true, recovery_period_in_days: 7 } },
    ],
    [
      "withoutPointInTimeRecovery",
      { withoutPointInTimeRecovery: true },
      { point_in_time_recovery: { enabled: false } },
    ],
    ["withoutDeletionProtection", { withoutDeletionProtection: true }, { deletion_protection_enabled: false }],
    [
      "onDemand",
      { onDemand: { maxReadRequestUnits: 100, maxWriteRequestUnits: 50 } },
      { on_demand_throughput: { max_read_request_units: 100, max_write_request_units: 50 } },
    ],
    [
      "onDemand, one of two",
      { onDemand: { maxReadRequestUnits: 100 } },
      { on_demand_throughput: { max_read_request_units: 100 } },
    ],
    ["AWS_MANAGED_KEY", { withoutCustomerKey: "AWS_MANAGED_KEY" }, { server_side_encryption: { enabled: true } }],
  ])("%s", (_setting, props, expected) => {
    expect(table(props).only("aws_dynamodb_table")).toEqual(expect.objectContaining(expected));
  });

  test("onDemand without a limit writes no block", () => {
    expect(table({ onDemand: {} }).only("aws_dynamodb_table")).toEqual(table().only("aws_dynamodb_table"));
  });

  test("AWS_OWNED_KEY makes no key and says nothing of encryption", () => {
    const tf = synthInSite((site) => {
      const carts = new GlobalTable(site, "Carts", {
        name: "carts",
        partitionKey: ID,
        withoutCustomerKey: "AWS_OWNED_KEY",
      });
      expect([carts.kmsKeyArn, carts.ref.customerKey]).toEqual([undefined, false]);
    });
    expect(tf.types()).toEqual(["aws_dynamodb_table"]);
    expect(tf.only("aws_dynamodb_table").server_side_encryption).toBeUndefined();
  });

  test("destroyable lets Terraform delete table and key", () => {
    const tf = table({ destroyable: true });
    expect(tf.only("aws_dynamodb_table").lifecycle).toMatchObject({ prevent_destroy: false });
    expect(tf.only("aws_kms_key").lifecycle).toEqual({ prevent_destroy: false });
  });

  test("adoptExisting imports the table by name", () => {
    const { import: imports } = table({ adoptExisting: true }).json;
    expect(imports).toEqual([
      { provider: "aws", id: "carts", to: expect.stringMatching(/^aws_dynamodb_table\./) as string },
    ]);
    expect(table().json.import).toBeUndefined();
  });

  test("contributorInsights, kinesisStreamArn", () => {
    const stream = "arn:aws:kinesis:ap-northeast-2:111122223333:stream/changes";
    const tf = table({
      contributorInsights: { indexes: ["byUser"] },
      globalIndexes: { byUser: { partitionKey: { name: "user", type: "S" } } },
      kinesisStreamArn: stream,
    });
    const after = { provider: "aws", depends_on: [expect.stringMatching(/^aws_dynamodb_table\./) as string] };
    expect(tf.all("aws_dynamodb_contributor_insights")).toEqual([
      { ...after, table_name: "carts" },
      { ...after, table_name: "carts", index_name: "byUser" },
    ]);
    expect(tf.only("aws_dynamodb_kinesis_streaming_destination")).toEqual({
      ...after,
      table_name: "carts",
      stream_arn: stream,
    });
    expect(table({ contributorInsights: {} }).all("aws_dynamodb_contributor_insights")).toHaveLength(1);
  });

  test("policyStatements speak of the table where they name no resource", () => {
    const principal = { AWS: "arn:aws:iam::444455556666:root" };
    const tf = table({
      policyStatements: [
        { sid: "Read", principal, actions: ["dynamodb:GetItem"] },
        { sid: "Query", principal, actions: ["dynamodb:Query"], resources: [`${ARN}/index/byUser`] },
      ],
    });
    const { policy, ...rest } = tf.only("aws_dynamodb_resource_policy");
    expect(rest).toEqual({
      provider: "aws",
      resource_arn: ARN,
      depends_on: [expect.stringMatching(/^aws_dynamodb_table\./)],
    });
    expect(JSON.parse(policy as string)).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Sid: "Read", Effect: "Allow", Principal: principal, Action: "dynamodb:GetItem", Resource: ARN },
        {
          Sid: "Query",
          Effect: "Allow",
          Principal: principal,
          Action: "dynamodb:Query",
          Resource: `${ARN}/index/byUser`,
        },
      ],
    });
  });

  test("refOf names what is created", () => {
    const tf = synthInSite((site) => {
      const { ref } = new GlobalTable(site, "Carts", { name: "carts", partitionKey: ID });
      expect(ref).toEqual(GlobalTable.refOf({ ...SEOUL, name: "carts" }));
      expect(ref).toEqual<TableRef>({
        name: "carts",
        arn: ARN,
        region: "ap-northeast-2",
        account: "111122223333",
        customerKey: true,
        stronglyConsistent: false,
      });
    });
    expect(tf.only("aws_dynamodb_table").name).toBe("carts");
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      for (const name of ["one", "two"]) {
        new GlobalTable(site, name, {
          name,
          partitionKey: ID,
          provisioned: PROVISIONED,
          contributorInsights: {},
          globalIndexes: { byUser: { partitionKey: { name: "user", type: "S" } } },
        });
      }
    });
    expect(tf.all("aws_dynamodb_table").map(({ name }) => name)).toEqual(["one", "two"]);
    expect(tf.all("aws_appautoscaling_target")).toHaveLength(8);
  });

  test("the same name lives in two regions", () => {
    const tf = synth((scope) => {
      for (const [name, site] of Object.entries({ Seoul: SEOUL, Tokyo: TOKYO })) {
        new GlobalTable(new Site(scope, name, site), "Carts", { name: "carts", partitionKey: ID });
      }
    });
    expect(tf.all("aws_dynamodb_table").map(({ provider }) => provider)).toEqual(["aws.seoul", "aws.tokyo"]);
  });

  test("fails when the name is taken", () => {
    expectRefusalInSite(
      (site) => ["One", "Two"].map((id) => new GlobalTable(site, id, { name: "carts", partitionKey: ID })),
      "NameTaken",
      "the DynamoDB table name 'carts' is already taken by stack/Site/One",
      "stack/Site/Two",
    );
  });

  test.each([
    ["ab", /allowed: 3 to 255 characters \(it has 2\)$/],
    ["my carts", /got 'my carts', allowed: letters, digits, '_', '-' and '\.'$/],
  ])("fails when the name is '%s'", (name, problem) => {
    expectRefusalInSite(
      (site) => new GlobalTable(site, "Carts", { name, partitionKey: ID }),
      "InvalidName",
      problem,
      "stack/Site/Carts",
    );
    expectRefusal(() => GlobalTable.refOf({ ...SEOUL, name }), "InvalidName", problem, "GlobalTable.refOf");
  });

  test.each([0, 36])("fails when recoveryPeriodDays is %d", (recoveryPeriodDays) => {
    expectRefusalInSite(
      (site) => new GlobalTable(site, "Carts", { name: "carts", partitionKey: ID, recoveryPeriodDays }),
      "SettingOutOfRange",
      `'recoveryPeriodDays' must be a whole number from 1 to 35, got ${recoveryPeriodDays}`,
    );
  });

  test("fails outside a Site", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    expectRefusal(
      () => new GlobalTable(stack, "Carts", { name: "carts", partitionKey: ID }),
      "OutsideSite",
      "GlobalTable is in no Site",
      "stack/Carts",
    );
  });
});

describe("indexes", () => {
  test("global and local indexes, with every attribute of their keys once", () => {
    const tf = table({
      sortKey: { name: "at", type: "N" },
      globalIndexes: {
        byUser: { partitionKey: { name: "user", type: "S" }, sortKey: { name: "at", type: "N" } },
        byDay: {
          partitionKey: { name: "day", type: "S" },
          projection: "INCLUDE",
          nonKeyAttributes: ["total"],
          onDemand: { maxReadRequestUnits: 10 },
        },
      },
      localIndexes: { byTotal: { sortKey: { name: "total", type: "N" }, projection: "KEYS_ONLY" } },
    });

    const { attribute, global_secondary_index, local_secondary_index } = tf.only("aws_dynamodb_table");
    expect(attribute).toEqual([
      { name: "at", type: "N" },
      { name: "day", type: "S" },
      { name: "id", type: "S" },
      { name: "total", type: "N" },
      { name: "user", type: "S" },
    ]);
    expect(global_secondary_index).toEqual([
      { name: "byUser", hash_key: "user", range_key: "at", projection_type: "ALL" },
      {
        name: "byDay",
        hash_key: "day",
        projection_type: "INCLUDE",
        non_key_attributes: ["total"],
        on_demand_throughput: { max_read_request_units: 10 },
      },
    ]);
    expect(local_secondary_index).toEqual([{ name: "byTotal", range_key: "total", projection_type: "KEYS_ONLY" }]);
  });

  test("an index of a limited table has the table's limits, unless it has its own", () => {
    const tf = table({
      onDemand: { maxWriteRequestUnits: 50 },
      globalIndexes: {
        byUser: { partitionKey: { name: "user", type: "S" } },
        byDay: { partitionKey: { name: "day", type: "S" }, onDemand: {} },
      },
    });
    expect(tf.only("aws_dynamodb_table").global_secondary_index).toEqual([
      {
        name: "byUser",
        hash_key: "user",
        projection_type: "ALL",
        on_demand_throughput: { max_write_request_units: 50 },
      },
      { name: "byDay", hash_key: "day", projection_type: "ALL" },
    ]);
  });
});
