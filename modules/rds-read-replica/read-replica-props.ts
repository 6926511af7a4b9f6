import { DatabaseRef } from "./database-ref";
import { DatabaseInstanceProps } from "./instance-props";
import { MasterUserSecret } from "./master-user-secret";

export interface ReadReplicaProps extends DatabaseInstanceProps {
  /** The instance to follow; after a promotion, the one it followed. */
  readonly source: DatabaseRef;
  /**
   * Allows the replica in its source's region: in another Availability Zone, or to take reads. Such a replica does not help when
   * the region is lost.
   *
   * @default false
   */
  readonly inSourceRegion?: boolean;
  /**
   * Key of this site that encrypts storage and backups: the key's own ARN. Needed in another region than the source's. It cannot
   * be changed.
   *
   * @default - in the source's region, the source's key
   */
  readonly kmsKeyArn?: string;
  /**
   * Sets the password in this secret on the promoted instance; until then it has the source's. Needs `promoted`.
   *
   * @default - the password stays the source's
   */
  readonly masterUserSecret?: MasterUserSecret;
  /**
   * A synchronous standby in another Availability Zone. May be raised after a promotion.
   *
   * @default false
   */
  readonly multiAz?: boolean;
  /**
   * Records that the replica has been promoted. Terraform then manages it as an independent database. It neither promotes nor
   * replaces it, and the plan is empty with and without this setting.
   *
   * @default false
   */
  readonly promoted?: boolean;
  /**
   * Size of the storage in GiB. AWS creates a replica as large as its source. Set the size later to grow it.
   *
   * @default - the source's
   */
  readonly storageGiB?: number;
}
