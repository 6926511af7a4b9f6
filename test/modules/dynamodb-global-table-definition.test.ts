/**
 * Proves what is refused in a table's keys, indexes, capacities and contents, and what the contents synthesise to. Does not
 * prove that DynamoDB refuses nothing else.
 */
import { GlobalTable, GlobalTableProps } from "../../modules/dynamodb-global-table";
import { RefusalCode } from "../../modules/core";
import { expectRefusalInSite, SEOUL, synthInSite, TOKYO, TOKYO_ABROAD } from "../support/synth";

const ID = { name: "id", type: "S" } as const;
const AT = { name: "at", type: "N" } as const;
const USER = { name: "user", type: "S" } as const;
const RANGE = { min: 1, max: 10 };
const PROVISIONED = { read: RANGE, write: RANGE };

/** Refusals: code, problem, props. */
type Refused = [RefusalCode, string | RegExp, Partial<GlobalTableProps>];

const refused = ([code, problem, props]: Refused) => {
  expectRefusalInSite(
    (site) => new GlobalTable(site, "Carts", { name: "carts", partitionKey: ID, ...props }),
    code,
    problem,
    "stack/Site/Carts",
  );
};

const many = <T>(count: number, value: T) =>
  Object.fromEntries([...Array(count).keys()].map((n) => [`index${n}`, value]));
const names = (count: number) => [...Array(count).keys()].map((n) => `attribute${n}`);

describe("keys and indexes", () => {
  test.each<Refused>([
    [
      "AttributeWithTwoTypes",
      "the key attribute 'id' has the types 'S' and 'N'",
      { globalIndexes: { byId: { partitionKey: { name: "id", type: "N" } } } },
    ],
    [
      "AttributeWithTwoTypes",
      "the key attribute 'at' has the types 'N' and 'S'",
      { sortKey: AT, localIndexes: { byAt: { sortKey: { name: "at", type: "S" } } } },
    ],
    [
      "DuplicateIndex",
      "a global and a local index have the name 'byUser'",
      { sortKey: AT, globalIndexes: { byUser: { partitionKey: USER } }, localIndexes: { byUser: { sortKey: USER } } },
    ],
    [
      "LocalIndexWithoutSortKey",
      "the table has the local index 'byUser' and no sort key",
      { localIndexes: { byUser: { sortKey: USER } } },
    ],
    [
      "SettingOutOfRange",
      "'globalIndexes' must be 20 at most, got 21",
      { globalIndexes: many(21, { partitionKey: USER }) },
    ],
    [
      "SettingOutOfRange",
      "'localIndexes' must be 5 at most, got 6",
      { sortKey: AT, localIndexes: many(6, { sortKey: USER }) },
    ],
    [
      "SettingOutOfRange",
      "'nonKeyAttributes of byUser' must be 20 at most, got 21",
      { globalIndexes: { byUser: { partitionKey: USER, projection: "INCLUDE", nonKeyAttributes: names(21) } } },
    ],
    [
      "SettingOutOfRange",
      "'nonKeyAttributes of all indexes' must be 100 at most, got 120",
      { globalIndexes: many(6, { partitionKey: USER, projection: "INCLUDE" as const, nonKeyAttributes: names(20) }) },
    ],
    [
      "ConflictingSettings",
      "index 'byUser' has the projection 'ALL' and 'nonKeyAttributes'",
      { globalIndexes: { byUser: { partitionKey: USER, nonKeyAttributes: ["total"] } } },
    ],
    [
      "MissingSetting",
      "index 'byUser' has the projection 'INCLUDE' and no 'nonKeyAttributes'",
      { sortKey: AT, localIndexes: { byUser: { sortKey: USER, projection: "INCLUDE", nonKeyAttributes: [] } } },
    ],
    [
      "InvalidName",
      /^'an index' is not a valid DynamoDB index name, got 'by user'/,
      { globalIndexes: { "by user": { partitionKey: USER } } },
    ],
    [
      "InvalidName",
      /^'a key attribute' is not a valid DynamoDB key attribute name, .* \(it has 256\)$/,
      { sortKey: { name: "a".repeat(256), type: "S" } },
    ],
  ])("fails with %s: %s", (...row) => refused(row));
});

