import { Figure } from "./figures";

/** A loss that a copy helps against: of the whole region, of the data's meaning, or of the whole account. */
export type Threat = "region" | "corruption" | "account";

/** How data reaches another place, with AWS's name for it. */
export const MECHANISMS = {
  "ami-copy": "Amazon Machine Image copied to another Region",
  "aurora-automated-backups": "Aurora automated backups",
  "aurora-global-database": "Aurora Global Database",
  "aws-backup": "AWS Backup",
  "aws-backup-copy": "AWS Backup copy",
  "dms-replication": "AWS DMS ongoing replication",
  "documentdb-automated-backups": "DocumentDB automated backups",
  "documentdb-global-cluster": "DocumentDB global cluster",
  "dynamodb-global-table": "DynamoDB global table, multi-Region eventual consistency",
  "dynamodb-global-table-strong": "DynamoDB global table, multi-Region strong consistency",
  "ecr-replication": "Amazon ECR private image replication",
  "efs-replication": "Amazon EFS replication",
  "elasticache-global-datastore": "ElastiCache Global Datastore",
  "image-builder-distribution": "EC2 Image Builder distribution",
  "neptune-automated-backups": "Neptune automated backups",
  "neptune-global-database": "Neptune global database",
  "rds-automated-backups": "RDS automated backups",
  "rds-automated-backups-replication": "RDS cross-Region automated backups",
  "rds-read-replica": "RDS cross-Region read replica",
  "rds-read-replica-same-region": "RDS read replica in the source's Region",
  "s3-replication": "S3 Cross-Region Replication",
  "secrets-manager-replication": "Secrets Manager multi-Region replication",
  /** Clients or Terraform write the same data to every site. */
  "written-to-every-site": "the same values written to every site",
  /** A mechanism of the user's own. Its copy has a `title`. */
  own: "a mechanism of the workload's own",
} as const;

export type Mechanism = keyof typeof MECHANISMS;

/** One way in which the data of a part reaches a place. */
export interface Copy {
  readonly mechanism: Mechanism;
  /** Region that the data is written in. */
  readonly from: string;
  /** Region that holds the copy. Backups in the own region have the same as `from`. */
  readonly to: string;
  readonly against: readonly Threat[];
  /** How much of the latest writes the copy lacks when it is needed. */
  readonly loss: Figure;
  /** How far back the copy can be restored to, in seconds. @default - it holds the latest state only */
  readonly reachSeconds?: number;
  /** The cheapest change that lowers the loss. The refusal of a missed objective shows it. @default - none would */
  readonly remedy?: string;
  /** Name of a mechanism of the user's own. @default - AWS's name */
  readonly title?: string;
}

/** The name of a copy's mechanism for people. */
export function titleOf({ mechanism, title }: Copy): string {
  return title ?? MECHANISMS[mechanism];
}
