import { Statement } from "../core";
import { ClientSettings } from "../network";
import { FileSystemRef } from "./file-system-ref";

/** Days without access after which EFS moves a file. */
export type IdleDays = 1 | 7 | 14 | 30 | 60 | 90 | 180 | 270 | 365;

/** How EFS moves files between its storage classes. Replication copies the files, not the classes: each site has its own. */
export interface FileSystemLifecycle {
  /**
   * Days without access after which files move to Archive. Needs elastic throughput.
   *
   * @default - never
   */
  readonly archiveAfterDays?: IdleDays;
  /**
   * Days without access after which files move to Infrequent Access; fewer than `archiveAfterDays`.
   *
   * @default - never
   */
  readonly infrequentAccessAfterDays?: IdleDays;
  /**
   * Moves a file back to Standard when it is first accessed.
   *
   * @default false
   */
  readonly standardAfterAccess?: boolean;
}

/** A directory that clients of an access point see as the root, and the identity they act with. */
export interface AccessPoint {
  /**
   * Directory: `"/media"`. It cannot be changed. On a replica it is the source's, because clients cannot create it there.
   */
  readonly path: string;
  /** User id of every client, and of the directory where EFS creates it. It cannot be changed. */
  readonly uid: number;
  /** Group id of every client, and of the directory where EFS creates it. It cannot be changed. */
  readonly gid: number;
  /**
   * Permissions of the directory where EFS creates it, in octal digits.
   *
   * @default "0750"
   */
  readonly permissions?: string;
  /**
   * Further group ids of every client, at most 16.
   *
   * @default - none
   */
  readonly secondaryGids?: readonly number[];
}

/** Who may mount a file system, and as whom. */
export interface FileSystemAccess {
  /**
   * Only clients whose role IAM or `statements` allows may mount; they use EFS's mount helper with `-o iam`.
   *
   * @default false - every client that reaches a mount target may read and write, but not as root
   */
  readonly iamOnly?: boolean;
  /**
   * Lets clients act as root.
   *
   * @default false
   */
  readonly root?: boolean;
  /**
   * Further statements of the file system policy.
   *
   * @default - none
   */
  readonly statements?: readonly Statement[];
  /**
   * Lets clients connect without TLS.
   *
   * @default false
   */
  readonly unencryptedConnections?: boolean;
}

/** How much a file system reads and writes. */
export interface FileSystemThroughput {
  /**
   * Throughput mode.
   *
   * @default "elastic"
   */
  readonly mode?: "bursting" | "elastic" | "provisioned";
  /**
   * `maxIO` is of the previous generation and excludes elastic throughput. It cannot be changed.
   *
   * @default "generalPurpose"
   */
  readonly performanceMode?: "generalPurpose" | "maxIO";
  /**
   * MiB per second that are paid for in any case, 1 or more. Needs `mode: "provisioned"`.
   *
   * @default - none
   */
  readonly provisionedMibps?: number;
}

export interface FileSystemProps extends ClientSettings {
  /** Key of this site that encrypts the files: the key's own ARN. It cannot be changed. */
  readonly kmsKeyArn: string;
  /** Ids of subnets that get a mount target, one for each Availability Zone, each under a name of its own: `{ a: "subnet-1" }`. */
  readonly mountTargets: Readonly<Record<string, string>>;
  /** Creation token, by which other stacks find the file system; unique in the region of the account. It cannot be changed. */
  readonly name: string;
  /**
   * Who may mount, and as whom.
   *
   * @default - every client that reaches a mount target, over TLS, but not as root
   */
  readonly access?: FileSystemAccess;
  /**
   * Access points, each under a name of its own.
   *
   * @default - none
   */
  readonly accessPoints?: Readonly<Record<string, AccessPoint>>;
  /**
   * Id of a file system with this creation token that exists, for example one that AWS Backup restored: Terraform imports it.
   *
   * @default - the file system is created
   */
  readonly adoptExisting?: string;
  /**
   * EFS's own daily backups through AWS Backup, kept for 35 days. A replica holds what its source holds, mistakes too.
   *
   * @default true
   */
  readonly automaticBackups?: boolean;
  /**
   * Lets Terraform delete the file system.
   *
   * @default false
   */
  readonly destroyable?: boolean;
  /**
   * Storage class of files without access.
   *
   * @default - they stay in Standard
   */
  readonly lifecycle?: FileSystemLifecycle;
  /**
   * The file system that is replicated into this one. EFS may overwrite a file system that is created with it, once. EFS ends that when a
   * replication into it ends, and Terraform never restores it.
   *
   * @default - nothing is replicated into it, and EFS refuses to
   */
  readonly replicaOf?: FileSystemRef;
  /**
   * How much it reads and writes.
   *
   * @default - elastic throughput
   */
  readonly throughput?: FileSystemThroughput;
}
