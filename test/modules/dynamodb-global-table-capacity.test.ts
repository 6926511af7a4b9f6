/**
 * Proves what is synthesised for provisioned capacity and its scaling, and for the key of a table. Does not prove that anything is
 * scaled or encrypted.
 */
import { Duration } from "../../modules/core";
import { GlobalTable, GlobalTableProps } from "../../modules/dynamodb-global-table";
import { SiteKey } from "../../modules/kms-keys";
import { expectRefusalInSite, SEOUL, synthInSite, TOKYO } from "../support/synth";

const ID = { name: "id", type: "S" } as const;
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

describe("provisioned capacity", () => {
  test("begins at min, is scaled, and is Terraform's no more", () => {
    const tf = table({ provisioned: PROVISIONED });

    expect(tf.only("aws_dynamodb_table")).toMatchObject({
      billing_mode: "PROVISIONED",
      read_capacity: 2,
      write_capacity: 3,
      lifecycle: { ignore_changes: ["replica", ...CONTENT, "read_capacity", "write_capacity"] },
    });
    expect(tf.all("aws_appautoscaling_target")).toEqual([
      {
        provider: "aws",
        service_namespace: "dynamodb",
        resource_id: "table/carts",
        scalable_dimension: "dynamodb:table:ReadCapacityUnits",
        min_capacity: 2,
        max_capacity: 20,
        depends_on: [expect.stringMatching(/^aws_dynamodb_table\./)],
      },
      expect.objectContaining({
        scalable_dimension: "dynamodb:table:WriteCapacityUnits",
        min_capacity: 3,
        max_capacity: 30,
      }),
    ]);
    const target = (attribute: string) =>
      expect.stringMatching(new RegExp(`^\\$\\{aws_appautoscaling_target\\.\\w+\\.${attribute}\\}$`)) as string;
    expect(tf.all("aws_appautoscaling_policy")).toEqual([
      {
        provider: "aws",
        name: "DynamoDBReadCapacityUtilization:table/carts",
        policy_type: "TargetTrackingScaling",
        resource_id: target("resource_id"),
        scalable_dimension: target("scalable_dimension"),
        service_namespace: target("service_namespace"),
        target_tracking_scaling_policy_configuration: {
          predefined_metric_specification: { predefined_metric_type: "DynamoDBReadCapacityUtilization" },
          target_value: 70,
          scale_in_cooldown: 60,
          scale_out_cooldown: 60,
          disable_scale_in: false,
        },
      },
      expect.objectContaining({ name: "DynamoDBWriteCapacityUtilization:table/carts" }),
    ]);
  });

  test("every setting of a range", () => {
    const read = {
      min: 1,
      max: 2,
      targetUtilizationPercent: 20,
      scaleInCooldown: Duration.minutes(5),
      scaleOutCooldown: Duration.seconds(0),
    };
    const [policy] = table({ provisioned: { ...PROVISIONED, read } }).all("aws_appautoscaling_policy");
    expect(policy!.target_tracking_scaling_policy_configuration).toMatchObject({
      target_value: 20,
      scale_in_cooldown: 300,
      scale_out_cooldown: 0,
    });
  });

  const INDEXES = {
    byUser: { partitionKey: { name: "user", type: "S" } },
    byDay: {
      partitionKey: { name: "day", type: "S" },
      provisioned: { read: { min: 1, max: 5 }, write: { min: 1, max: 6 } },
    },
  } as const;

  test("each index has its own capacity, or the table's, and is scaled", () => {
    const tf = table({ provisioned: PROVISIONED, globalIndexes: INDEXES });

    expect(tf.only("aws_dynamodb_table").global_secondary_index).toEqual([
      { name: "byUser", hash_key: "user", projection_type: "ALL", read_capacity: 2, write_capacity: 3 },
      { name: "byDay", hash_key: "day", projection_type: "ALL", read_capacity: 1, write_capacity: 1 },
    ]);
    const targets = tf.all("aws_appautoscaling_target").map((target) => {
      return [target.resource_id, target.scalable_dimension, target.min_capacity, target.max_capacity];
    });
    expect(targets).toEqual([
      ["table/carts", "dynamodb:table:ReadCapacityUnits", 2, 20],
      ["table/carts/index/byDay", "dynamodb:index:ReadCapacityUnits", 1, 5],
      ["table/carts/index/byUser", "dynamodb:index:ReadCapacityUnits", 2, 20],
      ["table/carts", "dynamodb:table:WriteCapacityUnits", 3, 30],
      ["table/carts/index/byDay", "dynamodb:index:WriteCapacityUnits", 1, 6],
      ["table/carts/index/byUser", "dynamodb:index:WriteCapacityUnits", 3, 30],
    ]);
  });

  test.each<[string, Partial<GlobalTableProps>, boolean]>([
    ["provisioned", { provisioned: PROVISIONED, globalIndexes: INDEXES }, true],
    ["provisioned without indexes", { provisioned: PROVISIONED }, false],
    ["provisioned, asked for", { provisioned: PROVISIONED, globalIndexes: INDEXES, ignoreIndexChanges: false }, false],
    ["on demand", { globalIndexes: { byUser: INDEXES.byUser } }, false],
    ["on demand, asked for", { globalIndexes: { byUser: INDEXES.byUser }, ignoreIndexChanges: true }, true],
  ])("index changes are ignored: %s", (_case, props, ignored) => {
    const { lifecycle } = table(props).only("aws_dynamodb_table") as { lifecycle: { ignore_changes: string[] } };
    expect(lifecycle.ignore_changes.includes("global_secondary_index")).toBe(ignored);
  });

  test.each<[string, Partial<GlobalTableProps>, string[]]>([
    ["provisioned", { provisioned: PROVISIONED }, ["read_capacity", "write_capacity"]],
    [
      "provisioned, with indexes",
      { provisioned: PROVISIONED, globalIndexes: INDEXES },
      ["read_capacity", "write_capacity", "global_secondary_index"],
    ],
    ["asked for", { provisioned: PROVISIONED, ignoreCapacityChanges: false }, []],
    ["asked for, with indexes", { provisioned: PROVISIONED, globalIndexes: INDEXES, ignoreCapacityChanges: false }, []],
    [
      "asked for, indexes as they are",
      { provisioned: PROVISIONED, globalIndexes: INDEXES, ignoreCapacityChanges: false, ignoreIndexChanges: true },
      ["global_secondary_index"],
    ],
    ["on demand", { globalIndexes: { byUser: INDEXES.byUser } }, []],
    ["on demand, asked for", { globalIndexes: { byUser: INDEXES.byUser }, ignoreCapacityChanges: true }, []],
  ])("capacity changes are ignored: %s", (_case, props, ignored) => {
    const { lifecycle } = table(props).only("aws_dynamodb_table") as { lifecycle: { ignore_changes: string[] } };
    expect(lifecycle.ignore_changes).toEqual(["replica", ...CONTENT, ...ignored]);
  });

  test("an on-demand table that becomes provisioned sends every capacity and ignores none", () => {
    const changed = table({ provisioned: PROVISIONED, globalIndexes: INDEXES, ignoreCapacityChanges: false });
    expect(changed.only("aws_dynamodb_table")).toMatchObject({
      billing_mode: "PROVISIONED",
      read_capacity: 2,
      write_capacity: 3,
      global_secondary_index: [
        { name: "byUser", read_capacity: 2, write_capacity: 3 },
        { name: "byDay", read_capacity: 1, write_capacity: 1 },
      ],
      lifecycle: { ignore_changes: ["replica", ...CONTENT] },
    });
  });

  test("adoptExisting takes over the scalable targets too", () => {
    const { import: imports } = table({ adoptExisting: true, provisioned: PROVISIONED }).json;
    expect((imports as { id: string }[]).map(({ id }) => id).sort()).toEqual([
      "carts",
      "dynamodb/table/carts/dynamodb:table:ReadCapacityUnits",
      "dynamodb/table/carts/dynamodb:table:WriteCapacityUnits",
    ]);
  });

  test("fails when table and index names make a policy name longer than AWS's", () => {
    const [name, index] = ["t".repeat(120), "i".repeat(120)];
    expectRefusalInSite(
      (site) =>
        new GlobalTable(site, "Carts", {
          name,
          partitionKey: ID,
          provisioned: PROVISIONED,
          globalIndexes: { [index]: { partitionKey: { name: "user", type: "S" } } },
        }),
      "InvalidName",
      /is not a valid scaling policy name, made of the table's and the index's name,.*\(it has 285\)$/,
    );
  });
});

