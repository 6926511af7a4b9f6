import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { arn, Duration, Figure, parseArn, refuse } from "../core";
import { refuseForeignRef, Site } from "../site";
import { BackupVaultRef } from "./vault-ref";

/** AWS Backup's features for a type of resource. */
interface Support {
  /** Service of the ARN. */
  readonly service: string;
  /** Start of the resource part of the ARN. */
  readonly prefix: string;
  /** The rest of the resource part may hold slashes. @default false */
  readonly nested?: boolean;
  /** @default true */
  readonly crossRegion?: boolean;
  /** @default true */
  readonly crossAccount?: boolean;
  /** Possible loss of a continuous backup. @default - the type has none */
  readonly continuous?: Figure;
  /** Needs of a copy that the library cannot check. @default - nothing */
  readonly copyNote?: string;
}

const FEATURES = "https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html";
const CONTINUOUS = "https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html";

/** The time before now that a point-in-time restore cannot reach. */
const within = (minutes: number, source = CONTINUOUS): Figure => ({
  value: Duration.minutes(minutes),
  basis: "typical",
  source,
});

/** Databases with snapshots of their own. AWS's pages differ on whether one copy can change region and account at once. */
const SNAPSHOT_NOTE =
  "AWS's guide offers no automatic copy of such a database into another region and another account at once";

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html */
const SUPPORT = {
  Aurora: {
    service: "rds",
    prefix: "cluster:",
    continuous: within(5, "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Backups.html"),
    copyNote: SNAPSHOT_NOTE,
  },
  CloudFormation: { service: "cloudformation", prefix: "stack/", nested: true, crossAccount: false },
  DocumentDB: { service: "rds", prefix: "cluster:", copyNote: SNAPSHOT_NOTE },
  DSQL: { service: "dsql", prefix: "cluster/" },
  DynamoDB: {
    service: "dynamodb",
    prefix: "table/",
    copyNote: "the region of the table needs AWS Backup's advanced features for DynamoDB",
  },
  EBS: { service: "ec2", prefix: "volume/" },
  EC2: { service: "ec2", prefix: "instance/" },
  EFS: { service: "elasticfilesystem", prefix: "file-system/" },
  EKS: { service: "eks", prefix: "cluster/" },
  FSx: { service: "fsx", prefix: "file-system/" },
  "FSx for ONTAP": { service: "fsx", prefix: "volume/", nested: true, crossRegion: false, crossAccount: false },
  Neptune: { service: "rds", prefix: "cluster:", copyNote: SNAPSHOT_NOTE },
  RDS: { service: "rds", prefix: "db:", continuous: within(5), copyNote: SNAPSHOT_NOTE },
  "RDS Multi-AZ cluster": { service: "rds", prefix: "cluster:", crossRegion: false, crossAccount: false },
  Redshift: { service: "redshift", prefix: "cluster:", crossRegion: false, crossAccount: false },
  "Redshift Serverless": {
    service: "redshift-serverless",
    prefix: "namespace/",
    crossRegion: false,
    crossAccount: false,
  },
  S3: { service: "s3", prefix: "", continuous: within(15) },
  "SAP HANA on Amazon EC2": {
    service: "ssm-sap",
    prefix: "HANA/",
    nested: true,
    continuous: { basis: "unknown", source: CONTINUOUS, note: "AWS names no time for SAP HANA" },
  },
  "Storage Gateway": { service: "storagegateway", prefix: "gateway/", nested: true },
  Timestream: { service: "timestream", prefix: "database/", nested: true },
  VirtualMachine: { service: "backup-gateway", prefix: "vm/" },
} as const satisfies Readonly<Record<string, Support>>;

/** A type of resource that AWS Backup backs up. */
export type BackedUpType = keyof typeof SUPPORT;

const TYPES = Object.keys(SUPPORT) as BackedUpType[];

/** A store to back up: a ref of one, or an ARN and what it is of. */
export interface BackedUpStore {
  readonly arn: string;
  /**
   * Type of the resource. Required if the ARN does not show it. That is an ARN that is unknown at synth, and a cluster's, which is alike
   * for Aurora, DocumentDB, Neptune and RDS.
   *
   * @default - as the ARN says
   */
  readonly resourceType?: BackedUpType;
}

/** AWS Backup's features for a type. */
export function supportOf(type: BackedUpType): Support {
  return SUPPORT[type];
}

/** Every resource of a type in the site, as a selection has it. */
export function everyArnOf(site: Site, type: BackedUpType): string {
  const { service, prefix } = SUPPORT[type];
  const place = service === "s3" ? {} : { region: "*", account: "*" };
  return arn({ partition: site.partition, service, ...place, resource: `${prefix}*` });
}

/** The type of a store. */
export function typeOf(scope: IConstruct, property: string, { arn: text, resourceType }: BackedUpStore): BackedUpType {
  if (Token.isUnresolved(text)) return resourceType ?? refuseUntold(scope, property, "an ARN that an apply tells");
  const { service, resource, region, account } = parseArn(scope, `${property}.arn`, text);
  const site = Site.of(scope);
  refuseForeignRef(
    scope,
    `'${property}'`,
    { region: region || site.region, account: account || site.account },
    "select it in its own site: AWS Backup backs up only resources in the site of the plan",
  );
  const fitting = TYPES.filter((type) => fits(SUPPORT[type], service, resource));
  const [only, ...others] = fitting;
  if (only === undefined)
    refuse(scope, "ResourceNotBackedUp", `'${property}' is not a resource of AWS Backup, got '${text}'`);
  if (resourceType === undefined) {
    return others.length === 0 ? only : refuseUntold(scope, property, `an ARN of ${fitting.join(" or ")}`);
  }
  if (!fitting.includes(resourceType)) {
    refuse(scope, "InvalidArn", `'${property}.arn' must be one of ${resourceType}, got '${text}'`);
  }
  return resourceType;
}

function fits({ service, prefix, nested = false }: Support, ofService: string, resource: string): boolean {
  const rest = resource.slice(prefix.length);
  return service === ofService && resource.startsWith(prefix) && rest !== "" && (nested || !/[/:]/.test(rest));
}

function refuseUntold(scope: IConstruct, property: string, got: string): never {
  refuse(scope, "MissingSetting", `'${property}' needs 'resourceType', got ${got}`, "say what the ARN points to");
}

/** Refuses a copy that AWS Backup does not make. */
export function checkCopyOf(scope: IConstruct, property: string, type: BackedUpType, vault: BackupVaultRef): void {
  const { crossRegion = true, crossAccount = true }: Support = SUPPORT[type];
  const site = Site.of(scope);
  const [abroad, elsewhere] = [vault.region !== site.region, vault.account !== site.account];
  if ((!abroad || crossRegion) && (!elsewhere || crossAccount)) return;
  const border = abroad && !crossRegion ? `region, got ${vault.region}` : `account, got ${vault.account}`;
  refuse(
    scope,
    "CopyNotOffered",
    `'${property}' is ${type}, which AWS Backup copies into no other ${border}`,
    `select it for a plan without that copy, and protect it there in another way, see ${FEATURES}`,
  );
}
