/**
 * Proves what is synthesised for endpoints of buckets and for table definitions of files. Does not prove that DMS reads
 * or writes a file, nor that the role suffices.
 */
import { DmsS3Endpoint } from "@cdktf/provider-aws/lib/dms-s3-endpoint";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import "cdktf/lib/testing/adapters/jest";
import { Duration, madeBy, RefusalCode } from "../../modules/core";
import {
  externalTableDefinition,
  ExternalTable,
  S3SourceEndpoint,
  S3SourceEndpointProps,
  S3TargetEndpoint,
  S3TargetEndpointProps,
  sourceRequirements,
} from "../../modules/dms-replication";
import { Site } from "../../modules/site";
import { BUCKET, KEY } from "../support/dms";
import { expectRefusal, expectRefusalInSite, synthInSite } from "../support/synth";

const ORDERS: ExternalTable = {
  schema: "shop",
  table: "orders",
  columns: [
    { name: "id", type: "INT8", primaryKey: true },
    { name: "price", type: "NUMERIC", precision: 10, scale: 2 },
    { name: "note", type: "STRING", length: 20, nullable: false },
  ],
};
const SOURCE: S3SourceEndpointProps = { bucket: BUCKET, kmsKeyArn: KEY, name: "files", tables: [ORDERS] };
const TARGET: S3TargetEndpointProps = { bucket: BUCKET, bucketKmsKeyArn: KEY, kmsKeyArn: KEY, name: "files" };

const source = (props: Partial<S3SourceEndpointProps>) => (site: Site) =>
  new S3SourceEndpoint(site, "Files", { ...SOURCE, ...props });
const target = (props: Partial<S3TargetEndpointProps>) => (site: Site) =>
  new S3TargetEndpoint(site, "Files", { ...TARGET, ...props });

const TRUST = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "Trust",
      Effect: "Allow",
      Principal: { Service: "dms.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:SourceAccount": "111122223333" },
        ArnLike: { "aws:SourceArn": "arn:aws:dms:ap-northeast-2:111122223333:*" },
      },
    },
  ],
};
const OF_BUCKET = {
  StringEquals: { "kms:ViaService": "s3.ap-northeast-2.amazonaws.com" },
  StringLike: { "kms:EncryptionContext:aws:s3:arn": ["arn:aws:s3:::acme-files", "arn:aws:s3:::acme-files/*"] },
};

