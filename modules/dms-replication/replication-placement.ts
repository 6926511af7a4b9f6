import { AccountRolesRef } from "./account-roles";

/** Where DMS runs a replication, on an instance or on capacity that AWS provides. */
export interface ReplicationPlacement {
  /** The account's roles for DMS: those of an `AccountRoles`, or `AccountRoles.refOf` if another stack created them. */
  readonly accountRoles: AccountRolesRef;
  /** ARN of the key that encrypts storage and connection data. Cannot be changed later. */
  readonly kmsKeyArn: string;
  /** Identifier, also of the subnet group; unique in the region of the account. */
  readonly name: string;
  /** Security groups, from which both databases accept connections. */
  readonly securityGroupIds: readonly string[];
  /** Private subnets in two zones or more. Without internet, DMS needs VPC endpoints to S3 and Secrets Manager. */
  readonly subnetIds: readonly string[];
  /**
   * Weekly window for maintenance in UTC, `ddd:hh:mm-ddd:hh:mm` in lower case.
   *
   * @default - chosen by AWS
   */
  readonly maintenanceWindow?: string;
  /**
   * Omits the standby in a second zone. Replication then stops if the zone is lost.
   *
   * @default false
   */
  readonly singleAz?: boolean;
}
