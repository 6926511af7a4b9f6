import { DmsS3Endpoint } from "@cdktf/provider-aws/lib/dms-s3-endpoint";
import { Construct } from "constructs";
import { checkName, claimName, Duration, refuse } from "../core";
import { Site } from "../site";
import { BucketProps, createBucketAccess, refuseBucket, refuseFolder } from "./bucket-access";
import { KEY, literal, localArn, MAX_INT, whole } from "./checks";
import { Target } from "./engines";
import { ENDPOINT_ID } from "./names";
import { checkProps } from "./shapes";

/**
 * DMS's own values, written out.
 *
 * @see https://docs.aws.amazon.com/dms/latest/APIReference/API_S3Settings.html
 */
const DEFAULTS = { batchInterval: Duration.seconds(60), fileSizeKb: 1_048_576, minFileSizeKb: 32_000 };
const LIMITS = { fileSizeKb: 1_048_576 };

/** Folders by the date of the commit. */
export interface DatePartitions {
  /** @default "SLASH" */
  readonly delimiter?: "SLASH" | "UNDERSCORE" | "DASH" | "NONE";
  /** @default "yyyymmdd" */
  readonly sequence?: "yyyymmdd" | "yyyymmddhh" | "yyyymm" | "mmyyyydd" | "ddmmyyyy";
  /** Time zone as `Area/Location`. @default - UTC */
  readonly timezone?: string;
}

/** How DMS writes changes after the full load. */
export interface S3TargetChanges {
  /**
   * Longest time changes are collected before a file is written, in whole seconds.
   *
   * @default Duration.seconds(60)
   */
  readonly maxBatchInterval?: Duration;
  /**
   * Size in KB at which a file of changes is written, whatever the interval.
   *
   * @default 32000
   */
  readonly minFileSizeKb?: number;
  /**
   * Which changes are written.
   *
   * @default "all"
   */
  readonly operations?: "all" | "inserts" | "inserts-and-updates";
  /**
   * Folder with the files of changes, in the order of transactions. Needed with `preserveTransactions`.
   *
   * @default - next to the files of the load
   */
  readonly path?: string;
  /**
   * Writes changes in the order of their transactions, all tables together.
   *
   * @default false
   */
  readonly preserveTransactions?: boolean;
}

/** How DMS writes files. */
export interface S3TargetFiles {
  /**
   * Writes the names of columns into the first line of CSV files.
   *
   * @default false
   */
  readonly columnNames?: boolean;
  /**
   * Compresses files.
   *
   * @default "NONE"
   */
  readonly compression?: "NONE" | "GZIP";
  /**
   * Sorts files into folders by the date of the commit.
   *
   * @default - not by date
   */
  readonly datePartitions?: DatePartitions;
  /**
   * Format of the files.
   *
   * @default "csv"
   */
  readonly format?: "csv" | "parquet";
  /**
   * Marks rows of a full load as inserted, as rows of changes are.
   *
   * @default false
   */
  readonly includeOpForFullLoad?: boolean;
  /**
   * Largest file of a load in KB, 1 to 1048576.
   *
   * @default 1048576
   */
  readonly maxSizeKb?: number;
  /**
   * Name of a column for the time of the commit.
   *
   * @default - none is added
   */
  readonly timestampColumnName?: string;
}

export interface S3TargetEndpointProps extends BucketProps {
  /** ARN of the key the bucket's objects are encrypted with. It cannot become one later if files were written without. */
  readonly bucketKmsKeyArn: string;
  /** ARN of the key that encrypts the endpoint's data. Cannot be changed later. */
  readonly kmsKeyArn: string;
  /** Identifier; unique in the region of the account. */
  readonly name: string;
  /**
   * How changes are written (change data capture).
   *
   * @default - all changes, each minute, next to the files of the load
   */
  readonly cdc?: S3TargetChanges;
  /**
   * Format, size and columns of the files.
   *
   * @default - CSV, not compressed, 1 GB at most
   */
  readonly files?: S3TargetFiles;
}