describe("expiry", () => {
  test.each<Refused>([
    ["TimeToLiveOnKey", "'timeToLive' names the key attribute 'id'", { timeToLive: "id" }],
    ["TimeToLiveOnKey", "'timeToLive' names the key attribute 'at'", { sortKey: AT, timeToLive: "at" }],
    [
      "TimeToLiveOnKey",
      "'timeToLive' names 'user', which an index knows as type 'S'",
      { globalIndexes: { byUser: { partitionKey: USER } }, timeToLive: "user" },
    ],
  ])("fails with %s: %s", (...row) => refused(row));

  test("may be the number an index sorts by", () => {
    const tf = synthInSite(
      (site) =>
        new GlobalTable(site, "Carts", {
          name: "carts",
          partitionKey: ID,
          globalIndexes: { byExpiry: { partitionKey: USER, sortKey: { name: "expires", type: "N" } } },
          timeToLive: "expires",
        }),
    );
    expect(tf.only("aws_dynamodb_table").ttl).toEqual({ attribute_name: "expires", enabled: true });
  });
});

describe("capacity", () => {
  test.each<Refused>([
    [
      "ConflictingSettings",
      "'onDemand' and 'provisioned' are both given",
      { onDemand: { maxReadRequestUnits: 1 }, provisioned: PROVISIONED },
    ],
    [
      "ConflictingSettings",
      "'globalIndexes.byUser.onDemand' and 'globalIndexes.byUser.provisioned' are both given",
      { globalIndexes: { byUser: { partitionKey: USER, onDemand: {}, provisioned: PROVISIONED } } },
    ],
    [
      "ConflictingSettings",
      "the table is on demand and 'globalIndexes.byUser.provisioned' is given",
      { globalIndexes: { byUser: { partitionKey: USER, provisioned: PROVISIONED } } },
    ],
    [
      "ConflictingSettings",
      "the table is provisioned and 'globalIndexes.byUser.onDemand' is given",
      { provisioned: PROVISIONED, globalIndexes: { byUser: { partitionKey: USER, onDemand: {} } } },
    ],
    [
      "SettingOutOfRange",
      "'onDemand.maxReadRequestUnits' must be a whole number from 1, got 0",
      { onDemand: { maxReadRequestUnits: 0 } },
    ],
    [
      "SettingOutOfRange",
      "'provisioned.read.min' must be a whole number from 1, got 0",
      { provisioned: { ...PROVISIONED, read: { min: 0, max: 1 } } },
    ],
    [
      "SettingOutOfRange",
      "'provisioned.write.max' must be a whole number from 1, got 1.5",
      { provisioned: { ...PROVISIONED, write: { min: 1, max: 1.5 } } },
    ],
    [
      "SettingOutOfRange",
      "'provisioned.write' must not have a 'min' above its 'max', got 11 and 10",
      { provisioned: { ...PROVISIONED, write: { min: 11, max: 10 } } },
    ],
    [
      "SettingOutOfRange",
      "'provisioned.read.targetUtilizationPercent' must be a whole number from 20 to 90, got 95",
      { provisioned: { ...PROVISIONED, read: { ...RANGE, targetUtilizationPercent: 95 } } },
    ],
    [
      "SettingOutOfRange",
      "'globalIndexes.byUser.provisioned.read' must not have a 'min' above its 'max', got 2 and 1",
      {
        provisioned: PROVISIONED,
        globalIndexes: { byUser: { partitionKey: USER, provisioned: { ...PROVISIONED, read: { min: 2, max: 1 } } } },
      },
    ],
  ])("fails with %s: %s", (...row) => refused(row));
});