describe("the key", () => {
  test("of this stack in place of an own one", () => {
    const tf = synthInSite((site) => {
      const key = new SiteKey(site, "Shared", { alias: "shared" });
      new GlobalTable(site, "Carts", { name: "carts", partitionKey: ID, key });
    });
    expect(tf.only("aws_kms_alias").name).toBe("alias/shared");
    expect(tf.only("aws_dynamodb_table").server_side_encryption).toEqual({
      enabled: true,
      kms_key_arn: expect.stringMatching(/^\$\{aws_kms_key\.Site_Shared_\w+\.arn\}$/) as string,
    });
  });

  test("of another stack, whose ARN is looked up", () => {
    const tf = table({ keyRef: SiteKey.refOf({ ...SEOUL, alias: "shared" }) });
    expect(tf.types()).toEqual(["aws_dynamodb_table", "data.aws_kms_key"]);
    expect(tf.only("data.aws_kms_key")).toEqual({
      provider: "aws",
      key_id: "arn:aws:kms:ap-northeast-2:111122223333:alias/shared",
    });
    expect(tf.only("aws_dynamodb_table").server_side_encryption).toEqual({
      enabled: true,
      kms_key_arn: expect.stringMatching(/^\$\{data\.aws_kms_key\.\w+\.arn\}$/) as string,
    });
  });

  test("the own key's alias has no dots", () => {
    expect(table({ name: "shop.carts" }).only("aws_kms_alias").name).toBe("alias/dynamodb/shop-carts");
  });

  const carts = { name: "carts", partitionKey: ID };
  const ref = SiteKey.refOf({ ...SEOUL, alias: "shared" });

  test("fails when two are given", () => {
    expectRefusalInSite(
      (site) => new GlobalTable(site, "Carts", { ...carts, key: { kmsKeyArn: "", ref }, keyRef: ref }),
      "ConflictingSettings",
      "'key' and 'keyRef' are both given",
      "stack/Site/Carts",
    );
  });

  test.each([
    [TOKYO, "'ap-northeast-1' of '111122223333'"],
    [{ ...SEOUL, account: "444455556666" }, "'ap-northeast-2' of '444455556666'"],
  ])("fails when it is in another site: %j", (site, place) => {
    const keyRef = SiteKey.refOf({ ...site, alias: "shared" });
    expectRefusalInSite(
      (here) => new GlobalTable(here, "Carts", { ...carts, keyRef }),
      "WrongSite",
      `the key 'shared' is in ${place}, the site is 'ap-northeast-2' of '111122223333'`,
    );
  });

  test("fails when a key of this stack is to be looked up", () => {
    expectRefusalInSite(
      (site) => new GlobalTable(site, "Carts", { ...carts, keyRef: new SiteKey(site, "Key", { alias: "shared" }).ref }),
      "ConflictingSettings",
      "'keyRef' names 'shared' of this stack, which cannot be looked up before it is made",
    );
  });

  test.each(["arn:aws:kms:ap-northeast-2:111122223333:alias/shared", "arn:aws:s3:::bucket"])(
    "fails when its ARN is %s",
    (kmsKeyArn) => {
      expectRefusalInSite(
        (site) => new GlobalTable(site, "Carts", { ...carts, key: { kmsKeyArn, ref } }),
        "InvalidArn",
        `'key.kmsKeyArn' must be the ARN of a key, got '${kmsKeyArn}'`,
      );
    },
  );

  test("may be a literal ARN", () => {
    const kmsKeyArn = "arn:aws:kms:ap-northeast-2:111122223333:key/0";
    expect(table({ key: { kmsKeyArn, ref } }).only("aws_dynamodb_table").server_side_encryption).toEqual({
      enabled: true,
      kms_key_arn: kmsKeyArn,
    });
  });
});
