import { DynamodbTableConfig } from "@cdktf/provider-aws/lib/dynamodb-table";
import { IConstruct } from "constructs";
import { checkAccount, checkName, refuse, refuseBoth, refuseForeignPartition, S3_BUCKET } from "../core";
import { refuseOtherAccount, Site } from "../site";
import { TableRef } from "./table-ref";

/** A second of UTC, as AWS and Terraform write it. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/**
 * Files in S3 that a new table is filled with. CSV files begin with their header: the provider keeps lists of headers in no
 * order, so none can be given here.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataImport.HowItWorks.html
 */
export interface S3Import {
  /** Bucket the files are in, in any region. */
  readonly bucket: string;
  readonly format: "CSV" | "DYNAMODB_JSON" | "ION";
  /** Account of the bucket. @default - the site's */
  readonly bucketOwner?: string;
  /** @default "NONE" */
  readonly compression?: "GZIP" | "ZSTD" | "NONE";
  /** Between the fields of CSV files. @default - a comma */
  readonly csvDelimiter?: "," | "\t" | ":" | ";" | "|" | " ";
  /** Beginning of the files' keys. @default - every file of the bucket */
  readonly keyPrefix?: string;
}

/**
 * A table as it was at some second, out of its point-in-time recovery. It may lie in another region of the account, which must
 * then be reachable.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery.Tutorial.html
 */
export interface PointInTime {
  readonly table: TableRef;
  /** UTC, to the second: `2027-03-02T04:05:06Z`. @default - the latest there is */
  readonly time?: string;
}

/**
 * Content that a new table begins with. It has an effect only at the creation. Terraform ignores it afterwards, so you can keep
 * or remove it.
 *
 * AWS creates such a table without stream, deletion protection, table class and tags. The provider sets these with the next
 * apply: apply twice before you add a replica.
 */
export interface TableContent {
  /** Files to fill the new table with; or `restoreFrom`. @default - an empty table */
  readonly importFrom?: S3Import;
  /** Another table, as it was, to begin from; or `importFrom`. @default - an empty table */
  readonly restoreFrom?: PointInTime;
}

/** Attributes that decide what a table begins with. A later change of any would replace the table, so all are ignored. */
export const CONTENT_ATTRIBUTES = [
  "import_table",
  "restore_date_time",
  "restore_source_name",
  "restore_source_table_arn",
  "restore_to_latest_time",
];

/** Refuses a content that AWS would. */
export function checkContent(scope: IConstruct, name: string, content: TableContent, localIndexes: boolean): void {
  const { importFrom, restoreFrom } = content;
  refuseBoth(scope, { importFrom, restoreFrom });
  if (importFrom !== undefined) checkImport(scope, importFrom, localIndexes);
  if (restoreFrom !== undefined) checkRestore(scope, name, restoreFrom);
}

function checkImport(scope: IConstruct, from: S3Import, localIndexes: boolean): void {
  checkName(scope, "importFrom.bucket", from.bucket, S3_BUCKET);
  if (from.bucketOwner !== undefined) checkAccount(scope, from.bucketOwner);
  refuseBoth(
    scope,
    { importFrom: from, localIndexes },
    "use global indexes, or fill the table by other means: an import makes no local index",
  );
  if (from.csvDelimiter !== undefined && from.format !== "CSV") {
    refuse(
      scope,
      "ConflictingSettings",
      `'importFrom.csvDelimiter' is given for the format '${from.format}'`,
      "leave 'csvDelimiter' out: it speaks of CSV files",
    );
  }
}

function checkRestore(scope: IConstruct, name: string, { table, time }: PointInTime): void {
  const { region, account } = Site.of(scope);
  refuseForeignPartition(scope, table.region, region);
  refuseOtherAccount(
    scope,
    `'${table.name}'`,
    [table.account, account],
    "restore a copy that AWS Backup made in this account",
  );
  if (table.region === region && table.name === name) {
    refuse(
      scope,
      "NameTaken",
      `the new table and the one it is restored from are both '${name}' in ${region}`,
      "give the new table another name: a restore never overwrites",
    );
  }
  if (time !== undefined && (!TIME.test(time) || Number.isNaN(Date.parse(time)))) {
    refuse(
      scope,
      "InvalidDate",
      `'restoreFrom.time' must be a second of UTC, got '${time}'`,
      "give it as YYYY-MM-DDThh:mm:ssZ",
    );
  }
}

/** The arguments that fill a new table. */
export function contentArguments(scope: IConstruct, content: TableContent): Partial<DynamodbTableConfig> {
  const { importFrom, restoreFrom } = content;
  if (restoreFrom !== undefined) return restore(Site.of(scope).region, restoreFrom);
  return importFrom === undefined ? {} : { importTable: importTable(importFrom) };
}

/** Within its region DynamoDB knows a table by its name, from another by its ARN. */
function restore(region: string, { table, time }: PointInTime): Partial<DynamodbTableConfig> {
  return {
    ...(table.region === region ? { restoreSourceName: table.name } : { restoreSourceTableArn: table.arn }),
    ...(time === undefined ? { restoreToLatestTime: true } : { restoreDateTime: time }),
  };
}

function importTable(from: S3Import): DynamodbTableConfig["importTable"] {
  return {
    inputFormat: from.format,
    inputCompressionType: from.compression ?? "NONE",
    inputFormatOptions: from.csvDelimiter === undefined ? undefined : { csv: { delimiter: from.csvDelimiter } },
    s3BucketSource: { bucket: from.bucket, bucketOwner: from.bucketOwner, keyPrefix: from.keyPrefix },
  };
}