describe("content", () => {
  const content = (props: Partial<GlobalTableProps>) =>
    synthInSite((site) => new GlobalTable(site, "Carts", { name: "carts", partitionKey: ID, ...props })).only(
      "aws_dynamodb_table",
    );
  const seoul = GlobalTable.refOf({ ...SEOUL, name: "carts-before" });
  const tokyo = GlobalTable.refOf({ ...TOKYO, name: "carts" });

  test("of the latest point in time of a table of this region, known there by its name", () => {
    expect(content({ restoreFrom: { table: seoul } })).toMatchObject({
      restore_source_name: "carts-before",
      restore_to_latest_time: true,
    });
  });

  test("of a point in time of a table of another region, known by its ARN", () => {
    const restored = content({ restoreFrom: { table: tokyo, time: "2027-03-02T04:05:06Z" } });
    expect(restored).toMatchObject({
      restore_source_table_arn: "arn:aws:dynamodb:ap-northeast-1:111122223333:table/carts",
      restore_date_time: "2027-03-02T04:05:06Z",
    });
    expect(restored.restore_to_latest_time).toBeUndefined();
  });

  test("of files in S3", () => {
    expect(content({ importFrom: { bucket: "acme-export", format: "DYNAMODB_JSON" } }).import_table).toEqual({
      input_format: "DYNAMODB_JSON",
      input_compression_type: "NONE",
      s3_bucket_source: { bucket: "acme-export" },
    });
    expect(
      content({
        importFrom: {
          bucket: "acme-export",
          format: "CSV",
          bucketOwner: "444455556666",
          compression: "GZIP",
          csvDelimiter: ";",
          keyPrefix: "2027/",
        },
      }).import_table,
    ).toEqual({
      input_format: "CSV",
      input_compression_type: "GZIP",
      input_format_options: { csv: { delimiter: ";" } },
      s3_bucket_source: { bucket: "acme-export", bucket_owner: "444455556666", key_prefix: "2027/" },
    });
  });

  const files = { bucket: "acme-export", format: "ION" } as const;
  test.each<Refused>([
    [
      "ConflictingSettings",
      "'importFrom' and 'restoreFrom' are both given",
      { importFrom: files, restoreFrom: { table: seoul } },
    ],
    [
      "ConflictingSettings",
      "'importFrom' and 'localIndexes' are both given",
      { importFrom: files, sortKey: AT, localIndexes: { byUser: { sortKey: USER } } },
    ],
    [
      "ConflictingSettings",
      "'importFrom.csvDelimiter' is given for the format 'ION'",
      { importFrom: { ...files, csvDelimiter: "," } },
    ],
    ["InvalidName", /^'importFrom.bucket' is not a valid S3 bucket name/, { importFrom: { ...files, bucket: "A" } }],
    ["InvalidAccount", /got '1'$/, { importFrom: { ...files, bucketOwner: "1" } }],
    [
      "NameTaken",
      "the new table and the one it is restored from are both 'carts' in ap-northeast-2",
      { restoreFrom: { table: GlobalTable.refOf({ ...SEOUL, name: "carts" }) } },
    ],
    [
      "ReplicaInOtherAccount",
      "'carts' is in account '444455556666', its copy in '111122223333'",
      { restoreFrom: { table: GlobalTable.refOf({ ...TOKYO_ABROAD, name: "carts" }) } },
    ],
    [
      "ForeignPartition",
      "'cn-north-1' lies in partition aws-cn, 'ap-northeast-2' in aws",
      { restoreFrom: { table: GlobalTable.refOf({ ...SEOUL, region: "cn-north-1", name: "carts" }) } },
    ],
    ...["2027-03-02", "2027-03-02T04:05:06+09:00", "2027-13-02T04:05:06Z"].map((time): Refused => {
      const problem = `'restoreFrom.time' must be a second of UTC, got '${time}'`;
      return ["InvalidDate", problem, { restoreFrom: { table: seoul, time } }];
    }),
  ])("fails with %s: %s", (...row) => refused(row));
});

test("a table with a global index refuses the releases of the provider that never plan it empty", () => {
  const versionOf = (props: Partial<GlobalTableProps>) => {
    const tf = synthInSite((site) => new GlobalTable(site, "Carts", { name: "carts", partitionKey: ID, ...props }));
    return (tf.json.terraform as { required_providers: { aws: { version: string } } }).required_providers.aws.version;
  };
  const refused = Array.from({ length: 15 }, (_, index) => `!= 6.${14 + index}.0, `).join("");
  expect(versionOf({ globalIndexes: { byUser: { partitionKey: USER } } })).toBe(`>= 5.100.0, ${refused}< 7.0.0`);
  expect(versionOf({})).toBe(">= 5.100.0, < 7.0.0");
});
