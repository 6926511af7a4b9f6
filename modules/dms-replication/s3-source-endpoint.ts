import { DmsS3Endpoint } from "@cdktf/provider-aws/lib/dms-s3-endpoint";
import { Construct } from "constructs";
import { checkName, claimName } from "../core";
import { Site } from "../site";
import { BucketProps, createBucketAccess, refuseBucket, refuseFolder } from "./bucket-access";
import { KEY, literal, localArn } from "./checks";
import { Source } from "./engines";
import { ExternalTable, externalTableDefinition } from "./external-tables";
import { ENDPOINT_ID } from "./names";
import { checkProps } from "./shapes";
import { SourceRequirement, sourceRequirements } from "./source-requirements";

export interface S3SourceEndpointProps extends BucketProps {
  /** ARN of the key that encrypts the endpoint's data. Cannot be changed later. */
  readonly kmsKeyArn: string;
  /** Identifier; unique in the region of the account. */
  readonly name: string;
  /** Contents of the files. */
  readonly tables: readonly ExternalTable[];
  /**
   * ARN of the customer key the bucket's objects are encrypted with.
   *
   * @default - a key that needs no permission
   */
  readonly bucketKmsKeyArn?: string;
  /**
   * Folder with the files of changes. Without it, there are no changes to replicate.
   *
   * @default - none
   */
  readonly cdcPath?: string;
  /**
   * Character between columns.
   *
   * @default ","
   */
  readonly csvDelimiter?: string;
  /**
   * Skips the first line of each file.
   *
   * @default false
   */
  readonly headerLine?: boolean;
}

/**
 * Files in a bucket to read tables from, by a role that may read that bucket only.
 *
 * Site: the one of the bucket and of the replication instance.
 * While the other site is dark: works; the bucket is in this region.
 * On failover: nothing happens.
 * Cost: none; reading is paid as S3 requests.
 *
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Source.S3.html
 */
export class S3SourceEndpoint extends Construct implements Source {
  readonly role = "source";
  readonly engine = "s3";
  readonly capturesChanges: boolean;
  readonly databaseRegion: string;
  /** Requirements before DMS can read changes. */
  readonly requirements: readonly SourceRequirement[] = sourceRequirements("s3");
  readonly resource: DmsS3Endpoint;

  constructor(scope: Construct, id: string, props: S3SourceEndpointProps) {
    super(scope, id);
    checkProps(this, "S3SourceEndpointProps", props);
    const site = Site.of(this);
    checkName(this, "name", props.name, ENDPOINT_ID);
    localArn(this, "kmsKeyArn", props.kmsKeyArn, KEY);
    refuseFolder(this, "cdcPath", props.cdcPath);
    if (props.csvDelimiter) literal(this, "csvDelimiter", props.csvDelimiter);
    const definition = externalTableDefinition(this, props.tables);
    refuseBucket(this, props.name, props);
    claimName(this, ENDPOINT_ID, props.name, site);

    const access = createBucketAccess(this, { ...props, objectActions: ["s3:GetObject"], keyActions: ["kms:Decrypt"] });
    this.resource = new DmsS3Endpoint(this, "Resource", {
      endpointId: props.name,
      endpointType: this.role,
      kmsKeyArn: props.kmsKeyArn,
      sslMode: "none", // S3 is spoken to over HTTPS in any case
      serviceAccessRoleArn: access.arn,
      bucketName: props.bucket.name,
      bucketFolder: props.folder,
      expectedBucketOwner: props.bucket.account,
      externalTableDefinition: definition,
      cdcPath: props.cdcPath,
      csvDelimiter: props.csvDelimiter ?? ",",
      ignoreHeaderRows: props.headerLine ? 1 : 0,
      dependsOn: access.ready,
    });
    this.capturesChanges = props.cdcPath !== undefined;
    this.databaseRegion = props.bucket.region;
  }

  get endpointArn(): string {
    return this.resource.endpointArn;
  }
}