/**
 * A bucket to write tables into as files, encrypted with the bucket's key, by a role that may use that bucket only.
 *
 * Site: the one of the bucket and of the replication instance.
 * While the other site is dark: works; the bucket is in this region.
 * On failover: nothing happens; the files are there to be read.
 * Cost: none; writing and storage are paid as S3.
 *
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Target.S3.html
 */
export class S3TargetEndpoint extends Construct implements Target {
  readonly role = "target";
  readonly engine = "s3";
  readonly resource: DmsS3Endpoint;

  constructor(scope: Construct, id: string, props: S3TargetEndpointProps) {
    super(scope, id);
    checkProps(this, "S3TargetEndpointProps", props);
    const site = Site.of(this);
    checkName(this, "name", props.name, ENDPOINT_ID);
    localArn(this, "kmsKeyArn", props.kmsKeyArn, KEY);
    refuseOrder(this, props.cdc);
    const files = fileSettings(this, props);
    refuseBucket(this, props.name, props);
    claimName(this, ENDPOINT_ID, props.name, site);

    const access = createBucketAccess(this, {
      ...props,
      objectActions: ["s3:PutObject", "s3:DeleteObject", "s3:PutObjectTagging"],
      keyActions: ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"],
    });
    this.resource = new DmsS3Endpoint(this, "Resource", {
      endpointId: props.name,
      endpointType: this.role,
      kmsKeyArn: props.kmsKeyArn,
      sslMode: "none", // S3 is spoken to over HTTPS in any case
      serviceAccessRoleArn: access.arn,
      bucketName: props.bucket.name,
      bucketFolder: props.folder,
      expectedBucketOwner: props.bucket.account,
      encryptionMode: "SSE_KMS",
      serverSideEncryptionKmsKeyId: props.bucketKmsKeyArn,
      ...files,
      dependsOn: access.ready,
    });
  }

  get endpointArn(): string {
    return this.resource.endpointArn;
  }
}

function refuseOrder(endpoint: S3TargetEndpoint, { path, preserveTransactions }: S3TargetChanges = {}): void {
  refuseFolder(endpoint, "cdc.path", path);
  if (preserveTransactions && path === undefined) {
    refuse(
      endpoint,
      "MissingSetting",
      "'cdc.path' is needed for 'cdc.preserveTransactions'",
      "name the folder of changes",
    );
  }
}

function fileSettings(endpoint: S3TargetEndpoint, { cdc = {}, files = {} }: S3TargetEndpointProps) {
  const { maxBatchInterval = DEFAULTS.batchInterval, minFileSizeKb = DEFAULTS.minFileSizeKb, operations = "all" } = cdc;
  const { maxSizeKb = DEFAULTS.fileSizeKb, timestampColumnName } = files;
  return {
    addColumnName: files.columnNames ?? false,
    cdcInsertsAndUpdates: operations === "inserts-and-updates",
    cdcInsertsOnly: operations === "inserts",
    cdcMaxBatchInterval: whole(endpoint, "cdc.maxBatchInterval", maxBatchInterval.inSeconds, 1, MAX_INT),
    cdcMinFileSize: whole(endpoint, "cdc.minFileSizeKb", minFileSizeKb, 1, MAX_INT),
    cdcPath: cdc.path,
    compressionType: files.compression ?? "NONE",
    dataFormat: files.format ?? "csv",
    ...datePartitions(endpoint, files.datePartitions),
    includeOpForFullLoad: files.includeOpForFullLoad ?? false,
    maxFileSize: whole(endpoint, "files.maxSizeKb", maxSizeKb, 1, LIMITS.fileSizeKb),
    preserveTransactions: cdc.preserveTransactions ?? false,
    timestampColumnName: timestampColumnName && literal(endpoint, "files.timestampColumnName", timestampColumnName),
  };
}

function datePartitions(endpoint: S3TargetEndpoint, partitions: DatePartitions | undefined) {
  if (partitions === undefined) return { datePartitionEnabled: false };
  return {
    datePartitionEnabled: true,
    datePartitionDelimiter: partitions.delimiter ?? "SLASH",
    datePartitionSequence: partitions.sequence ?? "yyyymmdd",
    datePartitionTimezone:
      partitions.timezone && literal(endpoint, "files.datePartitions.timezone", partitions.timezone),
  };
}