describe("S3SourceEndpoint", () => {
  test("defaults", () => {
    const tf = synthInSite(source({}));

    expect(tf.types()).toEqual([
      "aws_dms_s3_endpoint", // which files
      "aws_iam_role", // reads them
      "aws_iam_role_policy", // in this one bucket
    ]);
    expect(tf.only("aws_dms_s3_endpoint")).toEqual({
      provider: "aws",
      endpoint_id: "files",
      endpoint_type: "source",
      kms_key_arn: KEY,
      ssl_mode: "none",
      service_access_role_arn: expect.stringMatching(/^\$\{aws_iam_role\./) as string,
      bucket_name: "acme-files",
      expected_bucket_owner: "111122223333",
      external_table_definition: externalTableDefinition("test", [ORDERS]),
      csv_delimiter: ",",
      ignore_header_rows: 0,
      depends_on: [
        expect.stringMatching(/^aws_iam_role\./) as string,
        expect.stringMatching(/^aws_iam_role_policy\./) as string,
      ],
    });
    expect(tf.text).toHaveResourceWithProperties(DmsS3Endpoint, { endpoint_type: "source" });
  });

  test("the role reads one bucket only", () => {
    const tf = synthInSite(source({ bucketKmsKeyArn: KEY }));
    const { assume_role_policy, name } = tf.only("aws_iam_role");
    expect(name).toBe("dms-files-ap-northeast-2");
    expect(JSON.parse(assume_role_policy as string)).toEqual(TRUST);
    expect(JSON.parse(tf.only("aws_iam_role_policy").policy as string)).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Sid: "ListBucket", Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:aws:s3:::acme-files" },
        { Sid: "UseObjects", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::acme-files/*" },
        { Sid: "UseKey", Effect: "Allow", Action: "kms:Decrypt", Resource: KEY, Condition: OF_BUCKET },
        { Sid: "DescribeKey", Effect: "Allow", Action: "kms:DescribeKey", Resource: KEY },
      ],
    });
  });

  test.each<[string, Partial<S3SourceEndpointProps>, object]>([
    ["cdcPath", { cdcPath: "changes/new" }, { cdc_path: "changes/new" }],
    ["csvDelimiter", { csvDelimiter: ";" }, { csv_delimiter: ";" }],
    ["folder", { folder: "in" }, { bucket_folder: "in" }],
    ["headerLine", { headerLine: true }, { ignore_header_rows: 1 }],
  ])("%s", (_, props, attributes) => {
    expect(synthInSite(source(props)).only("aws_dms_s3_endpoint")).toEqual(expect.objectContaining(attributes));
  });

  test("tells a task what it is", () => {
    synthInSite((site) => {
      expect(source({})(site)).toMatchObject({
        role: "source",
        engine: "s3",
        capturesChanges: false,
        databaseRegion: "ap-northeast-2",
        requirements: sourceRequirements("s3"),
      });
      expect(
        new S3SourceEndpoint(site, "Changes", { ...SOURCE, name: "changes", cdcPath: "changes" }).capturesChanges,
      ).toBe(true);
    });
  });

  test.each<[string, Partial<S3SourceEndpointProps>, RefusalCode, string | RegExp]>([
    [
      "a bucket of another region",
      { bucket: { ...BUCKET, region: "ap-northeast-1" } },
      "WrongSite",
      "the bucket 'acme-files' is in 'ap-northeast-1', the site is 'ap-northeast-2'",
    ],
    ["a folder with a slash", { folder: "/in" }, "InvalidName", /^'folder' is not a valid folder, got '\/in'/],
    ["changes with a slash", { cdcPath: "in/" }, "InvalidName", /^'cdcPath' is not a valid folder, got 'in\/'/],
    ["a bad name", { name: "Files" }, "InvalidName", /^'name' is not a valid DMS endpoint identifier/],
    ["no table", { tables: [] }, "MissingSetting", "'tables' is empty"],
    ["an unsafe delimiter", { csvDelimiter: "%{" }, "UnsafeText", /^'csvDelimiter' holds text/],
    [
      "a key of another region",
      { bucketKmsKeyArn: KEY.replace("ap-northeast-2", "ap-northeast-1") },
      "ArnOfOtherRegion",
      /^'bucketKmsKeyArn' is in/,
    ],
  ])("fails with %s", (_, props, code, problem) => {
    expectRefusalInSite(source(props), code, problem, "stack/Site/Files");
  });
});

describe("S3TargetEndpoint", () => {
  const DEFAULT = {
    provider: "aws",
    endpoint_id: "files",
    endpoint_type: "target",
    kms_key_arn: KEY,
    ssl_mode: "none",
    service_access_role_arn: expect.stringMatching(/^\$\{aws_iam_role\./) as string,
    bucket_name: "acme-files",
    expected_bucket_owner: "111122223333",
    encryption_mode: "SSE_KMS",
    server_side_encryption_kms_key_id: KEY,
    add_column_name: false,
    cdc_inserts_and_updates: false,
    cdc_inserts_only: false,
    cdc_max_batch_interval: 60,
    cdc_min_file_size: 32_000,
    compression_type: "NONE",
    data_format: "csv",
    date_partition_enabled: false,
    include_op_for_full_load: false,
    max_file_size: 1_048_576,
    preserve_transactions: false,
    depends_on: expect.anything() as unknown,
  };

  test("defaults", () => {
    const tf = synthInSite(target({}));
    expect(tf.types()).toEqual([
      "aws_dms_s3_endpoint", // which files
      "aws_iam_role", // writes them
      "aws_iam_role_policy", // into this one bucket
    ]);
    expect(tf.only("aws_dms_s3_endpoint")).toEqual(DEFAULT);
    expect(JSON.parse(tf.only("aws_iam_role").assume_role_policy as string)).toEqual(TRUST);
    expect(JSON.parse(tf.only("aws_iam_role_policy").policy as string)).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Sid: "ListBucket", Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:aws:s3:::acme-files" },
        {
          Sid: "UseObjects",
          Effect: "Allow",
          Action: ["s3:PutObject", "s3:DeleteObject", "s3:PutObjectTagging"],
          Resource: "arn:aws:s3:::acme-files/*",
        },
        {
          Sid: "UseKey",
          Effect: "Allow",
          Action: ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"],
          Resource: KEY,
          Condition: OF_BUCKET,
        },
        { Sid: "DescribeKey", Effect: "Allow", Action: "kms:DescribeKey", Resource: KEY },
      ],
    });
  });

  test.each<[string, Partial<S3TargetEndpointProps>, object]>([
    ["cdc.maxBatchInterval", { cdc: { maxBatchInterval: Duration.minutes(2) } }, { cdc_max_batch_interval: 120 }],
    ["cdc.minFileSizeKb", { cdc: { minFileSizeKb: 64 } }, { cdc_min_file_size: 64 }],
    ["cdcOperations: inserts", { cdc: { operations: "inserts" } }, { cdc_inserts_only: true }],
    ["cdcOperations: updates too", { cdc: { operations: "inserts-and-updates" } }, { cdc_inserts_and_updates: true }],
    ["columnNames", { files: { columnNames: true } }, { add_column_name: true }],
    ["compression", { files: { compression: "GZIP" } }, { compression_type: "GZIP" }],
    ["files.format", { files: { format: "parquet" } }, { data_format: "parquet" }],
    [
      "datePartitions",
      { files: { datePartitions: {} } },
      { date_partition_enabled: true, date_partition_delimiter: "SLASH", date_partition_sequence: "yyyymmdd" },
    ],
    [
      "datePartitions with all settings",
      { files: { datePartitions: { delimiter: "DASH", sequence: "yyyymmddhh", timezone: "Asia/Seoul" } } },
      {
        date_partition_enabled: true,
        date_partition_delimiter: "DASH",
        date_partition_sequence: "yyyymmddhh",
        date_partition_timezone: "Asia/Seoul",
      },
    ],
    ["folder", { folder: "out" }, { bucket_folder: "out" }],
    ["includeOpForFullLoad", { files: { includeOpForFullLoad: true } }, { include_op_for_full_load: true }],
    ["files.maxSizeKb", { files: { maxSizeKb: 1 } }, { max_file_size: 1 }],
    [
      "preserveTransactions",
      { cdc: { preserveTransactions: true, path: "changes" } },
      { preserve_transactions: true, cdc_path: "changes" },
    ],
    ["timestampColumnName", { files: { timestampColumnName: "at" } }, { timestamp_column_name: "at" }],
  ])("%s", (_, props, attributes) => {
    expect(synthInSite(target(props)).only("aws_dms_s3_endpoint")).toEqual({ ...DEFAULT, ...attributes });
  });

  test("waits for a bucket of its own stack", () => {
    const tf = synthInSite((site) => {
      const bucket = new S3Bucket(site, "Bucket", { bucket: BUCKET.name });
      target({ bucket: madeBy({ ...BUCKET }, bucket) })(site);
    });
    expect(tf.only("aws_dms_s3_endpoint").depends_on).toContainEqual(expect.stringMatching(/^aws_s3_bucket\./));
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      new S3TargetEndpoint(site, "One", { ...TARGET, name: "one" });
      new S3TargetEndpoint(site, "Two", { ...TARGET, name: "two" });
      source({ name: "three" })(site);
    });
    expect(tf.all("aws_dms_s3_endpoint")).toHaveLength(3);
  });

  test.each<[string, Partial<S3TargetEndpointProps>, RefusalCode, string | RegExp]>([
    [
      "transactions without a folder",
      { cdc: { preserveTransactions: true } },
      "MissingSetting",
      "'cdc.path' is needed for 'cdc.preserveTransactions'",
    ],
    [
      "files of 1 GiB and more",
      { files: { maxSizeKb: 1_048_577 } },
      "SettingOutOfRange",
      "'files.maxSizeKb' must be a whole number from 1 to 1048576, got 1048577",
    ],
    [
      "no interval",
      { cdc: { maxBatchInterval: Duration.seconds(0) } },
      "SettingOutOfRange",
      "'cdc.maxBatchInterval' must be a whole number from 1 to 2147483647, got 0",
    ],
    [
      "a bucket of another region",
      { bucket: { ...BUCKET, region: "ap-northeast-1" } },
      "WrongSite",
      "the bucket 'acme-files' is in 'ap-northeast-1', the site is 'ap-northeast-2'",
    ],
    [
      "an alias for the bucket's key",
      { bucketKmsKeyArn: KEY.replace("key/", "alias/") },
      "InvalidArn",
      /^'bucketKmsKeyArn'/,
    ],
  ])("fails with %s", (_, props, code, problem) => {
    expectRefusalInSite(target(props), code, problem, "stack/Site/Files");
  });
});

describe("externalTableDefinition", () => {
  test("is what DMS reads", () => {
    expect(
      JSON.parse(externalTableDefinition("test", [ORDERS, { ...ORDERS, table: "old", path: "archive/" }])),
    ).toEqual({
      TableCount: "2",
      Tables: [
        {
          TableName: "orders",
          TablePath: "shop/orders/",
          TableOwner: "shop",
          TableColumns: [
            { ColumnName: "id", ColumnType: "INT8", ColumnNullable: "false", ColumnIsPk: "true" },
            {
              ColumnName: "price",
              ColumnType: "NUMERIC",
              ColumnPrecision: "10",
              ColumnScale: "2",
              ColumnNullable: "true",
            },
            { ColumnName: "note", ColumnType: "STRING", ColumnLength: "20", ColumnNullable: "false" },
          ],
          TableColumnsTotal: "3",
        },
        expect.objectContaining({ TableName: "old", TablePath: "archive/" }),
      ],
    });
  });

  test.each<[string, ExternalTable["columns"], RefusalCode, string]>([
    ["no column", [], "MissingSetting", "the table 'shop.orders' has no 'columns'"],
    [
      "a text of no length",
      [{ name: "a", type: "STRING" }],
      "MissingSetting",
      "'shop.orders.a.length' is needed for STRING",
    ],
    [
      "bytes of no length",
      [{ name: "a", type: "BYTE" }],
      "MissingSetting",
      "'shop.orders.a.length' is needed for BYTE",
    ],
    [
      "a number without scale",
      [{ name: "a", type: "NUMERIC", precision: 5 }],
      "MissingSetting",
      "'shop.orders.a.scale' is needed for NUMERIC",
    ],
    [
      "a length of 0",
      [{ name: "a", type: "STRING", length: 0 }],
      "SettingOutOfRange",
      "'shop.orders.a.length' must be a whole number from 1 to 9007199254740991, got 0",
    ],
  ])("fails with %s", (_, columns, code, problem) => {
    expectRefusal(() => externalTableDefinition("test", [{ ...ORDERS, columns }]), code, problem, "test");
  });
});
